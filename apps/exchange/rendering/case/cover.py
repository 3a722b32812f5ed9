"""The cover: what the case is, its periods and deadlines, figures, what is sealed, and what the file holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from apps.common.wording import day
from apps.consultations.models import Consultation
from apps.consultations.queries import deadline_changes_of, phases_of, topics_of
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.queries import states_of
from apps.exchange.engine.case_numbers import Direction, Filed, Piece, of_extract
from apps.exchange.queries.case_changes import Case
from apps.exchange.rendering.case.shared import day_of, page
from apps.municipality.queries import the_municipality

NAME = "case.pdf"


@dataclass
class Line:
    """One line of the list of contents: a file, or the files of a folder that are alike."""

    place: str
    title: str
    first: str
    last: str = ""
    documents: int = 0


@dataclass
class Contents:
    """What stands in a file so far, in few lines however large it is; `sealed` counts documents without a file."""

    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    sealed: int = 0

    def add(self, piece: Piece, documents: list[Filed]) -> None:
        """Note a file with its documents, or documents without one."""
        if not piece.name:
            self.sealed += len(documents)
            return
        place = PurePosixPath(piece.name)
        folder = f"{place.parent}/"
        line = self.lines.get((folder, piece.title))
        if line is None:
            line = self.lines[folder, piece.title] = Line(piece.name, piece.title, documents[0].number)
        else:
            line.place = folder
        line.last = documents[-1].number
        line.documents += len(documents)

    @property
    def is_empty(self) -> bool:
        """Nothing is filed."""
        return not self.lines and not self.sealed


def cover(case: Case, contents: Contents) -> Piece:
    """Return the cover of a file with those contents."""
    consultation = case.consultation
    title = _("Case file: %(title)s") % {"title": consultation.title}
    told = Filed(
        number=of_extract("I1", case.since),
        title=title,
        kind=_("Cover and list of contents"),
        on=day_of(case.at),
        direction=Direction.INTERNAL,
    )
    content = page(
        "cover",
        case=case,
        contents=contents,
        lines=list(contents.lines.values()),
        title=title,
        municipality=the_municipality(),
        **_facts(consultation),
    )
    return Piece(name=NAME, content=content, documents=[told], title=title)


def _facts(consultation: Consultation) -> dict[str, Any]:
    announced = consultation.plandata_published_on
    return {
        "plandata_day": day(announced) if announced else "",
        "phases": phases_of(consultation),
        "changes": deadline_changes_of(consultation),
        "topics": topics_of(consultation),
        "figures": list(_figures(consultation)),
    }


def _figures(consultation: Consultation) -> Iterator[tuple[str, int]]:
    """Yield how many numbers were given, and to what: by state, answers apart."""
    found, states = states_of(consultation.pk), Counter[str]()
    answers = found.get((ContributionStatus.PUBLISHED, ContributionKind.ANSWER), 0)
    for (state, _kind), count in found.items():
        states[state] += count
    states[ContributionStatus.PUBLISHED] -= answers
    yield _("Numbers given in all"), sum(found.values())
    yield _("Published contributions"), states[ContributionStatus.PUBLISHED]
    yield _("The municipality's answers"), answers
    for state in ContributionStatus:
        if state != ContributionStatus.PUBLISHED and states[state]:
            yield str(state.label), states[state]
