"""Every way in which somebody's identity number, birth date, address or subject could be left behind somewhere."""

import base64
import hashlib
import logging
import pickle
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

from django.conf import settings
from django.core import mail

from tests.leaks.rows import in_cache, search, where_in_database, where_in_files

DIGESTS = (hashlib.md5, hashlib.sha1, hashlib.sha224, hashlib.sha256, hashlib.sha384, hashlib.sha512)
SHORTEST_INSIDE = 6


def spellings(values: Iterable[str]) -> list[str]:
    """Return the values in every form that a program might have given them."""
    found: set[str] = set()
    for value in values:
        plain = {value, value.replace("-", ""), value.replace(" ", ""), "".join(filter(str.isalnum, value))}
        for word in plain:
            found |= {word, quote(word), quote_plus(word)} | set(_packed(word)) | set(_digests(word))
    return sorted(word for word in found if word)


def _packed(word: str) -> Iterator[str]:
    """Return the word in base64, on its own and inside of something longer, and in hexadecimal digits."""
    raw = word.encode()
    yield raw.hex()
    yield base64.b64encode(raw).decode().rstrip("=")
    yield base64.urlsafe_b64encode(raw).decode().rstrip("=")
    for ahead in range(3):
        # Signs that also stand for what is before or behind are left out.
        inside = base64.b64encode(b"\0" * ahead + raw).decode()[(ahead * 8 + 5) // 6 :].rstrip("=")[:-1]
        if len(inside) >= SHORTEST_INSIDE:
            yield inside


def _digests(word: str) -> Iterator[str]:
    """Return the word's digests without a key: of so few possible numbers each would be found by trying."""
    for make in DIGESTS:
        yield make(word.encode()).hexdigest()
        yield base64.b64encode(make(word.encode()).digest()).decode().rstrip("=")


class Lines(logging.Handler):
    """Everything that any logger says, with what was given to it."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, its arguments, and the trace of an error."""
        told = [record.getMessage(), repr(record.args)]
        told += [repr(value) for value in vars(record).values() if isinstance(value, str | bytes | dict | list | tuple)]
        if record.exc_info:
            told.append(logging.Formatter().formatException(record.exc_info))
        self.said.append("\n".join(told))


@contextmanager
def all_logs() -> Iterator[Lines]:
    """Hear every logger at every level, but for those that the settings never let tell all."""
    lines, root = Lines(), logging.getLogger()
    names = (name for name in list(root.manager.loggerDict) if name not in settings.TELLTALES)
    loggers: list[Any] = [root, *map(logging.getLogger, names)]
    before = [(logger, logger.level, logger.disabled, logger.propagate) for logger in loggers]
    root.addHandler(lines)
    others = [handler for handler in root.handlers if handler is not lines]
    levels = [(handler, handler.level) for handler in others]
    for handler in others:
        handler.setLevel(logging.ERROR)
    for logger, _level, _disabled, _propagate in before:
        logger.setLevel(logging.NOTSET + 1)
        logger.disabled, logger.propagate = False, True
    try:
        yield lines
    finally:
        root.removeHandler(lines)
        for logger, level, disabled, propagate in before:
            logger.setLevel(level)
            logger.disabled, logger.propagate = disabled, propagate
        for handler, level in levels:
            handler.setLevel(level)


def traces(values: Iterable[str], lines: Lines, *, folder: Path | None = None) -> list[str]:
    """Return every place where one of the values was left behind, in whatever form."""
    words = spellings(values)
    found = where_in_database(words)
    wanted = search(words)
    for place, told in (("log", lines.said), ("mail", _mails()), ("cache", _cached())):
        found += [f"{place}: {word}" for text in told for word in wanted(text)]
    if folder is not None:
        found += where_in_files(folder, words)
    return sorted(set(found))


def _mails() -> list[str]:
    return [letter.message().as_string() for letter in getattr(mail, "outbox", [])]


def _cached() -> list[str]:
    """Return what this process keeps in its cache, unpacked."""
    found = []
    for key, value in in_cache():
        found += [key, value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)]
        with suppress(Exception):
            found.append(repr(vars(pickle.loads(value))))  # noqa: S301 - what this very process packed
    return found
