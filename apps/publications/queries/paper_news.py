"""What a new version of a white paper is news of: for each contribution, where it is treated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from apps.publications.engine.freezing import statements_in
from apps.publications.enums import Treatment
from apps.publications.models import PaperVersion, Treated

# What of a statement a contributor is told of again when a correction changes it.
_SAID = ("title", "argument", "disposition", "reply", "change", "change_reference")


@dataclass
class Told:
    """A contribution's number, and the statements that treat it; without any it is noted."""

    number: int
    labels: list[str] = field(default_factory=list)


def told_by(paper_id: int, version: int) -> tuple[PaperVersion | None, dict[int, Told]]:
    """Return a version, if it is the newest, and by contribution where it treats what its author is to be told of.

    Of the first version all that it accounts for, of a correction what that changes. What was left out is not told: it
    was sent before, or is advertising. Four queries at most.
    """
    found = PaperVersion.objects.filter(paper=paper_id, version=version).select_related("paper__consultation").first()
    if found is None or found.paper.version != version or not found.paper.consultation.is_published:
        return None, {}
    now = _places(found)
    before = PaperVersion.objects.filter(paper=paper_id, version=version - 1).first()
    if before is None:
        return found, {pk: told for pk, (told, _said) in now.items()}
    then = {pk: said for pk, (_told, said) in _places(before).items()}
    return found, {pk: told for pk, (told, said) in now.items() if then.get(pk) != said}


def _places(version: PaperVersion) -> dict[int, tuple[Told, Sequence[Any]]]:
    """Return by contribution where it is treated, and what is said there."""
    said = {row["label"]: tuple(row[name] for name in _SAID) for row in statements_in(version.content)}
    noted = {row["number"]: row["sentence"] for row in version.content["noted"]}
    rows: Mapping[int, list[Treated]] = defaultdict(list)
    for row in Treated.objects.filter(version=version).exclude(how=Treatment.LEFT_OUT).order_by("number", "place"):
        rows[row.contribution_id].append(row)
    return {
        pk: (
            Told(places[0].number, [place.label for place in places if place.label]),
            [said.get(place.label, noted.get(place.number, "")) for place in places],
        )
        for pk, places in rows.items()
    }
