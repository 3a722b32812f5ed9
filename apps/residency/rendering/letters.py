"""Letters with codes as files: pages to print, and a table for a print house. Nothing of them is kept or logged."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from apps.common.pdf import can_make_pdf, pdf_of
from apps.common.permissions import Sentence
from apps.common.tables import csv_bytes
from apps.municipality.models import Municipality
from apps.residency.engine.codes import CodedLetter, shown
from apps.residency.errors import NoPrinting

TEMPLATE = "residency/print/letter.html"
STYLES = "css/letter.css"
LANGUAGES = ("da", "en")
COLUMNS = ("name", "address", "postal_line", "code", "page_da", "page_en", "sender", "sender_address")


def why_no_pdf() -> Sentence | None:
    """Return why this machine can make no PDF, or None."""
    return None if can_make_pdf() else NoPrinting().sentence


def letters_as_pdf(letters: Sequence[CodedLetter], *, municipality: Municipality) -> bytes:
    """Return a page for each letter. Raises NoPrinting where the libraries are missing."""
    if not can_make_pdf():
        raise NoPrinting
    return pdf_of(_page(letters, municipality), stylesheet=STYLES)


def letters_as_table(letters: Sequence[CodedLetter], *, municipality: Municipality) -> bytes:
    """Return a line for each letter, for a print house that makes the pages."""
    pages = _pages()
    ends = (pages["da"], pages["en"], municipality.name, municipality.address)
    rows = [(row.name, row.address, row.postal_line, shown(row.code), *ends) for row in letters]
    return csv_bytes(COLUMNS, rows)


def _page(letters: Sequence[CodedLetter], municipality: Municipality) -> str:
    rows = [
        {"name": row.name, "address": row.address, "postal_line": row.postal_line, "code": shown(row.code)}
        for row in letters
    ]
    return render_to_string(TEMPLATE, {"letters": rows, "municipality": municipality, "addresses": _pages()})


def _pages() -> dict[str, str]:
    """Return the address where a code is typed, by language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = f"{settings.SITE_URL}{reverse('residency:code-enter')}"
    return found
