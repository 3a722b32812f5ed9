"""States of what officials publish, and the kinds of entries about it."""

from apps.publications.enums.summaries import SUMMARY_DRAFTED, SUMMARY_PUBLISHED, SummaryStatus
from apps.publications.enums.text_blocks import (
    TEXT_BLOCK_ADDED,
    TEXT_BLOCK_CHANGED,
    TEXT_BLOCK_RESUMED,
    TEXT_BLOCK_RETIRED,
)

__all__ = [
    "SUMMARY_DRAFTED",
    "SUMMARY_PUBLISHED",
    "TEXT_BLOCK_ADDED",
    "TEXT_BLOCK_CHANGED",
    "TEXT_BLOCK_RESUMED",
    "TEXT_BLOCK_RETIRED",
    "SummaryStatus",
]
