"""Ways out of the house for letters: Digital Post, by a folder that a program of the municipality empties.

A municipality that talks to Digital Post itself writes a class with `deliver`, as `DigitalPost` says, and lets
`the_digital_post` return it; nothing else asks how letters are sent.
"""

import json
import os
from pathlib import Path
from secrets import token_hex
from shutil import rmtree

from django.conf import settings

from apps.publications.engine.digital_post import Consignment, DigitalPost, NotHandedOver


class FileDrop:
    """Hands over each letter as a folder of its own, named by its key, with a PDF and a JSON file in it.

    The folder gets its name when all is written: whoever takes the folders whose names do not begin with a dot never
    finds half a letter. One that lies there already is left as it is.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, letter: Consignment) -> None:
        """Take the letter whole, or raise NotHandedOver."""
        place, unready = self.folder / letter.key, self.folder / f".{letter.key}.{token_hex(4)}"
        try:
            if place.exists():
                return
            unready.mkdir(mode=0o750)
            _write(unready / f"{letter.key}.pdf", letter.pdf)
            described = json.dumps(letter.described(), ensure_ascii=False, indent=2, sort_keys=True)
            _write(unready / f"{letter.key}.json", described.encode())
            unready.rename(place)
        except OSError as problem:
            rmtree(unready, ignore_errors=True)
            if place.exists():  # somebody else was first
                return
            raise NotHandedOver(type(problem).__name__) from problem


def _write(path: Path, content: bytes) -> None:
    """Write a file so that it is there after a power cut, too."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def the_digital_post() -> DigitalPost | None:
    """Return the way to Digital Post, or None where the installation has none."""
    return FileDrop(settings.DIGITAL_POST_FOLDER) if settings.DIGITAL_POST_FOLDER else None
