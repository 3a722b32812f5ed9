"""What every page knows, and the parts that several pages show of a consultation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apps.common import wording
from apps.common.clock import now
from apps.common.drafts import latest_draft
from apps.consultations.enums import ConsultationState, PhaseState, WriteAccess
from apps.consultations.models import Consultation, Phase
from apps.consultations.queries import standing_of, timeline_of
from apps.municipality.queries import the_municipality

THEMES = ("auto", "light", "dark")


def every_page(request: Any) -> dict[str, Any]:
    """Return what the base template shows: the municipality, the viewer's roles, the theme and the moment."""
    user = getattr(request, "user", None)
    theme = request.COOKIES.get("theme", "auto")
    return {
        "municipality": the_municipality(),
        "roles": user.roles if user is not None and user.is_authenticated else frozenset(),
        "theme": theme if theme in THEMES else "auto",
        "now": now(),
        "is_demo": settings.DEMO,
        "mitid_offered": settings.MITID is not None,
        "mitid_is_test": settings.MITID is not None and settings.MITID.is_test,
        "kept_draft": _kept_draft(request),
    }


def _kept_draft(request: Any) -> str:
    """Return the text that waits for its writer to log in, on the pages where they do; nothing elsewhere."""
    match = getattr(request, "resolver_match", None)
    return latest_draft(request.session) if match and str(match.url_name).startswith("account_") else ""


@dataclass(frozen=True)
class PhaseStep:
    """A phase as the timeline shows it."""

    title: str
    state: PhaseState
    when: str
    share: int


@dataclass(frozen=True)
class Status:
    """Where a consultation stands, in words; `deadline` only while people can write."""

    state: ConsultationState
    words: str
    left: str
    deadline: datetime | None

    @property
    def is_open(self) -> bool:
        """People can write now."""
        return self.state == ConsultationState.OPEN


@dataclass(frozen=True)
class Card:
    """A consultation in a list."""

    consultation: Consultation
    status: Status


def phase_steps(phases: Sequence[Phase], at: datetime) -> list[PhaseStep]:
    """Return the phases for the timeline, each with its days in words."""
    return [
        PhaseStep(
            title=step.phase.title,
            state=step.state,
            when=wording.day_range(step.phase.opens_at, step.phase.closes_at, at),
            share=step.share,
        )
        for step in timeline_of(phases, at)
    ]


def status_of(consultation: Consultation, phases: Sequence[Phase], at: datetime) -> Status:
    """Return where the consultation stands at that moment, in words."""
    standing = standing_of(consultation, phases, at)
    left = wording.time_left(standing.moment, at) if standing.moment else ""
    deadline = standing.moment if standing.state == ConsultationState.OPEN else None
    return Status(standing.state, _words(standing.state, standing.moment, left, at), left if deadline else "", deadline)


def _words(state: ConsultationState, moment: datetime | None, left: str, at: datetime) -> str:
    if state == ConsultationState.DRAFT:
        return _("Draft: only officials see it")
    if state == ConsultationState.PLANNED and moment:
        return _("Opens %(day)s") % {"day": wording.day(moment, at)}
    if state == ConsultationState.OPEN and left:
        return _("Open: %(left)s") % {"left": left}
    return str(capfirst(left) or state.label)


def cards_of(consultations: Sequence[Consultation], at: datetime) -> list[Card]:
    """Return consultations, whose phases have been fetched, as a list shows them."""
    return [Card(row, status_of(row, list(row.phases.all()), at)) for row in consultations]


def who_may_write(consultation: Consultation) -> str | Promise:
    """Return in one sentence who may write in the consultation, from its settings."""
    if consultation.write_access == WriteAccess.RESIDENTS:
        return _("Verified residents of the municipality can write. Everyone can read.")
    return _("Everyone with a confirmed account can write, also people who live elsewhere. Everyone can read.")
