"""Carrying out a ruling. The change of the contribution and its one entry are made by `discussions.actions`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import require
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    lift_redaction,
    move_contribution,
    move_to_consultation,
    publish_contribution,
    redact_contribution,
    refuse_contribution,
    restore_contribution,
    return_contribution,
    review_contribution,
)
from apps.discussions.enums import ELSEWHERE
from apps.discussions.errors import AlreadyDecided, EditedSinceRead
from apps.discussions.models import Contribution
from apps.ledger.models import Actor
from apps.moderation.actions.claiming import hold_for, let_go
from apps.moderation.actions.reporting import settle_as_acted
from apps.moderation.actions.stating import state_reasons
from apps.moderation.engine.statements import ARTICLE_16, VOLUNTARY
from apps.moderation.enums import NOTED, OF_FILE, WITH_REASON, Outcome
from apps.moderation.errors import ReasonMissing, SentenceMissing, TopicMissing, UnfitSentence
from apps.moderation.models import Decision
from apps.moderation.queries import open_case_on, standing_redaction
from apps.moderation.rules import why_conflicted, why_not_beside, why_not_kept, why_not_public
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reasons_by_code
from apps.screening.queries import noticed_in


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """A moderator's decision as made: `version` is the one that was read.

    `is_detected` is the moderator's own word that a signal pointed out what the decision is about. That a signal stood
    on the page says less: a link may be noticed in a text that is refused for an insult, which the moderator found.
    `is_reported`: the decision comes of a report that was settled before.
    """

    outcome: Outcome
    version: int
    reason: RefusalReason | None = None
    sentence: str = ""
    internal_facts: str = ""
    to: Topic | None = None
    with_replies: bool = False
    passage: str = ""
    is_detected: bool = False
    is_of_appeal: bool = False
    is_reported: bool = False


@transaction.atomic
def decide_contribution(*, contribution: Contribution, ruling: Ruling, by: User, at: datetime) -> Decision:
    """Carry out a ruling, and keep who decided what and why. What still waits stays with its moderator.

    Moved to a topic in which that moderator has written, it is a colleague's. A move without a reason has the one
    that the text belongs elsewhere; it keeps nothing from anybody, so nothing is stated, and a sentence may stand
    where the text stood. A text that is shown again has the sentence beside it, and so has one into which the latest
    passage that was redacted is put back; both keep for which reason it had been withheld. A decision against a text
    comes with a statement of reasons for its author. It tells of a program only where the moderator does and something
    was noticed in that version; of a notice (Regulation (EU) 2022/2065, article 16) where a report was open on a text
    that is hidden or redacted. Every decision is a reading of what was published unread.

    Raises NotAllowed on the own text, ClaimedByAnother, ReasonMissing, SentenceMissing, TopicMissing, UnfitSentence;
    and EditedSinceRead, AlreadyDecided, SameTopic, MovedMeanwhile, DestinationGone, CannotLeave, UnfitPassage as a
    change of it does.
    """
    require("moderation.decide_contribution", by, contribution)
    _require_complete(ruling)
    case = hold_for(contribution=contribution, by=by, at=at)
    found, why = _how_found(contribution, ruling, at), _why(ruling, contribution)
    is_first_reading, read = contribution.is_unread, contribution.version
    left = _carry_out(contribution, ruling, by, at)
    _settle_around(contribution, ruling, by, at)
    decision = Decision.objects.create(
        case=case,
        outcome=ruling.outcome,
        version=read,
        **why,
        moved_to=ruling.to if ruling.outcome == Outcome.MOVE else None,
        left=left,
        internal_facts=ruling.internal_facts.strip(),
        decided_by=by,
        decided_at=at,
        is_of_appeal=ruling.is_of_appeal,
        is_first_reading=is_first_reading,
    )
    if ruling.outcome in WITH_REASON:
        state_reasons(decision=decision, contribution=contribution, **found)
    return decision


def _settle_around(contribution: Contribution, ruling: Ruling, by: User, at: datetime) -> None:
    """Let go of a text that is decided on or is a colleague's now; settle the reports on one that is hidden."""
    is_a_colleagues = ruling.outcome == Outcome.MOVE and why_conflicted(by, contribution) is not None
    if not contribution.is_waiting or is_a_colleagues:
        let_go(contribution=contribution)
    if ruling.outcome == Outcome.HIDE:
        settle_as_acted(contribution=contribution, by=by, at=at)


def _why(ruling: Ruling, contribution: Contribution) -> dict[str, Any]:
    """Return the reason and the sentence that a decision keeps, as far as its outcome has them.

    What is shown again keeps the reason for which it had been withheld: that one was found not to hold.
    """
    sentence = ruling.sentence.strip()
    if ruling.outcome in WITH_REASON:
        return {"reason": ruling.reason, "sentence": sentence}
    if ruling.outcome == Outcome.MOVE:
        return {"reason": _why_moved(ruling), "sentence": sentence}
    if ruling.outcome == Outcome.RESTORE:
        return {"reason": contribution.refusal_reason, "sentence": sentence}
    if ruling.outcome == Outcome.LIFT:
        return {"reason": _redaction_of(contribution).reason, "sentence": sentence}
    return {}


def _redaction_of(contribution: Contribution) -> Decision:
    """Return the latest redaction that stands; raises AlreadyDecided where none does."""
    redaction = standing_redaction(contribution)
    if redaction is None:
        raise AlreadyDecided
    return redaction


def _why_moved(ruling: Ruling) -> RefusalReason:
    """Return the reason of a move: as chosen, or that it does not belong where it stood."""
    return ruling.reason or reasons_by_code()[ELSEWHERE]


def _how_found(contribution: Contribution, ruling: Ruling, at: datetime) -> dict[str, Any]:
    """Return what the statement of reasons says about how the text was found, as it stands before the decision."""
    is_shown = ruling.outcome in {Outcome.HIDE, Outcome.REDACT}
    is_reported = ruling.is_reported or (is_shown and open_case_on(contribution) is not None)
    is_detected = ruling.is_detected and bool(
        noticed_in(contribution.pk, version=contribution.version, text=contribution.body, at=at)
    )
    return {"source_type": ARTICLE_16 if is_reported else VOLUNTARY, "automated_detection": is_detected}


def _require_complete(ruling: Ruling) -> None:
    """Pass a ruling that holds what its outcome needs, and no identity number anywhere."""
    unfit = why_not_kept(ruling.internal_facts)
    if ruling.outcome in WITH_REASON:
        if ruling.reason is None or not ruling.sentence.strip():
            raise ReasonMissing
        unfit = unfit or why_not_public(ruling.sentence)
    if ruling.outcome in {Outcome.RESTORE, Outcome.LIFT} and not ruling.sentence.strip():
        raise SentenceMissing
    if ruling.outcome in NOTED:
        unfit = unfit or why_not_beside(ruling.sentence)
    if ruling.outcome in OF_FILE:  # files are decided on by actions of their own
        raise AlreadyDecided
    if ruling.outcome == Outcome.MOVE and ruling.to is None:
        raise TopicMissing
    if unfit is not None:
        raise UnfitSentence(unfit)


def _carry_out(contribution: Contribution, ruling: Ruling, by: User, at: datetime) -> Contribution | None:
    """Change the text; return what keeps the number that it left, when it was moved to another consultation."""
    actor, version, reason, sentence = as_moderator(by), ruling.version, ruling.reason, ruling.sentence.strip()
    if ruling.outcome == Outcome.PUBLISH:
        publish_contribution(contribution=contribution, version=version, by=actor, at=at)
    elif ruling.outcome == Outcome.REVIEW:
        review_contribution(contribution=contribution, version=version, by=actor, at=at)
    elif ruling.outcome in {Outcome.RESTORE, Outcome.LIFT}:
        _show_again(contribution, ruling, actor, at)
    elif ruling.outcome == Outcome.REDACT and reason:
        redact_contribution(
            contribution=contribution, version=version, passage=ruling.passage, reason=reason, by=actor, at=at
        )
    elif ruling.outcome == Outcome.HIDE and reason:
        hide_contribution(contribution=contribution, reason=reason, sentence=sentence, by=actor, at=at)
    elif ruling.outcome in WITH_REASON and reason:
        withhold = refuse_contribution if ruling.outcome == Outcome.REFUSE else return_contribution
        withhold(contribution=contribution, version=version, reason=reason, sentence=sentence, by=actor, at=at)
    elif ruling.to:
        return _move(contribution, ruling, ruling.to, actor, at)
    return None


def _show_again(contribution: Contribution, ruling: Ruling, by: Actor, at: datetime) -> None:
    """Show a text that was hidden, or put back the passage that was redacted last."""
    if ruling.outcome == Outcome.RESTORE:
        restore_contribution(contribution=contribution, by=by, at=at, note=ruling.sentence.strip())
        return
    if contribution.version != ruling.version:
        raise EditedSinceRead
    last, note = _redaction_of(contribution), ruling.sentence.strip()
    lift_redaction(contribution=contribution, version=last.version, by=by, at=at, note=note)


def _move(contribution: Contribution, ruling: Ruling, to: Topic, by: Actor, at: datetime) -> Contribution | None:
    """Move it within its consultation, where its number goes along, or out of it, where the number stays."""
    how: dict[str, Any] = {
        "with_replies": ruling.with_replies,
        "version": ruling.version,
        "reason": _why_moved(ruling).code,
        "sentence": ruling.sentence.strip(),
    }
    if to.consultation_id != contribution.consultation_id:
        return move_to_consultation(contribution=contribution, to=to, **how, by=by, at=at)
    move_contribution(contribution=contribution, to=to, **how, by=by, at=at)
    return None
