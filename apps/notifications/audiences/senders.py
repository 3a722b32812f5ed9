"""Who wrote in another way than on the site and left an e-mail address: receipt, reasons, and that it is answered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from apps.discussions.enums import ANSWERED, CONTRIBUTION_ENTERED
from apps.discussions.models import Contribution
from apps.discussions.queries import answered_together_in, contributions_with_senders, sender_of, voice_of
from apps.ledger.models import Entry
from apps.moderation.enums import APPEAL_LAPSED, APPEAL_REVERSED, APPEAL_UPHELD
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import appeals_by_ids, statements_about
from apps.notifications.engine.notice_keys import notice_in
from apps.notifications.models import OutgoingMail
from apps.notifications.rules import WITH_STATEMENT, stands_as_told
from apps.publications.enums import NOTICES_BEGUN, WHITE_PAPER_PUBLISHED
from apps.publications.queries.notices import contributions_of_notices

OF_ANSWERS = frozenset(kind.name for kind in ANSWERED)
TOLD_TO_SENDERS = frozenset({CONTRIBUTION_ENTERED.name, *OF_ANSWERS, *WITH_STATEMENT})
_OF_APPEALS = frozenset(kind.name for kind in (APPEAL_UPHELD, APPEAL_REVERSED, APPEAL_LAPSED))

Statements = Mapping[tuple[int, datetime], StatementOfReasons]


@dataclass(frozen=True, kw_only=True)
class SenderNews:
    """One thing to tell the sender of what was typed in.

    That it was received; with an `answer`, that it was answered; with a `statement`, what was decided against it.
    """

    entry: Entry
    address: str
    contribution: Contribution
    answer: Contribution | None = None
    statement: StatementOfReasons | None = None


def sender_news_in(entries: Sequence[Entry]) -> list[SenderNews]:
    """Return what to tell whom about these entries, in their order: one query, one more for reasons, none for none.

    Who left no e-mail address, or whose address was erased, is told nothing; nor is what is no longer so. Reasons that
    go by post, as an earlier mail did not arrive, go by post alone. For answers to several it takes one query more.
    """
    told = [entry for entry in entries if entry.kind in TOLD_TO_SENDERS]
    rows = contributions_with_senders({entry.subject_id for entry in told}) if told else {}
    together = answered_together_in(told)
    decided = {entry.subject_id for entry in told if entry.kind in WITH_STATEMENT}
    of_senders = {pk for pk in decided if pk in rows and sender_of(rows[pk]) is not None}
    statements = statements_about(of_senders) if of_senders else {}
    return [
        news
        for entry in told
        for row in _asked_in(entry, rows, together)
        for news in _news_of(entry, row, rows.get(entry.subject_id), statements)
    ]


def _asked_in(
    entry: Entry, rows: Mapping[int, Contribution], together: Mapping[int, Sequence[Contribution]]
) -> Sequence[Contribution]:
    """Return the texts that an entry tells something of: what was answered, one or several, or the text itself."""
    row = rows.get(entry.subject_id)
    about = row.in_reply_to if row is not None and row.is_answer else row
    return together.get(entry.subject_id, [about] if about is not None else [])


def _news_of(
    entry: Entry, about: Contribution, row: Contribution | None, statements: Statements
) -> Iterator[SenderNews]:
    answer = row if row is not None and row.is_answer else None
    if about.text_erased_at is not None or not about.consultation.is_published:
        return
    if answer is not None and not (answer.is_published and about.is_published):
        return
    sender = sender_of(about)
    if sender is None or not sender.email:
        return
    if entry.kind in WITH_STATEMENT:
        statement = statements.get((about.pk, entry.at))
        if statement is not None and sender.is_told_by_mail and stands_as_told(entry, about):
            yield SenderNews(entry=entry, address=sender.email, contribution=about, statement=statement)
        return
    yield SenderNews(entry=entry, address=sender.email, contribution=about, answer=answer)


def mails_to_gone_senders() -> QuerySet[OutgoingMail]:
    """Return the mails to senders whose address is erased, sent or not: it stands in them, too.

    What a mail is about tells whose it was. Those to people with accounts, and to who reported a text, are not among
    them. Seven queries, however many there are.
    """
    kinds = Q()
    for kind in TOLD_TO_SENDERS | _OF_APPEALS | {WHITE_PAPER_PUBLISHED.name}:
        kinds |= Q(key__startswith=f"{kind}:")
    keys = OutgoingMail.objects.filter(kinds, person=None).values_list("pk", "key")
    parts = {pk: [int(part) for part in key.split(":")[1:]] for pk, key in keys}
    # Who was told together with others, of an answer or a white paper, is named by their text, else by the entry.
    texts = contributions_with_senders({found[1] for found in parts.values() if len(found) > 1})
    entries = {pk: found[0] for pk, found in parts.items() if len(found) == 1}
    about = Entry.objects.filter(pk__in=set(entries.values())).exclude(kind=WHITE_PAPER_PUBLISHED.name)
    gone = _about_gone_senders(about)
    mails = [pk for pk, entry in entries.items() if entry in gone]
    mails += [pk for pk, found in parts.items() if len(found) > 1 and found[1] in texts and _is_gone(texts[found[1]])]
    return OutgoingMail.objects.filter(pk__in=[*mails, *_notices_to_gone_senders()])


def _notices_to_gone_senders() -> list[int]:
    """Return the mails that told somebody of a decision whose address is erased."""
    keys = OutgoingMail.objects.filter(key__startswith=f"{NOTICES_BEGUN.name}:", person=None).values_list("pk", "key")
    mails = {pk: notice_in(key) for pk, key in keys}
    about = contributions_of_notices({notice for notice in mails.values() if notice}) if mails else {}
    rows = contributions_with_senders(set(about.values())) if about else {}
    gone = {notice for notice, text in about.items() if text in rows and _is_gone(rows[text])}
    return [pk for pk, notice in mails.items() if notice in gone]


def _about_gone_senders(entries: Iterable[Entry]) -> set[int]:
    """Return which of the entries are about what came of somebody whose address is erased."""
    found = list(entries)
    appeals = appeals_by_ids({entry.subject_id for entry in found if entry.kind in _OF_APPEALS})
    about = {
        entry.pk: appeals[entry.subject_id].contribution.pk if entry.kind in _OF_APPEALS else entry.subject_id
        for entry in found
        if entry.kind not in _OF_APPEALS or _is_by_letter(appeals.get(entry.subject_id))
    }
    rows = contributions_with_senders(set(about.values()))
    return {entry for entry, text in about.items() if text in rows and _is_gone(rows[text])}


def _is_by_letter(appeal: object) -> bool:
    return getattr(appeal, "letter", None) is not None


def _is_gone(row: Contribution) -> bool:
    about = row.in_reply_to if row.is_answer else row
    return about is not None and voice_of(about) is not None and sender_of(about) is None
