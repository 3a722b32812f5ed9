"""Statements and answers as pages show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from apps.common.richtext import to_html, trusted
from apps.discussions.models import Contribution
from apps.publications.models import Statement


@dataclass(frozen=True)
class ShownStatement:
    """A statement with its text as HTML and the numbers it cites, never a word of what they stand for."""

    position: int
    title: str
    html: SafeString
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class ShownContribution:
    """A published contribution with its text as HTML."""

    row: Contribution
    html: SafeString


def shown_statements(statements: Iterable[Statement]) -> list[ShownStatement]:
    """Return stored statements for a page."""
    return [
        ShownStatement(
            one.position, one.title, trusted(one.body_html), tuple(citation.number for citation in one.citations.all())
        )
        for one in statements
    ]


def shown_text(position: int, title: str, body: str, numbers: Iterable[int]) -> ShownStatement:
    """Return a statement that is not stored yet, as it will look."""
    return ShownStatement(position, title, trusted(to_html(body)), tuple(numbers))


def shown_answer(body: str) -> SafeString:
    """Return an answer that is not stored yet, as it will look."""
    return trusted(to_html(body))


def shown_contributions(rows: Iterable[Contribution]) -> list[ShownContribution]:
    """Return published contributions for a page."""
    return [ShownContribution(row, trusted(row.body_html)) for row in rows]
