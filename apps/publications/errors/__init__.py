"""What can be in the way of what officials publish."""

from apps.publications.errors.summaries import CannotCite, NothingToPublish, UnfitStatement, WrittenMeanwhile
from apps.publications.errors.text_blocks import BlockChangedMeanwhile, BlockTaken, UnfitBlock

__all__ = [
    "BlockChangedMeanwhile",
    "BlockTaken",
    "CannotCite",
    "NothingToPublish",
    "UnfitBlock",
    "UnfitStatement",
    "WrittenMeanwhile",
]
