"""Reports and appeals that nobody has decided, as they stand in the queue; and what of it is the deputy's."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Left as FirstOf

from apps.accounts.enums import Role
from apps.accounts.queries import ids_in_role
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import OutsideVoice
from apps.discussions.queries import writers_by_topic
from apps.moderation.enums import QueuePart, QueueThing
from apps.moderation.models import Appeal, Case, PauseAppeal, Report, ReportCase
from apps.moderation.queries.narrowing import OF_TEXT, in_part
from apps.moderation.queries.sources import Left, Narrowed, QueueSource, Waiting
from apps.moderation.rules import ENOUGH

EXCERPT = 600
OF_TEXTS_ONLY = (QueuePart.EDITED, QueuePart.UNREAD)
_TEXT = "contribution__"
_OF_TEXT = tuple(f"{_TEXT}{name}" for name in OF_TEXT if not name.endswith("__title"))


def _reports(narrowed: Narrowed | None = None) -> QuerySet[ReportCase] | None:
    """Return the cases of reports that are open in a part of the queue, each with how many there are as `count`.

    `is_the_viewers` tells that one of the reports is.
    """
    rows = ReportCase.objects.filter(settled_at=None)
    if narrowed is None:
        return rows.select_related("contribution").only("due_at", "contribution__number")
    if narrowed.part in OF_TEXTS_ONLY:
        return None
    reports = Report.objects.filter(case=OuterRef("pk")).order_by()
    rows = in_part(_with_text(rows, "opened_at"), narrowed, text=_TEXT)
    return rows.annotate(
        start=FirstOf("contribution__body", EXCERPT),
        count=Subquery(reports.values("case").annotate(count=Count("pk")).values("count")),
        is_the_viewers=Exists(_of_viewer(narrowed, "pk")),
    )


def _appeals(narrowed: Narrowed | None = None) -> QuerySet[Appeal] | None:
    """Return the appeals that are open in a part of the queue; of several about one case of reports the first.

    `is_the_viewers` tells that the viewer reported the text.
    """
    earlier = Appeal.objects.filter(report__case=OuterRef("report__case"), decided_at=None, pk__lt=OuterRef("pk"))
    rows = Appeal.objects.filter(decided_at=None).exclude(Exists(earlier))
    if narrowed is None:
        return rows.select_related("contribution").only("due_at", "contribution__number")
    if narrowed.part in OF_TEXTS_ONLY:
        return None
    shown = ("received_at", "report_id", "first_decided_by_id", "decision__outcome")
    rows = in_part(_with_text(rows.select_related("decision"), *shown), narrowed, text=_TEXT)
    return rows.annotate(
        start=FirstOf("contribution__body", EXCERPT), is_the_viewers=Exists(_reported_by_viewer(narrowed))
    )


def _pause_appeals(narrowed: Narrowed | None = None) -> QuerySet[PauseAppeal] | None:
    """Return the appeals against pauses that are open in a part of the queue: that of the text that was in hand."""
    rows = PauseAppeal.objects.filter(decided_at=None)
    if narrowed is None:
        return rows.select_related("contribution").only("due_at", "contribution__number")
    if narrowed.part in OF_TEXTS_ONLY:
        return None
    rows = in_part(_with_text(rows, "received_at", "first_decided_by_id", "pause_id"), narrowed, text=_TEXT)
    return rows.annotate(
        start=FirstOf("contribution__body", EXCERPT), is_the_viewers=Exists(_reported_by_viewer(narrowed))
    )


def _with_text(rows: QuerySet[Any], *shown: str) -> QuerySet[Any]:
    return rows.select_related(f"{_TEXT}case__claimed_by", f"{_TEXT}outside").only("due_at", *shown, *_OF_TEXT)


def with_places(found: Sequence[Waiting]) -> list[Waiting]:
    """Return the things, those about a text with its topic and consultation: two queries, however many there are.

    Joined, SQLite would begin with the places, and sort all that it finds.
    """
    texts = [thing.row.contribution for thing in found if thing.source.text]
    if texts:
        topics = Topic.objects.only("title", "slug").in_bulk({text.topic_id for text in texts})
        consultations = Consultation.objects.only("title", "slug").in_bulk({text.consultation_id for text in texts})
        for text in texts:
            text.topic, text.consultation = topics[text.topic_id], consultations[text.consultation_id]
    return list(found)


def _of_viewer(narrowed: Narrowed, case: str) -> QuerySet[Report]:
    return Report.objects.filter(case=OuterRef(case), reporter=narrowed.viewer, reporter__isnull=False)


def _reported_by_viewer(narrowed: Narrowed) -> QuerySet[Report]:
    mine = Report.objects.filter(reporter=narrowed.viewer, reporter__isnull=False)
    return mine.filter(case__contribution=OuterRef("contribution"))


REPORTS = QueueSource(
    name="report",
    rank=2,
    rows=_reports,
    number="contribution__number",
    thing=QueueThing.REPORTS,
    free=lambda rows, _narrowed: rows.filter(is_the_viewers=False),
)
APPEALS = QueueSource(
    name="appeal",
    rank=3,
    rows=_appeals,
    number="contribution__number",
    thing=QueueThing.APPEALS,
    free=lambda rows, narrowed: (
        rows.filter(is_the_viewers=False)
        .exclude(first_decided_by=narrowed.viewer)
        .exclude(letter__isnull=False, letter__typed_by=narrowed.viewer)
    ),
)

PAUSE_APPEALS = QueueSource(
    name="pause_appeal",
    rank=7,
    rows=_pause_appeals,
    number="contribution__number",
    thing=QueueThing.APPEALS,
    free=lambda rows, narrowed: rows.filter(is_the_viewers=False).exclude(first_decided_by=narrowed.viewer),
)


def left_for_deputy() -> Left:
    """Return what fewer than two moderators could decide on: five queries. Pair: `rules.free_moderators`."""
    moderators = ids_in_role(Role.MODERATOR)
    if len(moderators) < ENOUGH:
        return Left(everything=True)
    wrote = writers_by_topic(None, among=moderators)
    about = Case.objects.filter(about_staff__in=moderators).values_list(
        "contribution", "contribution__topic", "contribution__author", "about_staff"
    )
    reported = Report.objects.filter(reporter__in=moderators).values_list(
        "case__contribution", "case__contribution__topic", "case__contribution__author", "reporter"
    )
    typed = OutsideVoice.objects.filter(typed_by__in=moderators).values_list(
        "contribution", "contribution__topic", "contribution__author", "typed_by"
    )
    involved: dict[int, set[int | None]] = defaultdict(set)
    for text, topic, *people in (*about, *reported, *typed):
        involved[text] |= {*people, *wrote.get(topic, ())}
    return Left(
        topics=frozenset(topic for topic, people in wrote.items() if len(moderators - people) < ENOUGH),
        texts=frozenset(text for text, people in involved.items() if len(moderators.difference(people)) < ENOUGH),
    )
