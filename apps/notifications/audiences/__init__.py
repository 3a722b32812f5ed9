"""Who is told about what besides contributions.

About residencies, staff roles, organisations, reports and appeals: the person whose it is. About a consultation: those
who follow it. About the queue: moderators, when something in it is overdue.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from apps.accounts.enums import (
    ORGANISATION_CONFIRMED,
    ORGANISATION_ENDED,
    ORGANISATION_REFUSED,
    ROLE_ENDED,
    ROLE_GRANTED,
    OrganisationStatus,
    Role,
)
from apps.accounts.models import Organisation, RoleAssignment, User
from apps.accounts.queries import organisations_by_ids, people_by_ids, people_in_role, roles_in_force
from apps.common.calendar import local
from apps.consultations.enums import DEADLINE_EXTENDED, ConsultationState
from apps.consultations.models import Consultation, Phase
from apps.consultations.queries import in_phase_order, phases_of, standing_of, visible_consultations
from apps.discussions.enums import PAUSE_LIFTED, PERSON_PAUSED
from apps.discussions.models import Contribution, WritingPause
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.moderation.enums import (
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
from apps.notifications.models import Follow
from apps.publications.enums import SUMMARY_PUBLISHED
from apps.publications.queries import published_versions
from apps.residency.enums import RESIDENCY_ENDED, RESIDENCY_GRANTED, EndReason, ResidencyStatus
from apps.residency.models import Residency
from apps.residency.queries import residencies_by_ids

TOLD_OF_RESIDENCY = frozenset({RESIDENCY_GRANTED.name, RESIDENCY_ENDED.name})
TOLD_OF_ROLE = frozenset({ROLE_GRANTED.name, ROLE_ENDED.name})
TOLD_OF_CASES = frozenset(
    kind.name
    for kind in (REPORT_RECEIVED, REPORT_SETTLED, APPEAL_RECEIVED, APPEAL_UPHELD, APPEAL_REVERSED, APPEAL_LAPSED)
)
PAUSE_ITSELF = frozenset({PERSON_PAUSED.name, PAUSE_LIFTED.name})
TOLD_OF_PAUSES = PAUSE_ITSELF.union(kind.name for kind in (PAUSE_APPEALED, PAUSE_UPHELD, PAUSE_REVERSED))
STANDING_AFTER = {
    ORGANISATION_CONFIRMED.name: OrganisationStatus.CONFIRMED,
    ORGANISATION_REFUSED.name: OrganisationStatus.REFUSED,
    ORGANISATION_ENDED.name: OrganisationStatus.ENDED,
}
TOLD_OF_ACCOUNT = TOLD_OF_ROLE.union(STANDING_AFTER)
# What followers hear of at once. Opening and closing come with the clock and leave no entry.
TOLD_TO_FOLLOWERS = frozenset({DEADLINE_EXTENDED.name, SUMMARY_PUBLISHED.name})
# Those who renew know it, and a day that was told long before is no news.
NO_NEWS = frozenset({EndReason.RENEWED.value, EndReason.EXPIRED.value})


@dataclass(frozen=True, kw_only=True)
class ResidencyNews:
    """One thing to tell somebody about their residency."""

    entry: Entry
    to: User
    residency: Residency


def residency_news_in(entries: Sequence[Entry]) -> list[ResidencyNews]:
    """Return whom to tell what about these entries, in their order: one query, however many there are."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_RESIDENCY and _is_news(entry)]
    rows = residencies_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        ResidencyNews(entry=entry, to=row.person, residency=row)
        for entry in told
        if (row := rows.get(entry.subject_id)) is not None and row.person.is_active and _still_so(entry, row)
    ]


def _is_news(entry: Entry) -> bool:
    if entry.kind == RESIDENCY_GRANTED.name:
        return entry.actor_role == ActorRole.OFFICIAL
    return facts_of(entry)["reason"] not in NO_NEWS


def _still_so(entry: Entry, residency: Residency) -> bool:
    """A residency that was granted and has ended since is told of once: by its end."""
    return entry.kind == RESIDENCY_ENDED.name or residency.status != ResidencyStatus.ENDED


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
class AccountNews:
    """One thing to tell somebody about a staff role of theirs, or about their organisation."""

    entry: Entry
    to: User
    role: Role | None = None
    assignment: RoleAssignment | None = None
    organisation: Organisation | None = None


def account_news_in(entries: Sequence[Entry]) -> list[AccountNews]:
    """Return whom to tell what about these entries: three queries, however many there are, and none for none."""
    news = [
        *_of_roles([entry for entry in entries if entry.kind in TOLD_OF_ROLE]),
        *_of_organisations([entry for entry in entries if entry.kind in STANDING_AFTER]),
    ]
    return [one for one in news if one.to.is_active]


def _of_roles(told: Sequence[Entry]) -> Iterator[AccountNews]:
    """What is no longer so is not told: a later entry tells the rest.

    Nor is a role that was given on the command line, by whoever sets the site up: nobody here has done that.
    """
    ids = {entry.subject_id for entry in told}
    people = people_by_ids(ids) if ids else {}
    standing = roles_in_force(ids) if ids else {}
    for entry in told:
        role, person = Role(facts_of(entry)["role"]), people.get(entry.subject_id)
        assignment = standing.get((entry.subject_id, role.value))
        is_so = assignment is None if entry.kind == ROLE_ENDED.name else bool(assignment and assignment.granted_by_id)
        if person is not None and is_so:
            yield AccountNews(entry=entry, to=person, role=role, assignment=assignment)


def _of_organisations(told: Sequence[Entry]) -> Iterator[AccountNews]:
    rows = organisations_by_ids({entry.subject_id for entry in told}) if told else {}
    for entry in told:
        row = rows.get(entry.subject_id)
        if row is not None and row.status == STANDING_AFTER[entry.kind]:
            yield AccountNews(entry=entry, to=row.account, organisation=row)


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
            text = appeal.contribution
            yield CaseNews(entry=entry, contribution=text, to=text.author, appeal=appeal)


def _for_deputy(news: Sequence[CaseNews]) -> Iterator[CaseNews]:
    """The deputy is told of each appeal, and of the first report, that too few moderators may decide."""
    opening = [one for one in news if one.entry.kind == APPEAL_RECEIVED.name or _opens_a_case(one)]
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


@dataclass(frozen=True)
class Situation:
    """How a consultation stands: its state, the moment that goes with it, and the version of its summary, if any."""

    state: str
    moment: datetime | None
    summary: int


@dataclass(frozen=True)
class Outdated:
    """Those who were told `before` of a consultation that stands as `now`."""

    consultation: Consultation
    before: Situation
    now: Situation

    @property
    def is_new_state(self) -> bool:
        """It opened or closed, or will open on another day."""
        return self.before.state != self.now.state or (
            self.now.state == ConsultationState.PLANNED and self.before.moment != self.now.moment
        )

    @property
    def is_new_deadline(self) -> bool:
        """People can write, as they could, and until another moment."""
        is_open = self.before.state == self.now.state == ConsultationState.OPEN
        return is_open and self.before.moment != self.now.moment

    @property
    def is_new_summary(self) -> bool:
        """There is a summary, or another version of it."""
        return self.now.summary > self.before.summary

    @property
    def is_news(self) -> bool:
        """Something is worth a mail; that a phase which is over ended at another moment is not."""
        return self.is_new_state or self.is_new_deadline or self.is_new_summary


def situation_of(consultation: Consultation, *, at: datetime) -> Situation:
    """Return how the consultation stands at that moment."""
    return _situation(consultation, phases_of(consultation), published_versions([consultation.pk]), at)


def outdated_follows(*, at: datetime) -> list[Outdated]:
    """Return which consultations stand otherwise than some who follow them were told: four queries at most.

    Nobody is told of one that is not public.
    """
    groups = Follow.objects.filter(person__is_active=True).order_by("consultation_id")
    rows = groups.values_list("consultation_id", "told_state", "told_moment", "told_summary").distinct()
    told = [(pk, Situation(state, moment, summary)) for pk, state, moment, summary in rows]
    ids = {pk for pk, _before in told}
    if not ids:
        return []
    shown = visible_consultations(None).prefetch_related(in_phase_order()).in_bulk(ids)
    versions = published_versions(ids)
    now = {pk: _situation(one, list(one.phases.all()), versions, at) for pk, one in shown.items()}
    return [Outdated(shown[pk], before, now[pk]) for pk, before in told if pk in shown and before != now[pk]]


def _situation(
    consultation: Consultation, phases: Sequence[Phase], versions: dict[int, int], at: datetime
) -> Situation:
    standing = standing_of(consultation, phases, at)
    return Situation(standing.state.value, standing.moment, versions.get(consultation.pk, 0))


def follows_to_tell(outdated: Outdated) -> "QuerySet[Follow]":
    """Return the follows of those who were told so before, oldest first, with their people."""
    before = outdated.before
    told = {"told_state": before.state, "told_moment": before.moment, "told_summary": before.summary}
    found = Follow.objects.filter(consultation=outdated.consultation, person__is_active=True, **told)
    return found.select_related("person").order_by("pk")
