"""Who answers people, and who writes the summary."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission
from apps.publications.enums import SummaryStatus
from apps.publications.models import Summary


@permission("publications.write_answer")
def why_not_write_answer(viewer: Any) -> Sentence | None:
    """Officials do. What can be answered is the rule `discussions.answer_contribution`."""
    return None if is_official(viewer) else _("Only officials answer for the municipality.")


@permission("publications.write_summary")
def why_not_write_summary(viewer: Any) -> Sentence | None:
    """Officials write it."""
    return None if is_official(viewer) else _("Only officials of the municipality can write the summary.")


@permission("publications.view_summary")
def why_not_view_summary(viewer: Any, summary: Summary) -> Sentence | None:
    """Everyone reads a published one."""
    if summary.status == SummaryStatus.PUBLISHED or is_official(viewer):
        return None
    return _("The summary is not published yet.")
