"""The municipality's coat of arms or logo: set at the desk, handed out to everyone."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.errors import DomainError
from apps.municipality.actions import remove_crest, set_crest
from apps.municipality.forms import CrestForm
from apps.municipality.queries import the_municipality
from apps.municipality.views.loading import the_keeper

UNFIT = 422
REMOVE = "remove"
KEPT_SECONDS = int(timedelta(days=365).total_seconds())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def crest_edit(request: HttpRequest) -> HttpResponse:
    """Set the picture beside the name and what it shows, or take it away."""
    at, keeper = now(), the_keeper(request, "municipality.edit_municipality")
    if REMOVE in request.POST:
        remove_crest(by=keeper, at=at)
        messages.success(request, _("The picture is removed. The name stands alone."))
        return redirect("municipality:crest-edit")
    crest = the_municipality().crest
    words = {"words_da": crest.words_da, "words_en": crest.words_en} if crest else {}
    form = CrestForm(request.POST or None, request.FILES or None, initial=words, has_crest=crest is not None)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            set_crest(picture=typed["picture"], words=(typed["words_da"], typed["words_en"]), by=keeper, at=at)
        except DomainError as unfit:
            form.add_error("picture", str(unfit))
        else:
            messages.success(request, _("It is saved, and shown from now on."))
            return redirect("municipality:crest-edit")
    context = {"form": form, "crest": crest}
    return render(request, "municipality/crest_edit.html", context, status=UNFIT if form.is_bound else 200)


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS, immutable=True)
def crest(request: HttpRequest, sha256: str) -> HttpResponseBase:  # noqa: ARG001 - everyone gets the same
    """Send the picture. Its address names its content; raises Http404 for one that is not shown any more."""
    standing = the_municipality().crest
    if standing is None or standing.sha256 != sha256:
        raise Http404
    return handed_out(standing.file, kind=standing.kind, name="crest", as_attachment=False)
