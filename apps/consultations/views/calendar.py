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
from apps.consultations.queries import calendar_items
from apps.consultations.rendering import calendar_file_of_items

IN_FILE = 12


@require_safe
@signed_in
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what happens in a month, day by day, in the viewer's consultations or in all that they may see."""
    require("consultations.open_calendar", request.user)
    at = now()
    first, only_mine = _asked(request, at)
    until = months_later(first, 1)
    items = calendar_items(request.user, first=first, until=until, only_mine=only_mine, at=at)
    earlier = months_later(first, -1)
    context = {
        "days": [(day, weekday(day, at), list(found)) for day, found in groupby(items, key=attrgetter("day"))],
        "month": f"{first:%Y-%m}",
        "month_words": _words(first),
        "earlier": f"{earlier:%Y-%m}",
        "earlier_words": _words(earlier),
        "later": f"{until:%Y-%m}",
        "later_words": _words(until),
        "whose": "mine" if only_mine else "all",
        "today": local(at).date(),
    }
    return render(request, "consultations/calendar.html", context)


@require_safe
@signed_in
def calendar_download(request: HttpRequest) -> HttpResponse:
    """Return the file of that month and the eleven after it, for the official's own calendar."""
    require("consultations.open_calendar", request.user)
    at = now()
    first, only_mine = _asked(request, at)
    until = months_later(first, IN_FILE)
    items = calendar_items(request.user, first=first, until=until, only_mine=only_mine, at=at)
    response = HttpResponse(calendar_file_of_items(items, at=at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="calendar-{first:%Y-%m}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def _asked(request: HttpRequest, at: datetime) -> tuple[date, bool]:
    """Return the month and whether only the viewer's own is asked for; anything odd leads to this month."""
    this_month = local(at).date().replace(day=1)
    return month_of(request.GET.get("month")) or this_month, request.GET.get("whose") != "all"


def _words(first: date) -> str:
    return f"{MONTHS[first.month]} {first.year}"
