"""Writing a contribution: the form, a look at it first, sending. A text that cannot be sent yet is not lost."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.rules import is_person
from apps.common.clock import now
from apps.common.drafts import arrive, draft_at, forget_draft, keep_draft, move_draft
from apps.common.errors import DomainError, NotAllowed
from apps.common.pagination import whole_number
from apps.common.permissions import Sentence
from apps.consultations.enums import ConsultationKind
from apps.consultations.errors import UnfitMap
from apps.consultations.models import Topic
from apps.consultations.queries import topic_at
from apps.discussions.actions import Enclosure, fit_text, submit_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import CannotReply, UnfitText
from apps.discussions.forms import ContributionForm, new_form
from apps.discussions.models import Contribution
from apps.discussions.queries import similar_suggestions
from apps.discussions.rendering import (
    ShownSuggestion,
    name_of_response,
    place_words,
    preview,
    shown_as,
    suggestion_rows,
    terms_words,
    writes_as,
)
from apps.discussions.rules import usual_kind
from apps.discussions.views.ended import ended_topic, ended_topic_page
from apps.discussions.views.long_texts import AS_FILE, form_with_file, questions_about, why_not_in_file
from apps.discussions.views.visiting import Visit, answered_in, standing_in
from apps.municipality.queries import house_rules
from apps.screening.queries import Looked, lists_at, look_by
from apps.screening.rules import nudges, question

UNFIT = 422
KEPT = ("kind", "body", "long_text", "reply_to", "key", "opened", "place", "place_at", "as_proposal", "terms")


@require_http_methods(["GET", "HEAD", "POST"])
def contribution_submit(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Show the form of a topic, show a text as it will look, or receive it and lead to the receipt."""
    found = topic_at(request.user, slug, topic)
    if found is None:
        return ended_topic(request, slug, topic)
    visit = Visit(request, found, now())
    return _posted(visit) if request.method == "POST" else _opened(visit)


def _opened(visit: Visit) -> HttpResponse:
    request = visit.request
    kept = draft_at(request.session, visit.topic.pk)
    moved = _ended(visit) if kept and visit.topic.merged_into_id else None
    if moved is not None:
        return moved
    if kept and is_person(request.user):
        arrive(request.session)
    number = whole_number(request.GET.get("reply_to"))
    if kept and number and kept.get("reply_to") != str(number):
        kept = None
    form = new_form(
        kept,
        reply_to=number,
        kind=request.GET.get("kind", "") or ("" if number else usual_kind(visit.topic.consultation)),
        places=visit.places,
        terms=visit.terms,
        at=visit.at,
    )
    return _page(visit, form, is_kept=bool(kept))


def _posted(visit: Visit) -> HttpResponse:
    typed = visit.request.POST
    if typed.get("action") == "edit":
        move_draft(visit.request.session, typed.get("left", ""), visit.topic.pk)
        return _page(visit, visit.form(initial=typed.dict()))
    if typed.get("action") == AS_FILE:
        changed = form_with_file(visit)
        return _page(visit, changed, status=UNFIT if changed.is_bound else 200)
    form = visit.form(typed)
    why_no_file = why_not_in_file(typed.get("long_text", ""))
    answered = None
    try:
        fit_text(typed.get("body", ""))
        if form.is_valid():
            answered = answered_in(visit.topic, form.cleaned_data["reply_to"])
            form.spot = visit.place(form)
    except (UnfitText, CannotReply, UnfitMap) as refusal:
        fields = {UnfitText: "body", UnfitMap: "place_at"}
        form.add_error(fields.get(type(refusal)), str(refusal))
    for name, refused in [*why_no_file, *((None, one) for one in visit.files.refusals)]:
        form.add_error(name, refused)
    if not form.is_valid():
        return _page(visit, form, status=UNFIT)
    is_preview = typed.get("action") == "preview"
    # Asked once: who sends it again means it. Who is not logged in comes back to the form before it is sent.
    looked = _looked(visit, form) if is_preview or is_person(visit.request.user) else None
    asked = [question(finding, looked.text) for finding in nudges(looked.findings)] if looked else []
    asked += questions_about(visit, form.cleaned_data["long_text"]) if looked else []
    similar = _similar(visit, form)
    if is_preview or asked or similar:
        return _shown_first(visit, form, answered, asked=asked, similar=similar)
    return _sent(visit, form, answered, looked)


def _looked(visit: Visit, form: ContributionForm) -> Looked | None:
    """Return what is noticed in the text, unless its author has been asked about that already."""
    if visit.request.POST.get("asked") == "once":
        return None
    return look_by(lists_at(visit.at), fit_text(form.cleaned_data["body"]))


def _similar(visit: Visit, form: ContributionForm) -> Sequence[ShownSuggestion]:
    """Return suggestions like a new one, unless its author has seen them; the text is kept while they are read."""
    box = visit.topic.consultation
    is_new = box.kind == ConsultationKind.SUGGESTIONS and form.cleaned_data["reply_to"] is None
    if not is_new or visit.request.POST.get("asked") == "once":
        return ()
    similar = similar_suggestions(box, form.cleaned_data["body"], but=visit.request.user.pk, at=visit.at)
    found = suggestion_rows(similar, visit.at)
    if found and not visit.why_closed:
        _keep(visit, form)
    return found


def _sent(visit: Visit, form: ContributionForm, answered: Contribution | None, looked: Looked | None) -> HttpResponse:
    user = visit.request.user
    if not is_person(user):
        return _kept_for_log_in(visit, form)
    fields = form.cleaned_data
    try:
        contribution = submit_contribution(
            topic=visit.topic,
            kind=ContributionKind(fields["kind"]),
            body=fields["body"],
            in_reply_to=answered,
            submission_key=fields["key"],
            opened_at=form.opened_at(),
            looked=looked,
            files=[Enclosure(**file) for file in visit.files.cleaned_data["enclosed"]],
            place=form.spot,
            as_proposal=bool(fields.get("as_proposal")),
            read_terms=fields.get("terms", ""),
            long_text=fields["long_text"],
            by=user,
            at=visit.at,
        )
    except DomainError as refusal:
        moved = _ended(visit)
        if moved is not None:
            return moved
        if isinstance(refusal, NotAllowed) and not visit.why_closed:
            _keep(visit, form)
            return _refused(visit, form, refusal.sentence, refusal.status)
        return _refused(visit, form, refusal.sentence, UNFIT)
    forget_draft(visit.request.session, visit.topic.pk)
    slug = visit.topic.consultation.slug
    return redirect("portal:contribution-receipt", slug=slug, number=contribution.number)


def _kept_for_log_in(visit: Visit, form: ContributionForm) -> HttpResponse:
    """Lead to the log-in page with the text kept; once the deadline has passed nobody needs to log in for it."""
    if visit.why_closed:
        return _ended(visit) or _refused(visit, form, visit.why_closed, UNFIT)
    _keep(visit, form)
    return redirect("account_login")


def _ended(visit: Visit) -> HttpResponse | None:
    """Return the page with the text and where it can go, if the topic was merged or deleted meanwhile."""
    return ended_topic_page(visit.request, visit.topic.consultation.slug, visit.topic.slug)


def _keep(visit: Visit, form: ContributionForm) -> None:
    fields = {name: str(form.cleaned_data.get(name) or "") for name in KEPT}
    fields["files"] = "lost" if visit.files.chosen else ""
    keep_draft(visit.request.session, visit.topic.pk, fields, back=_address(visit.topic), at=visit.at)


def _refused(visit: Visit, form: ContributionForm, sentence: Sentence, status: int) -> HttpResponse:
    form.add_error(None, str(sentence))
    return _page(visit, form, status=status)


def _shown_first(
    visit: Visit,
    form: ContributionForm,
    answered: Contribution | None,
    *,
    asked: Sequence[str],
    similar: Sequence[ShownSuggestion],
) -> HttpResponse:
    context = {
        "form": form,
        "files": visit.files,
        "topic": visit.topic,
        "consultation": visit.topic.consultation,
        "article": preview(visit.reading, visit.request.user, form.cleaned_data),
        "answered": _shown(visit, answered),
        "action": _address(visit.topic),
        "writes_as": writes_as(visit.reading, visit.request.user),
        "asked": asked,
        "similar": similar,
        "place": place_words(form.spot) if form.spot else "",
        "long_text": form.cleaned_data["long_text"],
        "long_name": name_of_response(),
        "can_agree": visit.reading.residence is not None and not visit.why_closed,
        "late": visit.topic.consultation.takes_late and visit.is_late,
        "house_rules": house_rules(),
        "proposal_terms": terms_words(visit.terms) if visit.terms and form.cleaned_data.get("as_proposal") else "",
    }
    return render(visit.request, "discussions/contribution_preview.html", context)


def _page(visit: Visit, form: ContributionForm, *, status: int = 200, is_kept: bool = False) -> HttpResponse:
    """Show the form with what was typed; when writing is closed and nothing was typed, only why."""
    typed = form["body"].value() or ""
    number = whole_number(str(form["reply_to"].value() or ""))
    context: dict[str, Any] = {
        "form": form,
        "files": visit.files,
        "topic": visit.topic,
        "consultation": visit.topic.consultation,
        "reading": visit.reading,
        "is_kept": is_kept,
        "closed": visit.why_closed if not form.is_bound else None,
        "late": visit.topic.consultation.takes_late and visit.is_late,
        "answered": _shown(visit, standing_in(visit.topic, number)),
        "typed": typed,
    }
    return render(visit.request, "discussions/contribution_submit.html", context, status=status)


def _shown(visit: Visit, answered: Contribution | None) -> Any:
    return shown_as(answered, visit.reading) if answered else None


def _address(topic: Topic) -> str:
    return reverse("discussions:contribution-submit", kwargs={"slug": topic.consultation.slug, "topic": topic.slug})
