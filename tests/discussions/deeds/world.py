"""Two hearings, who writes and decides in them, and what should have come of all deeds."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import pytest
from django.db import transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from apps.municipality.models import RefusalReason

WAITING, PUBLISHED = ContributionStatus.WAITING, ContributionStatus.PUBLISHED


RETURNED = ContributionStatus.RETURNED


LEAVES_ITS_LETTER = frozenset(
    f"contribution.{deed}"
    for deed in ("revised", "redacted", "unredacted", "reopened", "withdrawn", "moved", "erased", "cleared")
)


KINDS = [ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL]


# How a file beside a text stands; above 0 it is the version from which a passage was redacted, with which it is held.
SHOWN, BY_HAND, REMOVED = 0, -1, -2


@dataclass
class Expected:
    """What a reader of the rules expects of one number."""

    pk: int
    hearing: int
    number: int
    topic: int
    root: int
    kind: str
    author: User
    is_resident: bool
    status: str = WAITING
    version: int = 1
    answered: bool = False
    has_text: bool = True
    # The versions from which a passage is redacted that can be put back.
    redacted: list[int] = field(default_factory=list)
    # Which of them was put back last, and the version that made.
    put_back: tuple[int, int] = (0, 0)
    asked: int = 0
    is_unread: bool = False
    letter: int | None = None
    files: list[int] = field(default_factory=list)


@dataclass
class World:
    """Two hearings of three topics, two writers, and what should have come of all that was done."""

    at: datetime
    topics: list[Topic]
    writers: list[User]
    moderator: User
    colleague: User
    official: User
    reason: RefusalReason
    all: list[Expected] = field(default_factory=list)
    signposts: dict[tuple[int, int], tuple[Expected, int]] = field(default_factory=dict)
    entries: Counter[tuple[str, int, int]] = field(default_factory=Counter)
    publishing_first: set[int] = field(default_factory=set)
    keys: int = 0

    def key(self) -> UUID:
        self.keys += 1
        return UUID(int=self.keys)

    def tell(self, kind: str, expected: Expected) -> None:
        if kind in LEAVES_ITS_LETTER:
            expected.letter = None
        self.entries[kind, expected.hearing, expected.number] += 1

    def pick(self, choice: int, *states: str) -> Expected | None:
        found = [expected for expected in self.all if not states or expected.status in states]
        return found[choice % len(found)] if found else None

    def row(self, expected: Expected) -> Contribution:
        return Contribution.stored.select_related("topic__consultation", "root").get(pk=expected.pk)

    def add(self, made: Contribution, author: User, asked: Expected | None = None) -> Expected:
        of_hearing = [other.number for other in self.all if other.hearing == made.consultation_id]
        expected = Expected(
            pk=made.pk,
            hearing=made.consultation_id,
            number=max(of_hearing, default=0) + 1,
            topic=asked.topic if asked else made.topic_id,
            root=asked.root if asked else max(of_hearing, default=0) + 1,
            kind=made.kind,
            author=author,
            is_resident=author == self.writers[0],
            asked=asked.pk if asked else 0,
        )
        self.all.append(expected)
        return expected


def published_first(world: World, expected: Expected, body: str) -> None:
    """What is received where the hearing publishes first is published at once, but for what a program holds back."""
    if expected.hearing in world.publishing_first and body.startswith("Text "):
        expected.status, expected.is_unread = PUBLISHED, True
        world.tell("contribution.unread_published", expected)


def change(world: World, expected: Expected, action: Callable[..., None], past: str, *, to: str | None) -> None:
    act = partial(action, contribution=world.row(expected), by=as_moderator(world.moderator), at=world.at)
    if to is None:
        refused(act)
        return
    act()
    expected.status, expected.is_unread = to, False
    world.tell(f"contribution.{past}", expected)


def refused(act: Callable[[], object]) -> None:
    with pytest.raises(DomainError), transaction.atomic():
        act()
