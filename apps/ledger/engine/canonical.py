"""Texts as fingerprints, facts as one exact line of JSON."""

import hashlib
import json
import re
from collections.abc import Mapping

Fact = str | int | bool | None | list[int] | list[str]
LONGEST_FACT = 200
_FINGERPRINT = re.compile(r"[0-9a-f]{64}")


def canonical_json(facts: Mapping[str, Fact]) -> str:
    """Return the facts as JSON with sorted keys, no spaces and no escapes but those JSON needs.

    RFC 8785 for these types.
    """
    return json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def fingerprint(salt: bytes, text: str) -> str:
    """Return the hexadecimal SHA-256 of salt and text: proves the text to who holds both, tells nothing without."""
    return hashlib.sha256(salt + text.encode("utf-8", "surrogatepass")).hexdigest()


def is_fact(value: object) -> bool:
    """Tell whether a value may stand in a public payload: a code, number, flag, list of numbers or of fingerprints.

    No long text, and no words in a list.
    """
    if isinstance(value, str):
        return len(value) <= LONGEST_FACT and "@" not in value
    if isinstance(value, list):
        return all(isinstance(item, int) for item in value) or all(_is_fingerprint(item) for item in value)
    return value is None or isinstance(value, int)


def _is_fingerprint(value: object) -> bool:
    return isinstance(value, str) and _FINGERPRINT.fullmatch(value) is not None
