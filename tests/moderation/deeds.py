"""What authors, readers and moderators do to texts and to each other's decisions, for the property test.

Each deed draws what and who by numbers, and may be refused: the test tells what must be true all the same.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from apps.accounts.actions import lift_hold
from apps.accounts.models import Hold, User
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hold_contribution,
    propose_erasure,
    reopen_lapsed,
    revise_contribution,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus, ErasureGround
from apps.discussions.models import Contribution, TextErasure
from apps.discussions.rules import EDIT_TAKEN
from apps.moderation.actions import (
    AppealRuling,
    Ruling,
    claim_contribution,
    close_appeal,
    close_moot_appeals,
    decide_appeal,
    decide_contribution,
    erase_text,
    settle_reports,
    submit_appeal,
    submit_report_appeal,
    undo_decision,
)
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.models import Appeal, Decision, Report, ReportCase
from apps.moderation.queries import decisions_against
from apps.moderation.rules import is_moot, stands
from tests.moderation.cases import APPEALED, REASONS, STAYS, a_report
from tests.moderation.desk import SENTENCE, a_reason

PASSAGE = "Ole Hansen"
POSSIBLE = {
    ContributionStatus.WAITING: [*[Outcome.PUBLISH] * 6, Outcome.REFUSE, Outcome.RETURN, Outcome.REDACT, Outcome.MOVE],
    ContributionStatus.PUBLISHED: [Outcome.HIDE, Outcome.REDACT, Outcome.REDACT, Outcome.LIFT, Outcome.MOVE],
    ContributionStatus.HIDDEN: [Outcome.RESTORE],
}


@dataclass
class World:
    """Topics, two writers who also report, three moderators, somebody who places holds, and an official who answers."""

    at: datetime
    topics: list[Topic]
    writers: list[User]
    moderators: list[User]
    holder: User
    official: User
    keys: int = 0
    held: set[int] = field(default_factory=set)

    def row(self, one: int) -> Contribution | None:
        pks = list(Contribution.stored.order_by("pk").values_list("pk", flat=True))
        rows = Contribution.stored.select_related("topic__consultation", "author")
        return rows.get(pk=pks[one % len(pks)]) if pks else None

    def moderator(self, two: int) -> User:
        return self.moderators[two % len(self.moderators)]


def submit(world: World, one: int, two: int) -> None:
    world.keys += 1
    submit_contribution(
        topic=world.topics[one % 2],
        kind=ContributionKind.VIEW,
        body=f"{PASSAGE} drives, {world.keys}, and Per sings.",
        submission_key=UUID(int=world.keys),
        by=world.moderators[2] if two % 23 == 0 else world.writers[two % 2],
        at=world.at,
    )


def decide(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is None:
        return
    possible = POSSIBLE.get(ContributionStatus(row.status), []) if two % 5 else list(Outcome)
    if not possible:
        return
    outcome = possible[two % len(possible)]
    ruling = Ruling(
        outcome=outcome,
        version=row.version - (two % 9 == 8),
        reason=a_reason(),
        sentence=SENTENCE,
        passage=(PASSAGE, "Per")[two % 2],
        to=world.topics[two % 2],
        with_replies=True,
    )
    decide_contribution(contribution=row, ruling=ruling, by=world.moderator(one + two), at=world.at)


def undo(world: World, one: int, two: int) -> None:
    decision = Decision.objects.select_related("case__contribution").order_by("-pk")[one % 2 : one % 2 + 1].first()
    if decision is not None:
        undo_decision(decision=decision, by=world.moderator(two), at=world.at)


def regret(world: World, one: int, two: int) -> None:
    """Decide, and take it back within the minute: the text stands as it stood, whatever was decided."""
    row = world.row(one)
    if row is None:
        return
    stood, last = standing(row), Decision.objects.count()
    decide(world, one, two)
    if Decision.objects.count() == last:
        return
    world.at += timedelta(seconds=30)
    decision = Decision.objects.select_related("case__contribution").latest("pk")
    undo_decision(decision=decision, by=decision.decided_by, at=world.at)
    assert standing(Contribution.stored.get(pk=row.pk)) == stood


def standing(row: Contribution) -> tuple[object, ...]:
    """Return where and how a text stands, and what everyone reads of it."""
    files = tuple(row.attachments.order_by("pk").values_list("status", "held_with"))
    return row.consultation_id, row.topic_id, row.number, row.status, row.body, row.note, row.unread_since, files


def claim(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        claim_contribution(contribution=row, by=world.moderator(two), at=world.at)


def revise(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None and row.author is not None:
        body = row.body.replace("sings", "hums" if two % 2 else "plays")
        revise_contribution(contribution=row, kind=ContributionKind.VIEW, body=body, by=row.author, at=world.at)


def withdraw(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None and row.author is not None and two % 3 == 0:
        withdraw_contribution(contribution=row, by=row.author, at=world.at)


def lapse(world: World, _one: int, _two: int) -> None:
    """The week to change a text goes by for everybody."""
    reopen_lapsed(at=world.at + EDIT_TAKEN)


def report(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is not None:
        a_report(row, at=world.at, by=[*world.writers, *world.moderators, None][two % 6])


def settle(world: World, one: int, two: int) -> None:
    cases = list(ReportCase.objects.filter(settled_at=None).select_related("contribution").order_by("pk"))
    if cases:
        settle_reports(case=cases[one % len(cases)], sentence=STAYS, by=world.moderator(two), at=world.at)


def appeal(world: World, one: int, two: int) -> None:
    row = world.row(one)
    found = decisions_against(row) if row is not None else []
    if found and row is not None and row.author is not None:
        submit_appeal(decision=found[two % len(found)], text=APPEALED, by=row.author, at=world.at)


def appeal_report(world: World, one: int, _two: int) -> None:
    reports = list(Report.objects.select_related("case__contribution").order_by("pk"))
    if reports:
        found = reports[one % len(reports)]
        submit_report_appeal(report=found, text=APPEALED, by=found.reporter, at=world.at)


def judge(world: World, one: int, two: int) -> None:
    """Decide an appeal; what was wrong is right in the same moment."""
    waiting = list(
        Appeal.objects.filter(decided_at=None).select_related("contribution__topic", "decision__file").order_by("pk")
    )
    if not waiting:
        return
    found, by = waiting[one % len(waiting)], world.moderator(two)
    if is_moot(found) and two % 2:
        close_appeal(appeal=found, by=by, at=world.at)
        return
    against = found.decision
    stood = against is not None and stands(against)
    outcome = AppealOutcome.UPHELD if two % 3 == 0 else AppealOutcome.REVERSED
    ruling = AppealRuling(outcome=outcome, sentence=REASONS, reason=a_reason())
    before = Contribution.stored.get(pk=found.contribution_id)
    decide_appeal(appeal=found, ruling=ruling, by=by, at=world.at)
    after = Contribution.stored.get(pk=found.contribution_id)
    if outcome == AppealOutcome.UPHELD or (against is not None and not stood):
        assert (after.status, after.version) == (before.status, before.version)
    elif against is None:
        assert after.is_hidden
    elif against.outcome == Outcome.HOLD_FILE:
        assert against.file is not None
        against.file.refresh_from_db()
        assert against.file.is_shown
        assert (after.status, after.version) == (before.status, before.version)
    elif against.outcome == Outcome.REDACT:
        assert (after.status, after.version) == (before.status, before.version + 1)
        assert len(after.body) != len(before.body)
        assert not stands(against)
    else:
        assert after.is_published


def hold(world: World, one: int, two: int) -> None:
    row = world.row(one)
    if row is None:
        return
    if row.pk in world.held and two % 3 == 0:
        standing = Hold.objects.filter(held_id=row.pk, lifted_at=None).first()
        assert standing is not None
        lift_hold(hold=standing, by=world.holder, at=world.at)
        world.held.discard(row.pk)
        return
    review_on = (world.at + timedelta(days=90)).date()
    hold_contribution(contribution_id=row.pk, reason="A court asks.", review_on=review_on, by=world.holder, at=world.at)
    world.held.add(row.pk)


def erase(world: World, one: int, two: int) -> None:
    """Two moderators erase a text, or one tries it alone."""
    row = world.row(one)
    if row is None:
        return
    asked = TextErasure.objects.filter(contribution=row, status="proposed").first() or propose_erasure(
        contribution=row,
        ground=ErasureGround.ORDER,
        sentence="Ordered.",
        by=world.moderator(two),
        at=world.at,
    )
    erase_text(erasure=asked, by=world.moderator(two + one % 3), at=world.at)


def clean_up(world: World, _one: int, _two: int) -> None:
    close_moot_appeals(by=THE_SYSTEM, at=world.at)


DEEDS = [
    submit, submit, *[decide] * 8, undo, regret, regret, claim, revise, withdraw, lapse, report,
    report, settle, settle, appeal, appeal, appeal, appeal_report, judge, judge, judge, hold, erase, clean_up,
]  # fmt: skip
