"""The register of addresses that letters may go to: a file, held in memory and read again when it changes.

A municipality with a web service of addresses writes a class with the two questions of `AddressRegister`, and lets
`the_register` return it; nothing else asks where addresses come from.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.core import checks

from apps.residency.engine.address_files import BadRegister, read_homes
from apps.residency.engine.addresses import AddressRegister, MemoryRegister
from apps.residency.errors import RegisterUnreadable

logger = logging.getLogger(__name__)

Stamp = tuple[Path, int, int]


@dataclass
class _Kept:
    """What this process has read: of which file, and when that was last changed."""

    stamp: Stamp | None = None
    register: MemoryRegister | None = None


_kept = _Kept()
_one_reads = Lock()


def the_register() -> AddressRegister | None:
    """Return the register, or None when the installation has none and so offers no letters.

    A changed file that cannot be read leaves the former addresses in use. Raises RegisterUnreadable if there are none.
    """
    path = settings.ADDRESS_REGISTER
    if not path:
        return None
    with _one_reads:
        stamp = _stamp_of(path)
        if stamp is None or stamp != _kept.stamp:
            _read_anew(path, stamp)
        if _kept.register is None:
            raise RegisterUnreadable
        return _kept.register


def read_file(path: Path) -> MemoryRegister:
    """Return the register in a file. Raises BadRegister with the number of the line that cannot be read."""
    with path.open("rb") as file:
        return MemoryRegister(read_homes(_decoded(file)))


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode()
        except UnicodeDecodeError as problem:
            raise BadRegister(number, "it is not written in UTF-8.") from problem


def check_register(**_options: Any) -> list[checks.CheckMessage]:
    """Return an error for `manage.py check` when the file that ADDRESS_REGISTER names cannot be read."""
    path = settings.ADDRESS_REGISTER
    if not path:
        return []
    try:
        homes = len(read_file(path))
    except (OSError, BadRegister) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        return [_error(f"The address register cannot be read. {why}", "E001")]
    return [] if homes else [_error("The address register holds no address.", "E002")]


def _error(sentence: str, number: str) -> checks.Error:
    hint = "Mend the file that the environment variable ADDRESS_REGISTER names; the operator's manual shows its form."
    return checks.Error(sentence, hint=hint, id=f"residency.{number}")


def _stamp_of(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return path, found.st_mtime_ns, found.st_size


def _read_anew(path: Path, stamp: Stamp | None) -> None:
    """Take the file in. A bad one is not read again before it changes."""
    if _kept.stamp and _kept.stamp[0] != path:
        _kept.register = None
    _kept.stamp = stamp
    try:
        _kept.register = read_file(path)
    except (OSError, BadRegister) as problem:
        why = problem.strerror if isinstance(problem, OSError) else problem
        logger.error("The address register cannot be read: %s", why)  # noqa: TRY400 - one line
