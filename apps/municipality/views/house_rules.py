"""The house rules: for everyone to read in every version, and for administrators to change."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.forms import with_more_rows
from apps.municipality.actions import RuleText, publish_house_rules
from apps.municipality.forms import RuleRows, RulesChangeForm, typed_rule
from apps.municipality.queries import house_rules, is_only_danish, selectable_reasons, versions_of_rules
from apps.municipality.views.loading import the_keeper

UNFIT = 422
MORE = "more"


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the house rules in force."""
    return _rules_page(request, versions_of_rules()[0].version)


@require_safe
def rules_version(request: HttpRequest, version: int) -> HttpResponse:
    """Show the house rules as they were in one version."""
    return _rules_page(request, version)


def _rules_page(request: HttpRequest, version: int) -> HttpResponse:
    """Show that version, until when it held, and the others."""
    versions = versions_of_rules()
    places = {row.version: place for place, row in enumerate(versions)}
    if version not in places:
        raise Http404
    place = places[version]
    rules_then = house_rules(version)
    context = {
        "shown": versions[place],
        "followed_by": versions[place - 1] if place else None,
        "rules": rules_then,
        "only_danish": any(is_only_danish(rule, "text") for rule in rules_then),
        "reasons": [] if place else selectable_reasons(),
        "versions": versions,
    }
    return render(request, "municipality/house_rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def rules_edit(request: HttpRequest) -> HttpResponse:
    """Publish another version of the house rules."""
    at, keeper = now(), the_keeper(request, "municipality.edit_municipality")
    if request.method != "POST":
        rows = RuleRows(prefix="rules", initial=[typed_rule(rule) for rule in house_rules()])
        return _edit_page(request, rows, RulesChangeForm())
    if MORE in request.POST:
        typed = {name: request.POST.get(name, "") for name in RulesChangeForm.base_fields}
        rows = with_more_rows(RuleRows, request.POST, prefix="rules")
        return _edit_page(request, rows, RulesChangeForm(initial=typed))
    rows, form = RuleRows(request.POST, prefix="rules"), RulesChangeForm(request.POST)
    if not (rows.is_valid() & form.is_valid()):
        return _edit_page(request, rows, form, status=UNFIT)
    texts = [RuleText(**{name: row[name] for name in RuleText.__dataclass_fields__}) for row in rows.written()]
    try:
        made = publish_house_rules(rules=texts, by=keeper, at=at, **form.cleaned_data)
    except DomainError as in_the_way:
        return _edit_page(request, rows, form, refusal=str(in_the_way), status=UNFIT)
    if made is None:
        messages.info(request, _("Nothing was changed, so there is no new version."))
    else:
        messages.success(request, _("Version %(version)s holds from now on.") % {"version": made.version})
    return redirect("municipality:rules")


def _edit_page(request: HttpRequest, rows: RuleRows, form: RulesChangeForm, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    context |= {"rows": rows, "form": form}
    return render(request, "municipality/house_rules_edit.html", context, status=status)
