"""The page on which the team looks at a draft before everyone does."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import may, require, why_not
from apps.consultations import actions, queries
from apps.consultations.forms import CommentForm
from apps.consultations.models import Consultation, Review
from apps.consultations.views.loading import the_official

UNFIT = 422


@signed_in
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where the draft stands before colleagues' eyes, and take what they say about it."""
    official, consultation = _the_draft(request, slug)
    latest = queries.latest_review(consultation)
    form = CommentForm(request.POST or None)
    if request.method != "POST":
        return _page(request, consultation, latest, form)
    if not form.is_valid():
        return _page(request, consultation, latest, form, status=UNFIT)
    try:
        told = _done(request, official, consultation, latest, form.cleaned_data["comment"])
    except DomainError as refused:
        form.add_error("comment", str(refused))
        return _page(request, consultation, latest, form, status=refused.status)
    if told:
        messages.success(request, told)
    return redirect("consultations:review", slug=slug)


def _the_draft(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    official = the_official(request)
    found = queries.consultation_by_slug(official, slug)
    if found is None:
        raise Http404
    require("consultations.discuss_draft", official, found)
    return official, found


def _done(request: HttpRequest, by: User, consultation: Consultation, latest: Review | None, comment: str) -> str:
    """Do what the button says; return what is said about it."""
    at, asked = now(), request.POST
    if "settle" in asked:
        found = queries.draft_comment(consultation, whole_number(asked["settle"]) or 0)
        done = found is not None and actions.settle_comment(comment=found, by=by, at=at)
        return _("The comment is marked as dealt with.") if done else ""
    if "ask" in asked:
        actions.ask_for_review(consultation=consultation, by=by, at=at)
        return _("The team is asked to look at the draft.")
    if "approve" in asked and latest is not None:
        actions.approve_draft(review=latest, seen=whole_number(asked.get("seen")) or 0, by=by, at=at)
        return _("The draft is approved. It can be published as it stands.")
    if "send_back" in asked and latest is not None:
        actions.send_draft_back(review=latest, comment=comment, by=by, at=at)
        return _("The draft is sent back with your comment.")
    actions.comment_on_draft(consultation=consultation, comment=comment, by=by, at=at)
    return _("Your comment is there for the team.")


def _page(
    request: HttpRequest, consultation: Consultation, latest: Review | None, form: CommentForm, *, status: int = 200
) -> HttpResponse:
    state = queries.draft_state(consultation)
    refused: Any = _("Nobody has asked for a review yet.")
    if latest is not None:
        editor = queries.last_editor(state)
        refused = why_not("consultations.decide_review", request.user, latest, last_editor=editor)
    checklist = queries.checklist_of(consultation, at=now())
    context = {
        "consultation": consultation,
        "latest": latest,
        "state": state,
        "is_changed_since": latest is not None and latest.seen != state,
        "comments": queries.comments_on(consultation),
        "checklist": checklist,
        "missing": checklist[0].found,
        "why_not_decide": refused,
        "may_edit": may("consultations.edit_consultation", request.user, consultation),
        "form": form,
    }
    return render(request, "consultations/review.html", context, status=status)
