"""Decisions on texts that came on paper: their authors are told by a letter, which somebody prints and posts."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.pagination import whole_number
from apps.common.pdf import can_make_pdf
from apps.common.permissions import require
from apps.discussions.actions import take_out_senders
from apps.moderation.actions import post_statement
from apps.moderation.actions.stating import OTHERWISE, facts_told
from apps.moderation.enums import Outcome
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import outcomes_to_post, statement_to_post, statements_to_post
from apps.moderation.queries.posting import POST_PAGE
from apps.moderation.rendering.posting import NO_PDF, statement_as_pdf
from apps.municipality.queries import the_municipality


@signed_in
@require_safe
def statement_post_list(request: HttpRequest) -> HttpResponse:
    """List the reasons, and what came of appeals, that are to be sent by post, oldest first."""
    at = now()
    _letter_writer(request)
    after = whole_number(request.GET.get("after"))
    rows = list(statements_to_post(at=at, after=after)[: POST_PAGE + 1])
    here = reverse("moderation:statement-post-list")
    context = {
        "rows": rows[:POST_PAGE],
        "outcomes": outcomes_to_post(),
        "newer": here if after else "",
        "older": f"{here}?after={rows[POST_PAGE - 1].pk}" if len(rows) > POST_PAGE else "",
        "no_pdf": "" if can_make_pdf() else str(NO_PDF),
        "now": at,
    }
    return render(request, "moderation/statement_post_list.html", context)


@require_POST
@signed_in
def statement_print(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Return the reasons as a letter to their author; the ledger tells that an address was taken out."""
    at = now()
    by, statement = _statement(request, statement_id)
    contribution = statement.text
    refused = None if can_make_pdf() else NO_PDF
    senders = (
        take_out_senders(
            consultation=contribution.consultation,
            voices=[contribution.outside],
            by=by,
            at=at,
        )
        if refused is None
        else []
    )
    if refused is not None or not senders:
        sentence = refused or _("The name and the address of the sender are erased, so there is nobody to write to.")
        messages.error(request, str(sentence))
        return redirect("moderation:statement-post-list")
    outcome = Outcome(statement.ruling.outcome)
    facts = (facts_told(outcome, contribution), OTHERWISE.get(outcome, ""))
    letter = statement_as_pdf(statement, senders[0], facts=facts, municipality=the_municipality())
    response = HttpResponse(letter, content_type="application/pdf")
    name = f"{contribution.consultation.slug}-{contribution.number}-decision.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@signed_in
def statement_post(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Say that the letter is in the post."""
    at = now()
    by, statement = _statement(request, statement_id)
    post_statement(statement=statement, by=by, at=at)
    told = _("The reasons for the decision on no. %(number)s are in the post.")
    messages.success(request, told % {"number": statement.text.number})
    return redirect("moderation:statement-post-list")


def _statement(request: HttpRequest, statement_id: int) -> tuple[User, StatementOfReasons]:
    by, found = _letter_writer(request), statement_to_post(statement_id)
    if found is None:
        raise Http404
    return by, found


def _letter_writer(request: HttpRequest) -> User:
    require("moderation.post_statements", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
