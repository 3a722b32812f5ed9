"""The case file, part by part. A new kind of publication gets a function here that yields its files and documents."""

from collections.abc import Callable, Iterator

from apps.exchange.engine.case_numbers import Piece
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.contributions import contributions
from apps.exchange.rendering.case.cover import Contents, cover
from apps.exchange.rendering.case.lists import entries, parties
from apps.exchange.rendering.case.meetings import meetings
from apps.exchange.rendering.case.papers import documents, proposals
from apps.exchange.rendering.case.summaries import summaries

Part = Callable[[Case], Iterator[Piece]]

# In the order of the list of contents. Each yields nothing where there is nothing of its kind to file.
PARTS: tuple[Part, ...] = (
    proposals,
    documents,
    parties,
    meetings,
    contributions,
    summaries,
    entries,
)

__all__ = ["PARTS", "Contents", "Part", "cover"]
