"""Whom news about reports, appeals and pauses is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from apps.accounts.enums import (
    Role,
)
from apps.accounts.models import User
from apps.accounts.queries import people_in_role
from apps.common.calendar import local
from apps.discussions.enums import PAUSE_LIFTED, PERSON_PAUSED
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import voice_of
from apps.ledger.models import Entry
from apps.moderation.enums import (
    APPEAL_ENTERED,
    APPEAL_LAPSED,
    APPEAL_RECEIVED,
    APPEAL_REVERSED,
    APPEAL_UPHELD,
    PAUSE_APPEALED,
    PAUSE_REVERSED,
    PAUSE_UPHELD,
    REPORT_RECEIVED,
    REPORT_SETTLED,
)
from apps.moderation.models import Appeal, PauseAppeal, Report
from apps.moderation.queries import (
    appeals_by_ids,
    first_due,
    left_to_deputy,
    overdue,
    pause_appeals_by_ids,
    pauses_by_ids,
    reports_by_ids,
    reports_of_cases,
    the_deputy,
)
from apps.municipality.queries import is_working_time

TOLD_OF_CASES = frozenset(
    kind.name
    for kind in (
        REPORT_RECEIVED,
        REPORT_SETTLED,
        APPEAL_RECEIVED,
        APPEAL_ENTERED,
        APPEAL_UPHELD,
        APPEAL_REVERSED,
        APPEAL_LAPSED,
    )
)
PAUSE_ITSELF = frozenset({PERSON_PAUSED.name, PAUSE_LIFTED.name})
TOLD_OF_PAUSES = PAUSE_ITSELF.union(kind.name for kind in (PAUSE_APPEALED, PAUSE_UPHELD, PAUSE_REVERSED))


@dataclass(frozen=True, kw_only=True)
class Overdue:
    """What moderators are told when something should have been decided: how many and since when, no texts."""

    count: int
    oldest: datetime
    key: str
    moderators: Sequence[User]


def overdue_news(*, at: datetime) -> Overdue | None:
    """Return what to tell whom about the queue, in the municipality's working hours; None when nothing is overdue."""
    count = overdue(at=at) if is_working_time(at) else 0
    oldest = first_due() if count else None
    if oldest is None:
        return None
    key = f"queue.overdue:{local(at).date().isoformat()}"
    return Overdue(count=count, oldest=oldest, key=key, moderators=people_in_role(Role.MODERATOR))


@dataclass(frozen=True, kw_only=True)
class CaseNews:
    """One thing to tell somebody about a report or an appeal of theirs, or the deputy about one to decide.

    Somebody who reported without an account is an address in a language; `to` is None then.
    """

    entry: Entry
    contribution: Contribution
    to: User | None = None
    address: str = ""
    language: str = ""
    report: Report | None = None
    appeal: Appeal | None = None
    is_for_deputy: bool = False


def case_news_in(entries: Sequence[Entry]) -> list[CaseNews]:
    """Return whom to tell what about reports and appeals: seven queries at most, and none for none.

    Who reported a text is told of the report and of what came of it; who appealed, of the appeal and of the decision.
    """
    told = [entry for entry in entries if entry.kind in TOLD_OF_CASES]
    if not told:
        return []
    news = [*_of_reports(told), *_of_appeals(told)]
    reached = [one for one in news if one.address or (one.to is not None and one.to.is_active)]
    return [*reached, *_for_deputy(news)]


def _of_reports(told: Sequence[Entry]) -> Iterator[CaseNews]:
    made = reports_by_ids({entry.subject_id for entry in told if entry.kind == REPORT_RECEIVED.name})
    settled = reports_of_cases({entry.subject_id for entry in told if entry.kind == REPORT_SETTLED.name})
    for entry in told:
        if entry.kind == REPORT_RECEIVED.name and entry.subject_id in made:
            yield _about(entry, made[entry.subject_id])
        elif entry.kind == REPORT_SETTLED.name:
            # A hiding that was undone left its reports open again: whoever looks into them tells what comes of it.
            reports = settled.get(entry.subject_id, ())
            yield from (_about(entry, report) for report in reports if report.case.settled_at == entry.at)


def _about(entry: Entry, report: Report, appeal: Appeal | None = None) -> CaseNews:
    return CaseNews(
        entry=entry,
        contribution=report.case.contribution,
        to=report.reporter,
        address=report.email,
        language=report.language,
        report=report,
        appeal=appeal,
    )


def _of_appeals(told: Sequence[Entry]) -> Iterator[CaseNews]:
    of_appeals = [entry for entry in told if entry.kind not in {REPORT_RECEIVED.name, REPORT_SETTLED.name}]
    rows = appeals_by_ids({entry.subject_id for entry in of_appeals})
    for entry in of_appeals:
        appeal = rows.get(entry.subject_id)
        if appeal is None:
            continue
        if appeal.report is not None:
            yield _about(entry, appeal.report, appeal)
        else:
            yield _to_author(entry, appeal)


def _to_author(entry: Entry, appeal: Appeal) -> CaseNews:
    """Who wrote on paper is told what came of the appeal at the address in the letter, if there is one; by post too."""
    text = appeal.contribution
    sender = getattr(voice_of(text), "sender", None) if entry.kind != APPEAL_ENTERED.name else None
    address = sender.email if sender and hasattr(appeal, "letter") else ""
    return CaseNews(
        entry=entry,
        contribution=text,
        to=text.author,
        address=address,
        language=settings.LANGUAGE_CODE if address else "",
        appeal=appeal,
    )


def _for_deputy(news: Sequence[CaseNews]) -> Iterator[CaseNews]:
    """The deputy is told of each appeal, and of the first report, that too few moderators may decide."""
    appealed = {APPEAL_RECEIVED.name, APPEAL_ENTERED.name}
    opening = [one for one in news if one.entry.kind in appealed or _opens_a_case(one)]
    deputy = the_deputy() if opening else None
    if deputy is None or not deputy.person.is_active:
        return
    left = left_to_deputy([one.contribution for one in opening])
    for one in opening:
        if one.contribution.pk in left:
            yield CaseNews(
                entry=one.entry,
                contribution=one.contribution,
                to=deputy.person,
                report=one.report,
                appeal=one.appeal,
                is_for_deputy=True,
            )


def _opens_a_case(news: CaseNews) -> bool:
    if news.report is None or news.entry.kind != REPORT_RECEIVED.name:
        return False
    return news.report.received_at == news.report.case.opened_at


@dataclass(frozen=True, kw_only=True)
class PauseNews:
    """One thing to tell somebody about a pause in their writing, or the deputy about an appeal against one."""

    entry: Entry
    to: User
    pause: WritingPause
    appeal: PauseAppeal | None = None
    is_for_deputy: bool = False


def pause_news_in(entries: Sequence[Entry]) -> list[PauseNews]:
    """Return whom to tell what about pauses in somebody's writing: five queries at most, and none for none."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_PAUSES]
    pauses = pauses_by_ids({entry.subject_id for entry in told if entry.kind in PAUSE_ITSELF})
    appeals = pause_appeals_by_ids({entry.subject_id for entry in told if entry.kind not in PAUSE_ITSELF})
    found = []
    for entry in told:
        appeal = None if entry.kind in PAUSE_ITSELF else appeals.get(entry.subject_id)
        pause = appeal.pause if appeal else pauses.get(entry.subject_id) if entry.kind in PAUSE_ITSELF else None
        if pause is not None and not _is_told_otherwise(entry, pause):
            found.append(PauseNews(entry=entry, to=pause.person, pause=pause, appeal=appeal))
    return [*(one for one in found if one.to.is_active), *_appeals_for_deputy(found)]


def _is_told_otherwise(entry: Entry, pause: WritingPause) -> bool:
    """Whose appeal ended the pause reads so in the mail about the appeal."""
    appeal: PauseAppeal | None = getattr(pause, "appeal", None)
    return entry.kind == PAUSE_LIFTED.name and appeal is not None and appeal.decided_at == entry.at


def _appeals_for_deputy(news: Sequence[PauseNews]) -> Iterator[PauseNews]:
    made = [one for one in news if one.entry.kind == PAUSE_APPEALED.name]
    deputy = the_deputy() if made else None
    if deputy is None or not deputy.person.is_active:
        return
    left = left_to_deputy([one.pause.contribution for one in made])
    for one in made:
        if one.pause.contribution_id in left:
            yield PauseNews(entry=one.entry, to=deputy.person, pause=one.pause, appeal=one.appeal, is_for_deputy=True)
