"""Who may open the composed pages of staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_administrator, is_moderator, is_official
from apps.common.permissions import Sentence, permission
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution


@permission("portal.open_desk")
def why_not_open_desk(viewer: Any) -> Sentence | None:
    """Officials work at the desk; administrators see what is done there."""
    if is_official(viewer) or is_administrator(viewer):
        return None
    return _("The desk is for officials of the municipality. Log in with an official's account if you have one.")


@permission("portal.open_retention")
def why_not_open_retention(viewer: Any) -> Sentence | None:
    """Administrators see what is kept for how long, and what is due to go."""
    return None if is_administrator(viewer) else _("Only an administrator can see this page.")


@permission("portal.open_evidence")
def why_not_open_evidence(viewer: Any, contribution: Contribution, *, is_held: bool) -> Sentence | None:
    """Put together the evidence about a text for counsel: moderators, but not about what they wrote themselves.

    What its author took back is sealed; a legal hold, which an administrator places, opens it.
    """
    if not is_moderator(viewer):
        return _("Only moderators can put evidence together.")
    if contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to put the evidence together.")
    if contribution.status == ContributionStatus.WITHDRAWN and not is_held:
        return _("Its author took the text back. Ask an administrator to place a legal hold on it first.")
    return None
