"""The brokers that stand between a municipality and MitID, and how each names what it tells.

A preset holds what a broker's documentation says; every part of it can be chosen otherwise by the environment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlsplit

LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, kw_only=True)
class ClaimNames:
    """Under which name a broker tells what. A dot leads into an object; an empty name is told by nobody."""

    level: str
    municipality_code: str = ""
    postal_code: str = ""
    birth_date: str = ""
    protection: str = ""
    identity_number: str = ""
    name: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Broker:
    """One broker, ready to be asked. `seconds` is the longest that one request to us may wait for it."""

    preset: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    names: ClaimNames
    scopes: tuple[str, ...]
    levels: tuple[str, ...] = ("substantial", "high")
    ask: Mapping[str, str]
    origins: tuple[str, ...] = ()
    posts_secret: bool = False
    is_test: bool = False
    seconds: float = 5.0

    @property
    def form_origins(self) -> tuple[str, ...]:
        """The origins to which the button may lead, for the content policy."""
        parts = urlsplit(self.issuer)
        return (f"{parts.scheme}://{parts.netloc}", *self.origins)


# Whoever logs in shows it anew: the machine may stand in a library.
ANEW = {"prompt": "login"}

PRESETS: dict[str, dict[str, Any]] = {
    # Idura, formerly Criipto. The address comes with an add-on.
    "idura": {
        "scopes": ("openid", "ssn", "address"),
        "ask": ANEW | {"acr_values": "urn:grn:authn:dk:mitid:substantial"},
        "names": ClaimNames(
            level="loa",
            municipality_code="address_details.municipality_code",
            postal_code="address.postal_code",
            birth_date="birthdate",
            identity_number="cprNumberIdentifier",
            name="name",
            address="address",
        ),
    },
    # Signicat. It tells no municipality; its own look-up in the CPR register is bought apart.
    "signicat": {
        "scopes": ("openid", "nin", "mitid-extra"),
        "ask": ANEW | {"acr_values": "idp:mitid"},
        "names": ClaimNames(
            level="mitid_loa",
            municipality_code="municipality_code",
            postal_code="postal_code",
            birth_date="birthdate",
            protection="mitid_name_and_address_protection",
            identity_number="nin",
            name="name",
            address="address",
        ),
    },
    # Signaturgruppen, the broker of Nets.
    "signaturgruppen": {
        "scopes": ("openid", "mitid", "ssn"),
        "ask": ANEW | {"idp_values": "mitid"},
        "names": ClaimNames(
            level="loa",
            municipality_code="municipality_code",
            postal_code="postal_code",
            birth_date="mitid.date_of_birth",
            identity_number="dk.cpr",
            name="mitid.identity_name",
            address="address",
        ),
    },
    "custom": {
        "scopes": ("openid",),
        "ask": ANEW,
        "names": ClaimNames(
            level="acr",
            municipality_code="municipality_code",
            postal_code="postal_code",
            birth_date="birthdate",
            protection="name_and_address_protection",
            identity_number="identity_number",
            name="name",
            address="address",
        ),
    },
    # The test provider of `manage.py demo`.
    "demo": {
        "scopes": ("openid", "mitid"),
        "ask": ANEW,
        "names": ClaimNames(
            level="loa",
            municipality_code="municipality_code",
            postal_code="postal_code",
            birth_date="birthdate",
            protection="name_and_address_protection",
            identity_number="identity_number",
            name="name",
            address="address",
        ),
        "is_test": True,
    },
}
PRESETS["criipto"] = PRESETS["idura"]
CLAIMS = tuple(each.name for each in fields(ClaimNames))


def configure(preset: str, *, issuer: str, client_id: str, client_secret: str, **chosen: Any) -> Broker:
    """Return the broker of a preset with what was chosen otherwise; empty choices leave the preset's.

    `claims` is a mapping from a field of ClaimNames to the broker's name; `-` says that the broker does not tell it.
    Raises ValueError with a sentence for the operator.
    """
    if preset not in PRESETS:
        raise ValueError(f"no broker is called {preset!r}: choose one of {', '.join(sorted(PRESETS))}")
    if not (issuer and client_id and client_secret):
        raise ValueError("issuer, client id and client secret belong to a broker")
    parts = urlsplit(issuer)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise ValueError("an issuer's address begins with https://")
    broker = Broker(preset=preset, issuer=issuer, client_id=client_id, client_secret=client_secret, **PRESETS[preset])
    chosen["names"] = _renamed(broker.names, chosen.pop("claims", None) or {})
    chosen["ask"] = {**broker.ask, **(chosen.get("ask") or {})}
    return replace(broker, **{name: value for name, value in chosen.items() if value})


def _renamed(names: ClaimNames, chosen: Mapping[str, str]) -> ClaimNames:
    unknown = set(chosen) - set(CLAIMS)
    if unknown:
        raise ValueError(f"no claim is called {', '.join(sorted(unknown))}: choose among {', '.join(CLAIMS)}")
    return replace(names, **{name: "" if value == "-" else value for name, value in chosen.items()})
