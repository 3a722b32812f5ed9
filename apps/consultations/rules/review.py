"""Four eyes: who looks at a draft before everyone does."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.common.permissions import Sentence, permission
from apps.consultations.enums import ConsultationKind, ReviewStatus
from apps.consultations.models import Consultation, Review
from apps.consultations.rules.team import why_not_of_team
from apps.municipality.queries import the_municipality


@permission("consultations.discuss_draft")
def why_not_discuss(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The whole team reads the draft and comments on it, until it is published."""
    refused = why_not_of_team(viewer, consultation)
    if refused is None and consultation.is_published:
        return _("The hearing is published, so there is no draft to look at any more.")
    if refused is None and consultation.is_cancelled:
        return _("The hearing was cancelled, so it can no longer be published. Draft a new one.")
    return refused


@permission("consultations.decide_review")
def why_not_decide(viewer: Any, review: Review, *, last_editor: int | None) -> Sentence | None:
    """Anybody in the team approves a draft, or sends it back, but who asked for it and who changed it last."""
    refused = why_not_discuss(viewer, review.consultation)
    if refused is not None:
        return refused
    if not review.waits:
        return _("This has been decided already. Ask for a new review if the draft has changed.")
    if viewer.pk == review.asked_by_id:
        return _("You asked for the review yourself. A colleague in the team has to look at the draft.")
    if viewer.pk == last_editor:
        return _("You changed the draft last. Another colleague in the team has to look at it.")
    return None


def why_not_approved(consultation: Consultation, *, state: int, latest: Review | None) -> Sentence | None:
    """Return why a hearing's draft, as it stands, needs a colleague's approval before everyone sees it, or None.

    News are for the day, and the suggestion box stands for good: neither waits for a second pair of eyes.
    """
    if consultation.kind != ConsultationKind.HEARING or not the_municipality().needs_four_eyes:
        return None
    if latest is None or latest.decided_at is None:
        return _("A colleague in the team has to approve the draft before it is published. Ask for a review.")
    if latest.status != ReviewStatus.APPROVED:
        return _("A colleague sent the draft back. Deal with the comments, and ask for a review again.")
    if latest.seen != state:
        return _("The draft was changed after it was approved. Ask for a review again.")
    return None
