"""Finding consultations, their phases and topics, and what their pages show."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from apps.accounts.rules import is_official
from apps.common.calendar import zone
from apps.consultations.engine import legal_clock
from apps.consultations.engine.legal_clock import Period
from apps.consultations.engine.timeline import (
    AnyPhase,
    Standing,
    Step,
    coming_deadline,
    standing,
    timeline,
    unfinished_writing,
)
from apps.consultations.enums import ConsultationKind, ConsultationStatus
from apps.consultations.models import (
    UNREADY,
    Consultation,
    DeadlineChange,
    EnglishText,
    Fact,
    Phase,
    Topic,
)
from apps.consultations.queries.team import in_team
from apps.consultations.rules import why_too_short

MOST_WORDS = 8


@dataclass(frozen=True)
class Missing:
    """Something without which a consultation cannot be published: where it is added, and the sentence."""

    code: str
    sentence: str | Promise


def visible_consultations(viewer: Any) -> QuerySet[Consultation]:
    """Return what the viewer may see, unordered. Pair: `rules.why_not_view`."""
    return Consultation.objects.filter(public() | in_team(viewer) if is_official(viewer) else public())


def public(prefix: str = "") -> Q:
    """Return what tells a consultation that everyone sees; `prefix` leads to it from another table."""
    return Q(**{f"{prefix}published_at__isnull": False}) & ~Q(**{f"{prefix}status__in": sorted(UNREADY)})


def in_phase_order() -> "Prefetch[Any]":
    """Return the prefetch of a consultation's phases in their order."""
    return Prefetch("phases", queryset=Phase.objects.order_by("position"))


def listed_consultations(viewer: Any, *, words: str = "", state: str = "", at: datetime) -> QuerySet[Consultation]:
    """Return hearings for the list page, latest published first, with their phases; drafts lead for their team.

    `state` is `open`, `closed` or `archived`; what was laid away stands only in the last. `words` are looked for in
    titles and ledes, in Danish and English, in small or large letters.
    """
    found = visible_consultations(viewer).filter(kind=ConsultationKind.HEARING)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(_holds(word))
    is_away = Q(status=ConsultationStatus.ARCHIVED)
    found = found.filter(is_away if state == "archived" else ~is_away)
    if state in {"open", "closed"}:
        found = found.filter(_in_state(state, at), public())
    return found.order_by(F("published_at").desc(nulls_first=True), "-pk").prefetch_related(in_phase_order())


def _holds(word: str) -> Q:
    """SQLite folds the case of plain letters only, so æ, ø and å are tried in both."""
    forms, in_english = Q(), Q()
    for form in {word, word.lower(), word.capitalize()}:
        forms |= Q(title__icontains=form) | Q(lede__icontains=form)
        in_english |= Q(text__icontains=form)
    english = EnglishText.objects.filter(in_english, consultation=OuterRef("pk"), place__in=("title", "lede"))
    return forms | Q(Exists(english))


def _in_state(state: str, at: datetime) -> Q:
    writing = Phase.objects.filter(consultation=OuterRef("pk"), accepts_contributions=True)
    not_over = writing.filter(Q(closes_at=None) | Q(closes_at__gt=at))
    is_heard = Q(status=ConsultationStatus.PUBLISHED)
    if state == "open":
        return is_heard & Q(Exists(not_over.filter(opens_at__lte=at)))
    return ~is_heard | ~Q(Exists(not_over))


def timeline_of(phases: Iterable[AnyPhase], at: datetime) -> list[Step]:
    """Return the phases in order, each with its state and share at that moment."""
    return timeline(phases, at)


def standing_of(consultation: Consultation, phases: Sequence[AnyPhase], at: datetime) -> Standing:
    """Return where it stands: what was decided about it, or what the clock says, and the moment that goes with it."""
    return standing(phases, at, status=consultation.status)


def deadline_of(phases: Sequence[AnyPhase], at: datetime) -> datetime | None:
    """Return when writing ends: now or, if it has not opened, next; else when it ended last."""
    return coming_deadline(phases, at)


def deadlines_to_come(phases: Sequence[AnyPhase], at: datetime) -> list[AnyPhase]:
    """Return the phases under way or to come in which people can write, first opened first."""
    return unfinished_writing(phases, at)


def missing_before_publishing(consultation: Consultation, *, at: datetime) -> list[Missing]:
    """Return what is missing before the consultation can be published, in the order in which to add it."""
    missing = []
    if not Topic.objects.filter(consultation=consultation).exists():
        missing.append(Missing("topic", _("Add at least one topic before you publish.")))
    may_be_closed = consultation.kind == ConsultationKind.NEWS
    if not (may_be_closed or Phase.objects.filter(consultation=consultation, accepts_contributions=True).exists()):
        missing.append(Missing("phase", _("Add a phase in which people can write before you publish.")))
    period = period_of(consultation, phases_of(consultation), at=at) if consultation.legal_basis_id else None
    too_short = why_too_short(period, reason=consultation.shorter_because)
    if too_short:
        missing.append(Missing("legal", too_short))
    return missing


def period_of(consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime) -> Period | None:
    """Return the period of a hearing that is held by a law, as it is or would be if it were published then; or None."""
    periods = periods_of(consultation, phases, at=at)
    return periods[-1] if periods else None


def periods_of(consultation: Consultation, phases: Sequence[AnyPhase], *, at: datetime) -> list[Period]:
    """Return the same of every phase in which people can write, the hearing's own period last; none without a law."""
    if consultation.legal_basis is None:
        return []
    copied = consultation.statutory_minimum
    return legal_clock.periods_of(
        phases,
        minimum=consultation.legal_basis.minimum_days if copied is None else copied,
        published_at=consultation.published_at or at,
        announced_on=consultation.plandata_published_on,
        zone=zone(),
    )


def deadline_changes_of(consultation: Consultation) -> list[DeadlineChange]:
    """Return how the public deadline was moved, first move first."""
    return list(DeadlineChange.objects.filter(consultation=consultation).order_by("pk"))


def published_by_ids(ids: Collection[int]) -> dict[int, Consultation]:
    """Return those of these consultations that everyone sees, by id."""
    return visible_consultations(None).in_bulk(list(ids))


def titles_by_slug(slugs: Collection[str]) -> dict[str, str]:
    """Return the titles of those of these consultations that everyone sees, by their addresses."""
    return dict(visible_consultations(None).filter(slug__in=slugs).values_list("slug", "title"))


def topic_titles(consultation_ids: Collection[int]) -> dict[tuple[int, str], str]:
    """Return the titles of the topics of these consultations, by consultation and address."""
    rows = Topic.objects.filter(consultation__in=consultation_ids).values_list("consultation", "slug", "title")
    return {(consultation, slug): title for consultation, slug, title in rows}


def consultation_by_slug(viewer: Any, slug: str) -> Consultation | None:
    """Return the consultation if the viewer may see it."""
    return visible_consultations(viewer).filter(slug=slug).first()


def phases_of(consultation: Consultation) -> list[Phase]:
    """Return the phases in order."""
    return list(Phase.objects.filter(consultation=consultation).order_by("position"))


def topics_of(consultation: Consultation) -> list[Topic]:
    """Return the topics in the order the official set, but those that were merged into another."""
    return list(Topic.objects.filter(consultation=consultation, merged_into=None).order_by("position"))


def every_topic_of(consultation: Consultation) -> list[Topic]:
    """Return all topics that the consultation ever had, but those that were deleted."""
    return list(Topic.objects.filter(consultation=consultation).order_by("position"))


def open_topics(*, at: datetime) -> QuerySet[Topic]:
    """Return the topics of all consultations in which people can write at that moment, unordered.

    Each comes with what a list of them needs of its consultation. Pair: `rules.why_not_open`.
    """
    writing = Phase.objects.filter(consultation=OuterRef("consultation"), accepts_contributions=True, opens_at__lte=at)
    found = Topic.objects.filter(
        Exists(writing.filter(Q(closes_at=None) | Q(closes_at__gt=at))),
        consultation__status=ConsultationStatus.PUBLISHED,
        consultation__stop_sentence="",
        stop_sentence="",
        merged_into=None,
    )
    shown = (
        "title",
        "merged_into",
        "position",
        *(f"consultation__{name}" for name in ("title", "kind", "write_access", "published_at")),
    )
    return found.select_related("consultation").only(*shown)


def topics_at(viewer: Any, slug: str, **beside: Combinable) -> tuple[list[Topic], dict[str, Any]]:
    """Return all topics of the consultation at that address, in order, and what the page wants to know beside them.

    One query; each topic comes with the consultation, and none comes where the viewer may not see it. `beside` are
    expressions that have one value for the whole page, as `ledger.queries.last_position` gives them.
    """
    found = Topic.objects.filter(consultation__slug=slug, consultation__in=visible_consultations(viewer))
    rows = found.select_related("consultation").annotate(**beside).order_by("position")
    topics: list[Topic] = list(rows)
    return topics, {name: vars(topics[0])[name] for name in beside if topics}


def topic_at(viewer: Any, slug: str, topic: str) -> Topic | None:
    """Return one topic by its two addresses, with the consultation; nothing where the viewer may not see it."""
    found = Topic.objects.filter(consultation__slug=slug, slug=topic, consultation__in=visible_consultations(viewer))
    return found.select_related("consultation").first()


def facts_of(consultation: Consultation, topic: Topic | None = None) -> list[Fact]:
    """Return the key figures of the consultation, or of one topic, in order."""
    return list(Fact.objects.filter(consultation=consultation, topic=topic).order_by("position"))


def visible_topics(viewer: Any, ids: Collection[int]) -> dict[int, Topic]:
    """Return those of these topics whose consultation the viewer may see, by id, each with the consultation."""
    found = Topic.objects.filter(pk__in=ids, consultation__in=visible_consultations(viewer))
    return found.select_related("consultation").in_bulk()


def topic_by_slug(consultation: Consultation, slug: str) -> Topic | None:
    """Return one topic of the consultation."""
    return Topic.objects.filter(consultation=consultation, slug=slug).first()
