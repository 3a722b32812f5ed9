"""A sign by which it is known again what a form showed when somebody began to type in it."""

import json
from hashlib import sha256
from typing import Any

LENGTH = 32


def fingerprint(shown: Any) -> str:
    """Return the sign of what a form shows, given as plain values: the same for the same."""
    plain = json.dumps(shown, sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()[:LENGTH]
