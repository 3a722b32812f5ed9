"""Who writes, reviews and reads a white paper, what can be put into it, and when it is changed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.consultations.rules import role_in_team, why_not_edit, why_not_of_team
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.publications.enums import PaperStatus, Scope
from apps.publications.models import WhitePaper


@permission("publications.write_white_paper")
def why_not_write_white_paper(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Owners and editors of the team write it, from when people can write on. News have none."""
    if not is_official(viewer):
        return _("Only officials of the municipality write the white paper.")
    if consultation.kind == ConsultationKind.NEWS:
        return _("News have no white paper.")
    if not consultation.is_published:
        return _("The hearing is not published yet, so there is nothing to account for.")
    return why_not_edit(viewer, consultation)


@permission("publications.review_white_paper")
def why_not_review_white_paper(viewer: Any, paper: WhitePaper) -> Sentence | None:
    """Anybody of the team publishes it or sends it back, but who asked for the review: four eyes see it."""
    if not is_official(viewer):
        return _("Only officials of the municipality publish the white paper.")
    refused = why_not_of_team(viewer, paper.consultation)
    if refused is not None:
        return refused
    if not paper.is_in_review:
        return _("Nobody has asked for a review of the white paper. Ask for one first; then a colleague publishes it.")
    if viewer.pk == paper.asked_by_id:
        return _("You asked for the review yourself. A colleague in the team has to read and publish the white paper.")
    return None


@permission("publications.view_white_paper")
def why_not_view_white_paper(viewer: Any, paper: WhitePaper) -> Sentence | None:
    """Everyone reads what is published of it, and the team what is written. Pair: `queries.visible_white_papers`."""
    if (paper.is_public and paper.consultation.is_published) or role_in_team(viewer, paper.consultation) is not None:
        return None
    return _("The white paper is not published yet.")


def why_not_change(paper: WhitePaper) -> Sentence | None:
    """Return why nothing of the white paper can be changed as it stands, or None."""
    if paper.status == PaperStatus.IN_REVIEW:
        return _("A second official reads the white paper. Take it back first, then change it.")
    if paper.status == PaperStatus.PUBLISHED:
        return _("The white paper is published. Begin a correction first; it becomes a new version.")
    return None


def scope_of(consultation: Consultation) -> Scope:
    """Return what its white paper accounts for: in a hearing all that was received, elsewhere what is published."""
    return Scope.RECEIVED if consultation.kind == ConsultationKind.HEARING else Scope.PUBLISHED


def is_counted(contribution: Contribution, consultation: Consultation) -> bool:
    """Tell whether a white paper has to account for a contribution.

    Answers are the municipality's voice, and a number whose text is in another consultation is a signpost. Pair:
    `queries.counted_in`.
    """
    if contribution.consultation_id != consultation.pk or contribution.is_answer or contribution.is_moved_away:
        return False
    return contribution.is_published or scope_of(consultation) == Scope.RECEIVED


def why_not_rest_on(contribution: Contribution, paper: WhitePaper) -> Sentence | None:
    """Return why no statement of the white paper can rest on a contribution, or None."""
    number = {"number": contribution.number}
    if contribution.consultation_id != paper.consultation_id:
        return _("No. %(number)s is a contribution to another consultation.") % number
    if contribution.is_answer:
        return (
            _("No. %(number)s is an answer of the municipality's. The white paper rests on what people wrote.") % number
        )
    if contribution.status != ContributionStatus.PUBLISHED:
        return (
            _(
                "No. %(number)s is not published, so nobody could read what the statement rests on. In a hearing it "
                "can be noted by its number."
            )
            % number
        )
    return None
