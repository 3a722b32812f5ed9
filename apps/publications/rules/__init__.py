"""Who answers people, and who writes what the municipality publishes."""

from apps.publications.rules.answers import why_not_write_answer
from apps.publications.rules.summaries import why_not_view_summary, why_not_write_summary
from apps.publications.rules.text_blocks import why_not_edit_text_blocks

__all__ = [
    "why_not_edit_text_blocks",
    "why_not_view_summary",
    "why_not_write_answer",
    "why_not_write_summary",
]
