"""Codes of letters: ten characters that nobody mistakes for one another, kept as slow hashes.

An enrolment code that comes by post (ASVS 6.4.1): it lives for weeks, so five tries are counted in the database. Five
tries in 20^10 possible codes are hopeless, and so is guessing from a copy of the hashes within a letter's thirty days.
"""

import secrets
import unicodedata
from dataclasses import dataclass, field

from django.contrib.auth.hashers import PBKDF2PasswordHasher

# Without 0 O Q, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V.
ALPHABET = "ACDEFHJKMNPRTWXY3479"
LENGTH = 10
GROUP = 5
TRIES = 5
DAYS_VALID = 30
_DASHES = dict.fromkeys(map(ord, " -‐‑‒–—_.\u00a0\u00ad\t\r\n"))


@dataclass(frozen=True, kw_only=True)
class CodedLetter:
    """What stands in one letter. It lives from the making of the code to the file, and shows nothing to a log."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    postal_line: str = field(repr=False)
    code: str = field(repr=False)


class CodeHasher(PBKDF2PasswordHasher):
    """Django's slow hash, with fewer rounds than a password of somebody's choice needs.

    The codes are drawn by chance, and a hundred letters are made while somebody waits.
    """

    iterations = 50_000


def new_code() -> str:
    """Return a code that nobody can foresee."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def shown(code: str) -> str:
    """Return the code in two groups, as it stands in the letter."""
    return f"{code[:GROUP]}-{code[GROUP:]}"


def read_code(typed: str) -> str | None:
    """Return the code that was typed, whatever its case and spacing; None when it cannot be one."""
    code = unicodedata.normalize("NFKC", typed).translate(_DASHES).upper()
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None


def hashed(code: str) -> str:
    """Return what is stored of a code."""
    hasher = CodeHasher()
    return hasher.encode(code, hasher.salt())


def fits(code: str, stored: str) -> bool:
    """Tell whether the code is the one of which this was stored."""
    return bool(stored) and CodeHasher().verify(code, stored)
