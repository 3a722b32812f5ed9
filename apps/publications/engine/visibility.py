"""What everyone can read of contributions at one moment, as a digest: another state is another digest."""

import hashlib
import json
from collections.abc import Iterable


def digest_of(rows: Iterable[tuple[object, ...]]) -> str:
    """Return the hexadecimal SHA-256 of rows of plain values in their order."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()
