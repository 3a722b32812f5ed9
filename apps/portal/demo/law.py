"""The dates of the demo's hearings, and the law that they are held by."""

from datetime import datetime

from apps.accounts.models import User
from apps.consultations import actions as consulting
from apps.consultations.models import Consultation
from apps.municipality.queries import legal_basis_at
from apps.portal.demo import shapes
from apps.portal.demo.timeline import moment


def phase_dates(plan: shapes.Consultation, *, now: datetime) -> list[consulting.PhaseDates]:
    """Return the phases with their moments, counted from now."""
    return [
        consulting.PhaseDates(
            title=phase.title,
            opens_at=moment(now=now, day=phase.first_day),
            closes_at=None if phase.last_day is None else moment(now=now, day=phase.last_day + 1),
            accepts_contributions=phase.writing,
        )
        for phase in plan.phases
    ]


def set_law(consultation: Consultation, plan: shapes.Consultation, *, by: User, at: datetime) -> None:
    """Say by which law the hearing is held, where one asks for it."""
    if plan.legal_basis:
        terms = consulting.LegalTerms(legal_basis=legal_basis_at(plan.legal_basis))
        consulting.set_legal_terms(consultation=consultation, terms=terms, by=by, at=at)
