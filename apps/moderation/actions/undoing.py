"""Taking a decision back, while mail and doorbells about it have not left."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.consultations.models import Topic
from apps.discussions.actions import (
    await_reading,
    hide_contribution,
    hold_file,
    lift_redaction,
    move_back,
    move_back_here,
    redact_again,
    release_file,
    reopen_contribution,
    restore_contribution,
)
from apps.discussions.enums import CONTRIBUTION_MOVED, CONTRIBUTION_MOVED_OUT
from apps.discussions.errors import AlreadyDecided, FileGone
from apps.discussions.models import Contribution
from apps.discussions.queries import put_back_last, redaction_stands
from apps.ledger.models import Actor
from apps.ledger.queries import entry_about, facts_of
from apps.moderation.actions.claiming import claim_contribution
from apps.moderation.actions.reporting import open_again
from apps.moderation.enums import WITH_REASON, Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import Appeal, Decision, StatementOfReasons

Undo = Callable[[Decision, Contribution, Actor, datetime], None]


@transaction.atomic
def undo_decision(*, decision: Decision, by: User, at: datetime) -> Contribution:
    """Take a decision back, as an entry of its own: the text stands where it stood.

    If it waits, its case is the moderator's. What had been published unread waits to be read again.

    Raises NotAllowed for others and when a minute has gone, Overtaken when something happened to the text since, and
    AlreadyAnswered when somebody has replied.
    """
    require("moderation.undo_decision", by, decision, at=at)
    contribution = decision.case.contribution
    later = Decision.objects.filter(case=decision.case_id, undone_at=None, pk__gt=decision.pk)
    # The update names the old state: two clicks take it back once.
    if later.exists() or Appeal.objects.filter(decision=decision).exists():
        raise Overtaken
    if not Decision.objects.filter(pk=decision.pk, undone_at=None).update(undone_at=at):
        raise Overtaken
    try:
        _UNDO[Outcome(decision.outcome)](decision, contribution, as_moderator(by), at)
        if decision.is_first_reading and contribution.is_published:
            await_reading(contribution=contribution, by=as_moderator(by), at=at)
    except (AlreadyDecided, FileGone) as changed:
        raise Overtaken from changed
    StatementOfReasons.objects.filter(decision=decision).delete()  # its author was not told of it yet
    decision.refresh_from_db()
    if contribution.is_waiting:
        claim_contribution(contribution=contribution, by=by, at=at)
    return contribution


def _wait_again(_decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    reopen_contribution(contribution=contribution, keeps_place=True, by=by, at=at)


def _show_again(decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    restore_contribution(contribution=contribution, by=by, at=at)
    open_again(contribution=contribution, settled_at=decision.decided_at)


def _hide_again(decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Hide it for the reason that stood before."""
    former = Decision.objects.filter(
        case=decision.case_id, pk__lt=decision.pk, outcome__in=WITH_REASON, file=None, undone_at=None
    ).order_by("-pk")
    last = former.first()
    if last is None or last.reason is None:
        raise AlreadyDecided
    hide_contribution(contribution=contribution, reason=last.reason, sentence=last.sentence, by=by, at=at)


def _move_back(decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Move it back to where the ledger says it came from, under what it stood, with what stood under it."""
    if decision.left is not None:
        _move_back_here(decision, decision.left, contribution, by, at)
        return
    moved = entry_about(contribution, CONTRIBUTION_MOVED, at=decision.decided_at)
    if moved is None or contribution.topic_id != decision.moved_to_id:
        raise AlreadyDecided
    facts = facts_of(moved)
    left = Topic.objects.filter(consultation=contribution.consultation_id, slug=facts["from"]).first()
    if left is None:
        raise AlreadyDecided
    move_back(contribution=contribution, to=left, stayed=facts["stayed"], by=by, at=at)


def _move_back_here(
    decision: Decision, left: Contribution, contribution: Contribution, by: Actor, at: datetime
) -> None:
    """Give it its old number again. What stands at the number that it had meanwhile comes of no decision that holds."""
    moved = entry_about(contribution, CONTRIBUTION_MOVED_OUT, at=decision.decided_at)
    if moved is None or contribution.topic_id != decision.moved_to_id:
        raise AlreadyDecided
    move_back_here(contribution=contribution, left=left, stayed=facts_of(moved)["stayed"], by=by, at=at)
    Decision.objects.filter(pk=decision.pk).update(left=None)


def _put_back(decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Put the passage back into the text, and show the files that were held back with it."""
    lift_redaction(contribution=contribution, version=decision.version, by=by, at=at)


def _take_out_again(decision: Decision, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Take the passage out again; the files that were held back with it, too, but for those shown before."""
    version, reason = put_back_last(contribution), decision.reason
    if version is None or reason is None:
        raise AlreadyDecided
    of_case = Decision.objects.filter(case=decision.case_id, undone_at=None, pk__lt=decision.pk).order_by("pk")
    redaction = of_case.filter(outcome=Outcome.REDACT, version=version).last()
    if redaction is None:
        raise AlreadyDecided
    since = of_case.filter(outcome=Outcome.SHOW_FILE, pk__gt=redaction.pk, file__isnull=False)
    shown = list(since.values_list("file", flat=True))
    redact_again(contribution=contribution, version=version, reason=reason, shown=shown, by=by, at=at)


def _leave_unread(_decision: Decision, contribution: Contribution, _by: Actor, _at: datetime) -> None:
    """Pass a text that everyone reads still: it waits to be read as it did, like all whose first reading is undone."""
    if not contribution.is_published:
        raise AlreadyDecided


def _open_file(decision: Decision, _contribution: Contribution, by: Actor, at: datetime) -> None:
    """Let whoever reads the text open the file again, unless it is held back for another reason since."""
    file = decision.file
    if file is None or file.held_with is not None or not release_file(attachment=file, by=by, at=at):
        raise AlreadyDecided


def _hold_again(decision: Decision, _contribution: Contribution, by: Actor, at: datetime) -> None:
    """Hold the file back once more for the reason that stood before, or with the redaction that held it."""
    file, reason = decision.file, decision.reason
    if file is None or reason is None:
        raise AlreadyDecided
    version = None if decision.sentence else _held_with(decision)
    if not hold_file(attachment=file, reason=reason, sentence=decision.sentence, held_with=version, by=by, at=at):
        raise AlreadyDecided


def _held_with(decision: Decision) -> int:
    """Return the version of the redaction that held a file back: the first that stands since it was last shown."""
    shown = Decision.objects.filter(file=decision.file, outcome=Outcome.SHOW_FILE, undone_at=None, pk__lt=decision.pk)
    since = shown.order_by("-pk").values_list("pk", flat=True).first() or 0
    redactions = Decision.objects.filter(case=decision.case_id, outcome=Outcome.REDACT, undone_at=None, pk__gt=since)
    for row in redactions.filter(pk__lt=decision.pk).order_by("pk"):
        if redaction_stands(decision.case.contribution, row.version):
            return row.version
    raise AlreadyDecided


_UNDO: Mapping[Outcome, Undo] = {
    Outcome.PUBLISH: _wait_again,
    Outcome.REFUSE: _wait_again,
    Outcome.RETURN: _wait_again,
    Outcome.HIDE: _show_again,
    Outcome.RESTORE: _hide_again,
    Outcome.MOVE: _move_back,
    Outcome.REDACT: _put_back,
    Outcome.LIFT: _take_out_again,
    Outcome.REVIEW: _leave_unread,
    Outcome.HOLD_FILE: _open_file,
    Outcome.SHOW_FILE: _hold_again,
}
