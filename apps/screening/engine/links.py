"""Finds links, also those written without http:// or with a dot in words."""

import re
from collections.abc import Collection
from typing import Final

from apps.common.reading import as_read
from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag

_WRITTEN: Final = re.compile(r"(?<![a-z0-9])(?:h(?:tt|xx)ps?://|www\.)[^\s<>\"()\[\]]{2,2000}", re.IGNORECASE)
# Endings that no Danish word has after a missing space: "huset.de" is two sentences, "huset.dk" is not.
_BARE: Final = re.compile(
    r"(?<![\w@.-])(?:[a-zæøå0-9][a-zæøå0-9-]{0,62}\.){1,5}"
    r"(?:(?:dk|com|net|org|eu|info|io|biz|xyz|online|shop|site|app|ru|cn|ly|gl)(?![\w@-])(?:/[^\s<>\"()\[\]]{1,2000})?"
    r"|[a-z]{2,12}/[^\s<>\"()\[\]]{1,2000})",
    re.IGNORECASE,
)
_SPELLED: Final = re.compile(
    r"(?<![\w@.-])[a-zæøå0-9][a-zæøå0-9-]{1,62}[ ]?[\[({][ ]?(?:dot|punktum|prik|\.)[ ]?[\])}][ ]?[a-z]{2,12}(?!\w)",
    re.IGNORECASE,
)
_LAST_SIGNS: Final = ".,;:!?'*_~”’»"
_HOST: Final = re.compile(r"(?:h(?:tt|xx)ps?://)?(?:[^/\s@]*@)?(?:www\.)?([^/:?#\s]+)", re.IGNORECASE)


def find_links(text: str, *, own_hosts: Collection[str] = ()) -> list[Finding]:
    """The links of a text that lead elsewhere than to one of our own hosts, from first to last."""
    read, places = as_read(text)
    spans = sorted(
        (match.start(), match.start() + len(match.group().rstrip(_LAST_SIGNS)))
        for pattern in (_WRITTEN, _BARE, _SPELLED)
        for match in pattern.finditer(read)
    )
    found: list[Finding] = []
    reached = 0
    for start, end in spans:
        if start >= reached and end > start and not _is_own(read[start:end], own_hosts):
            found.append(Finding(Flag.LINK, places[start], places[end - 1] + 1))
        reached = max(reached, end)
    return found


def _is_own(link: str, own_hosts: Collection[str]) -> bool:
    match = _HOST.match(link)
    host = match[1].lower() if match else ""
    return any(host == own or host.endswith(f".{own}") for own in own_hosts if own)
