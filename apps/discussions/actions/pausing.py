"""Pauses in somebody's writing: decided for a limited time, ended before it, forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation
from apps.discussions.enums import PAUSE_LIFTED, PERSON_PAUSED
from apps.discussions.errors import PausedAlready
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries.pauses import pauses_to_clear
from apps.discussions.rules import why_no_pause
from apps.ledger.actions import Fact, record
from apps.ledger.enums import Kind
from apps.municipality.models import RefusalReason


@dataclass(frozen=True, kw_only=True)
class Pausing:
    """What a moderator decides about somebody's writing. Without a consultation it is about all."""

    consultation: Consultation | None
    reason: RefusalReason
    legal_ground: str
    sentence: str
    internal_facts: str = ""
    days: int


@transaction.atomic
def pause_writing(*, contribution: Contribution, pausing: Pausing, by: User, at: datetime) -> WritingPause:
    """Let the author of a text send nothing for that many days; it ends by itself.

    The entry tells neither who nor which text. Whoever calls has checked that this moderator may. Raises NotAllowed
    where there is no account to pause or the days are none of those that may be chosen, PausedAlready.
    """
    refused = why_no_pause(contribution, days=pausing.days)
    if refused is not None or contribution.author_id is None:
        raise NotAllowed(refused or "")
    # Whoever sends a text locks the same row: it is received before this, or refused because of it.
    person = User.objects.select_for_update(no_key=True).get(pk=contribution.author_id)
    covers = Q(consultation=None) | Q(consultation=pausing.consultation)
    standing = WritingPause.objects.filter(covers, person=person, lifted_at=None, ends_at__gt=at)
    if standing.exists():
        raise PausedAlready
    pause = WritingPause.objects.create(
        person=person,
        contribution=contribution,
        begins_at=at,
        ends_at=at + timedelta(days=pausing.days),
        paused_by=by,
        consultation=pausing.consultation,
        reason=pausing.reason,
        legal_ground=pausing.legal_ground,
        sentence=pausing.sentence,
        internal_facts=pausing.internal_facts,
        days=pausing.days,
    )
    _tell(PERSON_PAUSED, pause, by, at, days=pause.days, reason=pause.reason_id)
    return pause


@transaction.atomic
def lift_pause(*, pause: WritingPause, by: User, at: datetime) -> bool:
    """Let the person write again at once; answer False when the pause was over. Whoever calls has checked the rule."""
    standing = WritingPause.objects.filter(pk=pause.pk, lifted_at=None, ends_at__gt=at)
    if not standing.update(lifted_at=at, lifted_by=by):
        return False
    pause.refresh_from_db()
    _tell(PAUSE_LIFTED, pause, by, at)
    return True


def _tell(kind: Kind, pause: WritingPause, by: User, at: datetime, **facts: Fact) -> None:
    """Record the entry: of the consultation, and of no topic or number, by which everyone would know who it is."""
    record(kind, subject=pause, by=as_moderator(by), at=at, consultation_id=pause.consultation_id, facts=facts)


def forget_notes_on_pauses(*, contribution: Contribution) -> int:
    """Empty what moderators noted for each other when they paused its author's writing. Return how many notes."""
    notes = WritingPause.objects.filter(contribution=contribution).exclude(internal_facts="")
    return notes.update(internal_facts="")


def forget_pauses_of(*, person: User) -> int:
    """Delete the pauses in the person's writing; the entries tell that there were some. Return how many."""
    forgotten, _by_table = WritingPause.objects.filter(person=person).delete()
    return forgotten


def clear_pauses(*, at: datetime) -> int:
    """Delete the pauses that ended so long ago that nothing can come of them any more. Return how many."""
    cleared, _by_table = pauses_to_clear(at=at).delete()
    return cleared
