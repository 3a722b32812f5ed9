"""What the municipality says of itself: set by administrators, shown as its colour and on the accessibility page."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.forms import with_more_rows
from apps.municipality.actions import DistrictText, change_municipality, set_districts
from apps.municipality.engine.colours import dark_shades, light_shades
from apps.municipality.forms import AccessibilityForm, BrandForm, DistrictRows, MunicipalityForm, ProposalsForm
from apps.municipality.queries import districts, the_municipality
from apps.municipality.views.loading import the_keeper

UNFIT = 422
MORE = "more"
EDIT = "municipality.edit_municipality"
KEPT_SECONDS = int(timedelta(days=365).total_seconds())


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def municipality_edit(request: HttpRequest) -> HttpResponse:
    """Set the name, the contact and the promises."""
    return _edit(request, MunicipalityForm, "municipality/municipality_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def brand_edit(request: HttpRequest) -> HttpResponse:
    """Set the colour, if text in it can be read."""
    return _edit(request, BrandForm, "municipality/brand_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def proposals_edit(request: HttpRequest) -> HttpResponse:
    """Set whether suggestions can be citizen proposals, and on what terms."""
    return _edit(request, ProposalsForm, "municipality/proposals_edit.html")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def accessibility_edit(request: HttpRequest) -> HttpResponse:
    """Set what the page about accessibility says."""
    return _edit(request, AccessibilityForm, "municipality/accessibility_edit.html")


def _edit(request: HttpRequest, kind: type[Any], template: str) -> HttpResponse:
    at, keeper = now(), the_keeper(request, EDIT)
    municipality = the_municipality()
    form: Form = kind(request.POST or None, initial={name: getattr(municipality, name) for name in kind.base_fields})
    if form.is_bound and form.is_valid():
        try:
            change_municipality(facts=form.cleaned_data, by=keeper, at=at)
        except DomainError as unfit:
            field = getattr(unfit, "field", "")
            form.add_error(field if field in form.fields else next(iter(kind.base_fields)), str(unfit))
        else:
            messages.success(request, _("It is saved, and shown from now on."))
            return redirect(request.path)
    return render(request, template, {"form": form}, status=UNFIT if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def district_list_edit(request: HttpRequest) -> HttpResponse:
    """Set the districts and their postal codes."""
    at, keeper = now(), the_keeper(request, EDIT)
    if request.method != "POST":
        kept = [{"pk": row.pk, "name": row.name, "postal_codes": row.postal_codes} for row in districts()]
        return _districts_page(request, DistrictRows(prefix="districts", initial=kept))
    if MORE in request.POST:
        return _districts_page(request, with_more_rows(DistrictRows, request.POST, prefix="districts"))
    rows = DistrictRows(request.POST, prefix="districts")
    if not rows.is_valid():
        return _districts_page(request, rows, status=UNFIT)
    wanted = [
        DistrictText(name=" ".join(row["name"].split()), postal_codes=row["postal_codes"], pk=row["pk"] or 0)
        for row in rows.written()
    ]
    try:
        set_districts(districts=wanted, by=keeper, at=at)
    except DomainError as unfit:
        return _districts_page(request, rows, refusal=str(unfit), status=UNFIT)
    messages.success(request, _("The districts are saved."))
    return redirect("municipality:district-list-edit")


def _districts_page(request: HttpRequest, rows: DistrictRows, *, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"rows": rows, "refusal": refusal}
    return render(request, "municipality/district_list_edit.html", context, status=status)


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
def brand(request: HttpRequest) -> HttpResponse:
    """Send the municipality's colour as a style file; empty without one. Its address names the colour."""
    colour = the_municipality().brand_color
    context = {"light": light_shades(colour), "dark": dark_shades(colour)} if colour else {}
    return render(request, "municipality/brand.css", context, content_type="text/css")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how accessible the site is, and how to tell of what is not (webtilgængelighedsloven, sections 4 and 5)."""
    return render(request, "municipality/accessibility.html")
