"""Pages as PDF files, by WeasyPrint: from our own templates, styles and fonts, with nothing fetched from elsewhere."""

from functools import cache
from importlib import import_module
from typing import Any

from django.contrib.staticfiles import finders


@cache
def can_make_pdf() -> bool:
    """Tell whether this machine has the libraries that WeasyPrint needs and Python does not bring."""
    try:
        import_module("weasyprint")
    except (ImportError, OSError):
        return False
    return True


def pdf_of(html: str, *, stylesheet: str) -> bytes:
    """Return a tagged PDF of a whole page in the style of a static file, where `can_make_pdf`."""
    weasyprint: Any = import_module("weasyprint")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    style = weasyprint.CSS(filename=finders.find(stylesheet), font_config=fonts, url_fetcher=fetcher)
    page = weasyprint.HTML(string=html, url_fetcher=fetcher)
    pdf: bytes = page.write_pdf(stylesheets=[style], font_config=fonts, pdf_tags=True)
    return pdf
