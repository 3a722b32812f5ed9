"""The officials' calendar, month by month, and its file."""

from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dates import MONTHS
from django.views.decorators.http import require_safe

from apps.common.access import signed_in
from apps.common.calendar import local
from apps.common.clock import now
from apps.common.permissions import require
from apps.common.wording import weekday
from apps.consultations.engine.months import month_of, months_later
from apps.consultations.queries import CalendarItem, calendar_items
from apps.consultations.rendering import calendar_file_of_items

IN_FILE = 12


@require_safe
@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what happens in a month, day by day, in the viewer's consultations or in all that they may see."""
    at = now()
    first, only_mine, items = _asked(request, at, months=1)
    earlier, later = (months_later(first, step) for step in (-1, 1))
    context = {
        "days": [(day, weekday(day, at), list(found)) for day, found in groupby(items, key=attrgetter("day"))],
        "month": f"{first:%Y-%m}",
        "month_words": _words(first),
        "earlier": f"{earlier:%Y-%m}",
        "earlier_words": _words(earlier),
        "later": f"{later:%Y-%m}",
        "later_words": _words(later),
        "whose": "mine" if only_mine else "all",
        "today": local(at).date(),
    }
    return render(request, "consultations/calendar.html", context)


@require_safe
@signed_in
def calendar_download(request: HttpRequest) -> HttpResponse:
    """Return the file of that month and the eleven after it, for the official's own calendar."""
    at = now()
    first, _only_mine, items = _asked(request, at, months=IN_FILE)
    response = HttpResponse(calendar_file_of_items(items, at=at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calendar-{first:%Y-%m}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest, at: datetime, *, months: int) -> tuple[date, bool, list[CalendarItem]]:
    """Return the month, whether only the viewer's own is asked for, and what happens from that month on.

    Anything odd leads to this month.
    """
    require("consultations.open_calendar", request.user)
    first = month_of(request.GET.get("month")) or local(at).date().replace(day=1)
    only_mine = request.GET.get("whose") != "all"
    until = months_later(first, months)
    items = calendar_items(request.user, first=first, until=until, only_mine=only_mine, at=at)
    return first, only_mine, items


def _words(first: date) -> str:
    return f"{MONTHS[first.month]} {first.year}"
