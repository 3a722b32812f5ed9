"""The address of a contribution that holds for ever: it leads to where the number stands now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from apps.accounts.rules import is_person
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug
from apps.discussions.models import Contribution
from apps.discussions.queries import contribution_at, page_of
from apps.publications.queries import treated_in

GONE = 404


@require_safe
def contribution(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Lead to the article on its page of the thread; of what still waits only say that it does.

    Authors of what waits, or was sent back to them, are led to the receipt.
    """
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    found = contribution_at(slug, number)
    if found is None:
        return _not_there(request, consultation, number, status=GONE)
    is_own = is_person(request.user) and found.author_id == request.user.pk
    if is_own and (found.is_waiting or found.is_returned):
        return redirect("portal:contribution-receipt", slug=slug, number=number)
    if found.is_waiting:
        return _not_there(request, consultation, number, status=200, treated=bool(treated_in([found.pk])))
    return redirect(_place(found))


def _place(found: Contribution) -> str:
    """Return the address of the article: the topic it stands in now, at the page that shows it."""
    after = page_of(found)
    address = reverse("portal:topic", kwargs={"slug": found.consultation.slug, "topic": found.topic.slug})
    query = f"?{urlencode({'after': after})}" if after is not None else ""
    return f"{address}{query}#c{found.number}"


def _not_there(
    request: HttpRequest, consultation: Consultation, number: int, *, status: int, treated: bool = False
) -> HttpResponse:
    context = {"consultation": consultation, "number": number, "waits": status != GONE, "is_treated": treated}
    return render(request, "portal/contribution.html", context, status=status)
