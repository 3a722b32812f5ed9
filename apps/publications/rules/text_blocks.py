"""Who keeps texts for questions that return."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission


@permission("publications.edit_text_blocks")
def why_not_edit_text_blocks(viewer: Any) -> Sentence | None:
    """Officials keep the texts for questions that return, for each other."""
    return None if is_official(viewer) else _("Only officials of the municipality keep text blocks.")
