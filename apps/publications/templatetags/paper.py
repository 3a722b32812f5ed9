"""Small parts of white papers, for their pages and their file."""

from collections.abc import Sequence
from datetime import datetime

from django import template

from apps.common import wording
from apps.publications.queries.paper_pages import AnnexRow
from apps.publications.rendering.papers import how_words, in_a_row

register = template.Library()


@register.filter
def statement_anchor(label: str) -> str:
    """Return what a statement is found by on the page: "s3-2" for "3.2"."""
    return f"s{label.replace('.', '-')}"


@register.filter
def how_treated(row: AnnexRow) -> str:
    """Return how a number is treated that stands under no statement, in a sentence."""
    return how_words(row)


@register.filter
def labels_in_a_row(labels: Sequence[tuple[str, str]]) -> str:
    """Return the labels of statements in a row: "3.2 and 4.1"."""
    return in_a_row([label for label, _address in labels])


@register.filter
def day_in_full(at: datetime | None) -> str:
    """Return "21 October 2026", whatever day it is now."""
    return wording.day(at) if at else ""


@register.filter
def days_in_full(first: datetime, last: datetime | None) -> str:
    """Return "19 October – 13 December 2026", whatever day it is now."""
    return wording.day_range(first, last)
