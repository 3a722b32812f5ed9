"""Who is told of a white paper: those whose contributions it treats, those who follow, and authors of objections."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from apps.accounts.models import User
from apps.consultations.models import TeamMember
from apps.consultations.queries import team_of
from apps.discussions.queries import contributions_to_tell, sender_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.notifications.models import Follow
from apps.publications.enums import OBJECTION_ANSWERED, OBJECTION_RECEIVED, WHITE_PAPER_PUBLISHED
from apps.publications.models import Objection, PaperVersion
from apps.publications.queries.objections import objections_by_ids
from apps.publications.queries.paper_news import Told, told_by

TOLD_OF_PAPERS = frozenset({WHITE_PAPER_PUBLISHED.name})
TOLD_OF_OBJECTIONS = frozenset({OBJECTION_RECEIVED.name, OBJECTION_ANSWERED.name})


@dataclass(frozen=True, kw_only=True)
class PaperNews:
    """What one person is told of a version: where their contributions are treated; none of those who only follow.

    `address` is that of a sender without an account, who gets a mail for each text: it goes when they are forgotten.
    """

    entry: Entry
    version: PaperVersion
    to: User | None = None
    address: str = ""
    contribution_id: int = 0
    treated: Sequence[Told] = field(default_factory=list)
    follow: Follow | None = None


def paper_news_in(entries: Sequence[Entry]) -> list[PaperNews]:
    """Return whom to tell what about versions that were published: four queries for each, and none for none.

    Only the newest version is told, of a correction only what it changes for somebody. Who is told of their own text is
    not told once more as a follower. Imported authors are told nothing.
    """
    return [news for entry in entries if entry.kind in TOLD_OF_PAPERS for news in _news_of(entry)]


def _news_of(entry: Entry) -> Iterator[PaperNews]:
    version, told = told_by(entry.subject_id, facts_of(entry)["version"])
    if version is None:
        return
    texts = contributions_to_tell(told)
    of_people: dict[User, list[Told]] = defaultdict(list)
    for pk, row in told.items():
        text = texts[pk]
        if text.author is not None and text.author.is_active:
            of_people[text.author].append(row)
        elif (sender := sender_of(text)) is not None and sender.is_told_by_mail and not text.text_erased_at:
            yield PaperNews(entry=entry, version=version, address=sender.email, contribution_id=pk, treated=[row])
    for person, rows in of_people.items():
        yield PaperNews(entry=entry, version=version, to=person, treated=rows)
    follows = Follow.objects.filter(consultation=version.paper.consultation, person__is_active=True)
    for follow in follows.select_related("person").order_by("pk"):
        if follow.person not in of_people:
            yield PaperNews(entry=entry, version=version, to=follow.person, follow=follow)


@dataclass(frozen=True, kw_only=True)
class ObjectionNews:
    """An objection that officials of a team are told of, or its author, once it is answered."""

    entry: Entry
    to: User
    objection: Objection


def objection_news_in(entries: Sequence[Entry]) -> list[ObjectionNews]:
    """Return whom to tell what about objections: one query, and one more for each new one; none for none."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_OBJECTIONS]
    found = objections_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        ObjectionNews(entry=entry, to=person, objection=objection)
        for entry in told
        if (objection := found.get(entry.subject_id)) is not None
        for person in _told_of(entry, objection)
    ]


def _told_of(entry: Entry, objection: Objection) -> list[User]:
    if entry.kind == OBJECTION_RECEIVED.name:
        waits = not objection.is_answered
        return _in_force(team_of(objection.paper.consultation)) if waits else []
    author = objection.contribution.author
    return [author] if author is not None and author.is_active else []


def _in_force(members: Sequence[TeamMember]) -> list[User]:
    return [member.person for member in members if vars(member)["is_in_force"]]
