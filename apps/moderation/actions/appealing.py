"""Appeals: somebody else than before decides once more, and what was wrong is put right in the same moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_moderator
from apps.common.permissions import require
from apps.discussions.actions import restore_contribution
from apps.discussions.models import Contribution
from apps.ledger.actions import Draft, record_many
from apps.ledger.enums import ActorRole, Kind
from apps.ledger.models import Actor
from apps.moderation.actions.deciding import Ruling, decide_contribution
from apps.moderation.enums import APPEAL_RECEIVED, APPEAL_REVERSED, APPEAL_UPHELD, AppealOutcome, Outcome
from apps.moderation.errors import AlreadySettled, ReasonMissing, TooLateToAppeal, UnfitWords
from apps.moderation.models import Appeal, Decision, Report
from apps.moderation.queries import appeals_beside
from apps.moderation.rules import APPEALS_DUE_HOURS, why_not_appeal_report, why_not_kept, why_not_public
from apps.municipality.models import RefusalReason
from apps.municipality.queries import due_after

SHOWN_AFTER_APPEAL = gettext_noop("Shown after an appeal: it was withheld first, and somebody else decided otherwise.")


@transaction.atomic
def submit_appeal(*, decision: Decision, text: str, by: User, at: datetime) -> Appeal:
    """Take in what an author says against a decision that withholds their text; sent twice, it is one appeal.

    Raises NotAllowed for everybody else and after half a year, UnfitWords.
    """
    require("moderation.submit_appeal", by, decision, at=at)
    words = _fit(text)
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
    words = _fit(text)
    actor = as_citizen(by) if by else Actor(ActorRole.CITIZEN)
    against = {"report": report, "first_decided_by_id": report.case.settled_by_id}
    return _taken_in(report.case.contribution, words, actor, at, **against)


def _fit(text: str) -> str:
    if not text.strip():
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
        record_many([_entry(APPEAL_RECEIVED, appeal, actor, at)])
    return appeal


@dataclass(frozen=True, kw_only=True)
class AppealRuling:
    """What is decided on an appeal. `reason` and `version` are of the text that is hidden after a reporter's appeal."""

    outcome: AppealOutcome
    sentence: str
    reason: RefusalReason | None = None


@transaction.atomic
def decide_appeal(*, appeal: Appeal, ruling: AppealRuling, by: User, at: datetime) -> Appeal:
    """Let the first decision stand, or reverse it: what was withheld is shown at its place, what was left is hidden.

    Appeals about the same reports are decided together. Raises NotAllowed, also for who decided first (and the database
    refuses them too), UnfitWords, ReasonMissing, AlreadySettled, AlreadyDecided where the text is gone meanwhile.
    """
    require("moderation.decide_appeal", by, appeal)
    if not ruling.sentence.strip():
        raise UnfitWords(_("Write in a sentence or two why you decide so: who appealed reads it."))
    unfit = why_not_public(ruling.sentence)
    if unfit is not None:
        raise UnfitWords(unfit)
    for row in appeals_beside(appeal):
        _close(row, ruling, by, at)
    if ruling.outcome == AppealOutcome.REVERSED:
        _put_right(appeal, ruling, by, at)
    appeal.refresh_from_db()
    return appeal


def _close(appeal: Appeal, ruling: AppealRuling, by: User, at: datetime) -> None:
    open_still = Appeal.objects.filter(pk=appeal.pk, decided_at=None)
    decided = {"outcome": ruling.outcome, "sentence": ruling.sentence.strip(), "decided_by": by, "decided_at": at}
    if not open_still.update(**decided):
        raise AlreadySettled
    kind = APPEAL_REVERSED if ruling.outcome == AppealOutcome.REVERSED else APPEAL_UPHELD
    record_many([_entry(kind, appeal, as_moderator(by), at)])


def _put_right(appeal: Appeal, ruling: AppealRuling, by: User, at: datetime) -> None:
    contribution, decision = appeal.contribution, appeal.decision
    if decision is not None:
        if contribution.is_published:  # a colleague showed it again meanwhile
            return
        restore_contribution(contribution=contribution, by=as_moderator(by), at=at, note=SHOWN_AFTER_APPEAL)
        Decision.objects.create(
            case=decision.case, outcome=Outcome.RESTORE, version=contribution.version, decided_by=by, decided_at=at
        )
        return
    if ruling.reason is None:
        raise ReasonMissing
    hide = Ruling(
        outcome=Outcome.HIDE, version=contribution.version, reason=ruling.reason, sentence=ruling.sentence.strip()
    )
    decide_contribution(contribution=contribution, ruling=hide, by=by, at=at)


def _entry(kind: Kind, appeal: Appeal, actor: Actor, at: datetime) -> Draft:
    """An author's appeal is told with its number; a reporter's is not, or everyone would see what was reported."""
    if appeal.report_id is not None:
        return Draft(kind=kind, subject=appeal, by=actor, at=at)
    text = appeal.contribution
    return Draft(
        kind=kind, subject=appeal, by=actor, at=at, consultation_id=text.consultation_id, topic_id=text.topic_id,
        number=text.number,
    )  # fmt: skip


@transaction.atomic
def forget_appeals_of(*, person: User) -> int:
    """Keep no longer what the person wrote in appeals; that they appealed stays. Return how many."""
    of_author = Appeal.objects.filter(contribution__author=person, decision__isnull=False)
    of_reporter = Appeal.objects.filter(report__reporter=person)
    return empty_appeals(list((of_author | of_reporter).values_list("pk", flat=True)))


def empty_appeals(pks: list[int]) -> int:
    """Empty what appeals say. Return how many."""
    return Appeal.objects.filter(pk__in=pks).exclude(text="").update(text="")
