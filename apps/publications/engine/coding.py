"""A contribution on the workbench: its sentences to choose from, and under which statements they stand."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from apps.publications.engine.passages import Passage, passages_of, words_in

MOST_CHOSEN = 100
LONGEST_QUOTE = 80
_PASSAGE = re.compile(r"([0-9]{1,9}):([0-9]{1,9}):([0-9]{1,6}):([0-9]{1,6})")
_WHOLE = re.compile(r"([0-9]{1,9}):([0-9]{1,9})")

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Put:
    """A point as the workbench shows it: `label` and `title` of its statement, and the beginning of its words.

    `is_stale`: the text was changed since, so that nobody knows any more which words it meant.
    """

    pk: int
    statement: int
    label: str
    title: str
    words: str = ""
    is_whole: bool = False
    is_stale: bool = False
    span: Span = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A sentence of a contribution: `key` is what a form sends of it, `labels` the statements that rest on it."""

    key: str
    words: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Coded:
    """A contribution on the workbench. `by_letter` are the statements that rest on the same letter of somebody else."""

    row: Any
    topic: str
    key: str
    paragraphs: Sequence[Sequence[Sentence]]
    points: Sequence[Put]
    by_letter: Sequence[Put]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What was chosen of one contribution: passages of a version of its text, or None for all of it."""

    number: int
    version: int
    spans: tuple[Span, ...] | None


def coded(
    row: Any, points: Iterable[Any], statements: Mapping[int, tuple[str, str]], topics: Mapping[int, str]
) -> Coded:
    """Return a contribution with its sentences and points; `statements` are label and title by id, `topics` titles."""
    own, others = [], {}
    for point in points:
        if point.contribution_id == row.pk:
            own.append(_put(row, point, *statements.get(point.statement_id, ("", ""))))
        elif row.cluster_id and point.letter == row.cluster_id:
            others[point.statement_id] = _put(None, point, *statements.get(point.statement_id, ("", "")))
    passages = groupby(passages_of(row.body), key=lambda passage: passage.paragraph)
    return Coded(
        row=row,
        topic=topics.get(row.topic_id, ""),
        key=f"{row.number}:{row.version}",
        paragraphs=[[_sentence(row, passage, own) for passage in lines] for _paragraph, lines in passages],
        points=own,
        by_letter=[put for put in others.values() if put.statement not in {one.statement for one in own}],
    )


def _put(row: Any, point: Any, label: str, title: str) -> Put:
    is_stale = row is not None and point.text_version != row.version
    known = {"pk": point.pk, "statement": point.statement_id, "label": label, "title": title}
    if row is None or is_stale or point.start is None:
        return Put(**known, is_whole=point.start is None, is_stale=is_stale)
    words = words_in(row.body, point.start, point.end)
    quote = words if len(words) <= LONGEST_QUOTE else f"{words[: LONGEST_QUOTE - 1].rstrip()}…"
    return Put(**known, words=quote, span=(point.start, point.end))


def _sentence(row: Any, passage: Passage, points: Sequence[Put]) -> Sentence:
    on_it = (put for put in points if put.span[0] < passage.end and passage.start < put.span[1])
    return Sentence(
        key=f"{row.number}:{row.version}:{passage.start}:{passage.end}",
        words=passage.words,
        labels=tuple(dict.fromkeys(put.label for put in on_it)),
    )


# ---------------------------------------------------------------- what was chosen


def read_choice(passages: Collection[str], wholes: Collection[str]) -> list[Chosen] | None:
    """Return what a form sent as chosen, by number; None where something is no passage of anything."""
    rows: dict[tuple[int, int], list[Span] | None] = {}
    for match in map(_WHOLE.fullmatch, wholes):
        if match is None:
            return None
        rows[int(match[1]), int(match[2])] = None
    for match in map(_PASSAGE.fullmatch, passages):
        if match is None:
            return None
        number, version, start, end = map(int, match.groups())
        spans = rows.setdefault((number, version), [])
        if spans is not None:
            spans.append((start, end))
    return [
        Chosen(number=number, version=version, spans=None if spans is None else tuple(spans))
        for (number, version), spans in sorted(rows.items())
    ]


def joined(body: str, spans: Iterable[Span]) -> list[Span] | None:
    """Return chosen sentences of a text, those next to each other as one passage; None where one is no sentence."""
    places = {(passage.start, passage.end): place for place, passage in enumerate(passages_of(body))}
    chosen = sorted(set(spans))
    if not places.keys() >= set(chosen):
        return None
    return list(_runs(chosen, places))


def _runs(chosen: Sequence[Span], places: Mapping[Span, int]) -> Iterator[Span]:
    start, end, last = -1, -1, -2
    for span in chosen:
        if places[span] == last + 1:
            end, last = span[1], places[span]
            continue
        if start >= 0:
            yield start, end
        (start, end), last = span, places[span]
    if start >= 0:
        yield start, end
