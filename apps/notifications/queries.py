"""What there is to tell people, what they follow, and the mails written."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.queries import addresses_of, held_people, unconfirmed_addresses_of
from apps.accounts.rules import is_person
from apps.consultations.models import Consultation
from apps.consultations.queries import in_phase_order, visible_consultations
from apps.discussions.enums import (
    ANSWERED,
    CONTRIBUTION_ERASED,
    CONTRIBUTION_FILE_HELD,
    CONTRIBUTION_HIDDEN,
    CONTRIBUTION_MOVED,
    CONTRIBUTION_MOVED_OUT,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_RECEIVED,
    CONTRIBUTION_REDACTED,
    CONTRIBUTION_REFUSED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_RETURNED,
    CONTRIBUTION_UNREDACTED,
    CONTRIBUTION_WITHDRAWN,
    SUGGESTION_STATUS_SET,
)
from apps.discussions.models import Contribution
from apps.discussions.queries import answered_together_in, contributions_with_authors, sentences_of_moves
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import statements_about, told_by_appeals_among, undone_among
from apps.notifications.engine.links import names_address
from apps.notifications.models import UNDER_WAY, Follow, OutgoingMail
from apps.notifications.rules import STATED, WITH_STATEMENT, stands_as_told

BODIES_KEPT = timedelta(days=30)
ROWS_KEPT = timedelta(days=365)
FAREWELLS_KEPT = timedelta(days=1)
FAREWELL = "account.erased"
"""The key of the mail that tells somebody that their account is gone: it holds the last of their address."""

TOLD = frozenset(
    kind.name
    for kind in (
        CONTRIBUTION_RECEIVED,
        CONTRIBUTION_PUBLISHED,
        CONTRIBUTION_REFUSED,
        CONTRIBUTION_RETURNED,
        CONTRIBUTION_HIDDEN,
        CONTRIBUTION_REDACTED,
        CONTRIBUTION_FILE_HELD,
        CONTRIBUTION_RESTORED,
        CONTRIBUTION_UNREDACTED,
        CONTRIBUTION_MOVED,
        CONTRIBUTION_MOVED_OUT,
        CONTRIBUTION_WITHDRAWN,
        CONTRIBUTION_ERASED,
        *ANSWERED,
        SUGGESTION_STATUS_SET,
    )
)


# Mails about these hold the text itself.
OF_ANSWERS = frozenset(kind.name for kind in ANSWERED)
QUOTING = (*STATED, *OF_ANSWERS)


@dataclass(frozen=True, kw_only=True)
class News:
    """One thing to tell one person about what they wrote."""

    entry: Entry
    to: User
    contribution: Contribution
    facts: dict[str, Any]
    answer: Contribution | None = None
    # The numbers of theirs that the answer answers, one or several.
    answered: Sequence[int] = ()
    followed: int | None = None
    statement: StatementOfReasons | None = None
    sentence: str = ""


def without_undone(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries but those of decisions that were undone, of their undoing, and what an appeal's mail tells."""
    no_news = undone_among(entries) | told_by_appeals_among(entries)
    return [entry for entry in entries if entry.pk not in no_news]


def news_in(entries: Sequence[Entry]) -> list[News]:
    """Return whom to tell what about these entries, in their order.

    Two queries, however many there are, one for the reasons that were stated, one for the sentences of moves, and one
    for what was answered together.
    People who wrote elsewhere or may not sign in are told nothing, nor are those for whom it is no longer so: a later
    entry tells them the rest.
    """
    told = [(entry, facts_of(entry)) for entry in entries if entry.kind in TOLD]
    told_of: dict[int, set[int]] = defaultdict(set)
    for entry, facts in told:
        told_of[entry.consultation_id or 0].update(facts.get("replies", ()), [entry.number or 0])
    together = answered_together_in(entries)
    by_id, by_number = contributions_with_authors({entry.subject_id for entry, _facts in told}, told_of)
    found = [
        news
        for entry, facts in told
        if (contribution := _told_about(entry, by_id, by_number)) is not None
        for news in _news_of(entry, facts, contribution, by_number, together)
        if news.to.is_active and _still_so(news)
    ]
    return _with_sentences(_with_statements(found))


def _told_about(
    entry: Entry, by_id: dict[int, Contribution], by_number: dict[tuple[int, int], Contribution]
) -> Contribution | None:
    """Return what an entry is about: the number that it names, also where its text has moved to another consultation.

    What tells of the text itself goes with the text.
    """
    text = by_id.get(entry.subject_id)
    return text if entry.kind in QUOTING else by_number.get((entry.consultation_id or 0, entry.number or 0), text)


def _with_sentences(found: Sequence[News]) -> list[News]:
    """Return the news, those of a move within the consultation with what stands at the signpost."""
    moved = {news.contribution.pk for news in found if news.entry.kind == CONTRIBUTION_MOVED.name}
    sentences = sentences_of_moves(moved) if moved else {}
    return [replace(news, sentence=sentences.get((news.contribution.pk, news.entry.at), "")) for news in found]


def _with_statements(found: Sequence[News]) -> list[News]:
    """Return the news, those of a decision against a text or a file with the reasons that were stated for it."""
    decided = {news.contribution.pk for news in found if news.entry.kind in WITH_STATEMENT}
    statements = statements_about(decided) if decided else {}
    return [
        replace(news, statement=statements.get((news.contribution.pk, news.entry.at)))
        if news.entry.kind in WITH_STATEMENT
        else news
        for news in found
    ]


def _news_of(
    entry: Entry,
    facts: dict[str, Any],
    about: Contribution,
    by_number: dict[tuple[int, int], Contribution],
    together: Mapping[int, Sequence[Contribution]],
) -> Iterator[News]:
    if entry.kind in OF_ANSWERS:
        asked = together.get(about.pk, [about.in_reply_to] if about.in_reply_to else [])
        yield from _news_of_answer(entry, facts, about, asked)
        return
    if about.author is not None:
        yield News(entry=entry, to=about.author, contribution=about, facts=facts)
    told = {about.author_id}
    for number in facts.get("replies", ()):
        reply = by_number.get((about.consultation_id, number))
        if reply is None or reply.is_moved_away:  # it left the consultation before, and its author was told then
            continue
        if reply.author is not None and reply.author_id not in told:
            told.add(reply.author_id)
            yield News(entry=entry, to=reply.author, contribution=reply, facts=facts, followed=about.number)


def _news_of_answer(
    entry: Entry, facts: dict[str, Any], answer: Contribution, asked: Sequence[Contribution]
) -> Iterator[News]:
    """Each is told once, of all of theirs that it answers; nobody of their own answer."""
    theirs: dict[int, list[Contribution]] = defaultdict(list)
    for row in asked:
        if row.author_id is not None and row.author_id != answer.author_id:
            theirs[row.author_id].append(row)
    for first, *others in theirs.values():
        if first.author is not None:
            numbers = [row.number for row in (first, *others)]
            yield News(entry=entry, to=first.author, contribution=first, facts=facts, answer=answer, answered=numbers)


def _still_so(news: News) -> bool:
    if news.answer is not None:
        return news.answer.is_published
    if news.entry.kind == CONTRIBUTION_MOVED.name:
        return bool(news.contribution.topic.slug == news.facts["to"])
    return stands_as_told(news.entry, news.contribution)


def mails_quoting_erased(entries: Sequence[Entry]) -> QuerySet[OutgoingMail]:
    """Return the mails that hold the text of a contribution which one of these entries says was erased."""
    erased = [entry.subject_id for entry in entries if entry.kind == CONTRIBUTION_ERASED.name]
    if not erased:
        return OutgoingMail.objects.none()
    about = Entry.objects.filter(kind__in=QUOTING, subject="contribution", subject_id__in=erased)
    return OutgoingMail.objects.filter(key__in=[key_of(entry) for entry in about]).exclude(body="")


def key_of(entry: Entry) -> str:
    """Return the key of the mails that tell of an entry."""
    return f"{entry.kind}:{entry.pk}"


def is_following(viewer: Any, consultation: Consultation) -> bool:
    """Tell whether the viewer follows the consultation: no query for who is not signed in."""
    return is_person(viewer) and Follow.objects.filter(person=viewer, consultation=consultation).exists()


def follow_at(person: User, slug: str) -> Follow | None:
    """Return the person's follow of the consultation at that address, whether or not they may see it now."""
    return Follow.objects.filter(person=person, consultation__slug=slug).select_related("consultation").first()


def follow_by_ids(person_id: int, consultation_id: int) -> Follow | None:
    """Return that person's follow of that consultation, if they do."""
    return Follow.objects.filter(person_id=person_id, consultation_id=consultation_id).first()


def followed_by(person: User) -> list[Consultation]:
    """Return what the person follows and may see, latest followed first, with phases: two queries, however many."""
    follows = Follow.objects.filter(person=person, consultation=OuterRef("pk"))
    found = visible_consultations(person).annotate(followed_as=Subquery(follows.values("pk")))
    return list(found.exclude(followed_as=None).order_by("-followed_as").prefetch_related(in_phase_order()))


def key_to_follower(follow: Follow, *, at: datetime) -> str:
    """Return the key of the mail that tells a follower something at that moment."""
    return f"{_key_to_follower(follow)}{at.isoformat()}"


def key_of_followed(follow: Follow, entry: Entry) -> str:
    """Return the key of the mail that tells a follower of an entry."""
    return f"{_key_to_follower(follow)}{key_of(entry)}"


def mails_about_follow(follow: Follow) -> "QuerySet[OutgoingMail]":
    """Return the mails that told it to its person, sent or not."""
    return OutgoingMail.objects.filter(key__startswith=_key_to_follower(follow), person=follow.person_id)


def _key_to_follower(follow: Follow) -> str:
    return f"followed:{follow.pk}:"


def mail_due(*, at: datetime) -> int:
    """Return how many mails should have been sent by now."""
    return OutgoingMail.objects.filter(status__in=UNDER_WAY, due_at__lte=at).count()


def mails_before(pk: int | None, *, limit: int) -> list[OutgoingMail]:
    """Return mails, newest first, those written before that one."""
    found = OutgoingMail.objects.order_by("-id")
    return list((found.filter(pk__lt=pk) if pk is not None else found)[:limit])


def bodies_to_forget(*, at: datetime) -> "QuerySet[OutgoingMail]":
    """Return the settled mails whose text has been kept for a month, but for people on whom a legal hold lies."""
    return _settled().filter(written_at__lte=at - BODIES_KEPT).exclude(body="")


def mails_to_clear(*, at: datetime) -> "QuerySet[OutgoingMail]":
    """Return the settled mails that are a year old, and the farewells of a day ago."""
    old = Q(written_at__lte=at - ROWS_KEPT)
    farewells = Q(key__startswith=FAREWELL, written_at__lte=at - FAREWELLS_KEPT)
    return _settled().filter(old | farewells)


def _settled() -> "QuerySet[OutgoingMail]":
    held = held_people()
    to_them = Q(to__in=held.values("email")) | Q(person__in=held)
    return OutgoingMail.objects.exclude(status__in=UNDER_WAY).exclude(to_them)


def mails_of(person: User) -> "QuerySet[OutgoingMail]":
    """Return the mails to the person, also at a former address, and those to others that name one; unordered."""
    addresses = addresses_of(person)
    to, naming = Q(person=person), Q(pk__in=())
    for address in addresses:
        to |= Q(to__iexact=address)
        naming |= Q(body__icontains=address) | Q(subject__icontains=address)
    maybe = OutgoingMail.objects.filter(naming).values_list("pk", "subject", "body")
    named = [pk for pk, *texts in maybe if any(names_address(text, addresses) for text in texts)]
    return OutgoingMail.objects.filter(to | Q(pk__in=named))


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return what the person follows, and the mails that are kept to them, oldest first, with their text while kept.

    Among them are those to a former address of theirs, and none to whoever had one of their addresses before them.
    A mail to an address that nobody has confirmed is named without its text: the link in it would confirm the address
    of somebody else.
    """
    wanted = Q(person=person)
    for address in addresses_of(person):
        wanted |= Q(to__iexact=address, person=None)
    mails = OutgoingMail.objects.filter(wanted).order_by("pk")
    doubtful = unconfirmed_addresses_of(person)
    return {
        "follows": _follows_told_to(person),
        "mails": [
            {
                "to": mail.to,
                "subject": mail.subject,
                "body": "" if mail.to.lower() in doubtful else mail.body,
                "status": mail.get_status_display(),
                "written_at": mail.written_at,
                "sent_at": mail.sent_at,
                "body_kept_until": mail.written_at + BODIES_KEPT if mail.body else None,
                "kept_until": mail.written_at + ROWS_KEPT,
            }
            for mail in mails
        ],
    }


def _follows_told_to(person: User) -> list[dict[str, Any]]:
    """A consultation that the person may not see any more is not named; that they follow one is told all the same."""
    seen = visible_consultations(person).values("pk")
    follows = Follow.objects.filter(person=person).select_related("consultation").order_by("pk")
    shown = set(follows.filter(consultation__in=seen).values_list("pk", flat=True))
    return [
        {
            "consultation": follow.consultation.title if follow.pk in shown else _("A hearing that is not public"),
            "since": follow.since,
        }
        for follow in follows
    ]


def mail_by_id(pk: int) -> OutgoingMail | None:
    """Return one mail, or None."""
    return OutgoingMail.objects.filter(pk=pk).first()
