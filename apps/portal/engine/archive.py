"""A ZIP file in memory."""

import io
import json
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def archive_of(files: Mapping[str, str | bytes], *, at: datetime) -> bytes:
    """Return a ZIP with these texts or files by their names; the same ones at the same moment make the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, _bytes(text))
    return made.getvalue()


def add_to_archive(path: Path, files: Iterable[tuple[str, Any]], *, at: datetime) -> None:
    """Add files to a ZIP on the disk, each by its name in it; read and written a piece at a time.

    One that is gone from the disk meanwhile is left out: its row tells that there was one.
    """
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        for name, file in files:
            info = zipfile.ZipInfo(name, date_time=at.timetuple()[:6])
            info.external_attr = 0o600 << 16
            try:
                content = file.open("rb")
            except FileNotFoundError:
                continue
            with content, archive.open(info, "w") as added:
                shutil.copyfileobj(content, added)


def checksums(files: Mapping[str, str | bytes]) -> str:
    """Return a line with the SHA-256 of each file, as `sha256sum --check` reads it."""
    return "".join(f"{sha256(_bytes(text)).hexdigest()}  {name}\n" for name, text in files.items())


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
