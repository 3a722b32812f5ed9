"""Who may verify whom."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission


@permission("residency.open_desk")
def why_not_open_desk(viewer: Any) -> Sentence | None:
    """Officials work the town-hall desk."""
    return None if is_official(viewer) else _("Only officials at the town-hall desk can verify residents.")


@permission("residency.grant_residency")
def why_not_grant(viewer: Any, person: User) -> Sentence | None:
    """Officials verify others, never themselves."""
    refused = why_not_open_desk(viewer)
    if refused is None and viewer.pk == person.pk:
        return _("You cannot verify yourself. Ask a colleague at the desk.")
    return refused
