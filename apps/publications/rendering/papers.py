"""A published white paper as its pages and its file show it: chapters, statements, who they rest on, what changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from apps.common.richtext import trusted
from apps.common.wording import number_ranges
from apps.discussions.enums import Channel
from apps.publications.engine.freezing import statements_in
from apps.publications.enums import Disposition, LeftOutGround, Treatment
from apps.publications.models import PaperVersion
from apps.publications.queries import TreatedIn
from apps.publications.queries.paper_pages import IMPORTED, ON_THE_SITE, AnnexRow, Process

# How many numbers a statement names on the page of the whole paper; its own page names all.
MOST_NUMBERS = 12


@dataclass(frozen=True, kw_only=True)
class ShownArgument:
    """A statement of a version: what people say, what the administration makes of it, and whom it rests on."""

    label: str
    title: str
    argument: SafeString
    disposition: str
    disposition_words: str
    reply: SafeString
    change: str
    change_reference: str
    numbers: Sequence[int]
    same_letter: Sequence[int]
    people: str

    @property
    def anchor(self) -> str:
        """What it is found by on the page, as "s3-2"."""
        return f"s{self.label.replace('.', '-')}"

    @property
    def badge(self) -> str:
        """The badge of its disposition; that of what came in another way is called "outside" as well."""
        return "outside_matter" if self.disposition == Disposition.OUTSIDE else self.disposition

    @property
    def first_numbers(self) -> Sequence[int]:
        """Those that stand on the page of the whole paper."""
        return self.numbers[:MOST_NUMBERS]

    @property
    def more(self) -> int:
        """How many others it rests on."""
        return len(self.numbers) + len(self.same_letter) - len(self.first_numbers)

    @property
    def same_letter_ranges(self) -> str:
        """The numbers of the same letters, in short."""
        return number_ranges(self.same_letter)

    @property
    def has_change(self) -> bool:
        """Something is changed because of it."""
        return bool(self.change or self.change_reference)


@dataclass(frozen=True)
class ShownChapter:
    """The statements under one topic; the one across all topics has no title of its own."""

    number: int
    title: str
    topic: str
    statements: Sequence[ShownArgument]

    @property
    def anchor(self) -> str:
        """What it is found by on the page."""
        return f"k{self.number}"


def chapters_of(version: PaperVersion) -> list[ShownChapter]:
    """Return the chapters of a version in their order."""
    return [
        ShownChapter(
            number=chapter["number"],
            title=chapter["title"],
            topic=chapter["topic"] or "",
            statements=[shown_argument(statement) for statement in chapter["statements"]],
        )
        for chapter in version.content["chapters"]
    ]


def shown_argument(statement: Mapping[str, Any]) -> ShownArgument:
    """Return a frozen statement as it is shown."""
    return ShownArgument(
        label=statement["label"],
        title=statement["title"],
        argument=trusted(statement["argument_html"]),
        disposition=statement["disposition"],
        disposition_words=str(Disposition(statement["disposition"]).label),
        reply=trusted(statement["reply_html"]),
        change=statement["change"],
        change_reference=statement["change_reference"],
        numbers=sorted({point["number"] for point in statement["points"]}),
        same_letter=statement["same_letter"],
        people=people_words(statement["people"], statement["by_letter"], statement["letters"]),
    )


def frozen_statement(version: PaperVersion, label: str) -> tuple[dict[str, Any] | None, str, str]:
    """Return the statement with that label, or None, and the labels of those before and behind it."""
    rows = list(statements_in(version.content))
    place = next((place for place, row in enumerate(rows) if row["label"] == label), None)
    if place is None:
        return None, "", ""
    before = rows[place - 1]["label"] if place else ""
    behind = rows[place + 1]["label"] if place + 1 < len(rows) else ""
    return dict(rows[place]), before, behind


def changes_of(chapters: Sequence[ShownChapter]) -> Iterator[ShownArgument]:
    """Yield the statements because of which something is changed."""
    return (row for chapter in chapters for row in chapter.statements if row.has_change)


def people_words(people: int, by_letter: int, letters: int) -> str:
    """Return how many a statement rests on: different people, and how many of them sent the same letter."""
    told = ngettext("%(count)s person", "%(count)s different people", people) % {"count": people}
    if not by_letter:
        return told
    if letters > 1:
        part = _("of whom %(count)s sent one of %(letters)s letters that several people sent")
    else:
        part = _("of whom %(count)s sent the same letter")
    return f"{told}, {part % {'count': by_letter, 'letters': letters}}"


def places_words(places: Sequence[TreatedIn]) -> str:
    """Return where a contribution is treated, as "3.2 and 4.1", or that it is noted."""
    return in_a_row([place.label for place in places if place.label]) or _("noted")


def in_a_row(words: Sequence[str]) -> str:
    """Return words in a row: "3.2, 3.4 and 4.1"."""
    if len(words) < 2:  # noqa: PLR2004 - one is not a row
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


GROUNDS = {
    LeftOutGround.SPAM: gettext_lazy("Left out: advertising or nonsense."),
    LeftOutGround.DOUBLE: gettext_lazy("Left out: the same person sent the same text as no. %(number)s."),
}


def how_words(row: AnnexRow) -> str:
    """Return how a version treats what stands under no statement, in a sentence; nothing for the rest."""
    if row.how == Treatment.NOTED:
        return row.sentence
    if row.how == Treatment.LEFT_OUT and row.ground:
        return str(GROUNDS[LeftOutGround(row.ground)]) % {"number": row.same_as}
    return ""


@dataclass(frozen=True)
class Counted:
    """A name with a number, for the facts about a hearing."""

    name: str
    count: int


def channels_of(process: Process) -> list[Counted]:
    """Return by which ways contributions came, in words."""
    names = {ON_THE_SITE: _("On the site"), IMPORTED: _("Imported from elsewhere")} | dict(Channel.choices)
    return [Counted(str(names[way]), count) for way, count in process.channels.items()]


def districts_of(process: Process) -> list[Counted]:
    """Return where the people live whose address is confirmed."""
    return [Counted(name, count) for name, count in process.districts.items()]
