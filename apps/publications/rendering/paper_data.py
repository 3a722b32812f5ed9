"""A published white paper as open data, documented in docs/white-paper-data.md. No word of a contribution is in it."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse

from apps.common.tables import csv_bytes
from apps.publications.engine.freezing import statements_in
from apps.publications.models import PaperVersion, Treated
from apps.publications.queries.paper_pages import number_states, treated_rows

FORMAT = "civic-forum/white-paper/1"
COLUMNS = (
    "number", "kind", "received_on", "status",
    "how", "label", "statement", "disposition", "sentence", "ground", "same_as",
)  # fmt: skip


def paper_as_json(version: PaperVersion, *, due: Sequence[int]) -> str:
    """Return a version as JSON: frozen content with its checksum, and every number with where it is treated.

    `due` are the numbers that the version does not account for as they stand now.
    """
    consultation = version.paper.consultation
    places = _places(version)
    told = {
        "format": FORMAT,
        "url": f"{settings.SITE_URL}{reverse('publications:white-paper', args=[consultation.slug])}",
        "version": version.version,
        "published_at": version.published_at.isoformat(),
        "checksum": version.checksum,
        "content": version.content,
        "numbers": [
            row | {"treated": [{"how": place.how, "label": place.label} for place in places.get(row["number"], ())]}
            for row in number_states(version)
        ],
        "supplement_due": list(due),
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def paper_as_csv(version: PaperVersion) -> bytes:
    """Return a version as a table: a line for each number and place where it is treated, one for every other number."""
    return csv_bytes(COLUMNS, _lines(version))


def _lines(version: PaperVersion) -> Iterator[tuple[object, ...]]:
    content = version.content
    statements = {row["label"]: row for row in statements_in(content)}
    noted = {row["number"]: row["sentence"] for row in content["noted"]}
    left_out = {row["number"]: row for row in content["left_out"]}
    places = _places(version)
    for row in number_states(version):
        number = row["number"]
        head = (number, row["kind"], row["received_on"], row["status"])
        ground = left_out.get(number, {})
        tail = (noted.get(number, ""), ground.get("ground", ""), ground.get("same_as") or "")
        for place in places.get(number, ()) or (None,):
            yield (*head, *_place(place, statements), *tail)


def _place(place: Treated | None, statements: Mapping[str, Any]) -> tuple[str, str, str, str]:
    if place is None:
        return ("", "", "", "")
    statement = statements.get(place.label, {"title": "", "disposition": ""})
    return place.how, place.label, statement["title"], statement["disposition"]


def _places(version: PaperVersion) -> Mapping[int, Sequence[Treated]]:
    found: dict[int, list[Treated]] = defaultdict(list)
    for row in treated_rows(version):
        found[row.number].append(row)
    return found
