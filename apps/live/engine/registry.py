"""Which sockets of this process watch which stream, and how much each has heard."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol
from weakref import WeakSet


class Listener(Protocol):
    """A socket, as the registry knows it. Nothing here waits for anything."""

    person_id: int | None
    session_key: str | None

    def tell(self, stream: str, since: int, count: int) -> None:
        """Say that so much came, up to that position, since the one the client named."""

    def refuse(self, stream: str) -> None:
        """Say that the stream is not for this listener."""

    def end(self) -> None:
        """Close the socket: who opened it is no longer signed in."""


@dataclass
class Watch:
    """One socket's watch on one stream: what came up to position `heard` is in `count`."""

    heard: int
    count: int = 0
    # Doorbells that rang before the first count was read; None once it is.
    early: list[Sequence[int]] | None = field(default_factory=list)


class Registry:
    """Sockets by stream. Used on one loop, so nothing is locked."""

    def __init__(self) -> None:
        self._watches: dict[str, dict[Listener, Watch]] = {}
        self._listeners: set[Listener] = set()
        self._of_person: Counter[int] = Counter()
        EVERY_REGISTRY.add(self)

    def __len__(self) -> int:
        return len(self._listeners)

    def enter(self, listener: Listener, *, most: int, most_a_person: int) -> bool:
        """Admit a socket, or answer False when there are as many as may be."""
        person = listener.person_id
        if len(self) >= most or (person is not None and self._of_person[person] >= most_a_person):
            return False
        self._listeners.add(listener)
        if person is not None:
            self._of_person[person] += 1
        return True

    def leave(self, listener: Listener) -> None:
        """Forget a socket and all it watched."""
        if listener not in self._listeners:
            return
        self._listeners.discard(listener)
        if listener.person_id is not None:
            self._of_person[listener.person_id] -= 1
        for stream in self.watched_by(listener):
            self.unwatch(listener, stream)

    def watch(self, listener: Listener, stream: str, since: int) -> None:
        """Begin to collect doorbells for a watch whose first count is still being read."""
        self._watches.setdefault(stream, {})[listener] = Watch(heard=since)

    def begin(self, listener: Listener, stream: str, positions: Sequence[int]) -> None:
        """Give a watch its first count, and what rang meanwhile."""
        watch = self._watches.get(stream, {}).get(listener)
        if watch is None or watch.early is None:
            return
        early, watch.early = watch.early, None
        _hear(listener, stream, watch, positions)
        for rung in early:
            _hear(listener, stream, watch, rung)

    def unwatch(self, listener: Listener, stream: str) -> None:
        """End a watch."""
        watches = self._watches.get(stream, {})
        watches.pop(listener, None)
        if not watches:
            self._watches.pop(stream, None)

    def ring(self, stream: str, positions: Sequence[int]) -> None:
        """Tell all who watch the stream what is new to them. The same doorbell twice is heard once."""
        for listener, watch in self._watches.get(stream, {}).items():
            if watch.early is None:
                _hear(listener, stream, watch, positions)
            else:
                watch.early.append(positions)

    def watched_by(self, listener: Listener) -> list[str]:
        """Return the streams that a socket watches."""
        return [stream for stream, watches in self._watches.items() if listener in watches]

    def is_watched(self, stream: str) -> bool:
        """Tell whether any socket watches the stream."""
        return stream in self._watches

    def watches(self) -> list[tuple[Listener, str]]:
        """Return every watch."""
        return [(listener, stream) for stream, watches in self._watches.items() for listener in watches]

    def listeners(self) -> list[Listener]:
        """Return every socket."""
        return list(self._listeners)


EVERY_REGISTRY: "WeakSet[Registry]" = WeakSet()


def _hear(listener: Listener, stream: str, watch: Watch, positions: Sequence[int]) -> None:
    """Count the positions, which are in order, that lie beyond what was heard."""
    new = len(positions) - bisect_right(positions, watch.heard)
    if new:
        watch.heard = positions[-1]
        watch.count += new
        listener.tell(stream, watch.heard, watch.count)
