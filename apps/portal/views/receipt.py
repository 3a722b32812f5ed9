"""The author's receipt: what was received and what became of it, with the appeal against a decision."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.rules import is_person
from apps.common.clock import now
from apps.common.permissions import may
from apps.common.richtext import to_html, trusted
from apps.discussions.actions.drafting import text_fingerprint
from apps.discussions.queries import contribution_at, every_file_of, held_back, sealed_texts
from apps.discussions.rules import edit_until
from apps.moderation.queries import appeals_on, decision_to_appeal, redactions_of
from apps.moderation.rules import APPEAL_TAKEN
from apps.publications.queries.objections import rendered_of


@require_safe
@login_required
def contribution_receipt(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show the author number, time, fingerprint and text, what happens next, and the appeal. Others find no page."""
    at, contribution = now(), contribution_at(slug, number)
    if contribution is None or not is_person(request.user) or contribution.author_id != request.user.pk:
        raise Http404
    decision, until = decision_to_appeal(contribution), edit_until(contribution)
    sealed = sealed_texts(contribution)
    context = {
        "now": at,
        "contribution": contribution,
        "topic": contribution.topic,
        "fingerprint": text_fingerprint(contribution) if contribution.salt else "",
        "files": every_file_of(contribution),
        "can_revise": contribution.is_waiting or (until is not None and at < until),
        "until": until,
        "is_held": contribution.pk in held_back([contribution]),
        "sealed": [trusted(to_html(past.body)) for past in sealed],
        "redactions": redactions_of(contribution) if sealed else [],
        "can_withdraw": may("discussions.withdraw_contribution", request.user, contribution),
        "appeal": appeals_on([contribution.pk], author=request.user).get(contribution.pk),
        "can_appeal": decision is not None and may("moderation.submit_appeal", request.user, decision, at=at),
        "rendered": rendered_of([contribution.pk]).get(contribution.pk),
        "appeal_until": decision.decided_at + APPEAL_TAKEN if decision else None,
    }
    return render(request, "portal/contribution_receipt.html", context)
