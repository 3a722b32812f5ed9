"""Formats of sources, and the words an import writes."""

from enum import StrEnum

from django.utils.translation import gettext_noop

from apps.exchange.engine.rows import Note


class SourceFormat(StrEnum):
    """How a source is written down."""

    POLIS = "polis"
    CSV = "csv"


# What people wrote in is called in Danish, as everything that is stored for the municipality.
PHASE = "Høringsperiode"

# Stored as they are; pages translate them.
NOTES = {
    Note.PARENT_MISSING: gettext_noop("in reply to a contribution that is not in the source"),
    Note.PARENT_LATER: gettext_noop("in reply to a contribution that the source dates later"),
    Note.PARENT_ELSEWHERE: gettext_noop("in reply to a contribution in another topic"),
}
