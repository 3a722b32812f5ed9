"""The streams that can be watched: who may, and which entries ring them. A new one is a line in the table."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.common.permissions import may
from apps.consultations.enums import TOPIC_MERGED
from apps.consultations.queries import topics_of_merge
from apps.discussions.enums import (
    ANSWERED,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_MOVED_BACK,
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_PUBLISHED_UNREAD,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REFUSED,
    CONTRIBUTION_REOPENED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_RETURNED,
    CONTRIBUTION_REVIEWED,
    CONTRIBUTION_REVISED,
    CONTRIBUTION_WITHDRAWN,
)
from apps.ledger.enums import Kind
from apps.ledger.models import Entry, Position
from apps.ledger.queries import places_since, settled_among
from apps.live.queries import is_coded_by, is_visible_topic, shown_by
from apps.moderation.enums import (
    APPEAL_ENTERED,
    APPEAL_LAPSED,
    APPEAL_RECEIVED,
    APPEAL_REVERSED,
    APPEAL_UPHELD,
    PAUSE_APPEALED,
    PAUSE_REVERSED,
    PAUSE_UPHELD,
    REPORT_RECEIVED,
    REPORT_SETTLED,
)
from apps.moderation.queries import undone_among
from apps.publications.enums import (
    CONTRIBUTION_LEFT_OUT,
    CONTRIBUTION_UNWEIGHED,
    CONTRIBUTIONS_NOTED,
    POINT_MARKED,
    POINT_MOVED,
    POINT_UNMARKED,
    STATEMENT_ADDED,
    STATEMENT_CHANGED,
    STATEMENT_REMOVED,
    WHITE_PAPER_DRAFTED,
    WHITE_PAPER_PUBLISHED,
    WHITE_PAPER_REOPENED,
    WHITE_PAPER_REVIEW_ASKED,
    WHITE_PAPER_SENT_BACK,
    WHITE_PAPER_TAKEN_BACK,
)

CLAIMS = "claims"
"""The stream of who has what. Its positions are moments, in microseconds."""

DOORBELLS = "doorbells"
"""The one group of the channel layer, to which each process that holds sockets subscribes once."""

MOST = 100
"""No more than so many are counted at once: the reader is told at least that many came."""

LOOKED_BACK = 500

Asked = tuple[str | None, str]
"""A session's key, None for people who are not signed in, and the name of a stream."""

_NAME = re.compile(r"([a-z]+)(?::([1-9][0-9]{0,17}))?", re.ASCII)


@dataclass(frozen=True)
class Stream:
    """What can be watched. `may_watch` gets the viewer and the id in the stream's name, None if it has none."""

    may_watch: Callable[[Any, int | None], bool]
    kinds: frozenset[str]
    # Whether there is one of each topic.
    by_topic: bool
    # Whether it is for readers, who are not told what a moderator can still take back, nor what was taken back.
    waits: bool
    # Which topics an entry rings, where that is not the one it is about alone; or which consultations, of "coding".
    topics: Callable[[Entry], Collection[int]] | None = None


def _kinds(*kinds: Kind) -> frozenset[str]:
    return frozenset(kind.name for kind in kinds)


STREAMS = {
    "topic": Stream(
        may_watch=is_visible_topic,
        kinds=_kinds(
            CONTRIBUTION_PUBLISHED,
            CONTRIBUTION_PUBLISHED_UNREAD,
            *ANSWERED,
            CONTRIBUTION_MOVED,
            CONTRIBUTION_MOVED_IN,
            CONTRIBUTION_RESTORED,
        ),
        by_topic=True,
        waits=True,
    ),
    # Readers of two topics that became one: what they see stands elsewhere now, so they are asked to load it again.
    "merge": Stream(
        may_watch=is_visible_topic,
        kinds=_kinds(TOPIC_MERGED),
        by_topic=True,
        waits=False,
        topics=topics_of_merge,
    ),
    # Who has what among moderators. No entry tells it: the process looks while somebody watches.
    "claims": Stream(
        may_watch=lambda viewer, _id: may("moderation.work_queue", viewer),
        kinds=frozenset(),
        by_topic=False,
        waits=False,
    ),
    # Officials who put contributions under statements at once. What is in it is read by the page's own address.
    "coding": Stream(
        may_watch=is_coded_by,
        kinds=_kinds(
            STATEMENT_ADDED,
            STATEMENT_CHANGED,
            STATEMENT_REMOVED,
            POINT_MARKED,
            POINT_MOVED,
            POINT_UNMARKED,
            CONTRIBUTIONS_NOTED,
            CONTRIBUTION_LEFT_OUT,
            CONTRIBUTION_UNWEIGHED,
            WHITE_PAPER_DRAFTED,
            WHITE_PAPER_REVIEW_ASKED,
            WHITE_PAPER_TAKEN_BACK,
            WHITE_PAPER_SENT_BACK,
            WHITE_PAPER_PUBLISHED,
            WHITE_PAPER_REOPENED,
        ),
        by_topic=True,
        waits=False,
        topics=lambda entry: [entry.consultation_id or 0],
    ),
    "queue": Stream(
        may_watch=lambda viewer, _id: may("moderation.work_queue", viewer),
        kinds=_kinds(
            CONTRIBUTION_RECEIVED,
            CONTRIBUTION_REVISED,
            CONTRIBUTION_PUBLISHED,
            CONTRIBUTION_REFUSED,
            CONTRIBUTION_RETURNED,
            CONTRIBUTION_REOPENED,
            CONTRIBUTION_REVIEWED,
            CONTRIBUTION_HIDDEN,
            CONTRIBUTION_REDACTED,
            CONTRIBUTION_MOVED,
            CONTRIBUTION_MOVED_BACK,
            CONTRIBUTION_MOVED_IN,
            CONTRIBUTION_WITHDRAWN,
            REPORT_RECEIVED,
            REPORT_SETTLED,
            APPEAL_RECEIVED,
            APPEAL_ENTERED,
            APPEAL_UPHELD,
            APPEAL_REVERSED,
            APPEAL_LAPSED,
            PAUSE_APPEALED,
            PAUSE_UPHELD,
            PAUSE_REVERSED,
        ),
        by_topic=False,
        waits=False,
    ),
}

AT_ONCE = tuple(stream for stream in STREAMS.values() if not stream.waits)
SETTLED = tuple(stream for stream in STREAMS.values() if stream.waits)

RINGING = frozenset[str]().union(*(stream.kinds for stream in STREAMS.values()))
"""The kinds of entries that ring any stream."""


def may_watch(viewer: Any, name: str) -> bool:
    """Tell whether the viewer may watch the stream of that name; nobody may watch one that does not exist."""
    stream, topic_id = _parse(name)
    return stream is not None and stream.may_watch(viewer, topic_id)


def still_may(viewers: Mapping[str | None, Any], asked: Iterable[Asked]) -> set[Asked]:
    """Return those pairs of session and stream that are allowed, given who stands behind each session."""
    return {(session_key, name) for session_key, name in set(asked) if may_watch(viewers[session_key], name)}


def positions_since(name: str, position: int, *, at: datetime) -> list[int]:
    """Return the positions of what came to a stream after a position, in order, one for each thing; at most 100."""
    stream, topic_id = _parse(name)
    if stream is None:
        return []
    about = None if stream.topics else topic_id
    places = places_since(position, kinds=stream.kinds, topic_id=about, limit=MOST)
    if stream.waits:
        places = settled_among(places, at=at)
    return rung_by(places, (stream,)).get(name, [])[:MOST]


def rung_by(places: Sequence[Position], streams: Collection[Stream] = ()) -> dict[str, list[int]]:
    """Return the positions of these entries by the stream they ring, one for each thing that came.

    Of all streams, or of these. Readers hear nothing of what was undone.
    """
    rung: dict[str, list[int]] = {}
    wanted = {name: stream for name, stream in STREAMS.items() if not streams or stream in streams}
    undone = undone_among([place.entry for place in places]) if any(one.waits for one in wanted.values()) else set()
    for place in places:
        for kind_of_stream, stream in wanted.items():
            if place.entry.kind in stream.kinds and not (stream.waits and place.entry_id in undone):
                for name in _names(kind_of_stream, stream, place.entry):
                    rung.setdefault(name, []).extend([place.position] * shown_by(place.entry))
    return {name: positions for name, positions in rung.items() if positions}


def _names(kind: str, stream: Stream, entry: Entry) -> list[str]:
    """Return the names of the streams of that kind which an entry rings."""
    if not stream.by_topic:
        return [kind]
    topics = stream.topics(entry) if stream.topics else [entry.topic_id or 0]
    return [f"{kind}:{topic}" for topic in topics]


def rung_since(position: int, *, at: datetime) -> tuple[dict[str, list[int]], int]:
    """Return what rang after a position, and the position read up to: for a process that may have missed doorbells."""
    places = settled_among(places_since(position, kinds=RINGING, limit=LOOKED_BACK), at=at)
    return rung_by(places), (places[-1].position if places else position)


def _parse(name: str) -> tuple[Stream | None, int | None]:
    match = _NAME.fullmatch(name)
    stream = STREAMS.get(match[1]) if match else None
    if match is None or stream is None or stream.by_topic is not bool(match[2]):
        return None, None
    return stream, int(match[2]) if match[2] else None
