"""What may be uploaded, told by what a file is and not by what it says it is.

Pictures are decoded within limits and saved anew, so that nothing of what cameras and people hid in them is kept.
"""

import hashlib
import json
import warnings
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from os import PathLike
from secrets import token_hex
from typing import IO, Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageFile, ImageOps

from apps.common.errors import DomainError
from apps.common.permissions import Sentence
from apps.common.wording import grouped, size_beyond

LARGEST: Final = 25 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
# Lists and objects in a GeoJSON file: more than a file of the largest size needs for points with five decimals.
MOST_PARTS: Final = 1_500_000
QUALITY: Final = 90
EMPTY: Final = gettext_lazy("The file is empty. Save it once more where it was made, and choose it again.")


class FileKind(models.TextChoices):
    """What a file is, by its content."""

    PDF = "pdf", "PDF"
    PNG = "png", "PNG"
    JPEG = "jpeg", "JPEG"
    WEBP = "webp", "WebP"
    GEOJSON = "geojson", "GeoJSON"

    @property
    def is_image(self) -> bool:
        """A picture, which can be shown in a page."""
        return self in {FileKind.PNG, FileKind.JPEG, FileKind.WEBP}

    @property
    def media_type(self) -> str:
        """The type under which it is handed out."""
        return f"image/{self.value}" if self.is_image else _MEDIA_TYPES[self]

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings that a file of this kind may have; the first is the one it is handed out with."""
        return {FileKind.JPEG: ("jpg", "jpeg"), FileKind.GEOJSON: ("geojson", "json")}.get(self, (self.value,))


_MEDIA_TYPES = {FileKind.PDF: "application/pdf", FileKind.GEOJSON: "application/geo+json"}
IMAGES: Final = frozenset(kind for kind in FileKind if kind.is_image)
EVERY_KIND: Final = frozenset(FileKind)

_BEGINNINGS: Final = {
    FileKind.PDF: b"%PDF-",
    FileKind.PNG: b"\x89PNG\r\n\x1a\n",
    FileKind.JPEG: b"\xff\xd8\xff",
}
_BLANKS: Final = b"\xef\xbb\xbf \t\r\n"
_GEOMETRIES: Final = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


class UnfitFile(DomainError):
    """A file that is not taken, with the sentence that says why and what to do."""

    status = 422


@dataclass(frozen=True)
class FitFile:
    """A file as it is kept: what it is, and the fingerprint of exactly these bytes."""

    kind: FileKind
    content: "File[bytes]"
    size: int
    sha256: str


def fit_file(*, name: str, size: int, content: IO[bytes], allowed: Collection[FileKind] = EVERY_KIND) -> FitFile:
    """Return an uploaded file as it is kept: pictures saved anew without hidden data, all others byte by byte.

    Raises UnfitFile for what is too large, of another kind than those allowed, called what it is not, or broken.
    """
    if size > LARGEST:
        raise UnfitFile(_too_large(size))
    if not size:
        raise UnfitFile(EMPTY)
    content.seek(0)
    kind = _kind_of(content.read(1024))
    content.seek(0)
    refused = _why_not_of_kind(kind, name, allowed)
    if kind is None or refused:
        raise UnfitFile(refused or _unknown(allowed))
    if kind.is_image:
        return _fit_image(kind, content)
    if kind == FileKind.GEOJSON:
        _check_geojson(content.read())
        content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]
    content.seek(0)
    return FitFile(kind, File(content), size, digest)


def _too_large(size: int) -> str:
    return _("The file is %(size)s. At most %(largest)s can be uploaded: make it smaller or split it.") % {
        "size": size_beyond(size, LARGEST),
        "largest": filesizeformat(LARGEST),
    }


def _kind_of(begins: bytes) -> FileKind | None:
    found = next((kind for kind, signature in _BEGINNINGS.items() if begins.startswith(signature)), None)
    if found:
        return found
    if begins.startswith(b"RIFF") and begins[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.GEOJSON if begins.lstrip(_BLANKS).startswith(b"{") else None


def _why_not_of_kind(kind: FileKind | None, name: str, allowed: Collection[FileKind]) -> Sentence | None:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if kind not in allowed or kind is None:
        return _unknown(allowed)
    if ending not in kind.endings:
        return _(
            "The content of the file is %(kind)s, but its name does not end in .%(ending)s. "
            "Choose the right file, or give it that ending."
        ) % {"kind": kind.label, "ending": kind.endings[0]}
    return None


def _unknown(allowed: Collection[FileKind]) -> str:
    kinds = ", ".join(kind.label for kind in FileKind if kind in allowed)
    return _(
        "This is not a file that can be taken here, whatever its name says. Save it as one of these and upload that: "
        "%(kinds)s. Web pages and SVG drawings can hold programs and are not taken."
    ) % {"kinds": kinds}


def _fit_image(kind: FileKind, content: IO[bytes]) -> FitFile:
    """Decode a picture whose size has been read first, turn it upright and save nothing but what is to be seen."""
    try:
        if kind == FileKind.WEBP:  # its decoder makes room for the whole picture as soon as it is opened
            _check_pixels(*_webp_size(content.read(30)))
            content.seek(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's own limits only warn; ours refuses
            # The library that makes PDFs lets pictures be cut short, for all of the process.
            ImageFile.LOAD_TRUNCATED_IMAGES = False
            with Image.open(content, formats=[kind.label.upper()]) as image:
                _check_pixels(*image.size)
                saved = _saved_anew(image, kind)
    except UnfitFile:
        raise
    except Image.DecompressionBombError as bomb:
        raise UnfitFile(_("The picture has more than 40 million pixels. Make it smaller and upload that.")) from bomb
    except Exception as broken:  # whatever a decoder stumbles over, the file is not taken
        sentence = _("The picture cannot be read. Open it in a program for pictures, save it again and upload that.")
        raise UnfitFile(sentence) from broken
    if len(saved) > LARGEST:
        raise UnfitFile(_too_large(len(saved)))
    kept = ContentFile(saved)
    return FitFile(kind, kept, len(saved), hashlib.sha256(saved).hexdigest())


def size_in_pixels(picture: FitFile) -> tuple[int, int]:
    """Return the width and height of a picture that was saved anew."""
    with Image.open(picture.content, formats=[picture.kind.label.upper()]) as image:
        size = image.size
    picture.content.seek(0)
    return size


def _check_pixels(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise UnfitFile(
            _(
                "The picture is %(width)s by %(height)s pixels: at most 40 million in all are taken. "
                "Make it smaller and upload that."
            )
            % {"width": grouped(width), "height": grouped(height)}
        )


def _webp_size(begins: bytes) -> tuple[int, int]:
    """Read the size from the first chunk, of which there are three sorts (RFC 9649)."""
    sort = begins[12:16]
    if sort == b"VP8X":
        return 1 + int.from_bytes(begins[24:27], "little"), 1 + int.from_bytes(begins[27:30], "little")
    if sort == b"VP8L":
        bits = int.from_bytes(begins[21:25], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    return int.from_bytes(begins[26:28], "little") & 0x3FFF, int.from_bytes(begins[28:30], "little") & 0x3FFF


def _saved_anew(image: Image.Image, kind: FileKind) -> bytes:
    """Return the first picture of the file, without place, camera, comments, colour profile or what follows its end."""
    upright = ImageOps.exif_transpose(image)
    grey = upright.mode in {"1", "L"}
    if kind != FileKind.JPEG and upright.has_transparency_data:
        plain = upright.convert("RGBA")
    else:
        plain = upright.convert("L" if grey and kind != FileKind.WEBP else "RGB")
    plain.info.clear()
    saved = BytesIO()
    plain.save(saved, format=kind.label.upper(), **({} if kind == FileKind.PNG else {"quality": QUALITY}))
    return saved.getvalue()


def _check_geojson(content: bytes) -> None:
    """Pass a file of places; raises UnfitFile for other JSON, and before reading what would fill the memory."""
    if content.count(b"[") + content.count(b"{") > MOST_PARTS:
        raise UnfitFile(_("The file holds more points than can be shown. Simplify it, or upload it as PDF."))
    try:
        read = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
        is_fit = _is_geojson(read)
    except (ValueError, RecursionError):
        is_fit = False
    if not is_fit:
        raise UnfitFile(_("This is not GeoJSON that can be read. Export it again as GeoJSON in UTF-8 and upload that."))


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _is_geojson(read: Any) -> bool:
    """RFC 7946: a collection of features, one feature, or one shape."""
    if not isinstance(read, dict):
        return False
    kind = read.get("type")
    if kind == "FeatureCollection":
        features = read.get("features")
        return isinstance(features, list) and all(_is_feature(feature) for feature in features)
    return _is_feature(read) or _is_shape(read)


def _is_feature(read: Any) -> bool:
    if not isinstance(read, dict) or read.get("type") != "Feature" or "geometry" not in read:
        return False
    return read["geometry"] is None or _is_shape(read["geometry"])


def _is_shape(read: Any) -> bool:
    if not isinstance(read, dict):
        return False
    if read.get("type") == "GeometryCollection":
        shapes = read.get("geometries")
        return isinstance(shapes, list) and all(_is_shape(shape) for shape in shapes)
    return read.get("type") in _GEOMETRIES and isinstance(read.get("coordinates"), list)


def _papers() -> Storage:
    return storages["papers"]


class KeptFile(models.FileField):
    """A file outside of what any web server serves, under a name that nobody can guess; its row says its `kind`.

    To migrations it is Django's own field: where files lie is not their business.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"storage": _papers})

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Leave the storage out."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("storage", None)
        return name, "django.db.models.FileField", args, kwargs

    def generate_filename(self, instance: models.Model | None, filename: str | PathLike[str]) -> str:  # noqa: ARG002 - kept nowhere
        """Return a name of chance with the ending of what the file is."""
        return f"{self.upload_to}{token_hex(16)}.{FileKind(instance.kind).endings[0]}"  # type: ignore[union-attr]


class CappedUpload(TemporaryFileUploadHandler):
    """Puts no more on the disk than could be taken, and reads on: what was typed beside the files is not lost.

    All files of a request count together: no form takes more than one file of the largest size could hold.
    """

    kept = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what is within the limit, and one byte more."""
        taken = raw_data[: max(LARGEST + 1 - self.kept, 0)]
        self.kept += len(taken)
        if taken:
            super().receive_data_chunk(taken, start)
