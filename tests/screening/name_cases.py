"""The labelled cases of tests/screening/name_cases.txt, and how well the detector does on them."""

from pathlib import Path
from typing import NamedTuple

from apps.screening.engine.name_index import Listed
from apps.screening.engine.names import find_names
from apps.screening.engine.tokens import tokens_of

CASES = Path(__file__).with_suffix(".txt")


class Cases(NamedTuple):
    """The register, the texts that must wait, and those that must not."""

    people: tuple[Listed, ...]
    hold: list[str]
    let_pass: list[str]


def read_cases() -> Cases:
    """Return what the file holds."""
    sections: dict[str, list[str]] = {}
    for line in CASES.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            section = sections.setdefault(line[1:-1], [])
        elif line.strip() and not line.startswith("# "):
            section.append(line)
    people = [_listed(line, is_elected=False) for line in sections["protected"]]
    people += [_listed(line, is_elected=True) for line in sections["elected"]]
    numbered = tuple(person._replace(id=number) for number, person in enumerate(people, start=1))
    return Cases(numbered, sections["hold"], sections["pass"])


def _listed(line: str, *, is_elected: bool) -> Listed:
    name, spellings, title, department = (*(part.strip() for part in line.split("|")), "", "", "")[:4]
    others = tuple(part.strip() for part in spellings.split("/") if part.strip())
    return Listed(0, name, others, department, title, is_elected)


def is_held(text: str, people: tuple[Listed, ...]) -> bool:
    """Return whether the detector lets a text wait."""
    return bool(find_names(tokens_of(text), people))
