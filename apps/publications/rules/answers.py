"""Who answers people."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission


@permission("publications.write_answer")
def why_not_write_answer(viewer: Any) -> Sentence | None:
    """Officials do. Who answers where, and what, is the rule `discussions.answer_contribution`."""
    return None if is_official(viewer) else _("Only officials answer for the municipality.")
