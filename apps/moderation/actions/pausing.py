"""Pausing somebody's writing for a while, ending that before its time, and deciding appeals against it.

The pause itself is made and ended, and that is recorded, by `discussions.actions`.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_moderator
from apps.common.permissions import require
from apps.discussions.actions import Pausing, lift_pause, pause_writing
from apps.discussions.actions import clear_pauses as clear_pauses_themselves
from apps.discussions.actions import forget_pauses_of as forget_pauses_themselves
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import pauses_to_clear
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.moderation.actions.claiming import hold_for, let_go
from apps.moderation.actions.stating import state_reasons_of_pause
from apps.moderation.engine.statements import ARTICLE_16, VOLUNTARY
from apps.moderation.enums import PAUSE_APPEALED, PAUSE_REVERSED, PAUSE_UPHELD, AppealOutcome
from apps.moderation.errors import AlreadySettled, UnfitSentence, UnfitWords
from apps.moderation.models import PauseAppeal, Report
from apps.moderation.rules import APPEALS_DUE_HOURS, why_not_kept
from apps.municipality.models import RefusalReason
from apps.municipality.queries import due_after, rule_in_words


@dataclass(frozen=True, kw_only=True)
class PauseRuling:
    """A moderator's decision to pause somebody's writing: `sentence` is for them, `internal_facts` for moderators."""

    days: int
    is_everywhere: bool
    reason: RefusalReason
    sentence: str
    internal_facts: str = ""


@transaction.atomic
def pause_person(*, contribution: Contribution, ruling: PauseRuling, by: User, at: datetime) -> WritingPause:
    """Let the author of a text send nothing for some days, there or anywhere, with the reasons that they are told.

    It comes with a statement of reasons for the public records, which tells of a notice where the text was reported.
    Raises NotAllowed for who takes part in the topic or is the author, UnfitSentence, PausedAlready.
    """
    require("moderation.pause_person", by, contribution)
    if not ruling.sentence.strip():
        raise UnfitSentence(_("Write one sentence to the person: what they did, and why that calls for a pause."))
    for words in (ruling.sentence, ruling.internal_facts):
        unfit = why_not_kept(words)
        if unfit is not None:
            raise UnfitSentence(unfit)
    with override(settings.LANGUAGE_CODE):
        legal_ground = rule_in_words(ruling.reason)
    pausing = Pausing(
        consultation=None if ruling.is_everywhere else contribution.consultation,
        reason=ruling.reason,
        legal_ground=legal_ground,
        sentence=ruling.sentence.strip(),
        internal_facts=ruling.internal_facts.strip(),
        days=ruling.days,
    )
    pause = pause_writing(contribution=contribution, pausing=pausing, by=by, at=at)
    is_reported = Report.objects.filter(case__contribution=contribution).exists()
    state_reasons_of_pause(pause=pause, source_type=ARTICLE_16 if is_reported else VOLUNTARY)
    return pause


@transaction.atomic
def end_pause(*, pause: WritingPause, by: User, at: datetime) -> bool:
    """End a pause before its time; answer False when it was over already. Raises NotAllowed."""
    require("moderation.lift_pause", by, pause)
    return lift_pause(pause=pause, by=by, at=at)


@transaction.atomic
def submit_pause_appeal(*, pause: WritingPause, text: str, by: User, at: datetime) -> PauseAppeal:
    """Take in what somebody says against a pause in their writing; sent twice, it is one appeal.

    Raises NotAllowed for everybody else and after half a year, UnfitWords.
    """
    require("moderation.appeal_pause", by, pause, at=at)
    if not text.strip():
        raise UnfitWords(_("Write why the decision is wrong, so that somebody else can judge it."))
    unfit = why_not_kept(text)
    if unfit is not None:
        raise UnfitWords(unfit)
    appeal, made = PauseAppeal.objects.get_or_create(
        pause=pause,
        defaults={
            "contribution_id": pause.contribution_id,
            "first_decided_by_id": pause.paused_by_id,
            "text": text.strip(),
            "received_at": at,
            "due_at": due_after(at, hours=APPEALS_DUE_HOURS),
        },
    )
    if made:
        _tell(PAUSE_APPEALED, appeal, as_citizen(by), at)
    return appeal


@transaction.atomic
def decide_pause_appeal(
    *, appeal: PauseAppeal, outcome: AppealOutcome, sentence: str, by: User, at: datetime
) -> PauseAppeal:
    """Let the pause stand, or reverse it: then the person can write again at once.

    Where the text in hand was erased meanwhile, the words of the appeal go with the decision.
    Raises NotAllowed, also for who paused it (and the database refuses them too), ClaimedByAnother, UnfitWords,
    AlreadySettled.
    """
    require("moderation.decide_pause_appeal", by, appeal)
    if not sentence.strip():
        raise UnfitWords(_("Write in a sentence or two why you decide so: who appealed reads it."))
    unfit = why_not_kept(sentence)
    if unfit is not None:
        raise UnfitWords(unfit)
    contribution, decided = appeal.contribution, {"outcome": outcome, "sentence": sentence.strip()}
    contribution.refresh_from_db()
    appeal.refresh_from_db(fields=["decided_at"])
    if not appeal.is_open:
        raise AlreadySettled
    hold_for(contribution=contribution, by=by, at=at)
    if contribution.text_erased_at is not None:
        decided["text"] = ""
    if not PauseAppeal.objects.filter(pk=appeal.pk, decided_at=None).update(decided_by=by, decided_at=at, **decided):
        raise AlreadySettled
    if not contribution.is_waiting:
        let_go(contribution=contribution)
    is_reversed = outcome == AppealOutcome.REVERSED
    _tell(PAUSE_REVERSED if is_reversed else PAUSE_UPHELD, appeal, as_moderator(by), at)
    if is_reversed:
        lift_pause(pause=appeal.pause, by=by, at=at)
    appeal.refresh_from_db()
    return appeal


def _tell(kind: Kind, appeal: PauseAppeal, actor: Actor, at: datetime) -> None:
    record(kind, subject=appeal, by=actor, at=at, consultation_id=appeal.pause.consultation_id)


@transaction.atomic
def forget_pauses_of(*, person: User) -> int:
    """Delete the pauses in the person's writing with what they said against them. Return how many pauses."""
    PauseAppeal.objects.filter(pause__person=person).delete()
    return forget_pauses_themselves(person=person)


@transaction.atomic
def clear_old_pauses(*, at: datetime) -> int:
    """Delete the pauses that were over long ago, with the appeals against them. Return how many pauses."""
    PauseAppeal.objects.filter(pause__in=pauses_to_clear(at=at)).delete()
    return clear_pauses_themselves(at=at)
