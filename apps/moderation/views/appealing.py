"""An author's appeal against a decision about their text."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from apps.accounts.rules import is_person
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import why_not
from apps.common.richtext import to_html, trusted
from apps.discussions.models import Contribution
from apps.discussions.queries import sealed_texts, text_at
from apps.moderation.actions import submit_appeal
from apps.moderation.enums import Outcome
from apps.moderation.forms import AppealForm
from apps.moderation.models import Appeal, Decision
from apps.moderation.queries import decision_to_appeal, decisions_against
from apps.moderation.rendering import shown_text
from apps.moderation.rules import APPEAL_TAKEN

UNFIT = 422


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def appeal_submit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let the author appeal once against a decision: the one whose statement the address names, or the last.

    What came of it stands here and on the receipt. For others there is no such page. A text that was moved to another
    consultation is meant by the number that it had before as well: the mail with the reasons names that one.
    """
    at, contribution = now(), text_at(slug, number)
    if contribution is None or not is_person(request.user) or contribution.author_id != request.user.pk:
        raise Http404
    decision = _decision(contribution, request.GET.get("statement", ""))
    if decision is None:
        raise Http404
    appeal: Appeal | None = getattr(decision, "appeal", None)
    refused = None if appeal else why_not("moderation.submit_appeal", request.user, decision, at=at)
    form = AppealForm(request.POST or None)
    if request.method == "POST" and appeal is None and refused is None and form.is_valid():
        try:
            submit_appeal(decision=decision, **form.cleaned_data, by=request.user, at=at)
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your appeal was received. You get a mail when it is decided."))
    if request.method == "POST" and (appeal or form.is_valid()) and not refused:
        slug = contribution.consultation.slug
        return redirect("portal:contribution-receipt", slug=slug, number=contribution.number)
    context = {
        "now": at,
        "contribution": contribution,
        "topic": contribution.topic,
        "text": _written(contribution, decision),
        "decision": decision,
        "appeal": appeal,
        "appeal_until": decision.decided_at + APPEAL_TAKEN,
        "refused": refused,
        "kept_text": request.POST.get("text", "") if refused else "",
        "form": form,
    }
    return render(request, "moderation/appeal_submit.html", context, status=UNFIT if request.method == "POST" else 200)


def _written(contribution: Contribution, decision: Decision) -> SafeString | None:
    """Return the text that was decided on: before the passage was redacted, where the decision is that."""
    former = sealed_texts(contribution) if decision.outcome == Outcome.REDACT else []
    written = next((past.body for past in former if past.version == decision.version), None)
    return shown_text(contribution) if written is None else trusted(to_html(written))


def _decision(contribution: Contribution, puid: str) -> Decision | None:
    decisions = decisions_against(contribution)
    stated = (row for row in decisions if puid and row.statement.puid == puid)
    return next(stated, None) or decision_to_appeal(contribution) or next(iter(decisions), None)
