"""What can be in the way of what officials publish."""

from apps.publications.errors.summaries import CannotCite, NothingToPublish, UnfitStatement, WrittenMeanwhile
from apps.publications.errors.text_blocks import BlockChangedMeanwhile, BlockTaken, UnfitBlock
from apps.publications.errors.whitepapers import (
    CannotMark,
    CannotWeigh,
    NotCovered,
    NothingWritten,
    NotWeighedYet,
    PaperLocked,
    StatementHasPoints,
    TextChanged,
    UnfitPaper,
)

__all__ = [
    "BlockChangedMeanwhile",
    "BlockTaken",
    "CannotCite",
    "CannotMark",
    "CannotWeigh",
    "NotCovered",
    "NotWeighedYet",
    "NothingToPublish",
    "NothingWritten",
    "PaperLocked",
    "StatementHasPoints",
    "TextChanged",
    "UnfitBlock",
    "UnfitPaper",
    "UnfitStatement",
    "WrittenMeanwhile",
]
