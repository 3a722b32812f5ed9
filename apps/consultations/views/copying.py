"""Beginning a hearing as a copy of another."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.permissions import require
from apps.consultations.actions import copy_consultation
from apps.consultations.errors import AddressTaken
from apps.consultations.forms import CopyForm
from apps.consultations.queries import consultation_by_slug, facts_of, phases_of, topics_of
from apps.consultations.views.loading import the_official

UNFIT = 422


@signed_in
def consultation_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what comes along and what does not, and make the copy: a draft that the official owns."""
    at, official = now(), the_official(request)
    source = consultation_by_slug(official, slug)
    if source is None:
        raise Http404
    require("consultations.copy_consultation", official, source)
    form = CopyForm(request.POST or None, initial={"title": source.title})
    if form.is_bound and form.is_valid():
        try:
            made = copy_consultation(source=source, **form.cleaned_data, by=official, at=at)
        except AddressTaken:
            form.add_error("slug", _("Another consultation has this address already. Choose another one."))
        else:
            messages.success(request, _("The copy is a draft of your own. Only its team sees it: so far, you."))
            return redirect("consultations:consultation-edit", slug=made.slug)
    context = {
        "form": form,
        "consultation": source,
        "topics": topics_of(source),
        "phases": phases_of(source),
        "facts": facts_of(source),
    }
    return render(request, "consultations/consultation_copy.html", context, status=UNFIT if form.is_bound else 200)
