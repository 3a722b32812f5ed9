"""Who writes and reads the summary."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation
from apps.consultations.rules import role_in_team, why_not_edit
from apps.publications.enums import SummaryStatus
from apps.publications.models import Summary


@permission("publications.write_summary")
def why_not_write_summary(viewer: Any, consultation: Consultation) -> Sentence | None:
    """Those who edit the consultation write it."""
    if not is_official(viewer):
        return _("Only officials of the municipality can write the summary.")
    return why_not_edit(viewer, consultation)


@permission("publications.view_summary")
def why_not_view_summary(viewer: Any, summary: Summary) -> Sentence | None:
    """Everyone reads a published one, and the team of the consultation its draft."""
    if summary.status == SummaryStatus.PUBLISHED or role_in_team(viewer, summary.consultation):
        return None
    return _("The summary is not published yet.")
