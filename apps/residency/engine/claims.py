"""What a broker tells of somebody, read once and reduced to what the badge needs. The rest is let go of."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.residency.engine.addresses import read_address, read_home
from apps.residency.engine.brokers import Broker, ClaimNames
from apps.residency.engine.evidence import Evidence, age_band
from apps.residency.engine.person_keys import NATIONAL, PersonKey, person_keys, place_keys
from apps.residency.engine.tokens import Refused

CODE_LENGTH = 4
CPR_LENGTH = 10
POSTAL_LINE = re.compile(r"[0-9]{4}(?![0-9])")
TRUE = {"true", "1", "yes", "ja"}


class TooLowLevel(Refused):
    """The person logged in, but not as surely as the municipality asks for."""


@dataclass(frozen=True)
class Told:
    """Who a broker says has logged in, for the length of one request. Printed, it shows nothing of the person."""

    issuer: str
    claims: Mapping[str, Any] = field(repr=False)

    def text(self, name: str) -> str:
        """Return a claim as text, empty when it is not told. A dot leads into an object, unless the name has one."""
        return _text(self.found(name))

    def found(self, name: str) -> Any:
        """Return a claim as it was told, or None."""
        found: Any = self.claims.get(name) if name else None
        if found is None and "." in name:
            found = self.claims
            for part in name.split("."):
                found = found.get(part) if isinstance(found, Mapping) else None
        return found


def _text(found: Any) -> str:
    if isinstance(found, bool):
        return str(found).lower()
    return str(found).strip() if isinstance(found, str | int) else ""


def assured(told: Told, broker: Broker) -> str:
    """Return the level of assurance, as one of the broker's accepted levels. Raises TooLowLevel for any other."""
    level = told.text(broker.names.level).lower()
    # Written plainly, or at the end of an address or a name: .../nsis/Substantial, urn:...:mitid:substantial.
    last = level.replace("#", "/").replace(":", "/").rpartition("/")[2]
    if last not in broker.levels:
        raise TooLowLevel("assurance_level")
    return last


def login_keys(told: Told, secrets: Mapping[int, str]) -> tuple[PersonKey, ...]:
    """Return the keys under which a log-in is known: of the issuer's subject, whatever else the broker tells."""
    return person_keys(told.issuer, told.text("sub"), secrets)


def evidence_of(  # noqa: PLR0913 - the parts of evidence
    told: Told, broker: Broker, *, level: str, district_id: int | None, secrets: Mapping[int, str], on: date | None
) -> Evidence:
    """Return what is kept of what the broker told: the keys, and what the badge needs.

    `on` is the day for the age band, or None where the municipality does not ask for one.
    """
    names = broker.names
    number = identity_number(told, names)
    issuer, subject = (NATIONAL, number) if number else (told.issuer, told.text("sub"))
    name, home = told.text(names.name), home_address(told, names)
    of_address, named = place_keys(name, home, secrets) if name and home else ("", ("",))
    return Evidence(
        municipality_code=municipality_code(told, names),
        district_id=district_id,
        assurance_level=level,
        age_band=_band(told.text(names.birth_date), on) if on else "",
        is_protected=told.text(names.protection).lower() in TRUE,
        keys=person_keys(issuer, subject, secrets),
        address_key=of_address,
        name_address_key=named[0],
        former_name_address_keys=named[1:],
    )


def municipality_code(told: Told, names: ClaimNames) -> str:
    """Return the four digits of the municipality, or nothing. Some brokers leave out the zero in front."""
    code = told.text(names.municipality_code)
    return code.zfill(CODE_LENGTH) if code.isascii() and code.isdigit() and len(code) <= CODE_LENGTH else ""


def postal_code(told: Told, names: ClaimNames) -> str:
    """Return the postal code, or nothing."""
    code = told.text(names.postal_code)
    return code if code.isascii() and code.isdigit() and len(code) == CODE_LENGTH else ""


def home_address(told: Told, names: ClaimNames) -> str:
    """Return where the person lives, as a house with its postal code, or nothing. It goes into keys and nowhere else.

    It is told as an object (OpenID Connect Core 1.0, section 5.1.1) or as a text, on one line or several.
    """
    found = told.found(names.address)
    if isinstance(found, Mapping):
        code = _text(found.get("postal_code")) or postal_code(told, names)
        return _home(_text(found.get("street_address")), code) or _home(_text(found.get("formatted")), code)
    return _home(_text(found), postal_code(told, names))


def _home(text: str, code: str) -> str:
    """Return the house of an address, with the code in it or else this one. Lines above the house's are a name's."""
    lines = [line.strip(" ,") for line in text.splitlines()]
    end = next((place for place, line in enumerate(lines) if POSTAL_LINE.match(line)), len(lines))
    houses = [place for place, line in enumerate(lines[:end]) if any(sign.isdigit() for sign in line)]
    if not houses:
        return ""
    # Below it may stand the floor and the door; the name of a village is in no key.
    below = [line for line in lines[houses[0] + 1 : end] if line and not read_home(line)[2]]
    address = ", ".join([lines[houses[0]], *below, *(line[:CODE_LENGTH] for line in lines[end : end + 1])])
    read = read_address(address)
    if read is not None and not read.postal_code and code:
        address = f"{address}, {code}"
        read = read_address(address)
    return address if read is not None and read.postal_code else ""


def identity_number(told: Told, names: ClaimNames) -> str:
    """Return the ten digits of the national identity number, or nothing. It goes into a key and nowhere else."""
    number = told.text(names.identity_number).replace("-", "").replace(" ", "")
    return number if number.isascii() and number.isdigit() and len(number) == CPR_LENGTH else ""


def _band(born: str, on: date) -> str:
    with suppress(ValueError, StopIteration):
        return age_band(date.fromisoformat(born), on)
    return ""
