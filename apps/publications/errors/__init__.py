"""What can be in the way of what officials publish."""

from apps.publications.errors.answers import (
    CannotPick,
    CommentNeeded,
    DraftChangedMeanwhile,
    DraftGone,
    MovedElsewhere,
    NothingAnswered,
    UnfitAnswer,
    UnfitAssignee,
    UnfitReader,
)
from apps.publications.errors.summaries import CannotCite, NothingToPublish, UnfitStatement, WrittenMeanwhile
from apps.publications.errors.text_blocks import BlockChangedMeanwhile, BlockTaken, UnfitBlock

__all__ = [
    "BlockChangedMeanwhile",
    "BlockTaken",
    "CannotCite",
    "CannotPick",
    "CommentNeeded",
    "DraftChangedMeanwhile",
    "DraftGone",
    "MovedElsewhere",
    "NothingAnswered",
    "NothingToPublish",
    "UnfitAnswer",
    "UnfitAssignee",
    "UnfitBlock",
    "UnfitReader",
    "UnfitStatement",
    "WrittenMeanwhile",
]
