"""Pages as PDF files, by WeasyPrint: from our own templates, styles and fonts, with nothing fetched from elsewhere."""

import os
from functools import cache
from importlib import import_module
from typing import Any

from django.contrib.staticfiles import finders

# PDF for archives, level 2a (ISO 19005-2): fonts are in the file, signs have their Unicode, the structure is tagged.
FOR_ARCHIVES = "pdf/a-2a"
# Fonts are cut to what a file needs, and stamped with this moment instead of the clock's: the same page makes the same
# bytes.
STAMP = "1704067200"


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has the libraries that WeasyPrint needs and Python does not bring."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def pdf_of(html: str, *, stylesheet: str, variant: str | None = None) -> bytes:
    """Return a tagged PDF of a whole page in the style of a static file, where `can_make_pdf`.

    `variant` is a name that WeasyPrint has for a standard, as `FOR_ARCHIVES`. The same page makes the same bytes.
    """
    os.environ.setdefault("SOURCE_DATE_EPOCH", STAMP)
    weasyprint: Any = import_module("weasyprint")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    style = weasyprint.CSS(filename=finders.find(stylesheet), font_config=fonts, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=True, pdf_variant=variant)
    return pdf
