"""Finding addresses in the text of a mail: those of the site, and those of people."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LAST_SIGNS = ".,;:!?)'”»"


@dataclass(frozen=True)
class Part:
    """A piece of a text; `path` is where it leads on this site, or nothing."""

    text: str
    path: str = ""


def parts_of(text: str, hosts: Collection[str]) -> list[Part]:
    """Return the text in pieces, those being addresses on one of these hosts with their path."""
    return list(_parts(text, hosts))


def names_address(text: str, addresses: Collection[str]) -> bool:
    """Tell whether one of these e-mail addresses stands in a text, whatever its case and not as part of another."""
    return any(
        re.search(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", text, re.IGNORECASE) for address in addresses
    )


def _parts(text: str, hosts: Collection[str]) -> Iterator[Part]:
    done = 0
    for match in _ADDRESS.finditer(text):
        address = match[0].rstrip(_LAST_SIGNS)
        path = _path_on(address, hosts)
        if not path:
            continue
        if match.start() > done:
            yield Part(text[done : match.start()])
        yield Part(address, path)
        done = match.start() + len(address)
    if done < len(text):
        yield Part(text[done:])


def _path_on(address: str, hosts: Collection[str]) -> str:
    try:
        url = urlsplit(address)
        host = url.hostname
    except ValueError:
        return ""
    if host not in hosts or url.username is not None:
        return ""
    return urlunsplit(("", "", f"/{url.path.lstrip('/')}", url.query, url.fragment))
