"""A published version as one exact line of JSON: its checksum, and where it treats each number.

It holds what officials wrote and the numbers, versions and passages that it rests on, never a word of a contribution.
`whitepaper.json` and the ledger's checksum are made of it, so that anybody can recompute both.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from apps.publications.enums import Treatment

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version treats a number: under which statement, or how else."""

    number: int
    how: str
    label: str = ""
    place: int = 0
    was_public: bool = True


def canonical(content: Mapping[str, Any]) -> str:
    """Return the content as JSON with sorted keys, no spaces, and no escapes but those that JSON needs."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def checksum_of(content: Mapping[str, Any]) -> str:
    """Return the hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content).encode("utf-8", "surrogatepass")).hexdigest()


def statements_in(content: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the statements of a version in their order."""
    for chapter in content["chapters"]:
        yield from chapter["statements"]


def places_in(content: Mapping[str, Any]) -> Iterator[Place]:
    """Yield where the version treats each number: statements in their order, then what was noted and left out."""
    unpublished = set(content["unpublished"])
    for statement in statements_in(content):
        own = sorted({point["number"] for point in statement["points"]})
        where = (statement["label"], statement["place"])
        for number in own:
            yield Place(number, Treatment.STATEMENT, *where, number not in unpublished)
        for number in statement["same_letter"]:
            yield Place(number, Treatment.LETTER, *where, number not in unpublished)
    for how, rows in ((Treatment.NOTED, content["noted"]), (Treatment.LEFT_OUT, content["left_out"])):
        for row in rows:
            yield Place(row["number"], how, was_public=row["number"] not in unpublished)
