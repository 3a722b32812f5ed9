"""The suggestion box as a list: in the order received, newest first, with what became of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Exists, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, When

from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.discussions.engine.similar import are_similar, stems_of
from apps.discussions.enums import ContributionKind, ContributionStatus, SuggestionStatus
from apps.discussions.models import Contribution, SuggestionStep
from apps.discussions.queries.agreements import answered_or_said, count_of_agreements

MOST_WORDS, MOST_SIMILAR, MOST_COMPARED = 8, 5, 300


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody looks for among the suggestions: a topic's address, a status, words."""

    topic: str = ""
    status: str = ""
    words: str = ""


def listed_suggestions(
    box: Consultation, asked: Asked, *, before: int | None, limit: int, at: datetime
) -> list[Contribution]:
    """Return suggestions that everyone can read, newest number first, each with its topic and its steps.

    Two queries. `before` is the number in front of which the page begins.
    """
    found = _suggestions(box, at)
    if before is not None:
        found = found.filter(number__lt=before)
    if asked.topic:
        found = found.filter(topic__slug=asked.topic)
    if asked.status:
        found = found.filter(_standing_at(asked.status))
    for word in asked.words.split()[:MOST_WORDS]:
        found = found.filter(_holds(word))
    return list(found.order_by("-number")[:limit])


@dataclass(frozen=True, kw_only=True)
class Unanswered:
    """How many public suggestions the municipality has said nothing about, and since when the first of them waits."""

    count: int
    since: datetime | None


def unanswered_suggestions() -> Unanswered:
    """Return how many suggestions that everyone can read have neither a status nor an answer: one query."""
    public = Contribution.stored.filter(
        consultation__kind=ConsultationKind.SUGGESTIONS, root=None, status=ContributionStatus.PUBLISHED
    )
    waiting = public.exclude(kind=ContributionKind.ANSWER).exclude(answered_or_said())
    return Unanswered(**waiting.aggregate(count=Count("pk"), since=Min("received_at")))


def similar_suggestions(box: Consultation, text: str, *, but: int | None = None, at: datetime) -> list[Contribution]:
    """Return public suggestions of others that may be about the same thing as a text, newest first.

    Looked for among the latest few hundred that have one of its words. Those of the account `but` are left out: a
    second click on what was published at once would meet itself.
    """
    stems = stems_of(text)
    wanted = Q()
    for stem in sorted(stems):
        wanted |= _holds(stem)
    if not stems:
        return []
    rows = _public(box).filter(wanted) if but is None else _public(box).filter(wanted).exclude(author=but)
    near = rows.order_by("-number").values_list("pk", "body")[:MOST_COMPARED]
    found = [pk for pk, body in near if are_similar(stems, stems_of(body))][:MOST_SIMILAR]
    return list(_suggestions(box, at).filter(pk__in=found).order_by("-number")) if found else []


def steps_of(ids: Collection[int]) -> Mapping[int, list[SuggestionStep]]:
    """Return what was said to become of these suggestions, first step first: one query."""
    found: dict[int, list[SuggestionStep]] = {}
    for step in SuggestionStep.objects.filter(contribution__in=ids).order_by("pk"):
        found.setdefault(step.contribution_id, []).append(step)
    return found


def with_status(rows: Collection[Contribution]) -> list[int]:
    """Return the numbers of those of these texts of which something was said to become, in order."""
    told = set(SuggestionStep.objects.filter(contribution__in=rows).values_list("contribution", flat=True))
    return sorted(row.number for row in rows if row.pk in told)


def _public(box: Consultation) -> QuerySet[Contribution]:
    rows = Contribution.stored.filter(consultation=box, root=None, status=ContributionStatus.PUBLISHED)
    return rows.exclude(kind=ContributionKind.ANSWER)


def _suggestions(box: Consultation, at: datetime) -> QuerySet[Contribution]:
    steps = Prefetch("steps", queryset=SuggestionStep.objects.order_by("pk"))
    told = When(answered_or_said(), then=count_of_agreements(at=at))
    shown = When(citizen_proposal__isnull=False, then=count_of_agreements(at=at))
    rows = _public(box).annotate(
        agreed=Case(told, default=None, output_field=IntegerField()),
        supporters=Case(shown, default=None, output_field=IntegerField()),
    )
    return rows.select_related("topic", "consultation", "citizen_proposal").prefetch_related(steps)


def _standing_at(status: str) -> Q:
    current = SuggestionStep.objects.filter(contribution=OuterRef("pk"), is_current=True)
    if status == SuggestionStatus.RECEIVED:
        return ~Q(Exists(current))
    return Q(Exists(current.filter(status=status)))


def _holds(word: str) -> Q:
    """SQLite folds the case of plain letters only, so æ, ø and å are tried in both."""
    forms = Q()
    for form in sorted({word, word.lower(), word.capitalize()}):
        forms |= Q(body__icontains=form)
    return forms
