"""ZIP files: small ones in memory, large ones on the disk, a piece at a time."""

import io
import json
import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from secrets import token_hex
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def archive_of(files: Mapping[str, str | bytes], *, at: datetime) -> bytes:
    """Return a ZIP with these texts or files by their names; the same ones at the same moment make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = _info(name, at)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, _bytes(text))
    return made.getvalue()


def add_to_archive(path: Path, files: Iterable[tuple[str, Any]], *, at: datetime) -> None:
    """Add files to a ZIP on the disk, each by its name in it; read and written a piece at a time.

    One that is gone from the disk meanwhile is left out: its row tells that there was one.
    """
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        for name, file in files:
            info = _info(name, at)
            try:
                content = file.open("rb")
            except FileNotFoundError:
                continue
            with content, archive.open(info, "w") as added:
                shutil.copyfileobj(content, added)


class Archive:
    """A ZIP that is being written on the disk, under a name that ends in `.part` until it is put in its place.

    `checksums` holds the SHA-256 of each file in it so far, by its name.
    """

    def __init__(self, path: Path, at: datetime) -> None:
        self.path, self.at = path, at
        self.part = path.with_name(f".{path.name}.{token_hex(8)}.part")
        self.checksums: dict[str, str] = {}
        self._file = os.fdopen(os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED)

    def add(self, name: str, pieces: Iterable[bytes]) -> str:
        """Put a file into it, a piece at a time; return its SHA-256."""
        info, digest = _info(name, self.at), sha256()
        info.compress_type = zipfile.ZIP_DEFLATED
        with self._zip.open(info, "w", force_zip64=True) as added:
            for piece in pieces:
                digest.update(piece)
                added.write(piece)
        self.checksums[name] = digest.hexdigest()
        return self.checksums[name]

    def finish(self) -> tuple[str, int]:
        """Complete it on the disk; return its SHA-256 and its size."""
        self._zip.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        size = self._file.tell()
        self._file.seek(0)
        return file_digest(self._file, "sha256").hexdigest(), size

    def put_in_place(self) -> None:
        """Give it its name, in place of what had that name before."""
        self.part.replace(self.path)

    def leave(self) -> None:
        """Let go of it; what was not put in its place is gone."""
        with suppress(Exception):  # on a full disk the end of the file cannot be written either
            self._zip.close()
        with suppress(OSError):
            self._file.close()
        self.part.unlink(missing_ok=True)


@contextmanager
def archive_on_disk(path: Path, *, at: datetime) -> Iterator[Archive]:
    """Make a new ZIP at a place on the disk, for this machine's user alone: whole or not at all.

    The block fills, finishes and puts it in its place. The same files at the same moment make the same bytes. Raises
    OSError where nothing can be written.
    """
    archive = Archive(path, at)
    try:
        yield archive
    finally:
        archive.leave()


def checksums(files: Mapping[str, str | bytes]) -> str:
    """Return a line with the SHA-256 of each file, as `sha256sum --check` reads it."""
    return checksum_lines({name: sha256(_bytes(text)).hexdigest() for name, text in files.items()})


def checksum_lines(sums: Mapping[str, str]) -> str:
    """Return the same of files whose SHA-256 is known."""
    return "".join(f"{checksum}  {name}\n" for name, checksum in sums.items())


def _info(name: str, at: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
    info.external_attr = 0o600 << 16
    return info


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text


def as_json(data: Mapping[str, Any], meanings: Mapping[str, object]) -> str:
    """Return data as JSON, with what its keys mean on top."""
    meant = {key: str(meanings[key]) for key in keys_in(data) if key in meanings}
    return json.dumps({"_keys": meant, **data}, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def keys_in(data: object) -> list[str]:
    """Return every key that occurs anywhere in the data, once, in the order met."""
    found: dict[str, None] = {}
    if isinstance(data, Mapping):
        for key, value in data.items():
            found |= {str(key): None} | dict.fromkeys(keys_in(value))
    elif isinstance(data, list | tuple):
        for value in data:
            found |= dict.fromkeys(keys_in(value))
    return list(found)
