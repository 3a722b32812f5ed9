"""Pages as PDF files, by WeasyPrint: from our own templates, styles and fonts, with nothing fetched from elsewhere."""

import gc
import hashlib
import logging
import os
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


# How many characters of a page's HTML fill a sheet, for saying how far the laying out has come.
_CHARACTERS_A_SHEET = 4_200
_SHEET = re.compile(r"Step 5 - Creating layout - Page (\d+)")
# What share of the work is done when the sheets are laid out, and when they are drawn.
_LAID_OUT, _DRAWN = 60, 90
# Told in steps, so that telling costs nothing.
_STEP = 4


@dataclass(frozen=True)
class MadePdf:
    """A PDF with how many pages it has, and its fingerprint."""

    content: bytes
    pages: int

    @property
    def sha256(self) -> str:
        """The fingerprint of exactly these bytes."""
        return hashlib.sha256(self.content).hexdigest()


def pdf_with_progress(html: str, *, stylesheet: str, tell: Callable[[int], None]) -> MadePdf:
    """Return a long page as a PDF that everyone can use (PDF/UA-1), where `can_make_pdf`.

    `tell` is told now and then how far it has come, in percent. For the background: it takes a second for ten pages.
    """
    weasyprint: Any = import_module("weasyprint")
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=["file"])
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    style = weasyprint.CSS(filename=finders.find(stylesheet), font_config=fonts, url_fetcher=fetcher)
    _list_pages_once()
    with _much_memory_made(), _told(tell, sheets=len(html) / _CHARACTERS_A_SHEET):
        page = weasyprint.HTML(string=html, url_fetcher=fetcher)
        document = page.render(stylesheets=[style], font_config=fonts)
        content: bytes = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True)
    return MadePdf(content, len(document.pages))


@contextmanager
def _much_memory_made() -> Iterator[None]:
    """Look for garbage seldom meanwhile: hundreds of pages are millions of objects that all stay until the end.

    Measured: a third of the time.
    """
    before = gc.get_threshold()
    gc.set_threshold(200_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@cache
def _list_pages_once() -> None:
    """Let the library that writes PDFs remember the list of pages, which it makes anew for each tag of each page.

    From then on, for all of the process. Measured with 600 pages: a sixth of the time, and it grows with their square.
    """
    kind: Any = import_module("pydyf").PDF
    listed = kind.page_references.fget

    def remembered(pdf: Any) -> Any:
        count, pages = vars(pdf).get("listed_once", (0, ()))
        if count != pdf.pages["Count"]:
            count, pages = vars(pdf)["listed_once"] = (pdf.pages["Count"], listed(pdf))
        return pages

    kind.page_references = property(remembered)


class _Progress(logging.Handler):
    """Hears the steps that WeasyPrint logs in its own thread, and tells how far it has come."""

    def __init__(self, tell: Callable[[int], None], sheets: float) -> None:
        super().__init__(logging.INFO)
        self._tell, self._sheets, self._told = tell, max(sheets, 1.0), 0
        self._thread = threading.get_ident()

    def emit(self, record: logging.LogRecord) -> None:
        """Tell what a step is worth, when it is worth telling."""
        if record.thread != self._thread:
            return
        percent = self._percent(record.getMessage())
        if percent >= self._told + _STEP:
            self._told = percent
            self._tell(percent)

    def _percent(self, step: str) -> int:
        if sheet := _SHEET.match(step):
            return int(_LAID_OUT * min(int(sheet[1]) / self._sheets, 1))
        return _LAID_OUT if step.startswith("Step 6") else _DRAWN if step.startswith("Step 7") else 0


@contextmanager
def _told(tell: Callable[[int], None], *, sheets: float) -> Iterator[None]:
    log = logging.getLogger("weasyprint.progress")
    handler, level, passes_on = _Progress(tell, sheets), log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = passes_on
