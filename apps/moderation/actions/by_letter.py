"""Appeals that come by letter: typed in for who sent them, and answered by letter."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator, as_official, is_moderator
from apps.common.identity_numbers import mask
from apps.common.permissions import require
from apps.common.uploads import FitFile
from apps.discussions.actions import keep_scan, scan_columns
from apps.ledger.actions import record, record_many
from apps.moderation.actions.appealing import fit_words
from apps.moderation.actions.closing import appeal_entry
from apps.moderation.enums import APPEAL_ENTERED, STATEMENT_POSTED
from apps.moderation.errors import AppealedAlready, TooLateToAppeal
from apps.moderation.models import Appeal, AppealLetter, Decision
from apps.moderation.rules import APPEALS_DUE_HOURS
from apps.moderation.rules.by_letter import why_not_appealed_on
from apps.municipality.queries import due_after


@dataclass(frozen=True, kw_only=True)
class PaperAppeal:
    """What an author without an account says against a decision, and on which day it came."""

    decision: Decision
    text: str
    came_on: date
    scan: FitFile | None = None


@transaction.atomic
def enter_appeal(*, appeal: PaperAppeal, by: User, at: datetime) -> Appeal:
    """Take in an appeal that came by letter: it waits in the queue as all do, identity numbers in it masked.

    Sent twice it is one. Raises NotAllowed, TooLateToAppeal also for a day that cannot be and where nothing stands to
    appeal against, UnfitWords, AppealedAlready where the decision was appealed against before, NotStored.
    """
    decision = appeal.decision
    require("moderation.enter_appeal", by, decision)
    words = fit_words(mask(appeal.text))
    before = Appeal.objects.select_related("letter").filter(decision=decision).first()
    if before is not None:
        return _the_same(before, words, by)
    refused = why_not_appealed_on(decision, appeal.came_on, at=at)
    if refused is not None:
        raise TooLateToAppeal(refused)
    kept, made = Appeal.objects.get_or_create(
        decision=decision,
        defaults={
            "contribution": decision.case.contribution,
            "first_decided_by_id": decision.decided_by_id,
            "text": words,
            "received_at": at,
            "due_at": due_after(at, hours=APPEALS_DUE_HOURS),
        },
    )
    if not made:  # the other request of a double click was first
        return _the_same(kept, words, by)
    _keep_letter(kept, appeal, by)
    facts = {"came_on": appeal.came_on.isoformat()}
    record_many([appeal_entry(APPEAL_ENTERED, kept, as_official(by), at, **facts)])
    return kept


def _the_same(before: Appeal, words: str, by: User) -> Appeal:
    """Return the appeal that the same person typed in with the same words; another one is not taken."""
    letter: AppealLetter | None = getattr(before, "letter", None)
    if letter is None or letter.typed_by_id != by.pk or before.text != words:
        raise AppealedAlready
    return before


def _keep_letter(kept: Appeal, appeal: PaperAppeal, by: User) -> None:
    letter = AppealLetter(appeal=kept, came_on=appeal.came_on, typed_by=by, **scan_columns(appeal.scan))
    if appeal.scan is not None:
        keep_scan(letter, appeal.scan)
    letter.save()


@transaction.atomic
def post_outcome(*, appeal: Appeal, by: User, at: datetime) -> bool:
    """Say that the letter with what came of an appeal is posted; answer False when somebody said so before.

    Raises NotAllowed.
    """
    require("moderation.post_statements", by)
    waiting = AppealLetter.objects.filter(appeal=appeal, appeal__decided_at__isnull=False, outcome_posted_at=None)
    if not waiting.update(outcome_posted_at=at):
        return False
    text = appeal.contribution
    record(
        STATEMENT_POSTED,
        subject=text,
        by=as_moderator(by) if is_moderator(by) else as_official(by),
        at=at,
        consultation_id=text.consultation_id,
        topic_id=text.topic_id,
        number=text.number,
    )
    return True
