"""The rules of the house on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.discussions.enums import THREAD_ORDER
from apps.municipality.queries import house_rules


@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """Explain the order, moderation, residency and the ledger."""
    return render(request, "portal/how_it_works.html", {"house_rules": house_rules(), "thread_order": THREAD_ORDER})
