"""What may be uploaded, told by what a file is and not by what it says it is."""

from typing import IO

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from apps.common.permissions import Sentence

LARGEST = 25 * 1024 * 1024
PDF_BEGINS = b"%PDF-"


def why_not_a_pdf(*, name: str, size: int, content: IO[bytes]) -> Sentence | None:
    """Return the sentence why this file cannot be published as a PDF, or None. The content is left at its beginning."""
    if size > LARGEST:
        return _("The file is %(size)s. At most %(largest)s can be uploaded: make it smaller or split it.") % {
            "size": filesizeformat(size),
            "largest": filesizeformat(LARGEST),
        }
    content.seek(0)
    begins = content.read(len(PDF_BEGINS))
    content.seek(0)
    if not name.lower().endswith(".pdf") or begins != PDF_BEGINS:
        return _("This is not a PDF. Save the document as PDF and upload that.")
    return None
