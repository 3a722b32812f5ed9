"""What moderators decide about single files. Rows and entries are `discussions.actions`'s."""

from datetime import datetime

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.discussions.actions import hold_file, release_file
from apps.discussions.models import Attachment, Contribution
from apps.moderation.actions.claiming import hold_for, let_go
from apps.moderation.actions.stating import state_reasons
from apps.moderation.engine.statements import ARTICLE_16, VOLUNTARY
from apps.moderation.enums import Outcome
from apps.moderation.errors import ReasonMissing, UnfitSentence
from apps.moderation.models import Case, Decision
from apps.moderation.queries import open_case_on
from apps.moderation.rules import why_not_public
from apps.municipality.models import RefusalReason


@transaction.atomic
def hold_back_file(*, attachment: Attachment, reason: RefusalReason, sentence: str, by: User, at: datetime) -> bool:
    """Keep one file from the public while its text stands; answer False when it was held back already.

    It is a decision with a statement of reasons, against which its author can appeal. It is no reading of a text that
    was published unread. Raises NotAllowed, ClaimedByAnother, ReasonMissing, UnfitSentence, AlreadyDecided where its
    text is shown to nobody, and FileGone for what was left out or removed.
    """
    require("moderation.decide_contribution", by, attachment.contribution)
    if not sentence.strip():
        raise ReasonMissing
    unfit = why_not_public(sentence)
    if unfit is not None:
        raise UnfitSentence(unfit)
    contribution = attachment.contribution
    source = ARTICLE_16 if open_case_on(contribution) is not None else VOLUNTARY
    case = _taken_up(contribution, by, at)
    if not hold_file(attachment=attachment, reason=reason, sentence=sentence, by=as_moderator(by), at=at):
        return False
    decision = Decision.objects.create(
        case=case,
        outcome=Outcome.HOLD_FILE,
        version=contribution.version,
        reason=reason,
        file=attachment,
        sentence=attachment.held_sentence,
        decided_by=by,
        decided_at=at,
    )
    state_reasons(decision=decision, contribution=contribution, source_type=source)
    return True


@transaction.atomic
def show_file(*, attachment: Attachment, by: User, at: datetime) -> bool:
    """Let whoever reads the text open the file again; answer False when it was not held back. Raises as above.

    The decision keeps why it was held back: that was found not to hold.
    """
    require("moderation.decide_contribution", by, attachment.contribution)
    contribution = attachment.contribution
    case = _taken_up(contribution, by, at)
    attachment.refresh_from_db()
    why = {"reason": attachment.held_reason, "sentence": attachment.held_sentence}
    if not release_file(attachment=attachment, by=as_moderator(by), at=at):
        return False
    facts = {"outcome": Outcome.SHOW_FILE, "version": contribution.version, "file": attachment}
    Decision.objects.create(case=case, decided_by=by, decided_at=at, **facts, **why)
    return True


def _taken_up(contribution: Contribution, by: User, at: datetime) -> Case:
    """Return the case of a text for whoever decides on a file beside it; what still waits stays with them."""
    case = hold_for(contribution=contribution, by=by, at=at)
    if not contribution.is_waiting:
        let_go(contribution=contribution)
    return case
