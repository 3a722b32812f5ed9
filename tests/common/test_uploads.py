"""What is taken and what is refused, told by real files; and what is left of a picture."""

import hashlib
import warnings
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopFutureHandlers
from django.utils.translation import override
from PIL import Image

from apps.common.uploads import IMAGES, LARGEST, CappedUpload, FileKind, FitFile, UnfitFile, fit_file
from tests.common import files


def taken(name: str, content: bytes, **options: object) -> FitFile:
    return fit_file(name=name, size=len(content), content=BytesIO(content), **options)  # type: ignore[arg-type]


def refusal(name: str, content: bytes, **options: object) -> str:
    with override("en"), pytest.raises(UnfitFile) as refused:
        taken(name, content, **options)
    return str(refused.value)


NOT_TAKEN = {
    "a drawing that can hold a script": ("plan.svg", files.SVG),
    "the same called a picture": ("plan.png", files.SVG),
    "a web page": ("plan.html", files.HTML),
    "a web page called a paper": ("plan.pdf", files.HTML),
    "a program": ("plan.pdf", b"MZ\x90\x00"),
    "an archive": ("plan.pdf", b"PK\x03\x04 %PDF-"),
    "an animation": ("plan.gif", b"GIF89a"),
    "a packed drawing": ("plan.svgz", b"\x1f\x8b\x08"),
    "another sort of picture": ("plan.png", b"II*\x00"),
    "a paper that begins later": ("plan.pdf", b" %PDF-1.7"),
}


@pytest.mark.parametrize(("name", "content"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_what_is_of_no_kind_is_refused_whatever_it_says_it_is(name: str, content: bytes) -> None:
    assert "Save it as one of these" in refusal(name, content)


FALSE_ENDINGS = {
    "plan.exe": files.SCRIPT_PDF,
    "plan.pdf.html": files.SCRIPT_PDF,
    "pdf": files.SCRIPT_PDF,
    "": files.SCRIPT_PDF,
    "photo.pdf": files.picture("PNG"),
    "photo.png": files.picture("JPEG"),
    "photo.jpg": files.picture("WEBP"),
    "place.pdf": files.POINT.encode(),
}


@pytest.mark.parametrize(("name", "content"), FALSE_ENDINGS.items(), ids=FALSE_ENDINGS)
def test_a_file_is_called_what_it_is(name: str, content: bytes) -> None:
    sentence = refusal(name, content)

    assert "its name does not end in ." in sentence
    assert "give it that ending" in sentence


@pytest.mark.parametrize("name", ["plan.pdf", "PLAN.PDF", "../../plan.pdf", "x" * 300 + ".pdf", "æøå\u202e.pdf"])
def test_a_paper_is_kept_byte_by_byte_whatever_else_it_is_called(name: str) -> None:
    file = taken(name, files.SCRIPT_PDF)

    assert (file.kind, file.size) == (FileKind.PDF, len(files.SCRIPT_PDF))
    assert file.content.read() == files.SCRIPT_PDF
    assert file.sha256 == hashlib.sha256(files.SCRIPT_PDF).hexdigest()


def test_a_file_is_refused_from_one_byte_too_many() -> None:
    content = BytesIO(b"%PDF-1.7")

    assert fit_file(name="a.pdf", size=LARGEST, content=content).kind == FileKind.PDF
    with override("en"), pytest.raises(UnfitFile, match=r"The file is a little more than 25\.0.MB\. At most 25\.0"):
        fit_file(name="a.pdf", size=LARGEST + 1, content=content)


HARMLESS = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop", "background", "duration", "timestamp"}


@pytest.mark.parametrize(("sort", "ending"), [("JPEG", "jpg"), ("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp")])
def test_nothing_is_left_of_a_picture_but_what_is_to_be_seen(sort: str, ending: str) -> None:
    content = files.from_a_telephone(sort)
    with Image.open(BytesIO(content)) as before:
        assert before.getexif(), "or the test shows nothing"

    file = taken(f"photo.{ending}", content)

    kept = file.content.read()
    assert (file.size, file.sha256) == (len(kept), hashlib.sha256(kept).hexdigest())
    with Image.open(BytesIO(kept)) as after:
        assert (after.format, after.size) == (sort, (4, 6)), "turned upright"
        assert not after.getexif()
        assert set(after.info) <= HARMLESS
    for secret in files.SECRETS:
        assert secret not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_mode_are_taken(mode: str) -> None:
    sort = "JPEG" if mode == "CMYK" else "PNG"

    file = taken("photo.jpg" if mode == "CMYK" else "photo.png", files.picture(sort, mode=mode))

    with Image.open(file.content) as kept:
        assert kept.size == (6, 4)


def test_what_can_be_seen_through_stays_so() -> None:
    content = BytesIO()
    Image.new("RGBA", (3, 3), (255, 0, 0, 0)).save(content, format="PNG")

    with Image.open(taken("logo.png", content.getvalue()).content) as kept:
        assert kept.getpixel((1, 1)) == (255, 0, 0, 0)


BOMBS = {
    "more than we take": ("a.png", files.png_that_says_it_is(6_400, 6_400)),
    "more than the library warns of": ("a.png", files.png_that_says_it_is(13_000, 13_000)),
    "more than the library reads": ("a.png", files.png_that_says_it_is(60_000, 60_000)),
    "canvas": ("a.webp", files.webp_that_says_it_is("VP8X", 16_383, 16_383)),
    "lossless": ("a.webp", files.webp_that_says_it_is("VP8L", 16_383, 16_383)),
    "lossy": ("a.webp", files.webp_that_says_it_is("VP8", 16_383, 16_383)),
}


@pytest.mark.parametrize(("name", "content"), BOMBS.values(), ids=BOMBS)
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(
    name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "convert", None)
    monkeypatch.setattr("PIL.ImageFile.ImageFile.load", None)

    assert "40 million" in refusal(name, content)


def test_forty_million_pixels_are_not_too_many() -> None:
    """The head of the picture is fine, so what is missing of its body is what is refused."""
    assert "cannot be read" in refusal("a.png", files.png_that_says_it_is(6_400, 6_250))


BROKEN = {
    "cut": ("a.png", files.picture("PNG")[:40]),
    "head alone": ("a.jpg", b"\xff\xd8\xff\xe0"),
    "cut webp": ("a.webp", files.picture("WEBP")[:28]),
    "empty webp": ("a.webp", b"RIFF\x00\x00\x00\x00WEBP"),
    "words that unpack to much": ("a.png", files.png_with_a_bomb_of_words()),
    "zeros": ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(500)),
}


@pytest.mark.parametrize(("name", "content"), BROKEN.values(), ids=BROKEN)
def test_a_broken_picture_is_refused_with_a_way_on(name: str, content: bytes) -> None:
    with warnings.catch_warnings():
        assert "cannot be read. Open it in a program" in refusal(name, content)


SHAPES = {
    "feature": files.POINT,
    "with a mark before it": "\ufeff" + files.POINT,
    "collection": f'{{"type": "FeatureCollection", "features": [{files.POINT}]}}',
    "none": '{"type": "FeatureCollection", "features": []}',
    "shape": '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]}',
    "shapes": '{"type": "GeometryCollection", "geometries": [{"type": "Point", "coordinates": [1, 2]}]}',
    "no place": '{"type": "Feature", "properties": null, "geometry": null}',
}


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_places_are_taken_as_they_are(text: str) -> None:
    file = taken("area.geojson", text.encode())

    assert (file.kind, file.kind.media_type) == (FileKind.GEOJSON, "application/geo+json")
    assert file.content.read() == text.encode()


NO_SHAPES = {
    "other JSON": '{"a": 1}',
    "no JSON": "{",
    "deep": '{"type": ' * 100_000,
    "deep in lists": '{"type": "Point", "coordinates": ' + "[" * 100_000,
    "no number": '{"type": "Point", "coordinates": [NaN, 1]}',
    "wrong parts": '{"type": "FeatureCollection", "features": [1]}',
    "no list": '{"type": "FeatureCollection", "features": {"a": 1}}',
    "no coordinates": '{"type": "Point", "coordinates": "8, 56"}',
    "unknown shape": '{"type": ["Point"], "coordinates": []}',
    "topology": '{"type": "Topology", "objects": {}}',
}


@pytest.mark.parametrize("text", NO_SHAPES.values(), ids=NO_SHAPES)
def test_other_json_is_no_place(text: str) -> None:
    assert "not GeoJSON" in refusal("area.geojson", text.encode())


def test_json_in_another_writing_is_refused() -> None:
    assert "UTF-8" in refusal("area.json", files.POINT.replace("8.1", '"å"').encode("latin-1"))


def test_places_that_would_fill_the_memory_are_refused_unread() -> None:
    assert "more points than" in refusal("area.geojson", b'{"type": "Point", "coordinates": [' + b"[]," * 1_500_000)


def test_a_place_that_takes_pictures_only_takes_nothing_else() -> None:
    assert taken("a.png", files.picture("PNG"), allowed=IMAGES).kind == FileKind.PNG
    sentence = refusal("plan.pdf", files.SCRIPT_PDF, allowed=IMAGES)

    assert "PNG, JPEG, WebP" in sentence
    assert "PDF" not in sentence


def test_a_file_that_is_too_large_is_not_all_put_on_the_disk() -> None:
    handler = CappedUpload()
    try:
        handler.new_file("file", "a.pdf", "application/pdf", None)
    except StopFutureHandlers:
        pytest.fail("another handler may come after")
    step = 1024 * 1024

    for start in range(0, 27 * step, step):
        handler.receive_data_chunk(bytes(step), start)
    file = handler.file_complete(27 * step)

    assert file is not None
    assert file.size == 27 * step, "so that it is refused"
    assert file.seek(0, 2) == LARGEST + 1
    file.close()


@pytest.mark.parametrize("name", ["plan.pdf", "harbour.png", "area.geojson"])
def test_an_empty_file_is_refused_as_empty(name: str) -> None:
    with override("en"):
        assert "The file is empty." in refusal(name, b"")


def test_a_small_file_is_kept_whole() -> None:
    handler = CappedUpload()
    handler.new_file("file", "a.pdf", "application/pdf", None)
    handler.receive_data_chunk(b"%PDF-", 0)
    handler.receive_data_chunk(b"1.7", 5)
    file = handler.file_complete(8)

    assert file is not None
    assert file.read() == b"%PDF-1.7"
    assert fit_file(name="a.pdf", size=8, content=SimpleUploadedFile("a.pdf", b"%PDF-1.7")).size == 8
    file.close()
