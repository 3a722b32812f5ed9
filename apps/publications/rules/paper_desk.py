"""Who reads the white paper while it is written."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.permissions import Sentence, permission
from apps.consultations.models import Consultation
from apps.consultations.rules import why_not_of_team


@permission("publications.open_paper_desk")
def why_not_open_paper_desk(viewer: Any, consultation: Consultation) -> Sentence | None:
    """The whole team reads what is written: one of those who do not write it may publish it."""
    if not is_official(viewer):
        return _("Only officials of the municipality work on the white paper.")
    return why_not_of_team(viewer, consultation)
