"""Every environment variable the site reads: name, type, default and meaning, declared once."""

import json
import os
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent


def _truth(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _pairs(text: str) -> dict[str, str]:
    pairs = [word.partition("=") for word in _words(text)]
    if not all(name and sign for name, sign, _value in pairs):
        raise ValueError("write name=value, name=value")
    return {name.strip(): value.strip() for name, _sign, value in pairs}


def _box(text: str) -> tuple[float, ...]:
    """Return four numbers of degrees: west, south, east, north."""
    west, south, east, north = (float(word) for word in _words(text))
    if not (-180 <= west < east <= 180 and -90 <= south < north <= 90):  # noqa: PLR2004 - degrees
        raise ValueError("write west, south, east, north in degrees")
    return west, south, east, north


def _tiles(text: str) -> str:
    """Return the address pattern of a service of map tiles, which ends up in the content policy as well."""
    if text and not re.fullmatch(r"https?://[\w.:{}-]+/[^\s\"';,]*", text):
        raise ValueError("write https://server/{z}/{x}/{y}.png, without blanks, quotes, commas and semicolons")
    if text and not all(sign in text for sign in ("{z}", "{x}", "{y}")):
        raise ValueError("name {z}, {x} and {y} in it")
    return text


@dataclass(frozen=True)
class Variable:
    """One environment variable. `parse` turns its text into the value the settings use."""

    name: str
    parse: Callable[[str], Any]
    default: str
    meaning: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("DEBUG", _truth, "on", "Development: secrets are made in the data folder. Off in production."),
        Variable("SECRET_KEY", str, "", "Signs sessions and links. Needed when DEBUG is off."),
        Variable("PERSON_KEY", str, "", "Keys the fingerprint of a resident's identity. Needed when DEBUG is off."),
        Variable("PERSON_KEY_VERSION", int, "1", "Number of PERSON_KEY: one higher each time it is changed."),
        Variable("PERSON_KEY_BEFORE", str, "", "The PERSON_KEY before this one, until all residencies are renewed."),
        Variable("CIVIC_DATA", str, ".demo", "Folder of the database, media, development keys and mail."),
        Variable("DATABASE_URL", str, "", "postgres://user:password@host/name; empty is SQLite in CIVIC_DATA."),
        Variable("REDIS_URL", str, "", "redis://host:port/0 for the queue, live layer and cache; empty is in memory."),
        Variable("ALLOWED_HOSTS", _words, "localhost,127.0.0.1,[::1]", "Host names the site answers to."),
        Variable("SITE_URL", str, "http://localhost:8000", "Address of the front page, for links in mail."),
        Variable("TRUSTED_PROXIES", int, "0", "How many proxies in front set X-Forwarded-For."),
        Variable("MAIL_URL", str, "", "smtp://user:password@host:587?tls=1; empty keeps mail in the outbox pages."),
        Variable("MAIL_FROM", str, "Vesterhav i dialog <dialog@vesterhav.example>", "Sender of all mail."),
        Variable("MITID_BROKER", str, "", "idura, signicat, signaturgruppen or custom; empty offers no MitID."),
        Variable("MITID_ISSUER", str, "", "Address of the broker as its tokens write it (`iss`)."),
        Variable("MITID_CLIENT_ID", str, "", "Name of this site at the broker."),
        Variable("MITID_CLIENT_SECRET", str, "", "The broker's secret for this site."),
        Variable("MITID_SCOPES", _words, "", "Scopes to ask for, with commas; empty is what the broker's preset asks."),
        Variable("MITID_CLAIMS", _pairs, "", "Claims that are named otherwise than in the preset: level=acr, ..."),
        Variable("MITID_LEVELS", _words, "substantial,high", "Levels of assurance that are accepted."),
        Variable("MITID_PARAMETERS", _pairs, "", "Sent along when somebody is led to the broker: name=value, ..."),
        Variable("MITID_ORIGINS", _words, "", "Further origins to which the broker leads on, for the content policy."),
        Variable("MITID_SECRET_IN_BODY", _truth, "off", "Send the broker's secret by client_secret_post."),
        Variable("ADDRESS_REGISTER", str, "", "CSV file of the addresses that letters with codes go to."),
        Variable("DIGITAL_POST_FOLDER", str, "", "Folder where letters are laid for Digital Post; empty offers none."),
        Variable("DESK_ASKS_IDENTITY_NUMBER", _truth, "off", "The desk may type the number of a person who agrees."),
        Variable("COUNTRY_BOUNDS", _box, "7.5,54.4,15.6,58", "Box in which maps lie: west, south, east, north."),
        Variable("TILES_URL", _tiles, "", "Map tiles, https://server/{z}/{x}/{y}.png; empty is a plain background."),
        Variable("TILES_ATTRIBUTION", str, "", "Whose map it is, shown on it; an address at the end becomes a link."),
        Variable("UNDO_SECONDS", int, "60", "How long mail and doorbells wait for a moderator to undo a decision."),
        Variable("METRICS_TOKEN", str, "", "Bearer token for /metrics from other machines."),
        Variable("LOG_LEVEL", str, "WARNING", "Least severe log lines that are written."),
    )
}


def read(name: str) -> Any:
    """Return the value of a declared variable, parsed.

    Raises ImproperlyConfigured with the variable's name and meaning when its text cannot be read.
    """
    variable = VARIABLES[name]
    text = os.environ.get(name, variable.default)
    try:
        return variable.parse(text)
    except ValueError as problem:
        message = f"The environment variable {name} cannot be read ({variable.meaning}): {problem}"
        raise ImproperlyConfigured(message) from problem


def data_folder() -> Path:
    """Return the data folder; relative paths are taken from the project's folder."""
    return (BASE_DIR / Path(read("CIVIC_DATA")).expanduser()).resolve()


def secret(name: str) -> str:
    """Return a secret from the environment, or in development one that is made once and kept.

    Raises ImproperlyConfigured when DEBUG is off and the variable is missing.
    """
    value: str = read(name)
    if value:
        return value
    if not read("DEBUG"):
        message = f"Set the environment variable {name}: {VARIABLES[name].meaning}"
        raise ImproperlyConfigured(message)
    return _development_secret(name)


def _development_secret(name: str) -> str:
    """Return the kept development secret of that name, made at first use in a file only its owner reads."""
    folder = data_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "development-secrets.json"
    kept: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    if name not in kept:
        kept[name] = secrets.token_urlsafe(48)
        draft = path.with_suffix(f".{os.getpid()}.new")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(kept, indent=1))
        draft.replace(path)
    return kept[name]
