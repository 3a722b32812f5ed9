"""Appeals: a different person decides once more, and what was wrong is put right in the same moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_moderator
from apps.common.permissions import require
from apps.common.richtext import is_unseen
from apps.discussions.actions import lift_redaction, publish_contribution, release_file, restore_contribution
from apps.discussions.models import Contribution
from apps.ledger.actions import record_many
from apps.ledger.enums import ActorRole
from apps.ledger.models import Actor
from apps.moderation.actions.claiming import hold_for, let_go
from apps.moderation.actions.closing import appeal_entry, close_row
from apps.moderation.actions.deciding import Ruling, decide_contribution
from apps.moderation.enums import (
    APPEAL_RECEIVED,
    APPEAL_REVERSED,
    APPEAL_UPHELD,
    AppealOutcome,
    Outcome,
)
from apps.moderation.errors import AlreadySettled, NothingLeft, ReasonMissing, TooLateToAppeal, UnfitWords
from apps.moderation.models import Appeal, Decision, Report
from apps.moderation.queries import appeals_beside
from apps.moderation.rules import (
    APPEALS_DUE_HOURS,
    is_moot,
    stands,
    why_not_appeal_report,
    why_not_kept,
    why_not_public,
)
from apps.municipality.models import RefusalReason
from apps.municipality.queries import due_after

PUT_BACK_AFTER_APPEAL = gettext_noop("A passage was redacted first, and put back after an appeal.")
SHOWN_AFTER_APPEAL = gettext_noop("Shown after an appeal: it was withheld first, and somebody else decided otherwise.")


@transaction.atomic
def submit_appeal(*, decision: Decision, text: str, by: User, at: datetime) -> Appeal:
    """Take in what an author says against a decision about their text; sent twice, it is one appeal.

    Raises NotAllowed for everybody else and after half a year, UnfitWords.
    """
    require("moderation.submit_appeal", by, decision, at=at)
    words = fit_words(text)
    contribution = decision.case.contribution
    against = {"decision": decision, "first_decided_by_id": decision.decided_by_id}
    return _taken_in(contribution, words, as_citizen(by), at, **against)


@transaction.atomic
def submit_report_appeal(*, report: Report, text: str, by: User | None, at: datetime) -> Appeal:
    """Take in what somebody says whose report came to nothing; whoever holds the report's key is that somebody.

    Raises TooLateToAppeal, also where nothing is decided yet or the text is gone, and UnfitWords.
    """
    refused = why_not_appeal_report(report, at=at)
    if refused is not None:
        raise TooLateToAppeal(refused)
    words = fit_words(text)
    actor = as_citizen(by) if by else Actor(ActorRole.CITIZEN)
    against = {"report": report, "first_decided_by_id": report.case.settled_by_id}
    return _taken_in(report.case.contribution, words, actor, at, **against)


def fit_words(text: str) -> str:
    """Return what somebody says against a decision as it is kept; raises UnfitWords."""
    if is_unseen(text):
        raise UnfitWords(_("Write why the decision is wrong, so that somebody else can judge it."))
    unfit = why_not_kept(text)
    if unfit is not None:
        raise UnfitWords(unfit)
    return text.strip()


def _taken_in(contribution: Contribution, text: str, actor: Actor, at: datetime, **against: object) -> Appeal:
    about = {name: row for name, row in against.items() if name in {"decision", "report"}}
    due_at = due_after(at, hours=APPEALS_DUE_HOURS)
    appeal, made = Appeal.objects.get_or_create(
        **about, defaults={**against, "contribution": contribution, "text": text, "received_at": at, "due_at": due_at}
    )
    if made:
        record_many([appeal_entry(APPEAL_RECEIVED, appeal, actor, at)])
    return appeal


@dataclass(frozen=True, kw_only=True)
class AppealRuling:
    """What is decided on an appeal. `reason` is why a text is hidden after a reporter's appeal."""

    outcome: AppealOutcome
    sentence: str
    reason: RefusalReason | None = None


@transaction.atomic
def decide_appeal(*, appeal: Appeal, ruling: AppealRuling, by: User, at: datetime) -> Appeal:
    """Let the first decision stand, or reverse it, and put right what was wrong in the same moment.

    What was withheld, a file too, is shown at its place, a passage that was redacted is put back, what was left is
    hidden. Where its
    author handed in another version since, that one is the queue's to judge, and stays as it is.
    Appeals about the same reports are decided together. Raises NotAllowed, also for who decided first (and the database
    refuses them too), ClaimedByAnother, UnfitWords, ReasonMissing, AlreadySettled, NothingLeft where the text is gone
    meanwhile, UnfitPassage where a passage cannot be put back without another that stays redacted.
    """
    require("moderation.decide_appeal", by, appeal)
    _require_fit(ruling)
    contribution = appeal.contribution
    contribution.refresh_from_db()
    if not appeal.is_open:
        raise AlreadySettled
    if is_moot(appeal):
        raise NothingLeft
    hold_for(contribution=contribution, by=by, at=at)
    decided = {"outcome": ruling.outcome, "sentence": ruling.sentence.strip(), "decided_by": by}
    kind = APPEAL_REVERSED if ruling.outcome == AppealOutcome.REVERSED else APPEAL_UPHELD
    for row in appeals_beside(appeal):
        close_row(appeal=row, kind=kind, by=as_moderator(by), at=at, **decided)
    if ruling.outcome == AppealOutcome.REVERSED:
        _put_right(appeal, ruling, by, at)
    if not contribution.is_waiting:
        let_go(contribution=contribution)
    appeal.refresh_from_db()
    return appeal


def _require_fit(ruling: AppealRuling) -> None:
    if not ruling.sentence.strip():
        raise UnfitWords(_("Write in a sentence or two why you decide so: who appealed reads it."))
    unfit = why_not_public(ruling.sentence)
    if unfit is not None:
        raise UnfitWords(unfit)


def _put_right(appeal: Appeal, ruling: AppealRuling, by: User, at: datetime) -> None:
    contribution, decision = appeal.contribution, appeal.decision
    if decision is not None:
        decision.case.contribution = contribution
        if decision.file is not None:
            decision.file.refresh_from_db()
        if stands(decision):  # else a colleague put it right meanwhile, or its author handed in another version
            _reverse(decision, contribution, by, at)
        return
    if ruling.reason is None:
        raise ReasonMissing
    hide = Ruling(
        outcome=Outcome.HIDE,
        version=contribution.version,
        reason=ruling.reason,
        sentence=ruling.sentence.strip(),
        is_of_appeal=True,
        is_reported=True,
    )
    decide_contribution(contribution=contribution, ruling=hide, by=by, at=at)


def _reverse(decision: Decision, contribution: Contribution, by: User, at: datetime) -> None:
    """Undo what a decision did, and keep that as a decision of its own."""
    actor = as_moderator(by)
    if decision.outcome == Outcome.REDACT:
        outcome, note = Outcome.LIFT, PUT_BACK_AFTER_APPEAL
        lift_redaction(contribution=contribution, version=decision.version, by=actor, at=at, note=note)
    elif decision.outcome == Outcome.HOLD_FILE and decision.file:
        outcome = Outcome.SHOW_FILE
        release_file(attachment=decision.file, by=actor, at=at)
    elif contribution.is_waiting:  # it was sent back, and the week to change it is over
        outcome, version = Outcome.PUBLISH, contribution.version
        publish_contribution(contribution=contribution, version=version, by=actor, at=at, note=SHOWN_AFTER_APPEAL)
    else:
        outcome = Outcome.RESTORE
        restore_contribution(contribution=contribution, by=actor, at=at, note=SHOWN_AFTER_APPEAL)
    Decision.objects.create(
        case=decision.case,
        outcome=outcome,
        version=contribution.version,
        reason=decision.reason if outcome in {Outcome.LIFT, Outcome.RESTORE} else None,
        file=decision.file,
        decided_by=by,
        decided_at=at,
        is_of_appeal=True,
    )
