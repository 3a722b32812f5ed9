"""Objections to how a white paper renders a contribution: sent once by its author, answered by the team."""

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.pagination import whole_number
from apps.common.permissions import may, require
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, with_english
from apps.discussions.models import Contribution
from apps.discussions.queries import text_at
from apps.publications.actions.objections import answer_objection, object_to_rendering
from apps.publications.errors import UnfitObjection
from apps.publications.forms import ObjectionForm, ObjectionReplyForm
from apps.publications.models import Objection
from apps.publications.queries import marks_in, published_paper, quotes_of
from apps.publications.queries.objections import objection_at, objections_of, rendered_of
from apps.publications.rendering.papers import frozen_statement, shown_argument

WAITING, ANSWERED = "waiting", "answered"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def objection_send(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the author how the white paper renders their contribution, and take in what is wrong about it, once."""
    by = cast("User", request.user)
    contribution = text_at(slug, number)
    if contribution is None or contribution.author_id != by.pk:
        raise Http404
    require("publications.object_to_rendering", by, contribution)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _form_page(request, contribution, form)
    if not form.is_valid():
        return _form_page(request, contribution, form, status=422)
    try:
        object_to_rendering(contribution=contribution, text=form.cleaned_data["text"], by=by, at=now())
    except DomainError as refusal:
        form.add_error("text" if isinstance(refusal, UnfitObjection) else None, str(refusal))
        return _form_page(request, contribution, form, status=refusal.status)
    messages.success(request, _("Your objection is with the municipality. You get a mail when it is answered."))
    return redirect("publications:objection-send", slug=contribution.consultation.slug, number=contribution.number)


def _form_page(
    request: HttpRequest, contribution: Contribution, form: ObjectionForm, *, status: int = 200
) -> HttpResponse:
    rendered = rendered_of([contribution.pk]).get(contribution.pk)
    context = {
        "contribution": contribution,
        "consultation": contribution.consultation,
        "form": form,
        "rendered": rendered,
        "objection": rendered.objection if rendered else None,
        "parts": _parts(contribution, rendered.labels if rendered else ()),
    }
    with_english(contribution.consultation, contribution.topic)
    return render(request, "publications/objection_send.html", context, status=status)


def _parts(contribution: Contribution, labels: Any) -> list[dict[str, Any]]:
    """Return the statements that treat a contribution, each with the passages of it that they rest on."""
    version = published_paper(contribution.consultation)
    found = [frozen_statement(version, label)[0] for label in labels] if version else []
    statements = [statement for statement in found if statement]
    marks = [[mark for mark in marks_in(row["points"]) if mark.number == contribution.number] for row in statements]
    quotes = quotes_of(contribution.consultation, [mark for row in marks for mark in row])
    parts = []
    for statement, own in zip(statements, marks, strict=True):
        parts.append({"row": shown_argument(statement), "quotes": quotes[: len(own)]})
        quotes = quotes[len(own) :]
    return parts


@require_safe
@signed_in
def objection_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List the objections to a white paper, those that wait first, for the team."""
    consultation = _consultation(request, slug)
    show = ANSWERED if request.GET.get("show") == ANSWERED else WAITING
    after = whole_number(request.GET.get("after")) or 0
    rows, next_after = objections_of(consultation, is_answered=show == ANSWERED, after=after)
    here = reverse("publications:objection-list", args=[slug])
    context = {
        "consultation": consultation,
        "rows": rows,
        "show": show,
        "newer": f"{here}?show={show}" if after else "",
        "older": f"{here}?show={show}&after={next_after}" if next_after else "",
    }
    return render(request, "publications/objection_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def objection_answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what is objected beside the statements it is about, and answer it."""
    consultation = _consultation(request, slug)
    objection = objection_at(consultation, number)
    if objection is None:
        raise Http404
    form = ObjectionReplyForm(request.POST if request.method == "POST" else None)
    if not form.is_bound:
        return _answer_page(request, objection, form)
    if not form.is_valid():
        return _answer_page(request, objection, form, status=422)
    try:
        reply = form.cleaned_data["reply"]
        answer_objection(objection=objection, reply=reply, by=cast("User", request.user), at=now())
    except DomainError as refusal:
        form.add_error("reply" if isinstance(refusal, UnfitObjection) else None, str(refusal))
        return _answer_page(request, objection_at(consultation, number) or objection, form, status=refusal.status)
    messages.success(request, _("The objection is answered. Its author gets a mail."))
    return redirect("publications:objection-list", slug=slug)


def _answer_page(
    request: HttpRequest, objection: Objection, form: ObjectionReplyForm, *, status: int = 200
) -> HttpResponse:
    contribution = objection.contribution
    rendered = rendered_of([contribution.pk]).get(contribution.pk)
    context = {
        "consultation": objection.paper.consultation,
        "contribution": contribution,
        "objection": objection,
        "form": form,
        "parts": _parts(contribution, rendered.labels if rendered else ()),
        "may_write": may("publications.write_white_paper", request.user, objection.paper.consultation),
    }
    return render(request, "publications/objection_answer.html", context, status=status)


def _consultation(request: HttpRequest, slug: str) -> Consultation:
    require("consultations.draft_consultation", request.user)
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("publications.answer_objections", request.user, consultation)
    return consultation
