"""Meetings, their minutes, and who signed up for them."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Q, QuerySet, Sum

from apps.accounts.models import User
from apps.accounts.queries import held_people
from apps.accounts.rules import is_person
from apps.consultations.enums import MeetingStatus, SignUpStatus
from apps.consultations.models import (
    Consultation,
    Meeting,
    MeetingSignUp,
    Topic,
)
from apps.consultations.queries.consultations import public, visible_consultations
from apps.consultations.queries.team import edited_consultations
from apps.consultations.rules import REMINDED_BEFORE

SIGN_UPS_KEPT = timedelta(days=28)


def meetings_of(consultation: Consultation) -> list[Meeting]:
    """Return the public meetings, earliest first."""
    return list(Meeting.objects.filter(consultation=consultation).order_by("starts_at", "pk"))


def visible_meetings(viewer: Any) -> QuerySet[Meeting]:
    """Return the meetings of the consultations that the viewer may see, each with its consultation, unordered."""
    return Meeting.objects.filter(consultation__in=visible_consultations(viewer)).select_related("consultation")


def meeting_at(viewer: Any, slug: str, number: int) -> Meeting | None:
    """Return one meeting by its two addresses, with the consultation, if the viewer may see it."""
    return visible_meetings(viewer).filter(consultation__slug=slug, number=number).first()


def meetings_by_ids(ids: Collection[int]) -> dict[int, Meeting]:
    """Return those of these meetings that are still there, with who signed up, by id: two queries, none for none."""
    return Meeting.objects.select_related("consultation").prefetch_related("sign_ups").in_bulk(ids) if ids else {}


def minutes_topics_of(meeting: Meeting) -> list[Topic]:
    """Return the topics that the minutes are about, in the consultation's order."""
    return list(meeting.minutes_topics.order_by("position"))


def minutes_about(topic: Topic) -> list[Meeting]:
    """Return the meetings whose published minutes are about the topic, earliest first."""
    held = Meeting.objects.filter(minutes_topics=topic, minutes_published_at__isnull=False)
    return list(held.order_by("starts_at", "pk"))


def has_minutes(slug: str, topic: str) -> Exists:
    """Tell, beside another query, whether minutes that are published are about the topic at these two addresses."""
    return Exists(
        Meeting.objects.filter(
            minutes_published_at__isnull=False, minutes_topics__slug=topic, minutes_topics__consultation__slug=slug
        )
    )


def visible_sign_ups(viewer: Any) -> QuerySet[MeetingSignUp]:
    """Return one's own sign-ups and those to meetings that one runs, unordered. Pair: `rules.why_not_see_sign_ups`."""
    if not is_person(viewer):
        return MeetingSignUp.objects.none()
    return MeetingSignUp.objects.filter(Q(person=viewer) | Q(meeting__consultation__in=edited_consultations(viewer)))


def sign_ups_for(viewer: Any, meeting: Meeting) -> list[MeetingSignUp]:
    """Return who signed up for the meeting, as far as the viewer sees it, in the order of signing up."""
    return list(visible_sign_ups(viewer).filter(meeting=meeting).select_related("person").order_by("pk"))


def own_sign_up(viewer: Any, meeting: Meeting) -> MeetingSignUp | None:
    """Return the viewer's sign-up for the meeting: no query for who is not signed in."""
    return MeetingSignUp.objects.filter(meeting=meeting, person=viewer).first() if is_person(viewer) else None


def people_before(sign_up: MeetingSignUp) -> int:
    """Return how many people stand before this one on the waiting list, companions among them."""
    before = MeetingSignUp.objects.filter(meeting=sign_up.meeting_id, status=SignUpStatus.WAITING, pk__lt=sign_up.pk)
    return before.aggregate(people=Sum(F("companions") + 1))["people"] or 0


def sign_ups_of(person: User) -> QuerySet[MeetingSignUp]:
    """Return what the person is signed up for, with meeting and consultation, unordered."""
    return MeetingSignUp.objects.filter(person=person).select_related("meeting__consultation")


def meetings_to_come(consultation: Consultation, *, at: datetime) -> list[Meeting]:
    """Return the meetings of the consultation that have not begun and are not called off, with it, by number."""
    coming = Meeting.objects.filter(consultation=consultation, starts_at__gt=at, status=MeetingStatus.ANNOUNCED)
    return list(coming.select_related("consultation").order_by("number"))


def coming_meetings_of(person: User, *, at: datetime) -> list[MeetingSignUp]:
    """Return the meetings that the person is signed up for and that are not over, earliest first."""
    coming = (
        sign_ups_of(person)
        .filter(public("meeting__consultation__"), meeting__ends_at__gt=at)
        .filter(meeting__consultation__cancelled_at__isnull=True)
    )
    return list(coming.order_by("meeting__starts_at", "pk"))


def sign_ups_by_ids(ids: Collection[int]) -> dict[int, MeetingSignUp]:
    """Return those of these sign-ups that are still there, with person and meeting, by id."""
    return _with_people(MeetingSignUp.objects.filter(pk__in=ids)).in_bulk()


def sign_ups_to_meetings(ids: Collection[int]) -> list[MeetingSignUp]:
    """Return everyone signed up for these meetings, with person and meeting, in the order of signing up."""
    return list(_with_people(MeetingSignUp.objects.filter(meeting__in=ids)).order_by("pk"))


def sign_ups_to_remind(*, at: datetime) -> QuerySet[MeetingSignUp]:
    """Return who has a place at a meeting that begins within a day and was not told since when it does, unordered."""
    soon = MeetingSignUp.objects.filter(
        status=SignUpStatus.PLACED,
        meeting__status=MeetingStatus.ANNOUNCED,
        meeting__starts_at__gt=at,
        meeting__starts_at__lte=at + REMINDED_BEFORE,
        person__is_active=True,
    )
    held = soon.filter(meeting__consultation__cancelled_at__isnull=True)
    return _with_people(held.exclude(reminded_of=F("meeting__starts_at")))


def _with_people(rows: QuerySet[MeetingSignUp]) -> QuerySet[MeetingSignUp]:
    return rows.select_related("person", "meeting__consultation")


def sign_ups_to_clear(*, at: datetime) -> QuerySet[MeetingSignUp]:
    """Return who was signed up for meetings that were over four weeks ago, but for people on whom a legal hold lies."""
    over = MeetingSignUp.objects.filter(meeting__ends_at__lte=at - SIGN_UPS_KEPT)
    return over.exclude(person__in=held_people())


def meetings_called_off_with(consultation: Consultation) -> list[Meeting]:
    """Return the meetings that were called off because their hearing was cancelled, earliest first."""
    found = Meeting.objects.filter(consultation=consultation, called_off_at=consultation.cancelled_at)
    return list(found.select_related("consultation").order_by("starts_at", "pk")) if consultation.is_cancelled else []
