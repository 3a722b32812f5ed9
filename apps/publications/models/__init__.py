"""What officials publish about a consultation, and the texts that they keep for questions that return."""

from apps.publications.models.summaries import Citation, Statement, Summary
from apps.publications.models.text_blocks import LONGEST_BLOCK, TextBlock

__all__ = [
    "LONGEST_BLOCK",
    "Citation",
    "Statement",
    "Summary",
    "TextBlock",
]
