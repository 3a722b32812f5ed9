"""How answers lead to other numbers: to the several that they answer, and to the answers that they correct."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from apps.consultations.queries import public
from apps.discussions.enums import (
    ANSWER_BUNDLED,
    ANSWER_CORRECTED,
    ContributionKind,
    ContributionStatus,
    LinkKind,
)
from apps.discussions.models import AnswerLink, Contribution
from apps.ledger.models import Entry


@dataclass(slots=True)
class Links:
    """Where one number leads and what leads to it, as numbers: an answer's own, and those of answers to it."""

    answers: list[int] = field(default_factory=list)
    answered_by: list[int] = field(default_factory=list)
    corrects: int | None = None
    corrected_by: int | None = None


def links_of(rows: Iterable[Contribution]) -> dict[int, Links]:
    """Return where these lead and what leads to them, by their ids: one query, and none where nothing is answered."""
    ids = [row.pk for row in rows if row.is_answer or row.answered_at is not None]
    found: dict[int, Links] = {}
    if not ids:
        return found
    links = AnswerLink.objects.filter(Q(answer__in=ids) | Q(contribution__in=ids))
    columns = ("kind", "answer", "contribution", "answer__number", "contribution__number", "answer__status")
    wanted = set(ids)
    in_order = links.order_by("contribution__number", "answer__number")
    for kind, answer, to, number, to_number, status in in_order.values_list(*columns):
        if answer in wanted:
            _leads(found.setdefault(answer, Links()), kind, to_number)
        if to in wanted and (kind == LinkKind.CORRECTS or status == ContributionStatus.PUBLISHED):
            _is_led_to(found.setdefault(to, Links()), kind, number)
    return found


def _leads(links: Links, kind: str, number: int) -> None:
    if kind == LinkKind.CORRECTS:
        links.corrects = number
    else:
        links.answers.append(number)


def _is_led_to(links: Links, kind: str, number: int) -> None:
    if kind == LinkKind.CORRECTS:
        links.corrected_by = number
    else:
        links.answered_by.append(number)


def correction_of(answer: Contribution) -> Contribution | None:
    """Return the answer that corrects this one, or None."""
    return Contribution.stored.filter(links_out__contribution=answer, links_out__kind=LinkKind.CORRECTS).first()


def answered_by(answer: Contribution) -> list[Contribution]:
    """Return what an answer answers, one or several, of any state, by number. The caller shows what may be read."""
    together = Q(links_in__answer=answer, links_in__kind=LinkKind.ANSWERS)
    return list(Contribution.stored.filter(together | Q(pk=answer.in_reply_to_id)).distinct().order_by("number"))


def answered_together_in(entries: Iterable[Entry]) -> dict[int, list[Contribution]]:
    """Return what answers to several answer of which these entries tell, by the answer: by number, with whom to tell.

    For mail alone: one query, and none where they tell of none.
    """
    kinds = {ANSWER_BUNDLED.name, ANSWER_CORRECTED.name}
    given = {entry.subject_id for entry in entries if entry.kind in kinds}
    if not given:
        return {}
    links = AnswerLink.objects.filter(answer__in=given, kind=LinkKind.ANSWERS)
    beside = ("author", "topic", "consultation", "outside__sender")
    links = links.select_related(*(f"contribution__{name}" for name in beside)).order_by("contribution__number")
    found: dict[int, list[Contribution]] = {}
    for link in links:
        found.setdefault(link.answer_id, []).append(link.contribution)
    return found


def linked_among(rows: Collection[Contribution]) -> list[int]:
    """Return the numbers of those that an answer leads to, or that lead to others: each stays in its consultation."""
    ids = {row.pk for row in rows}
    links = AnswerLink.objects.filter(Q(answer__in=ids) | Q(contribution__in=ids))
    linked = {pk for pair in links.values_list("answer", "contribution") for pk in pair}
    return sorted(row.number for row in rows if row.pk in linked)


def standing_answers_to(asked: Contribution) -> Q:
    """Return a condition for the public answers to a contribution, by itself or together with others."""
    together = Q(links_out__contribution=asked, links_out__kind=LinkKind.ANSWERS)
    is_there = Q(kind=ContributionKind.ANSWER, status=ContributionStatus.PUBLISHED)
    return is_there & (together | Q(in_reply_to=asked))


def unanswered(*, or_among: "QuerySet[Any, Any]") -> "QuerySet[Contribution]":
    """Return public questions, and what else people wrote among those ids, that has no answer yet; unordered.

    Questions are found by an index of their own.
    """
    is_open = Q(status=ContributionStatus.PUBLISHED, answered_at=None)
    questions = Contribution.stored.filter(is_open, kind=ContributionKind.QUESTION).values("pk")
    rows = Contribution.stored.filter(is_open, public("consultation__"), pk__in=questions.union(or_among))
    return rows.exclude(kind=ContributionKind.ANSWER)


def texts_by_ids(ids: Iterable[int]) -> list[Contribution]:
    """Return these contributions of any state, by number, with where they stand. The caller checks who may read."""
    rows = Contribution.stored.filter(pk__in=ids).select_related("topic", "consultation")
    return list(rows.order_by("number", "pk"))
