"""States of the copies of their data that people ask for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind

EVIDENCE_OPENED = Kind(
    "evidence.opened", _("A moderator put together the evidence about no. %(number)s."), frozenset({"sha256"})
)


class ExportStatus(models.TextChoices):
    """Where a copy of somebody's data stands."""

    REQUESTED = "requested", _("Asked for")
    BUILDING = "building", _("Being put together")
    READY = "ready", _("Ready")
    EXPIRED = "expired", _("Deleted after seven days")
    FAILED = "failed", _("Could not be put together")


UNDER_WAY = (ExportStatus.REQUESTED, ExportStatus.BUILDING)
