"""Real files for tests of uploads, of each sort that is taken and each that is not."""

import json
import struct
import zlib
from io import BytesIO

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

SCRIPT_PDF = (
    b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
)
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
POINT = json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [8.1, 56.4]}})
SECRETS = (b"Klintmose", b"CANON", b"Exif", b"<script>")


def picture(sort: str = "PNG", *, mode: str = "RGB", size: tuple[int, int] = (6, 4), **options: object) -> bytes:
    """Return a plain picture."""
    content = BytesIO()
    Image.new(mode, size, 128 if mode in {"L", "1"} else None).save(content, format=sort, **options)  # type: ignore[arg-type]
    return content.getvalue()


def from_a_telephone(sort: str = "JPEG") -> bytes:
    """Return a picture lying on its side, with place, camera, a comment and a page with a script in it."""
    exif = Image.Exif()
    exif[Base.Make], exif[Base.Orientation] = "CANON", 6
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (56.0, 24.0, 7.0)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitudeRef] = "N"
    hidden: dict[str, object] = {"exif": exif}
    if sort == "PNG":
        words = PngInfo()
        words.add_text("Comment", "<script>Klintmose</script>", zip=True)
        words.add_text("Author", "Klintmose")
        hidden["pnginfo"] = words
    if sort == "JPEG":
        hidden["comment"] = b"<script>Klintmose</script>"
    if sort != "PNG":
        hidden["xmp"] = b"<x:xmpmeta>Klintmose</x:xmpmeta>"
    return picture(sort, **hidden) + HTML


def png_that_says_it_is(width: int, height: int) -> bytes:
    """Return a picture of few bytes whose head promises very many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    chunks = b"".join(_chunk(name, content) for name, content in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_with_a_bomb_of_words() -> bytes:
    """Return a small picture with a comment that unpacks to 200 MB."""
    packed = b"Comment\x00\x00" + zlib.compress(bytes(200_000_000), 1)
    plain = picture("PNG")
    return plain[:33] + _chunk(b"zTXt", packed) + plain[33:]


def webp_that_says_it_is(sort: str, width: int, height: int) -> bytes:
    """Return the head of a picture in each of the three sorts of WebP."""
    if sort == "VP8X":
        chunk = bytes(4) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    elif sort == "VP8L":
        chunk = b"\x2f" + (width - 1 | (height - 1) << 14).to_bytes(4, "little")
    else:
        chunk = bytes(3) + b"\x9d\x01\x2a" + struct.pack("<HH", width, height)
    content = b"WEBP" + sort.ljust(4).encode() + struct.pack("<I", len(chunk)) + chunk + bytes(64)
    return b"RIFF" + struct.pack("<I", len(content)) + content
