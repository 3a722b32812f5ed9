"""Who keeps the suggestion box, and who writes news. Each is asked here only, so that it can be narrowed."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission


@permission("consultations.keep_box")
def why_not_keep_box(viewer: Any) -> Sentence | None:
    """Officials open the suggestion box, and say what becomes of suggestions."""
    return None if is_official(viewer) else _("Only officials of the municipality keep the suggestion box.")


@permission("consultations.edit_news")
def why_not_edit_news(viewer: Any) -> Sentence | None:
    """Officials write news."""
    return None if is_official(viewer) else _("Only officials of the municipality write news.")
