"""A draft before colleagues' eyes: a review asked for, comments, an approval, or the way back to writing."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean
from apps.consultations.actions.telling import tell
from apps.consultations.enums import (
    DRAFT_COMMENT_SETTLED,
    DRAFT_COMMENTED,
    REVIEW_APPROVED,
    REVIEW_ASKED,
    REVIEW_SENT_BACK,
    ConsultationStatus,
    ReviewStatus,
)
from apps.consultations.errors import ChangedSinceSeen, NotReady, ReasonMissing
from apps.consultations.models import Consultation, DraftComment, Review
from apps.consultations.queries import draft_state, last_editor, latest_review, missing_before_publishing
from apps.ledger.actions import record

IN_WORK = (ConsultationStatus.DRAFT, ConsultationStatus.REVIEW)


@transaction.atomic
def ask_for_review(*, consultation: Consultation, by: User, at: datetime) -> bool:
    """Ask the team to look at the draft; answer False when it was asked, or approved as it stands.

    Raises NotAllowed, and NotReady with what is missing.
    """
    require("consultations.edit_consultation", by, consultation)
    require("consultations.discuss_draft", by, consultation)
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    latest = latest_review(consultation)
    stands = latest is not None and latest.status == ReviewStatus.APPROVED and latest.seen == draft_state(consultation)
    if latest is not None and (latest.waits or stands):
        return False
    missing = missing_before_publishing(consultation, at=at)
    if missing:
        raise NotReady(missing[0].sentence)
    _set_status(consultation, ConsultationStatus.REVIEW)
    review = Review.objects.create(consultation=consultation, asked_by=by, asked_at=at)
    record(REVIEW_ASKED, subject=review, by=as_official(by), at=at, consultation_id=consultation.pk)
    return True


@transaction.atomic
def approve_draft(*, review: Review, seen: int | None = None, by: User, at: datetime) -> bool:
    """Let the draft be published as it stands; answer False when it was decided before.

    `seen` is the state that the colleague had before them. Raises NotAllowed, ChangedSinceSeen.
    """
    state = _locked(review, by)
    if state is None:
        return False
    if seen is not None and seen != state:
        raise ChangedSinceSeen
    _decide(review, ReviewStatus.APPROVED, state, by, at)
    record(REVIEW_APPROVED, subject=review, by=as_official(by), at=at, consultation_id=review.consultation_id)
    return True


@transaction.atomic
def send_draft_back(*, review: Review, comment: str, by: User, at: datetime) -> bool:
    """Give the draft back to those who write it, with what to change; answer False when it was decided before.

    Raises NotAllowed, ReasonMissing without a comment.
    """
    state = _locked(review, by)
    if state is None:
        return False
    if not clean(comment).strip():
        raise ReasonMissing(_("Write what has to change, so that your colleague can go on."))
    comment_on_draft(consultation=review.consultation, comment=comment, by=by, at=at)
    _decide(review, ReviewStatus.SENT_BACK, state, by, at)
    _set_status(review.consultation, ConsultationStatus.DRAFT)
    record(REVIEW_SENT_BACK, subject=review, by=as_official(by), at=at, consultation_id=review.consultation_id)
    return True


@transaction.atomic
def comment_on_draft(*, consultation: Consultation, comment: str, by: User, at: datetime) -> DraftComment:
    """Keep what a colleague says about the draft, for the team alone. Raises NotAllowed, ReasonMissing for nothing."""
    require("consultations.discuss_draft", by, consultation)
    body = clean(comment).strip()
    if not body:
        raise ReasonMissing(_("Write your comment first."))
    made = DraftComment.objects.create(consultation=consultation, author=by, body=body, written_at=at)
    tell(kind=DRAFT_COMMENTED, consultation=consultation, by=by, at=at)
    return made


@transaction.atomic
def settle_comment(*, comment: DraftComment, by: User, at: datetime) -> bool:
    """Mark a comment as dealt with; answer False when it was. Raises NotAllowed."""
    require("consultations.discuss_draft", by, comment.consultation)
    if not DraftComment.objects.filter(pk=comment.pk, settled_at=None).update(settled_at=at):
        return False
    tell(kind=DRAFT_COMMENT_SETTLED, consultation=comment.consultation, by=by, at=at)
    return True


def _locked(review: Review, by: User) -> int | None:
    """Return the state of the draft under its lock, for somebody who may decide; None when it was decided before."""
    Consultation.objects.select_for_update().get(pk=review.consultation_id)
    review.refresh_from_db()
    if not review.waits and review.decided_by_id == by.pk:
        return None
    state = draft_state(review.consultation)
    require("consultations.decide_review", by, review, last_editor=last_editor(state))
    return state


def _decide(review: Review, status: ReviewStatus, state: int, by: User, at: datetime) -> None:
    review.status, review.seen, review.decided_by, review.decided_at = status, state, by, at
    review.save(update_fields=["status", "seen", "decided_by", "decided_at"])


def _set_status(consultation: Consultation, status: ConsultationStatus) -> None:
    Consultation.objects.filter(pk=consultation.pk, status__in=IN_WORK).update(status=status)
    consultation.status = status
