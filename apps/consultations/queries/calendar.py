"""The officials' calendar: what happens on which day in the consultations that somebody sees."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from apps.common.calendar import last_day_before, local, start_of_day
from apps.consultations.enums import CalendarKind, ConsultationKind, ConsultationStatus, MeetingStatus, ReviewStatus
from apps.consultations.models import UNREADY, Consultation, Meeting, Phase, Review
from apps.consultations.queries.consultations import in_phase_order, period_of, visible_consultations
from apps.consultations.queries.english import with_english
from apps.consultations.queries.team import teams_of

NOT_OVER = (*sorted(UNREADY), ConsultationStatus.PUBLISHED)


@dataclass(frozen=True, kw_only=True)
class CalendarItem:
    """Something on one day; `starts_at` is given where the hour matters, `number` tells two of a kind apart."""

    kind: CalendarKind
    day: date
    consultation: Consultation
    number: int
    starts_at: datetime | None = None
    phase: Phase | None = None
    meeting: Meeting | None = None

    @property
    def thing(self) -> Phase | Meeting | None:
        """What has a title of its own."""
        return self.meeting or self.phase


def calendar_items(
    viewer: Any, *, first: date, until: date, only_mine: bool = False, at: datetime
) -> list[CalendarItem]:
    """Return what happens from one day until before another, by day and hour: a fixed number of queries.

    Drafts stand there for their team alone, and so do reviews. What was called off or laid away is left out.
    """
    mine = teams_of(viewer)
    hearings = (mine if only_mine else visible_consultations(viewer)).filter(kind=ConsultationKind.HEARING)
    seen = hearings.exclude(status__in=[ConsultationStatus.CANCELLED, ConsultationStatus.ARCHIVED])
    span = start_of_day(first), start_of_day(until)
    found = [*_phases(seen, span), *_meetings(seen, span), *_reviews(mine, span), *_lawful_days(seen, at)]
    here = [item for item in found if first <= item.day < until]
    with_english(*(one for item in here for one in (item.consultation, item.thing)))
    return sorted(here, key=lambda item: (item.day, item.starts_at or span[0], item.consultation.pk, item.number))


_Span = tuple[datetime, datetime]


def _phases(seen: "QuerySet[Consultation]", span: _Span) -> Iterator[CalendarItem]:
    opens = Q(opens_at__gte=span[0], opens_at__lt=span[1])
    # What closes at the first instant of a day had its last day before.
    closes = Q(closes_at__gt=span[0], closes_at__lte=span[1])
    rows = Phase.objects.filter(opens | closes, consultation__in=seen).select_related("consultation")
    for row in rows.order_by("pk"):
        said: dict[str, Any] = {"consultation": row.consultation, "number": row.position, "phase": row}
        yield CalendarItem(kind=CalendarKind.OPENS, day=local(row.opens_at).date(), **said)
        if row.closes_at is not None:
            yield CalendarItem(kind=CalendarKind.CLOSES, day=last_day_before(row.closes_at), **said)


def _meetings(seen: "QuerySet[Consultation]", span: _Span) -> Iterator[CalendarItem]:
    rows = Meeting.objects.filter(
        consultation__in=seen, status=MeetingStatus.ANNOUNCED, starts_at__gte=span[0], starts_at__lt=span[1]
    )
    for row in rows.select_related("consultation").order_by("pk"):
        yield CalendarItem(
            kind=CalendarKind.MEETING,
            day=local(row.starts_at).date(),
            starts_at=row.starts_at,
            consultation=row.consultation,
            number=row.number,
            meeting=row,
        )


def _reviews(mine: "QuerySet[Consultation]", span: _Span) -> Iterator[CalendarItem]:
    rows = Review.objects.filter(
        consultation__in=mine.filter(status__in=sorted(UNREADY)),
        status=ReviewStatus.ASKED,
        asked_at__gte=span[0],
        asked_at__lt=span[1],
    )
    for row in rows.select_related("consultation").order_by("pk"):
        yield CalendarItem(
            kind=CalendarKind.REVIEW,
            day=local(row.asked_at).date(),
            starts_at=row.asked_at,
            consultation=row.consultation,
            number=row.pk,
        )


def _lawful_days(seen: "QuerySet[Consultation]", at: datetime) -> Iterator[CalendarItem]:
    """Yield the first lawful last day of hearings by law that are not over (planloven section 24 and its kin)."""
    rows = seen.filter(status__in=NOT_OVER, legal_basis__isnull=False).select_related("legal_basis")
    for row in rows.order_by("pk").prefetch_related(in_phase_order()):
        period = period_of(row, list(row.phases.all()), at=at)
        if period is not None:
            yield CalendarItem(kind=CalendarKind.LAWFUL, day=period.first_lawful_last_day, consultation=row, number=0)
