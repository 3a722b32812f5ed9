"""Deleting one's account."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.confirming import confirmed_again_to_send
from apps.common.errors import DomainError
from apps.portal.actions import delete_account
from apps.portal.errors import NotYourAddress
from apps.portal.forms import DeleteForm
from apps.portal.queries import leaving_of


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@confirmed_again_to_send
def account_delete(request: HttpRequest) -> HttpResponse:
    """Explain what goes and what stays, and delete the account when its address is typed."""
    assert isinstance(request.user, User)  # noqa: S101 - signed in
    person, at = request.user, now()
    form = DeleteForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200 if request.method != "POST" else 422
    if form.is_valid():
        try:
            delete_account(person=person, typed=form.cleaned_data["address"], by=person, at=at)
        except NotYourAddress as problem:
            form.add_error("address", str(problem))
        except DomainError as problem:
            refusal, status = str(problem), problem.status
        else:
            logout(request)
            return redirect("portal:account-deleted")
    leaving = leaving_of(person, at=at)
    context = {"form": form, "leaving": leaving, "refusal": refusal or leaving.refusal}
    return render(request, "portal/account_delete.html", context, status=status)


@require_safe
def account_deleted(request: HttpRequest) -> HttpResponse:
    """Say goodbye."""
    return render(request, "portal/account_deleted.html")
