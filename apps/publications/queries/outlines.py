"""The outline of a white paper: chapters by topic, statements in the order that officials chose, and their labels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from apps.consultations.models import Topic
from apps.publications.engine.accounts import Account, Rests
from apps.publications.models import PaperStatement, WhitePaper
from apps.publications.queries.accounts import account_of


@dataclass(frozen=True)
class OutlineStatement:
    """A statement with its label, as "3.2", its place among all of them, and what it rests on."""

    statement: PaperStatement
    label: str
    place: int
    rests: Rests


@dataclass(frozen=True)
class Chapter:
    """The statements under one topic, or across all of them, which is the last chapter."""

    number: int
    topic: Topic | None
    statements: Sequence[OutlineStatement]


@dataclass(frozen=True)
class Outline:
    """A white paper in its order. No count has a say in it."""

    chapters: Sequence[Chapter]

    @property
    def statements(self) -> Iterator[OutlineStatement]:
        """All of them, in their order."""
        return (row for chapter in self.chapters for row in chapter.statements)

    def statement(self, pk: int) -> OutlineStatement | None:
        """Return the one with that key."""
        return next((row for row in self.statements if row.statement.pk == pk), None)

    @property
    def unweighed(self) -> list[str]:
        """The labels of those without a disposition and a reply."""
        return [row.label for row in self.statements if not row.statement.is_weighed]


def outline_of(paper: WhitePaper, *, account: Account | None = None) -> Outline:
    """Return the outline as it stands. One query more than the account's, however many statements there are."""
    account = account or account_of(paper)
    chapters: list[Chapter] = []
    place = 0
    for _key, group in groupby(statements_in_order(paper), chapter_key):
        rows = list(group)
        number = len(chapters) + 1
        told = [
            OutlineStatement(row, f"{number}.{step}", place + step, account.rests.get(row.pk, Rests()))
            for step, row in enumerate(rows, start=1)
        ]
        place += len(rows)
        chapters.append(Chapter(number, topic_of(rows[0]), told))
    return Outline(chapters)


def statements_in_order(paper: WhitePaper) -> list[PaperStatement]:
    """Return the statements of a white paper in the order of its outline. One query."""
    rows = PaperStatement.objects.filter(paper=paper).select_related("topic__merged_into", "changed_by")
    return sorted(rows.order_by("pk"), key=lambda row: (*chapter_key(row), row.position, row.pk))


def topic_of(statement: PaperStatement) -> Topic | None:
    """Return the topic that a statement stands under: where that was merged into another one, the other."""
    topic = statement.topic
    return topic.merged_into or topic if topic is not None else None


def chapter_key(statement: PaperStatement) -> tuple[bool, int, int]:
    """Return by what chapters stand in order: the topics as in the consultation, what is across all of them last."""
    topic = topic_of(statement)
    return (topic is None, topic.position if topic else 0, topic.pk if topic else 0)
