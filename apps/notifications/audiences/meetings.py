"""Who is told of a meeting: those who have signed up, of their place, of another time or place, and of its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from apps.consultations.enums import MEETING_CALLED_OFF, MEETING_REVISED, MEETING_SIGNED_OFF, MEETING_SIGNED_UP
from apps.consultations.models import MeetingSignUp
from apps.consultations.queries import sign_ups_by_ids, sign_ups_to_meetings
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of

TOLD_OF_MEETINGS = frozenset(
    kind.name for kind in (MEETING_SIGNED_UP, MEETING_SIGNED_OFF, MEETING_REVISED, MEETING_CALLED_OFF)
)
# A change of these keeps somebody from coming who has not heard of it.
WORTH_A_MAIL = frozenset({"starts_at", "ends_at", "place", "online_link"})
MOVED_UP = "meeting_place_given"


@dataclass(frozen=True, kw_only=True)
class MeetingNews:
    """One thing to tell somebody who has signed up. `mail` names the mail that tells it."""

    entry: Entry
    sign_up: MeetingSignUp
    mail: str


def meeting_news_in(entries: Sequence[Entry]) -> list[MeetingNews]:
    """Return whom to tell what about these entries, in their order: two queries at most, and none for none.

    What is no longer so is not told: who signed off meanwhile hears nothing, and of a meeting that was called off
    only that. Nor is a meeting whose hearing is not public.
    """
    told = [(entry, facts_of(entry)) for entry in entries if entry.kind in TOLD_OF_MEETINGS]
    ids = {pk for entry, facts in told for pk in _ids_in(entry, facts)}
    rows = sign_ups_by_ids(ids) if ids else {}
    wide = {entry.subject_id for entry, facts in told if _goes_to_everyone(entry, facts)}
    everyone = sign_ups_to_meetings(wide) if wide else []
    return [
        news
        for entry, facts in told
        for news in _news_of(entry, facts, rows, everyone)
        if news.sign_up.person.is_active and _still_so(news)
    ]


def _ids_in(entry: Entry, facts: dict[str, Any]) -> list[int]:
    moved_up: list[int] = facts.get("moved_up", [])
    return [*moved_up, entry.subject_id] if entry.kind == MEETING_SIGNED_UP.name else moved_up


def is_worth_a_mail(facts: dict[str, Any]) -> bool:
    """Tell whether a change of a meeting, of which these are the facts, keeps somebody from coming who missed it."""
    return not WORTH_A_MAIL.isdisjoint(facts["changed"].split(","))


def _goes_to_everyone(entry: Entry, facts: dict[str, Any]) -> bool:
    if entry.kind == MEETING_REVISED.name:
        return is_worth_a_mail(facts)
    return entry.kind == MEETING_CALLED_OFF.name


def _news_of(
    entry: Entry, facts: dict[str, Any], rows: dict[int, MeetingSignUp], everyone: Sequence[MeetingSignUp]
) -> Iterator[MeetingNews]:
    moved_up = set(facts.get("moved_up", ()))
    for pk in _ids_in(entry, facts):
        if pk in rows:
            mail = MOVED_UP if pk in moved_up else entry.kind.replace(".", "_")
            yield MeetingNews(entry=entry, sign_up=rows[pk], mail=mail)
    if _goes_to_everyone(entry, facts):
        for row in everyone:
            if row.meeting_id == entry.subject_id and row.pk not in moved_up:
                yield MeetingNews(entry=entry, sign_up=row, mail=entry.kind.replace(".", "_"))


def _still_so(news: MeetingNews) -> bool:
    meeting = news.sign_up.meeting
    if not meeting.consultation.is_published:
        return False
    if news.entry.kind == MEETING_CALLED_OFF.name:
        return True
    return not meeting.is_called_off and (news.mail != MOVED_UP or news.sign_up.has_place)
