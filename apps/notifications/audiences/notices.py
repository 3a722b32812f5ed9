"""Who is told by mail how a case was decided: those who objected on time and left an e-mail address."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.accounts.models import User
from apps.discussions.queries import sender_of
from apps.ledger.models import Entry
from apps.publications.enums import NOTICES_BEGUN
from apps.publications.models import DecisionNotice
from apps.publications.queries.notices import notices_to_mail

TOLD_OF_NOTICES = frozenset({NOTICES_BEGUN.name})


@dataclass(frozen=True, kw_only=True)
class NoticeNews:
    """A notice to one person, with an account (`to`) or without."""

    entry: Entry
    notice: DecisionNotice
    address: str
    to: User | None = None


def notice_news_in(entries: Sequence[Entry]) -> list[NoticeNews]:
    """Return whom to tell of a decision about these entries, in their order: one query an entry, none for none."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_NOTICES]
    return [news for entry in told for news in _news_of(entry)]


def _news_of(entry: Entry) -> Iterator[NoticeNews]:
    """Yield the notices that go by mail still; whose address is gone meanwhile is told nothing by mail."""
    for notice in notices_to_mail(entry.subject_id, at=entry.at):
        person = notice.contribution.author
        if person is not None:
            if person.is_active:
                yield NoticeNews(entry=entry, notice=notice, address=person.email, to=person)
            continue
        sender = sender_of(notice.contribution)
        if sender is not None and sender.is_told_by_mail:
            yield NoticeNews(entry=entry, notice=notice, address=sender.email)
