"""Pages of a case file are PDF/A-2a: the level stands in the metadata, fonts are embedded, the structure is tagged."""

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from apps.common.pdf import FOR_ARCHIVES, can_make_pdf, pdf_of

PAGE = """<!DOCTYPE html><html lang="da"><head><meta charset="utf-8"><title>Sagsmappe</title></head>
<body><h1>Høring</h1><h2>B0001</h2><p>Ord med <strong>vægt</strong> og en bjælke ████.</p>
<table><tr><th scope="col">Fil</th></tr><tr><td>a</td></tr></table></body></html>"""
STYLES = "css/case.css"
ID = "{http://www.aiim.org/pdfa/ns/id/}"

pytestmark = pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf_of(PAGE, stylesheet=STYLES, variant=FOR_ARCHIVES)


@pytest.fixture
def root(made: bytes) -> Any:
    return PdfReader(io.BytesIO(made)).trailer["/Root"]


def test_the_metadata_say_the_level(root: Any) -> None:
    told = ET.fromstring(root["/Metadata"].get_object().get_data())  # noqa: S314 - made here
    found = {name: value for node in told.iter() for name, value in node.attrib.items() if name.startswith(ID)}

    assert found == {f"{ID}part": "2", f"{ID}conformance": "A"}


def test_the_structure_is_tagged_and_the_language_and_the_colours_are_told(root: Any) -> None:
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "da"
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"


def test_every_font_is_in_the_file_and_says_what_its_signs_are(made: bytes) -> None:
    fonts = list(_fonts(made))

    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(inner)
        assert "/ToUnicode" in font


def test_headings_are_bookmarks(made: bytes) -> None:
    outline = PdfReader(io.BytesIO(made)).outline

    assert outline[0]["/Title"] == "Høring"  # type: ignore[call-overload, index]


def test_the_same_page_makes_the_same_bytes_and_a_plain_one_is_no_archives(made: bytes) -> None:
    assert pdf_of(PAGE, stylesheet=STYLES, variant=FOR_ARCHIVES) == made
    assert b"pdfaid" not in pdf_of(PAGE, stylesheet=STYLES)


def _fonts(made: bytes) -> Iterator[Any]:
    for page in PdfReader(io.BytesIO(made)).pages:
        yield from (font.get_object() for font in page["/Resources"]["/Font"].values())
