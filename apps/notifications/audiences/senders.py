"""Who wrote in another way than on the site and left an e-mail address: the receipt, and that an answer is there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from apps.discussions.enums import ANSWER_PUBLISHED, CONTRIBUTION_ENTERED
from apps.discussions.models import Contribution
from apps.discussions.queries import contributions_with_senders, sender_of
from apps.ledger.models import Entry

TOLD_TO_SENDERS = frozenset(kind.name for kind in (CONTRIBUTION_ENTERED, ANSWER_PUBLISHED))


@dataclass(frozen=True, kw_only=True)
class SenderNews:
    """One thing to tell the sender of what was typed in: that it was received or, with an `answer`, answered."""

    entry: Entry
    address: str
    contribution: Contribution
    answer: Contribution | None = None


def sender_news_in(entries: Sequence[Entry]) -> list[SenderNews]:
    """Return what to tell whom about these entries, in their order: one query, and none for none.

    Who left no e-mail address, or whose address was erased, is told nothing; nor is what is no longer so.
    """
    told = [entry for entry in entries if entry.kind in TOLD_TO_SENDERS]
    rows = contributions_with_senders({entry.subject_id for entry in told}) if told else {}
    return [news for entry in told for news in _news_of(entry, rows)]


def _news_of(entry: Entry, rows: Mapping[int, Contribution]) -> Iterator[SenderNews]:
    row = rows.get(entry.subject_id)
    answer = row if row is not None and row.is_answer else None
    about = answer.in_reply_to if answer is not None else row
    if about is None or about.text_erased_at is not None or not about.consultation.is_published:
        return
    if answer is not None and not (answer.is_published and about.is_published):
        return
    sender = sender_of(about)
    if sender is not None and sender.email:
        yield SenderNews(entry=entry, address=sender.email, contribution=about, answer=answer)
