"""Signing up for a meeting and off again. Who comes first has a place; who comes later waits in the order of coming."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.actions.places import count_places, fill_places, the_locked
from apps.consultations.enums import MEETING_SIGNED_OFF, MEETING_SIGNED_UP, SignUpStatus
from apps.consultations.errors import TooManyTogether
from apps.consultations.models import Meeting, MeetingSignUp
from apps.consultations.queries import own_sign_up, sign_ups_of, sign_ups_to_clear
from apps.ledger.actions import Fact, record
from apps.ledger.enums import ActorRole
from apps.ledger.models import Actor

# Who it was stands in the row of the sign-up and nowhere else, so that it goes with the row.
SOMEBODY = Actor(ActorRole.CITIZEN)


@transaction.atomic
def sign_up(*, meeting: Meeting, companions: int, by: User, at: datetime) -> MeetingSignUp | None:
    """Give the person and their companions a place, or the last one on the waiting list; None when they are signed up.

    The meeting's row is locked, so that of any number of people at the same instant no more get a place than there are.
    Raises NotAllowed, TooManyTogether.
    """
    now_here = the_locked(meeting)
    if own_sign_up(by, now_here) is not None:
        return None
    require("consultations.sign_up", by, now_here, at=at)
    people = 1 + companions
    if now_here.places is not None and people > now_here.places:
        raise TooManyTogether(now_here.places)
    made = MeetingSignUp.objects.create(
        meeting=meeting, person=by, companions=companions, status=SignUpStatus.WAITING, signed_up_at=at
    )
    count_places(now_here)
    # Everyone comes in at the end of the waiting list, so there is one way to a place.
    is_waiting = made.pk not in fill_places(now_here, at=at)
    made.refresh_from_db()
    facts: dict[str, Fact] = {"meeting": now_here.number, "is_waiting": is_waiting}
    consultation = now_here.consultation_id
    record(MEETING_SIGNED_UP, subject=made, by=SOMEBODY, at=at, consultation_id=consultation, facts=facts)
    return made


@transaction.atomic
def sign_off(*, meeting: Meeting, by: User, at: datetime) -> bool:
    """Take the person off the list and let the next move up; answer False when they were not signed up.

    Nothing to refuse: people may always stay away. That they were signed up is kept no longer.
    """
    return _sign_off(meeting, by, at)


def _sign_off(meeting: Meeting, person: User, at: datetime) -> bool:
    now_here = the_locked(meeting)
    gone = MeetingSignUp.objects.filter(meeting=meeting, person=person).first()
    if gone is None:
        return False
    MeetingSignUp.objects.filter(pk=gone.pk).delete()
    count_places(now_here)
    facts: dict[str, Fact] = {"meeting": now_here.number, "moved_up": fill_places(now_here, at=at)}
    consultation = now_here.consultation_id
    record(MEETING_SIGNED_OFF, subject=gone, by=SOMEBODY, at=at, consultation_id=consultation, facts=facts)
    return True


@transaction.atomic
def forget_sign_ups(*, person: User, at: datetime) -> int:
    """Sign the person off wherever they signed up, so that the next move up. Return of how many meetings."""
    # One meeting after the other by id: two who leave at once lock them in the same order.
    meetings = [row.meeting for row in sign_ups_of(person).order_by("meeting_id")]
    return sum(_sign_off(meeting, person, at) for meeting in meetings)


def note_reminded(*, sign_ups: Collection[MeetingSignUp]) -> None:
    """Keep that these people were reminded of the moment at which their meeting begins."""
    for row in sign_ups:
        row.reminded_of = row.meeting.starts_at
    MeetingSignUp.objects.bulk_update(sign_ups, ["reminded_of"], batch_size=500)


def clear_sign_ups(*, at: datetime) -> int:
    """Delete who was signed up for meetings that were over four weeks ago. Return how many.

    The kept counts of the meeting stay. No entry: what a program does every night concerns nobody else.
    """
    cleared, _by_table = sign_ups_to_clear(at=at).delete()
    return cleared
