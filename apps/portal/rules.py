"""Who may open the composed pages of staff."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_administrator, is_official
from apps.common.permissions import Sentence, permission


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
