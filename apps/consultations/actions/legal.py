"""The legal clock of a hearing: by which law it is held, and an extension of its deadline."""

from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.common.calendar import end_of_day, local, zone
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.consultations.actions.telling import tell
from apps.consultations.engine.legal_clock import Period, Stretch, extended
from apps.consultations.engine.timeline import unfinished_writing
from apps.consultations.enums import DEADLINE_EXTENDED, LEGAL_TERMS_SET, PERIOD_SHORTENED
from apps.consultations.errors import CauseMissing, TermsSettled, UnfitDates
from apps.consultations.models import Consultation, DeadlineChange, Phase
from apps.consultations.queries import periods_of, phases_of
from apps.consultations.rules import days_promised, why_not_announced_then, why_not_extend
from apps.municipality.models import LegalBasis


@dataclass(frozen=True, kw_only=True)
class LegalTerms:
    """What an official sets about the law; the first two are settled by publishing."""

    legal_basis: LegalBasis | None = None
    shorter_because: str = ""
    plandata_number: str = ""
    plandata_published_on: date | None = None
    journal_number: str = ""
    takes_late: bool = False


SETTLED = ("legal_basis", "shorter_because")


@transaction.atomic
def set_legal_terms(*, consultation: Consultation, terms: LegalTerms, by: User, at: datetime) -> bool:
    """Set by which law the hearing is held and whether late contributions are taken; False when nothing differs.

    Raises TermsSettled when the basis, or the reason for a shorter period, of a published hearing would change, and
    UnfitDates when its days, counted from another day in Plandata, would be fewer than the law lets them be.
    """
    require("consultations.edit_consultation", by, consultation)
    standing = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    told, journal_number = one_line(terms.shorter_because), one_line(terms.journal_number)
    wanted = asdict_of(replace(terms, shorter_because=told, journal_number=journal_number))
    changes = {name: value for name, value in wanted.items() if getattr(standing, name) != value}
    if not changes:
        return False
    if standing.is_published and set(changes) & set(SETTLED):
        raise TermsSettled
    _require_days_kept(standing, changes, at)
    Consultation.objects.filter(pk=consultation.pk).update(**changes)
    consultation.refresh_from_db()
    basis = terms.legal_basis.code if terms.legal_basis else "none"
    late = "yes" if terms.takes_late else "no"
    tell(kind=LEGAL_TERMS_SET, consultation=consultation, by=by, at=at, basis=basis, late=late)
    return True


def _require_days_kept(standing: Consultation, changes: dict[str, Any], at: datetime) -> None:
    """Raise UnfitDates when a published hearing would be too short from then on. Changes the instance."""
    if not standing.is_published or "plandata_published_on" not in changes:
        return
    phases = phases_of(standing)
    before = periods_of(standing, phases, at=at)
    standing.plandata_published_on = changes["plandata_published_on"]
    after = periods_of(standing, phases, at=at)
    refused = why_not_announced_then(before, after, least=days_promised(standing), today=local(at).date())
    if refused is not None:
        raise UnfitDates(refused)


def asdict_of(terms: LegalTerms) -> dict[str, Any]:
    """Return the terms by the name of their field, with the basis itself and no copy of it."""
    return asdict(replace(terms, legal_basis=None)) | {"legal_basis": terms.legal_basis}


def settled(period: Period | None) -> dict[str, int | None]:
    """Return the fields that publishing copies: what the law asks for that day, and what people are given."""
    if period is None:
        return {}
    days = period.days
    return {"statutory_minimum": period.minimum, "chosen_period": None if days is None else max(days, 0)}


def tell_shortened(*, consultation: Consultation, by: User, at: datetime) -> None:
    """Record that a hearing is published for fewer days than the law asks for, if it is."""
    days, minimum = consultation.chosen_period, consultation.statutory_minimum
    if days is not None and minimum is not None and days < minimum:
        tell(kind=PERIOD_SHORTENED, consultation=consultation, by=by, at=at, days=days, minimum=minimum)


@transaction.atomic
def extend_deadline(  # noqa: PLR0913 - what an extension is made of
    *,
    consultation: Consultation,
    last_day: date,
    cause: str,
    deadline: datetime | None = None,
    by: User,
    at: datetime,
) -> DeadlineChange:
    """Let people write until the end of a later day; what follows in time moves along, and the old deadlines are shown.

    `deadline` says which one is moved, where there are several; without it, it is the one that comes first. Raises
    NotAllowed, CauseMissing, and UnfitDates for an earlier day or once the deadline has passed.
    """
    require("consultations.edit_consultation", by, consultation)
    told = one_line(cause)
    if not told:
        raise CauseMissing
    standing = Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    phases = phases_of(standing)
    chosen = (one for one in unfinished_writing(phases, at) if deadline in {None, one.closes_at})
    phase = next(chosen, None)
    refused = why_not_extend(standing, phases, phase=phase, last_day=last_day, at=at)
    if refused:
        raise UnfitDates(refused)
    assert isinstance(phase, Phase)  # noqa: S101 - the rule lets nothing else pass
    stretches = [Stretch(position=row.position, opens_at=row.opens_at, closes_at=row.closes_at) for row in phases]
    later = extended(stretches, position=phase.position, closes_at=end_of_day(last_day), zone=zone())
    changes = []
    for row, new in zip(phases, later, strict=True):
        Phase.objects.filter(pk=row.pk).update(opens_at=new.opens_at, closes_at=new.closes_at)
        if row.accepts_contributions and row.closes_at and new.closes_at and row.closes_at != new.closes_at:
            changes.append(_noted(standing, row.closes_at, new.closes_at, told, by, at))
    return changes[0]


def _noted(  # noqa: PLR0913, PLR0917 - what a change of a deadline is made of
    consultation: Consultation, old: datetime, new: datetime, cause: str, by: User, at: datetime
) -> DeadlineChange:
    """Keep the old deadline of a published consultation in sight, and record that it was moved."""
    old, new = old.astimezone(UTC), new.astimezone(UTC)
    change = DeadlineChange.objects.create(consultation=consultation, old=old, new=new, cause=cause, changed_at=at)
    facts: dict[str, str | int] = {"old": old.isoformat(), "new": new.isoformat(), "change": change.pk}
    tell(kind=DEADLINE_EXTENDED, consultation=consultation, by=by, at=at, **facts)
    return change
