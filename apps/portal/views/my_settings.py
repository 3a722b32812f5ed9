"""What people choose about themselves, and how they log in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from apps.accounts.actions import change_language, change_name
from apps.accounts.errors import UnfitName
from apps.accounts.models import User
from apps.accounts.queries import factors_of
from apps.common.access import signed_in
from apps.common.clock import now
from apps.portal.forms import LanguageForm, NameForm


@signed_in
def my_settings(request: HttpRequest) -> HttpResponse:
    """Show and change the name shown and the language."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    person = request.user
    if request.method == "POST" and "language" in request.POST:
        return _with_language(request, person)
    if request.method == "POST":
        return _with_name(request, person)
    return _settings_page(request, person)


def _with_name(request: HttpRequest, person: User) -> HttpResponse:
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            changed = change_name(person=person, display_name=form.cleaned_data["display_name"], by=person, at=now())
        except UnfitName as problem:
            form.add_error("display_name", str(problem))
        else:
            messages.success(request, _("Your name is changed.") if changed else _("That is your name already."))
            return redirect("portal:my-settings")
    return _settings_page(request, person, name=form)


def _with_language(request: HttpRequest, person: User) -> HttpResponse:
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _settings_page(request, person, language=form)
    chosen = form.cleaned_data["language"]
    change_language(person=person, language=chosen)
    with override(chosen):
        messages.success(request, _("This is your language now."))
    return redirect(translate_url(reverse("portal:my-settings"), chosen))


def _settings_page(
    request: HttpRequest, person: User, *, name: NameForm | None = None, language: LanguageForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "name_form": name or NameForm(initial={"display_name": person.display_name}),
        "language_form": language or LanguageForm(initial={"language": person.language}),
    }
    return render(request, "portal/my_settings.html", context, status=422 if name or language else 200)


@require_safe
@signed_in
def my_security(request: HttpRequest) -> HttpResponse:
    """Lead to what keeps the account one's own: password, second step, devices, e-mail address."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    person = request.user
    context = {"has_password": person.has_usable_password(), "factors": factors_of(person)}
    return render(request, "portal/my_security.html", context)
