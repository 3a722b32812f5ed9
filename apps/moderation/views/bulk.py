"""Publishing several texts in one go, after a look at each."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apps.common.access import signed_in
from apps.common.clock import now
from apps.discussions.models import Contribution
from apps.moderation.actions import publish_each
from apps.moderation.queries import PAGE, queue_length, texts_to_read
from apps.moderation.rendering import read_in_full
from apps.moderation.views.desk import come_in, whole_number

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bulk(request: HttpRequest) -> HttpResponse:
    """Show the chosen texts in full, one under the other, and publish those that were read.

    What was in the way of one is told beside it, and is in the way of no other.
    """
    desk = come_in(request, at=now())
    chosen = texts_to_read(_ids(request.GET.getlist("id") or request.POST.getlist("id")))
    refused: dict[int, str] = {}
    if request.method == "POST":
        published = publish_each(read=_read(request, chosen), by=desk.viewer, at=desk.at)
        refused = {row.pk: str(problem) for row, problem in published if problem}
        done = len(published) - len(refused)
        if done:
            words = ngettext("%(done)s contribution was published.", "%(done)s contributions were published.", done)
            messages.success(request, words % {"done": done})
        if published and not refused:
            return redirect(desk.queue_url)
    context = {
        "now": desk.at,
        "desk": desk,
        "texts": read_in_full(texts_to_read([row.pk for row in chosen]), narrowed=desk.narrowed, refused=refused),
        "nothing_read": request.method == "POST" and not refused,
        "queue_length": queue_length(),
    }
    return render(request, "moderation/bulk.html", context, status=CONFLICT if refused else 200)


def _ids(sent: Sequence[str]) -> list[int]:
    """Return the ids that an address names, no more than a page of the queue holds."""
    found = (whole_number(text) for text in sent[:PAGE])
    return [pk for pk in found if pk]


def _read(request: HttpRequest, chosen: Sequence[Contribution]) -> list[tuple[Contribution, int]]:
    """Return the texts whose box is ticked, each with the version that stood beside it."""
    versions = {row.pk: whole_number(request.POST.get(f"version-{row.pk}", "")) for row in chosen}
    ticked = set(_ids(request.POST.getlist("read")))
    return [(row, version) for row in chosen if row.pk in ticked and (version := versions[row.pk])]
