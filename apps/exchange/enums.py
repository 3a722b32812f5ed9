"""Formats of sources, and the word an import writes."""

from enum import StrEnum


class SourceFormat(StrEnum):
    """How a source is written down."""

    POLIS = "polis"
    CSV = "csv"


# What people wrote in is called in Danish, as everything that is stored for the municipality.
PHASE = "Høringsperiode"
