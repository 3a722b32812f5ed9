"""Letters back to people who wrote on paper: receipts to post, labels for envelopes, and a table for a print house."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.pdf import can_make_pdf, pdf_of
from apps.common.permissions import Sentence
from apps.common.tables import csv_bytes
from apps.discussions.models import SenderAddress
from apps.municipality.models import Municipality

LETTER_STYLES, LABEL_STYLES = "css/letter.css", "css/labels.css"
LANGUAGES = ("da", "en")
COLUMNS = ("number", "name", "address", "postal_line", "email", "came_on", "on_time", "status")


def why_no_letters() -> Sentence | None:
    """Return why this machine can make no letters, or None."""
    if can_make_pdf():
        return None
    return _("This machine cannot make PDF files. Ask who runs it to install the libraries that the manual names.")


def receipt_as_pdf(sender: SenderAddress, *, municipality: Municipality) -> bytes:
    """Return the receipt as a letter, in both languages."""
    words = {
        "letter": sender,
        "municipality": municipality,
        "contribution": sender.voice.contribution,
        "voice": sender.voice,
        "addresses": {language: _page_of(sender, language) for language in LANGUAGES},
    }
    return pdf_of(render_to_string("discussions/print/receipt.html", words), stylesheet=LETTER_STYLES)


def labels_as_pdf(senders: Sequence[SenderAddress]) -> bytes:
    """Return a label for each household and name that a letter finds, three in a row."""
    kept = {(row.name, row.address, row.postal_line): row for row in senders if row.can_be_posted_to}
    return pdf_of(
        render_to_string("discussions/print/labels.html", {"labels": list(kept.values())}), stylesheet=LABEL_STYLES
    )


def senders_as_table(senders: Sequence[SenderAddress]) -> bytes:
    """Return a line for each text with its sender, also of those whom no letter finds."""
    return csv_bytes(COLUMNS, [_line(row) for row in senders])


def _line(row: SenderAddress) -> tuple[object, ...]:
    text = row.voice.contribution
    on_time = _("No") if text.came_late else _("Yes")
    came_on = row.voice.came_on.isoformat()
    return (
        text.number, row.name, row.address, row.postal_line, row.email, came_on, on_time, text.get_status_display(),
    )  # fmt: skip


def _page_of(sender: SenderAddress, language: str) -> str:
    """Return the address that leads to the number for ever."""
    text = sender.voice.contribution
    with override(language):
        return f"{settings.SITE_URL}{reverse('portal:contribution', args=[text.consultation.slug, text.number])}"
