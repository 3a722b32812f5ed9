"""Formats of sources, the word an import writes, and where case files stand."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class SourceFormat(StrEnum):
    """How a source is written down."""

    POLIS = "polis"
    CSV = "csv"


# What people wrote in is called in Danish, as everything that is stored for the municipality.
PHASE = "Høringsperiode"


class CaseFileStatus(models.TextChoices):
    """Where a case file that somebody asked for stands."""

    REQUESTED = "requested", _("Asked for")
    BUILDING = "building", _("Being put together")
    READY = "ready", _("Ready")
    EXPIRED = "expired", _("Deleted after seven days")
    FAILED = "failed", _("Could not be put together")


UNDER_WAY = (CaseFileStatus.REQUESTED, CaseFileStatus.BUILDING)
# What the entry says of a file that holds the whole case.
WHOLE = "whole"
CASE_EXPORTED = Kind(
    "case.exported",
    _("A case file was put together for the records system. It holds what came or was changed since: %(since)s."),
    frozenset({"sha256", "since"}),
)
