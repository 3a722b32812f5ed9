"""What authors see of their own contributions and do with them. Nobody else has a door here."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apps.accounts.models import User
from apps.accounts.rules import is_person
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import require
from apps.consultations.queries import phases_of
from apps.discussions.actions import Enclosure, fit_text, revise_contribution, withdraw_contribution
from apps.discussions.engine.redaction import bars_in
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import UnfitText
from apps.discussions.forms import FilesForm, TextForm
from apps.discussions.models import Contribution
from apps.discussions.queries import Reading, files_beside, pause_of, text_at
from apps.discussions.rendering import reason_in_words, shown_as
from apps.discussions.rules import edit_until

UNFIT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_revise(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let the author change a text that waits or was sent back; the number stays."""
    contribution, author = _own(request, slug, number)
    at = now()
    pause = None if contribution.is_returned else pause_of(author, contribution.consultation, at=at)
    context = _context(request, contribution) | _asked(contribution) | {"pause": pause}
    context["standing"] = [row for row in files_beside(contribution) if not row.is_removed]
    if request.method != "POST":
        phases = phases_of(contribution.consultation)
        # Who may change it but for a pause sees the page with what the pause leaves them.
        require("discussions.revise_contribution", author, contribution, phases=phases, pause=None, at=at)
        form = TextForm(initial={"kind": contribution.kind, "body": contribution.body})
        return render(request, "discussions/contribution_revise.html", context | {"form": form, "files": FilesForm()})
    form, files = TextForm(request.POST), FilesForm(request.POST, request.FILES)
    try:
        body = fit_text(request.POST.get("body", ""), bars=bars_in(contribution.body))
        for refused in files.refusals:
            form.add_error(None, refused)
        if form.is_valid():
            changed = revise_contribution(
                contribution=contribution,
                kind=ContributionKind(form.cleaned_data["kind"]),
                body=body,
                files=[Enclosure(**file) for file in files.cleaned_data["enclosed"]],
                leave_out=_left_out(request),
                by=author,
                at=at,
            )
            if not changed and contribution.is_returned:
                form.add_error(
                    "body", _("Nothing has been changed yet. Change what the moderator asked for, then save.")
                )
    except DomainError as refusal:
        form.add_error("body" if isinstance(refusal, UnfitText) else None, str(refusal))
    if form.is_valid():
        return _to_receipt(contribution)
    context |= {"form": form, "files": files, "left_out": _left_out(request)}
    return render(request, "discussions/contribution_revise.html", context, status=UNFIT)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Ask the author once more, then take the text back; the number stays."""
    contribution, author = _own(request, slug, number)
    if request.method == "POST":
        withdraw_contribution(contribution=contribution, by=author, at=now())
        return _to_receipt(contribution)
    require("discussions.withdraw_contribution", author, contribution)
    return render(request, "discussions/contribution_withdraw.html", _context(request, contribution))


def _own(request: HttpRequest, slug: str, number: int) -> tuple[Contribution, User]:
    """Return the viewer's own contribution with that number; for everyone else there is no such page.

    One that was moved to another consultation is meant by the number that it had before as well.
    """
    found = text_at(slug, number)
    if found is None or not is_person(request.user) or found.author_id != request.user.pk:
        raise Http404
    return found, request.user


def _left_out(request: HttpRequest) -> set[int]:
    """Return at which places files stand that the author has ticked to be left out."""
    return {place for place in map(whole_number, request.POST.getlist("leave_out")) if place}


def _to_receipt(contribution: Contribution) -> HttpResponse:
    return redirect("portal:contribution-receipt", slug=contribution.consultation.slug, number=contribution.number)


def _asked(contribution: Contribution) -> dict[str, Any]:
    """Return what a moderator asked for and until when, where an edit was asked for."""
    return {
        "until": edit_until(contribution),
        "reason": reason_in_words(contribution.refusal_reason, contribution.refusal_sentence),
    }


def _context(request: HttpRequest, contribution: Contribution) -> dict[str, Any]:
    reading = Reading(topic=contribution.topic, viewer_id=request.user.pk, at=now())
    return {
        "contribution": contribution,
        "topic": contribution.topic,
        "article": shown_as(contribution, reading),
    }
