"""Keys that tell whether two verifications are of the same person, without telling who it is.

Each is HMAC-SHA256 under a secret that is not in the database: nobody can try all identity numbers against a copy of
the rows. A secret has a version, so that it can be changed; what is looked up is looked up under every known one.
"""

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from apps.residency.engine.addresses import plain_address

NATIONAL = "dk.cpr"
"""The issuer written for keys made of the national identity number: one key for all methods and brokers."""


@dataclass(frozen=True)
class PersonKey:
    """The key of a person under one version of the secret. `issuer` says what it was made of."""

    version: int
    issuer: str
    value: str


def person_keys(issuer: str, subject: str, secrets: Mapping[int, str]) -> tuple[PersonKey, ...]:
    """Return the keys of a person, the newest secret's first.

    `subject` is the broker's stable subject, or the national identity number with `issuer` NATIONAL.
    """
    text = f"{issuer}\n{subject}"
    newest_first = sorted(secrets.items(), reverse=True)
    return tuple(PersonKey(version, issuer, keyed("person", text, secret)) for version, secret in newest_first)


def keyed(purpose: str, text: str, secret: str) -> str:
    """Return the HMAC of a text for one purpose, as 64 hexadecimal digits."""
    return hmac.new(secret.encode(), f"{purpose}\n{text}".encode(), hashlib.sha256).hexdigest()


def address_key(address: str, secret: str) -> str:
    """Return the key of an address, the same however it is typed."""
    return keyed("address", plain_address(address), secret)


def name_address_key(name: str, address: str, secret: str) -> str:
    """Return the key of a name at an address: two that are equal are possible doubles."""
    return keyed("name at address", f"{plain_form(name)}\n{plain_address(address)}", secret)


def place_keys(name: str, address: str, secrets: Mapping[int, str]) -> tuple[str, tuple[str, ...]]:
    """Return the key of an address under the newest secret, and those of a name at it, the newest secret's first."""
    newest_first = [secrets[version] for version in sorted(secrets, reverse=True)]
    named = tuple(name_address_key(name, address, secret) for secret in newest_first)
    return address_key(address, newest_first[0]), named


def plain_form(text: str) -> str:
    """Return letters and digits in small form, words apart by one space; Danish letters stay what they are."""
    return " ".join(re.sub(r"[\W_]+", " ", unicodedata.normalize("NFC", text).casefold()).split())
