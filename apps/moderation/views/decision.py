"""Deciding on a contribution, and the log of what was decided."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from apps.common.access import signed_in_or_back_to
from apps.common.clock import now
from apps.common.errors import DomainError, NotAllowed
from apps.discussions.enums import ContributionStatus
from apps.discussions.errors import (
    AlreadyDecided,
    AlreadyReviewed,
    EditedSinceRead,
    MovedMeanwhile,
    SameTopic,
    UnfitPassage,
)
from apps.discussions.models import Contribution
from apps.discussions.queries import sender_of, voice_of
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import WITH_REASON, Outcome
from apps.moderation.errors import ClaimedByAnother
from apps.moderation.forms import DecisionForm
from apps.moderation.models import Decision
from apps.moderation.queries import decision_page, decisions_on, queue_length
from apps.moderation.views.choices import POSSIBLE, form_for, places_for
from apps.moderation.views.desk import Desk, come_in, come_in_for, item_at, item_page, whole_number

# Refusals after which there is nothing left to fill in.
OVER = (AlreadyDecided, ClaimedByAnother, MovedMeanwhile, NotAllowed)

# Fields into which words are typed.
TYPED = ("passage", "put_back", "sentence", "move_sentence", "internal_facts")

TOLD = {
    Outcome.PUBLISH: gettext_lazy("No. %(number)s was published."),
    Outcome.REFUSE: gettext_lazy("No. %(number)s was not published. Its author gets the reason by mail."),
    Outcome.RETURN: gettext_lazy("No. %(number)s was sent back. Its author gets your reason, and a week to change it."),
    Outcome.MOVE: gettext_lazy("No. %(number)s was moved to “%(topic)s”."),
    Outcome.HIDE: gettext_lazy("No. %(number)s is hidden. Its number stays with the reason."),
    Outcome.REDACT: gettext_lazy("A passage of no. %(number)s is redacted. Its author gets the reason by mail."),
    Outcome.LIFT: gettext_lazy("The passage is put back into no. %(number)s."),
    Outcome.REVIEW: gettext_lazy("No. %(number)s is marked as read. It stays published."),
    Outcome.RESTORE: gettext_lazy("No. %(number)s is shown again at its place."),
    Outcome.HOLD_FILE: gettext_lazy("A file beside no. %(number)s is held back."),
    Outcome.SHOW_FILE: gettext_lazy("A file beside no. %(number)s is shown again."),
}


@require_POST
@signed_in_or_back_to("moderation:item")
def decide(request: HttpRequest, contribution_id: int) -> HttpResponse:
    """Carry out the decision and go on to what waits next; a refusal comes back as the item's page, nothing lost."""
    contribution = item_at(contribution_id)
    desk = come_in_for(request, contribution, at=now())
    form = form_for(contribution, places=places_for(contribution, at=desk.at), request=request)
    if _is_moved_already(contribution, desk, form):
        return redirect(desk.item_url(contribution.pk))
    try:
        _require_undecided(contribution, form)
        if not form.is_valid():
            return item_page(request, desk, contribution, form=form, kept_text=_typed(form), status=422)
        decision = decide_contribution(contribution=contribution, ruling=_ruling(form), by=desk.viewer, at=desk.at)
    except DomainError as refusal:
        return _refused(request, item_at(contribution_id), desk=desk, form=form, refusal=refusal)
    messages.success(request, _told(contribution, decision))
    return redirect(_next_url(desk, contribution, decision))


@require_safe
@login_required
def decision_list(request: HttpRequest) -> HttpResponse:
    """Show what moderators decided and why, latest first."""
    desk = come_in(request, at=now())
    decisions, last = decision_page(before=whole_number(request.GET.get("before", "")))
    context = {
        "now": desk.at,
        "desk": desk,
        "decisions": decisions,
        "older": f"{request.path}?before={last}" if last else "",
        "newer": request.path if "before" in request.GET else "",
        "queue_length": queue_length(),
    }
    return render(request, "moderation/decision_list.html", context)


def _require_undecided(contribution: Contribution, form: DecisionForm) -> None:
    """Pass what stands where its outcome begins: a text that waits, one that is published, or one that was hidden."""
    outcome, status = form.data.get("outcome", ""), ContributionStatus(contribution.status)
    if outcome in Outcome.values and outcome not in POSSIBLE.get(status, ()):
        raise AlreadyDecided
    if outcome == Outcome.REVIEW and not contribution.is_unread:
        raise AlreadyReviewed


def _ruling(form: DecisionForm) -> Ruling:
    sent = form.cleaned_data
    return Ruling(
        outcome=Outcome(sent["outcome"]),
        version=sent["version"],
        reason=form.chosen_reason(),
        sentence=form.public_sentence(),
        internal_facts=sent["internal_facts"],
        to=form.chosen_topic(),
        with_replies=sent["with_replies"],
        passage=sent.get("passage", ""),
        is_detected=sent["is_detected"],
    )


def _refused(
    request: HttpRequest, contribution: Contribution, *, desk: Desk, form: DecisionForm, refusal: DomainError
) -> HttpResponse:
    """Show the item as it stands now, with the refusal; the same decision sent twice is no refusal."""
    if isinstance(refusal, EditedSinceRead):
        return item_page(
            request,
            desk,
            contribution,
            form=form.for_version(contribution.version),
            read_version=form.cleaned_data["version"],
            refusal=str(refusal),
            status=refusal.status,
        )
    if isinstance(refusal, (SameTopic, MovedMeanwhile)) and _is_moved_already(contribution, desk, form):
        return redirect(desk.item_url(contribution.pk))
    if isinstance(refusal, OVER):
        last = next(iter(decisions_on(contribution)), None)
        if last and isinstance(refusal, AlreadyDecided) and _is_the_same(last, desk, form):
            return redirect(_next_url(desk, contribution, last))
        return item_page(
            request, desk, contribution, refusal=str(refusal), kept_text=_typed(form), status=refusal.status
        )
    form.add_error("passage" if isinstance(refusal, UnfitPassage) else None, str(refusal))
    return item_page(request, desk, contribution, form=form, status=refusal.status)


def _is_moved_already(contribution: Contribution, desk: Desk, form: DecisionForm) -> bool:
    """Tell whether this moderator has just moved it there, as by a double click."""
    if form.data.get("outcome") != Outcome.MOVE or form.data.get("to") != str(contribution.topic_id):
        return False
    last = next((decision for decision in decisions_on(contribution) if decision.undone_at is None), None)
    return last is not None and (last.decided_by_id, last.moved_to_id) == (desk.viewer.pk, contribution.topic_id)


def _is_the_same(decision: Decision, desk: Desk, form: DecisionForm) -> bool:
    sent = form.data.get("outcome"), form.data.get("version")
    return decision.decided_by_id == desk.viewer.pk and sent == (decision.outcome, str(decision.version))


def _typed(form: DecisionForm) -> str:
    """Return the words that were typed, for a page that has no form any more."""
    return "\n\n".join(filter(None, (form.data.get(name, "") for name in TYPED)))


def _next_url(desk: Desk, contribution: Contribution, decision: Decision) -> str:
    """Return where work goes on: with the same contribution when it was moved or changed, else with the next."""
    if decision.outcome in (Outcome.MOVE, Outcome.REDACT, Outcome.LIFT):
        return desk.item_url(contribution.pk)
    return desk.next_url(contribution)


def _told(contribution: Contribution, decision: Decision) -> str:
    """Return the sentence that says what was done."""
    outcome = Outcome(decision.outcome)
    sentence = str(TOLD[outcome])
    if decision.left is not None:
        return _told_of_leaving(contribution, decision.left)
    if outcome == Outcome.MOVE and contribution.is_waiting:
        sentence = _("No. %(number)s was moved to “%(topic)s”. It still waits: publish or refuse it there.")
    elif outcome == Outcome.REDACT and contribution.is_waiting:
        sentence = _("A passage of no. %(number)s is redacted. It still waits: publish or refuse it.")
    elif outcome in WITH_REASON and voice_of(contribution) is not None:
        sentence = _told_of_reasons(contribution)
    elif outcome == Outcome.REFUSE and not contribution.author_id:
        sentence = _("No. %(number)s was not published.")
    return sentence % {"number": contribution.number, "topic": contribution.topic.title}


def _told_of_reasons(contribution: Contribution) -> str:
    """Return how the reasons reach an author who has no account."""
    sender = sender_of(contribution)
    if sender is None:
        return _("It is decided about no. %(number)s. The address of its sender is erased, so nobody can be told.")
    if sender.is_told_by_mail:
        return _("It is decided about no. %(number)s. The reasons go to its sender by e-mail.")
    return _("It is decided about no. %(number)s. The reasons are to be sent by post: print them under “Post”.")


def _told_of_leaving(contribution: Contribution, left: Contribution) -> str:
    words = {
        "old": left.number,
        "left": left.consultation.title,
        "number": contribution.number,
        "title": contribution.consultation.title,
        "topic": contribution.topic.title,
    }
    sentence = _("No. %(old)s of “%(left)s” is no. %(number)s of “%(title)s” now, under “%(topic)s”.")
    if contribution.is_waiting:
        sentence = _(
            "No. %(old)s of “%(left)s” is no. %(number)s of “%(title)s” now, under “%(topic)s”. "
            "It still waits: publish or refuse it there."
        )
    return sentence % words
