"""What stands in the moderators' queue: things of several kinds in one order, by due time, then number."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import reduce
from heapq import merge
from itertools import islice
from typing import Any, NamedTuple, Self

from django.db.models import Q, QuerySet

from apps.consultations.models import Consultation, Topic
from apps.moderation.enums import QueuePart, QueueThing

LONGEST_NUMBER = 18
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Key(NamedTuple):
    """A place in the queue. Numbers are those of a consultation; kinds of things and their ids are the last tie."""

    due_at: datetime
    number: int
    rank: int
    pk: int

    def __str__(self) -> str:
        """Return the key as it stands in an address."""
        return "-".join(map(str, ((self.due_at - _EPOCH) // _MICROSECOND, *self[1:])))

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the key that an address holds, or None for anything else."""
        parts = text.split("-")
        if len(parts) != len(cls._fields) or not all(map(_is_whole, parts)):
            return None
        moment, *rest = map(int, parts)
        try:
            return cls(_EPOCH + moment * _MICROSECOND, *rest)
        except OverflowError:
            return None


@dataclass(frozen=True, kw_only=True)
class Left:
    """What too few moderators could decide on: everything, or what is about texts in these topics, or about these."""

    everything: bool = False
    topics: Collection[int] = ()
    texts: Collection[int] = ()


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """The part of the queue that somebody works in. `left` is for the deputy, who works in nothing else."""

    viewer: Any
    at: datetime
    consultation: Consultation | None = None
    topic: Topic | None = None
    kind: str = ""
    part: QueuePart | None = None
    words: str = ""
    thing: QueueThing | None = None
    left: Left | None = None


@dataclass(frozen=True, kw_only=True)
class QueueSource:
    """One kind of thing that waits.

    `rows` gives all that wait, unordered, with a `due_at`; narrowed, those of that part, and None when none can be
    there. `number` is the path to the number in the consultation. `rank` is its own. `thing` is what it is found under.
    `free` leaves out what the viewer must not decide beside what is about a text in which they take part.
    """

    name: str
    rank: int
    rows: "Callable[[Narrowed | None], QuerySet[Any] | None]"
    number: str = "number"
    thing: QueueThing = QueueThing.TEXTS
    free: "Callable[[QuerySet[Any], Narrowed], QuerySet[Any]]" = lambda rows, _narrowed: rows

    @property
    def text(self) -> str:
        """The path to the text that a row is about, as it stands before the name of a field."""
        return self.number.removesuffix("number")

    def key_of(self, row: Any) -> Key:
        """Return the place of a row."""
        return Key(row.due_at, reduce(getattr, self.number.split("__"), row), self.rank, row.pk)

    def ordered(self, rows: "QuerySet[Any]", *, backwards: bool = False) -> "QuerySet[Any]":
        """Return rows in the order of the queue."""
        names = ("due_at", self.number, "pk")
        return rows.order_by(*(f"-{name}" for name in names) if backwards else names)

    def behind(self, rows: "QuerySet[Any]", key: Key) -> "QuerySet[Any]":
        """Return the rows that stand behind a place, in order."""
        return self.ordered(rows.filter(self._beyond(key, "gt"), due_at__gte=key.due_at))

    def before(self, rows: "QuerySet[Any]", key: Key) -> "QuerySet[Any]":
        """Return the rows that stand before a place, the nearest first."""
        return self.ordered(rows.filter(self._beyond(key, "lt"), due_at__lte=key.due_at), backwards=True)

    def _beyond(self, key: Key, side: str) -> Q:
        same = Q(**{self.number: key.number})
        if self.rank == key.rank:
            tie = same & Q(**{f"pk__{side}": key.pk})
        else:
            tie = same if (self.rank > key.rank) is (side == "gt") else Q(pk__in=())
        return Q(**{f"due_at__{side}": key.due_at}) | Q(**{f"{self.number}__{side}": key.number}) | tie


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing in the queue, with the source it comes from."""

    source: QueueSource
    key: Key
    row: Any


Pick = Callable[[QueueSource, "QuerySet[Any]"], "QuerySet[Any]"]


def first_of(
    sources: Sequence[QueueSource], narrowed: Narrowed | None, after: Key | None, size: int, *, pick: Pick | None = None
) -> list[Waiting]:
    """Return the first that wait behind a place, or of all, in order: one query a source, however many wait.

    With `pick`, of those only that it leaves.
    """
    parts = []
    for source, rows in _rows_of(sources, narrowed):
        picked = pick(source, rows) if pick else rows
        found = source.behind(picked, after) if after else source.ordered(picked)
        parts.append(_things(source, found[:size]))
    return list(islice(merge(*parts, key=_key), size))


def last_before(sources: Sequence[QueueSource], narrowed: Narrowed | None, key: Key, size: int) -> list[Waiting]:
    """Return those that stand right before a place, in order."""
    parts = [_things(source, source.before(rows, key)[:size]) for source, rows in _rows_of(sources, narrowed)]
    return list(islice(merge(*parts, key=_key, reverse=True), size))[::-1]


def how_many(sources: Sequence[QueueSource], narrowed: Narrowed | None) -> int:
    """Return how many wait."""
    return sum(rows.select_related(None).order_by().count() for _source, rows in _rows_of(sources, narrowed))


def _rows_of(
    sources: Sequence[QueueSource], narrowed: Narrowed | None
) -> "Iterable[tuple[QueueSource, QuerySet[Any]]]":
    for source in sources:
        is_asked_for = narrowed is None or narrowed.thing in {None, source.thing}
        rows = source.rows(narrowed) if is_asked_for else None
        if rows is not None:
            yield source, _left_over(source, rows, narrowed.left if narrowed else None)


def _left_over(source: QueueSource, rows: "QuerySet[Any]", left: Left | None) -> "QuerySet[Any]":
    if left is None or left.everything:
        return rows
    return rows.filter(Q(**{f"{source.text}topic__in": left.topics}) | Q(**{f"{source.text}id__in": left.texts}))


def _things(source: QueueSource, rows: Iterable[Any]) -> list[Waiting]:
    return [Waiting(source=source, key=source.key_of(row), row=row) for row in rows]


def _key(thing: Waiting) -> Key:
    return thing.key


def _is_whole(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
