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
from apps.publications.errors.objections import ObjectedBefore, RepliedBefore, UnfitObjection
from apps.publications.errors.paper_files import NothingFailed
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
    "CannotPick",
    "CannotWeigh",
    "CommentNeeded",
    "DraftChangedMeanwhile",
    "DraftGone",
    "MovedElsewhere",
    "NotCovered",
    "NotWeighedYet",
    "NothingAnswered",
    "NothingFailed",
    "NothingToPublish",
    "NothingWritten",
    "ObjectedBefore",
    "PaperLocked",
    "RepliedBefore",
    "StatementHasPoints",
    "TextChanged",
    "UnfitAnswer",
    "UnfitAssignee",
    "UnfitBlock",
    "UnfitObjection",
    "UnfitPaper",
    "UnfitReader",
    "UnfitStatement",
    "WrittenMeanwhile",
]
