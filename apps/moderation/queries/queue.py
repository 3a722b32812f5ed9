"""The queue and its items. Every list goes by key (due time, number): page 1 and page 400 cost the same."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.consultations.queries import visible_consultations
from apps.discussions.enums import CONTRIBUTION_REOPENED
from apps.discussions.models import Contribution
from apps.discussions.queries import moderated_contributions, topics_written_in_by, waiting_contributions
from apps.ledger.enums import KINDS, ActorRole
from apps.ledger.models import Entry
from apps.moderation.enums import Outcome, QueuePart
from apps.moderation.models import CLAIM_LASTS, LOOK_LASTS, UNDO_LASTS, Case, Decision, Look
from apps.moderation.queries.sources import Key, Narrowed, QueueSource, Waiting, first_of, how_many, last_before

PAGE = 25
BEFORE = 5
LOG_PAGE = 50
EXCERPT = 600
MOST_WORDS = 5
EARLIER = 5
_EARLIER = (
    "outcome", "sentence", "decided_at", "reason__code", "reason__title_da", "reason__title_en",
    "case__contribution__number", "case__contribution__consultation__title",
)  # fmt: skip
_UNDOABLE = ("outcome", "decided_at", "decided_by", "case__contribution__number")
LONGEST_RECEIPT = 9
# What the name of a member of staff is made of.
_NAMING = ("display_name", "job_title", "name_protected_at", "erased_at")
_LISTED = (
    "number", "kind", "status", "author_name", "author_id", "author_is_resident", "offsite_author_id", "received_at",
    "due_at", "version",
    "topic__title", "topic_id", "consultation__title", "case__contribution_id", "case__claimed_at",
    "case__about_staff_id",
    *(f"case__claimed_by__{name}" for name in _NAMING),
)  # fmt: skip


def queue() -> QuerySet[Contribution]:
    """Return the contributions that wait, in order, as `_texts` does."""
    return TEXTS.ordered(_listed())


def _listed() -> QuerySet[Contribution]:
    """Return the contributions that wait, each with who holds it and the beginning of its text as `start`.

    `is_changed_on_request` tells that its author changed it after a moderator asked for that.
    """
    rows = waiting_contributions().select_related(None).order_by()
    rows = rows.select_related("topic", "consultation", "case__claimed_by").only(*_LISTED)
    return rows.annotate(start=Left("body", EXCERPT), is_changed_on_request=Exists(_asked_for_it()))


def _asked_for_it() -> QuerySet[Decision]:
    asked = Decision.objects.filter(case__contribution=OuterRef("pk"), outcome=Outcome.RETURN, undone_at=None)
    return asked.filter(version__lt=OuterRef("version"))


def _texts(narrowed: Narrowed | None = None) -> QuerySet[Contribution]:
    """Return the contributions that wait in a part of the queue; of all, only to count them."""
    if narrowed is None:
        return waiting_contributions().select_related(None).order_by()
    rows = _in_part(_listed(), narrowed)
    if narrowed.consultation:
        rows = rows.filter(consultation=narrowed.consultation)
    if narrowed.topic:
        rows = rows.filter(topic=narrowed.topic)
    if narrowed.kind:
        rows = rows.filter(kind=narrowed.kind)
    for word in narrowed.words.split()[:MOST_WORDS]:
        rows = rows.filter(_holds(word))
    return rows


TEXTS = QueueSource(name="text", rank=0, rows=_texts)
SOURCES: Sequence[QueueSource] = (TEXTS,)
"""All that the queue is made of. A new kind of thing is one more line here, and one in `rendering.LINES`."""


def _in_part(rows: QuerySet[Contribution], narrowed: Narrowed) -> QuerySet[Contribution]:
    if narrowed.part == QueuePart.OVERDUE:
        return rows.filter(due_at__lt=narrowed.at)
    if narrowed.part == QueuePart.EDITED:
        return rows.filter(Exists(_asked_for_it()))
    if narrowed.part == QueuePart.FREE:
        return rows.exclude(_held(narrowed.at))
    if narrowed.part == QueuePart.MINE:
        return rows.filter(_held(narrowed.at), case__claimed_by=narrowed.viewer)
    return rows


def _held(at: datetime) -> Q:
    return Q(case__claimed_at__gt=at - CLAIM_LASTS) & Q(case__claimed_by__isnull=False)


def _holds(word: str) -> Q:
    """Texts and authors' names; a number is also a receipt number. SQLite folds the case of plain letters only."""
    found = Q(number=int(word)) if word.isascii() and word.isdigit() and len(word) <= LONGEST_RECEIPT else Q()
    for form in {word, word.lower(), word.upper(), word.capitalize()}:
        found |= Q(body__icontains=form) | Q(author_name__icontains=form)
    return found


def queue_page(narrowed: Narrowed, *, after: Key | None = None, size: int = PAGE) -> tuple[list[Waiting], Key | None]:
    """Return the part of the queue behind a place, and the place to go on behind when there is more."""
    found = first_of(SOURCES, narrowed, after, size + 1)
    return found[:size], (found[size - 1].key if len(found) > size else None)


def queue_around(contribution: Contribution, narrowed: Narrowed) -> list[Waiting]:
    """Return the part of the queue that a contribution stands in, or stood in before it was decided."""
    key = key_of(contribution)
    if key is None:
        return first_of(SOURCES, narrowed, None, PAGE - BEFORE)
    itself = [
        Waiting(source=TEXTS, key=key, row=row)
        for row in _texts(replace(narrowed, part=None, words="")).filter(pk=contribution.pk)
        if contribution.is_waiting
    ]
    return [
        *last_before(SOURCES, narrowed, key, BEFORE),
        *itself,
        *first_of(SOURCES, narrowed, key, PAGE - BEFORE),
    ]


def key_of(contribution: Contribution) -> Key | None:
    """Return the place in the queue where a contribution stands, or stood before it was decided; None without one."""
    return TEXTS.key_of(contribution) if contribution.due_at else None


def oldest_waiting_since() -> datetime | None:
    """Return since when the one that waits longest has waited, or None."""
    since: datetime | None = _texts().aggregate(since=Min("received_at"))["since"]
    return since


def queue_length(narrowed: Narrowed | None = None) -> int:
    """Return how many wait."""
    return how_many(SOURCES, narrowed)


def overdue(*, at: datetime) -> int:
    """Return how many should have been decided by that moment."""
    return how_many(SOURCES, Narrowed(viewer=None, at=at, part=QueuePart.OVERDUE))


def first_due() -> datetime | None:
    """Return when the first of all that wait is or was due, or None."""
    first = first_of(SOURCES, None, None, 1)
    return first[0].key.due_at if first else None


def next_waiting(narrowed: Narrowed, *, behind: Contribution) -> Contribution | None:
    """Return what the viewer can decide next: the next in the queue that nobody else holds, else the first."""
    held_by_others = _held(narrowed.at) & ~Q(case__claimed_by=narrowed.viewer)
    free = _texts(narrowed).exclude(author=narrowed.viewer).exclude(held_by_others).exclude(pk=behind.pk)
    # Pair: rules.why_not_decide.
    free = free.exclude(topic__in=topics_written_in_by(narrowed.viewer.pk)).exclude(case__about_staff=narrowed.viewer)
    key = key_of(behind)
    following = TEXTS.behind(free, key).first() if key else None
    return following or TEXTS.ordered(free).first()


def filter_choices(viewer: Any) -> list[Consultation]:
    """Return the consultations that the queue can be narrowed to, latest published first."""
    return list(visible_consultations(viewer).only("slug", "title").order_by("-published_at", "-pk"))


def queue_item(pk: int) -> Contribution | None:
    """Return a contribution for a moderator, decided or not. The author's address is not among what is read."""
    return (
        moderated_contributions()
        .select_related(
            "topic", "consultation", "author", "offsite_author", "in_reply_to", "case__claimed_by", "refusal_reason"
        )
        .defer("salt", "consultation__body", "consultation__body_html", "author__email", "author__password")
        .filter(pk=pk)
        .first()
    )


def texts_to_read(ids: Sequence[int]) -> list[Contribution]:
    """Return contributions with their texts for a moderator, in the order of the queue, decided or not. One query."""
    rows = moderated_contributions().select_related("topic", "consultation", "in_reply_to", "case").filter(pk__in=ids)
    return list(rows.defer("salt", "consultation__body", "consultation__body_html").order_by("due_at", "number", "pk"))


def replies_to(contribution: Contribution) -> int:
    """Return how many replies stand under a root."""
    if contribution.root_id is not None or contribution.is_waiting:
        return 0
    return moderated_contributions().filter(root=contribution).count()


def holder_of(contribution: Contribution, *, at: datetime) -> Any:
    """Return who holds the claim at that moment, or None."""
    case: Case | None = getattr(contribution, "case", None)
    if case is None or case.claimed_at is None or case.claimed_at <= at - CLAIM_LASTS:
        return None
    return case.claimed_by


def looking_at(ids: Collection[int], *, but: Any, at: datetime) -> dict[int, list[User]]:
    """Return who else has these contributions open at that moment, by contribution and the person's id."""
    looks = Look.objects.filter(contribution__in=ids, looked_at__gt=at - LOOK_LASTS).exclude(person=but)
    found: dict[int, list[User]] = defaultdict(list)
    for look in looks.select_related("person").order_by("pk"):
        found[look.contribution_id].append(look.person)
    return found


def who_has_what(*, at: datetime) -> tuple[Any, ...]:
    """Return all claims and looks that stand at that moment: what moderators see of each other, to tell a change."""
    claims = Case.objects.filter(claimed_at__gt=at - CLAIM_LASTS, claimed_by__isnull=False)
    looks = Look.objects.filter(looked_at__gt=at - LOOK_LASTS)
    return (
        *claims.order_by("pk").values_list("pk", "claimed_by"),
        *looks.order_by("pk").values_list("pk", "contribution"),
    )


def decisions_on(contribution: Contribution) -> list[Decision]:
    """Return what was decided so far, latest first."""
    found = Decision.objects.filter(case__contribution=contribution).select_related("decided_by", "reason", "moved_to")
    return list(found.order_by("-id"))


def decisions_about(author_id: int | None, *, but: Contribution) -> list[Decision]:
    """Return what was decided about somebody's other texts, latest first, without the facts for moderators."""
    if author_id is None:
        return []
    found = Decision.objects.filter(case__contribution__author=author_id, undone_at=None)
    found = found.exclude(case__contribution=but).select_related("reason", "case__contribution__consultation")
    return list(found.only(*_EARLIER).order_by("-id")[:EARLIER])


def decision_by_id(pk: int) -> Decision | None:
    """Return a decision with its case, or None."""
    return (
        Decision.objects.select_related("case__contribution__topic", "case__contribution__consultation")
        .filter(pk=pk)
        .first()
    )


def undoable_by(viewer: Any, *, at: datetime) -> list[Decision]:
    """Return what the viewer decided in the last minute and can still take back, latest first."""
    mine = Decision.objects.filter(decided_by=viewer, decided_at__gt=at - UNDO_LASTS, undone_at=None)
    mine = mine.exclude(outcome=Outcome.REDACT)
    return list(mine.select_related("case__contribution").only(*_UNDOABLE).order_by("-decided_at", "-pk")[:PAGE])


def undone_among(entries: Sequence[Entry]) -> set[int]:
    """Return the ids of those entries that tell of a decision which was undone, or of its undoing: they are no news."""
    told = [entry for entry in entries if entry.subject == "contribution" and _may_be_part_of_undoing(entry)]
    if not told:
        return set()
    undone = Decision.objects.filter(
        undone_at__isnull=False, case__contribution__in={entry.subject_id for entry in told}
    ).values_list("case__contribution", "decided_at", "undone_at")
    moments = {(pk, moment) for pk, *both in undone for moment in both}
    return {entry.pk for entry in told if (entry.subject_id, entry.at) in moments}


def _may_be_part_of_undoing(entry: Entry) -> bool:
    kind = KINDS.get(entry.kind)
    undoes = entry.kind == CONTRIBUTION_REOPENED.name or bool(kind and kind.can_be_undone)
    return undoes and entry.actor_role == ActorRole.MODERATOR


def decision_page(*, before: int | None = None) -> tuple[list[Decision], int | None]:
    """Return decisions of all moderators, latest first, and the id to go on before when there are more.

    Neither the texts decided on nor the internal facts are read.
    """
    rows = (
        Decision.objects.select_related(
            "decided_by", "reason", "moved_to", "case__contribution__consultation", "case__contribution__topic"
        )
        .only(
            "outcome", "version", "sentence", "decided_at", "undone_at", "moved_to__title",
            *(f"decided_by__{name}" for name in _NAMING),
            "reason__code", "reason__title_da", "reason__title_en", "case__id", "case__contribution__number",
            "case__contribution__author_name", "case__contribution__topic__title",
            "case__contribution__consultation__title",
        )
        .order_by("-id")
    )  # fmt: skip
    found = list((rows.filter(pk__lt=before) if before else rows)[: LOG_PAGE + 1])
    return found[:LOG_PAGE], (found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None)
