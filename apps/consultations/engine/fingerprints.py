"""A sign by which it is known again what a form showed when somebody began to type in it."""

import json
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

LENGTH = 32


def fingerprint(shown: Any) -> str:
    """Return the sign of what a form shows, given as plain values: the same for the same."""
    plain = json.dumps(shown, sort_keys=True, default=str)
    return sha256(plain.encode()).hexdigest()[:LENGTH]


def sending(key: UUID | None, said: Any) -> UUID | None:
    """Return the sign of one sending of a form with that key: the same for a second click, another for another text."""
    return uuid5(key, fingerprint(said)) if key else None
