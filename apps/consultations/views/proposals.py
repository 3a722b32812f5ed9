"""The versions of what the municipality proposes, and what differs between any two."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.consultations import queries
from apps.consultations.models import ProposalVersion


@require_safe
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the versions, newest first, and compare two: those asked for, or the last change."""
    found = queries.consultation_by_slug(request.user, slug)
    if found is None:
        raise Http404
    versions = queries.versions_of(found)
    newer = _asked(request, "to", versions) or (versions[0] if versions else None)
    older = _asked(request, "from", versions) or (versions[1] if len(versions) > 1 else newer)
    context = {
        "consultation": found,
        "versions": versions,
        "older": older,
        "newer": newer,
        "compared": queries.compared(older, newer) if older and newer else [],
    }
    return render(request, "consultations/version_list.html", context)


def _asked(request: HttpRequest, name: str, versions: Sequence[ProposalVersion]) -> ProposalVersion | None:
    wanted = request.GET.get(name, "")
    return next((version for version in versions if str(version.version) == wanted), None)
