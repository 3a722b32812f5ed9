"""Reads the common table: contributions.csv with one row a contribution, and topics.csv where there is one."""

from collections.abc import Mapping
from datetime import tzinfo
from functools import partial
from zoneinfo import ZoneInfo

from apps.exchange.engine.csv_lines import csv_rows, decoded
from apps.exchange.engine.reading import BrokenRow, collect, header_of, unreadable
from apps.exchange.engine.rows import Moderation, SourceConsultation, SourceProblem, SourceRow, SourceTopic
from apps.exchange.engine.texts import body_of, has_words, repaired
from apps.exchange.engine.threads import flatten_replies
from apps.exchange.engine.times import read_time

CONTRIBUTIONS, TOPICS = "contributions.csv", "topics.csv"
COPENHAGEN = ZoneInfo("Europe/Copenhagen")

_NEEDED = ("id", "topic_id", "created_at", "text")
_MODERATION = {"": Moderation.ACCEPTED, **{kind.value: kind for kind in Moderation}}


def parse_common(contributions: bytes, topics: bytes | None = None, *, zone: tzinfo = COPENHAGEN) -> SourceConsultation:
    """The table as a consultation with a topic for each `topic_id`, called as its only topic or as its set.

    Times without an offset are local times of the zone.
    """
    source = csv_rows(decoded(contributions))
    try:
        columns = header_of(next(source, None), _NEEDED)
        named, problems = _topics(topics)
    except BrokenRow as broken:
        return unreadable(file=CONTRIBUTIONS, reason=str(broken))
    sets: set[str] = set()
    rows, broken_rows = collect(
        file=CONTRIBUTIONS, sources=source, columns=columns, read=partial(_read, zone=zone, sets=sets)
    )
    flat = flatten_replies(rows)
    listed = _listed(named, flat)
    title = listed[0].title if len(listed) == 1 and listed[0].title != listed[0].source_id else min(sets, default="")
    return SourceConsultation(
        title=title, file=CONTRIBUTIONS, topics=listed, rows=flat, problems=[*problems, *broken_rows]
    )


def _read(cells: Mapping[str, str], line: int, *, zone: tzinfo, sets: set[str]) -> SourceRow:
    number, topic, moderated = cells["id"].strip(), cells["topic_id"].strip(), cells.get("moderation", "").strip()
    created_at = read_time(cells["created_at"], zone)
    if not number or not topic:
        raise BrokenRow(f"The row has no {'topic_id' if number else 'id'}.")
    if created_at is None:
        raise BrokenRow(f"The time {cells['created_at']!r} cannot be read.")
    if moderated.lower() not in _MODERATION:
        raise BrokenRow(f"The moderation {moderated!r} is none of accepted, rejected, pending and nothing.")
    body = body_of(cells.get("title", ""), cells["text"])
    sets.add(cells.get("set", "").strip())
    return SourceRow(
        source_id=number,
        author=cells.get("author_id", "").strip() or None,
        author_role=cells.get("author_role", "").strip(),
        topic=topic,
        topic_title=_one_line(cells.get("topic_title", "")) or topic,
        parent_id=cells.get("parent_id", "").strip() or None,
        created_at=created_at,
        body=body,
        moderation=_MODERATION[moderated.lower()],
        empty=not has_words(body),
        line=line,
    )


def _topics(raw: bytes | None) -> tuple[dict[str, SourceTopic], list[SourceProblem]]:
    """The topics of their own file by id; the summary and the text of one describe it."""
    topics: dict[str, SourceTopic] = {}
    problems: list[SourceProblem] = []
    source = csv_rows(decoded(raw or b""))
    try:
        columns = header_of(next(source, None), ("topic_id", "title")) if raw else []
    except BrokenRow as broken:
        return topics, [SourceProblem(file=TOPICS, line=1, reason=str(broken))]
    for row in source:
        cells = dict(zip(columns, row.cells, strict=False))
        name = cells.get("topic_id", "").strip()
        if row.problem or len(row.cells) != len(columns) or not name or name in topics:
            reason = row.problem or "The row is not a topic with an id of its own and all columns."
            problems.append(SourceProblem(file=TOPICS, line=row.line, reason=reason))
        else:
            description = "\n\n".join(filter(None, (body_of("", cells.get(part, "")) for part in ("summary", "text"))))
            topics[name] = SourceTopic(source_id=name, title=_one_line(cells["title"]) or name, description=description)
    return topics, problems


def _listed(named: dict[str, SourceTopic], rows: list[SourceRow]) -> list[SourceTopic]:
    """The topics of their own file, then the others by their first contribution."""
    topics = dict(named)
    for row in rows:
        topics.setdefault(row.topic, SourceTopic(source_id=row.topic, title=row.topic_title))
    return list(topics.values())


def _one_line(text: str) -> str:
    return " ".join(repaired(text).split())
