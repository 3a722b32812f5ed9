"""Taking texts out of the record: on a named ground by two people, or when the time to appeal is over.

The number, the trace and the fingerprint stay. Without text and salt nobody can tell any more what it stood for.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Min

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import Hold, User
from apps.accounts.queries import held_ids
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.common.permissions import require
from apps.consultations.actions import adjust_counts
from apps.discussions.actions.attaching import erase_files
from apps.discussions.actions.letters import part_from_letters
from apps.discussions.actions.places import erase_place
from apps.discussions.actions.senders import empty_scan
from apps.discussions.enums import (
    CONTRIBUTION_CLEARED,
    CONTRIBUTION_ERASED,
    ERASURE_DECLINED,
    ERASURE_PROPOSED,
    ContributionStatus,
    ErasureGround,
    ErasureStatus,
)
from apps.discussions.errors import ErasureDecided, ErasureProposed, HeldText, TextErased
from apps.discussions.models import Contribution, PastText, TextErasure
from apps.discussions.queries.answers import answered_by, standing_answers_to
from apps.discussions.queries.erasures import refused_texts
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.ledger.actions import record
from apps.ledger.enums import Kind
from apps.ledger.models import Actor
from apps.screening.actions import forget_flags, forget_signature

BATCH = 200
NOTHING = {"body": "", "body_html": "", "salt": b"", "source": "", "note": ""}


@transaction.atomic
def propose_erasure(
    *, contribution: Contribution, ground: ErasureGround, sentence: str, by: User, at: datetime
) -> TextErasure:
    """Ask a colleague to erase the text on that ground; nothing is erased yet.

    Raises NotAllowed, HeldText while a legal hold is on the text or its author, ErasureProposed.
    """
    require("discussions.propose_erasure", by, contribution)
    _require_free(contribution)
    try:
        with transaction.atomic():
            erasure = TextErasure.objects.create(
                contribution=contribution, ground=ground, sentence=sentence, asked_by=by, asked_at=at
            )
    except IntegrityError:
        raise ErasureProposed from None
    record(ERASURE_PROPOSED, subject=erasure, by=as_moderator(by), at=at, facts={"ground": str(erasure.ground)})
    return erasure


@transaction.atomic
def decline_erasure(*, erasure: TextErasure, by: User, at: datetime) -> None:
    """Let the text stand as it is. Raises NotAllowed for who proposed it, ErasureDecided."""
    _settle(erasure, ErasureStatus.DECLINED, by, at)
    record(ERASURE_DECLINED, subject=erasure, by=as_moderator(by), at=at)


@transaction.atomic
def confirm_erasure(*, erasure: TextErasure, by: User, at: datetime) -> Contribution:
    """Erase the text, its former versions and its salts for ever; number, trace, answers and replies stand.

    What an erased answer was given to is answered by the others only, and by none if there is no other.

    Raises NotAllowed for who proposed it or wrote the text, ErasureDecided, HeldText.
    """
    _settle(erasure, ErasureStatus.CONFIRMED, by, at)
    asked = _what_it_answers(erasure.contribution)
    contribution = _locked(erasure.contribution)
    _require_free(contribution)
    if contribution.is_waiting:
        raise ErasureDecided
    if contribution.is_published:
        answers = int(contribution.is_answer)
        adjust_counts(
            contribution.topic_id,
            consultation_id=contribution.consultation_id,
            published=answers - 1,
            answered=-answers,
        )
    if not _empty(contribution, at, status=ContributionStatus.ERASED, erasure_ground=erasure.ground):
        raise ErasureDecided
    for row in asked:
        _leave_to_other_answers(row)
    _tell(CONTRIBUTION_ERASED, contribution, as_moderator(by), at, ground=str(erasure.ground))
    return contribution


def _what_it_answers(contribution: Contribution) -> list[Contribution]:
    """Return what an answer answers, locked before the answer as in a move; nothing for any other text."""
    if not contribution.is_answer:
        return []
    ids = [row.pk for row in answered_by(contribution)]
    return list(Contribution.stored.select_for_update().filter(pk__in=ids).order_by("pk"))


def _leave_to_other_answers(asked: Contribution) -> None:
    """Let it be answered since the first of the answers that everyone can read, or not at all."""
    standing = Contribution.stored.filter(standing_answers_to(asked))
    first = standing.aggregate(first=Min("received_at"))["first"]
    Contribution.stored.filter(pk=asked.pk).update(answered_at=first)


def clear_refused_texts(*, at: datetime, dry_run: bool = False) -> int:
    """Erase the texts of contributions refused so long ago that no appeal can come; return how many.

    Number, trace and reason stay. What a legal hold is on, or on whose author, is left. A dry run only counts.
    """
    due = refused_texts(before=at - REFUSED_TEXTS_KEPT)
    if dry_run:
        return due.count()
    done = 0
    while rows := list(due[:BATCH]):
        for row in rows:
            done += _clear(row, at)
    return done


@transaction.atomic
def _clear(listed: Contribution, at: datetime) -> bool:
    row = _locked(listed)
    if _is_held(row) or not _empty(row, at):
        return False
    _tell(CONTRIBUTION_CLEARED, row, THE_SYSTEM, at)
    return True


@transaction.atomic
def hold_contribution(*, contribution_id: int, reason: str, review_on: date, by: User, at: datetime) -> Hold:
    """Keep the text out of reach of erasure until somebody lifts the hold.

    An erasure under way either sees the hold, or is over before it: raises TextErased then, and what
    `accounts.actions.place_hold` raises.
    """
    require("accounts.place_hold", by)
    contribution = _locked(Contribution.stored.get(pk=contribution_id))
    if contribution.text_erased_at is not None:
        raise TextErased
    return place_hold(
        held=HeldSubject.CONTRIBUTION, held_id=contribution.pk, reason=reason, review_on=review_on, by=by, at=at
    )


def _locked(contribution: Contribution) -> Contribution:
    """Return the row as it is now. Whoever places a hold on it or its author, or deletes that account, waits for us."""
    if contribution.author_id:
        User.objects.select_for_update().get(pk=contribution.author_id)
    return Contribution.stored.select_for_update().get(pk=contribution.pk)


def _settle(erasure: TextErasure, status: ErasureStatus, by: User, at: datetime) -> None:
    require("discussions.decide_erasure", by, erasure)
    open_still = TextErasure.objects.filter(pk=erasure.pk, status=ErasureStatus.PROPOSED)
    if not open_still.update(status=status, decided_by=by, decided_at=at):
        raise ErasureDecided
    erasure.refresh_from_db()


def _require_free(contribution: Contribution) -> None:
    """Pass what no legal hold is on."""
    if _is_held(contribution):
        raise HeldText


def _is_held(contribution: Contribution) -> bool:
    author = [contribution.author_id] if contribution.author_id else []
    return bool(held_ids(HeldSubject.CONTRIBUTION, [contribution.pk]) or held_ids(HeldSubject.PERSON, author))


def _empty(contribution: Contribution, at: datetime, **changes: str) -> bool:
    """Empty the row and its former texts, and delete its files; answer False when somebody did it before."""
    part_from_letters([contribution.pk])
    unerased = Contribution.stored.filter(pk=contribution.pk, text_erased_at=None)
    if not unerased.update(text_erased_at=at, unread_since=None, **NOTHING, **changes):
        return False
    forget_flags(subject_id=contribution.pk)
    PastText.objects.filter(contribution=contribution).update(body="", salt=b"", passage="", note="")
    forget_signature(subject_id=contribution.pk)
    erase_files(contribution)
    erase_place(contribution)
    empty_scan(contribution)
    contribution.refresh_from_db()
    return True


def _tell(kind: Kind, contribution: Contribution, by: Actor, at: datetime, **facts: str) -> None:
    record(
        kind,
        subject=contribution,
        by=by,
        at=at,
        consultation_id=contribution.consultation_id,
        topic_id=contribution.topic_id,
        number=contribution.number,
        facts=facts,
    )
