"""What came by letter, e-mail, telephone or at a meeting, for the officials who type it in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.accounts.rules import is_moderator
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.downloads import handed_out
from apps.common.errors import DomainError
from apps.common.forms import NUMBER_MASKED
from apps.common.pagination import whole_number
from apps.common.permissions import require, why_not
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, topics_of
from apps.discussions.actions import VoiceText, correct_voice, enter_voice
from apps.discussions.errors import UnfitVoice
from apps.discussions.forms.outside import VoiceForm, VoiceSearch, new_voice_form, voice_as_typed
from apps.discussions.models import OutsideVoice
from apps.discussions.queries import VOICES_PAGE, visible_scans, voice_at, voices_of
from apps.discussions.rendering.post import why_no_letters

UNFIT = 422
# A scan is for reading on one's own machine: even a browser that shows it here lets it do nothing.


@signed_in
def voice_list(request: HttpRequest, slug: str) -> HttpResponse:
    """List what was typed in, latest first, found by number and sender; the words to look for are posted."""
    _official, consultation = the_desk(request, slug)
    search = VoiceSearch(request.POST or None)
    words = search.cleaned_data["words"] if search.is_bound and search.is_valid() else ""
    after = None if words else whole_number(request.GET.get("after"))
    found = list(voices_of(consultation, words=words, after=after)[: VOICES_PAGE + 1])
    here = reverse("discussions:voice-list", kwargs={"slug": slug})
    has_more = len(found) > VOICES_PAGE
    context = {
        "consultation": consultation,
        "search": search,
        "words": words,
        "rows": found[:VOICES_PAGE],
        "has_more": has_more,
        "newer": here if after else "",
        "older": f"{here}?after={found[VOICES_PAGE - 1].contribution.number}" if has_more and not words else "",
        "no_pdf": why_no_letters(),
    }
    return render(request, "discussions/voice_list.html", context)


@signed_in
def voice_enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Type one in; it waits for a moderator, and the page of the letter back comes next."""
    at = now()
    official, consultation = the_desk(request, slug)
    topics = topics_of(consultation)
    if request.method != "POST":
        form = new_voice_form(topics, at=at)
        return _form_page(request, consultation, form)
    form = VoiceForm(request.POST, request.FILES, topics=topics)
    if form.is_valid():
        try:
            made = enter_voice(voice=VoiceText(**form.said()), key=form.cleaned_data["key"], by=official, at=at)
        except UnfitVoice as unfit:
            form.add_error(unfit.field, str(unfit))
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            told = _("It is no. %(number)s, and waits for a moderator. Write the number on the letter.")
            messages.success(request, told % {"number": made.number})
            _tell_of_mask(request, form)
            return redirect("discussions:voice", slug=slug, number=made.number)
    return _form_page(request, consultation, form)


@signed_in
@require_safe
def voice(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show what was typed in with who sent it, what has become of it, and what can be sent back."""
    official, found = the_voice(request, slug, number)
    context = {
        "consultation": found.contribution.consultation,
        "contribution": found.contribution,
        "voice": found,
        "sender": getattr(found, "sender", None),
        "cannot_correct": why_not("discussions.correct_voice", official, found),
        "no_pdf": why_no_letters(),
    }
    return render(request, "discussions/voice.html", context)


@signed_in
def voice_correct(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let who typed it correct it while it waits."""
    at = now()
    official, found = the_voice(request, slug, number)
    require("discussions.correct_voice", official, found)
    text = found.contribution
    topics = [text.topic]
    if request.method != "POST":
        form = VoiceForm(initial=voice_as_typed(found), topics=topics)
        return _form_page(request, text.consultation, form, voice=found)
    form = VoiceForm(request.POST, request.FILES, topics=topics)
    if form.is_valid():
        try:
            correct_voice(voice=found, text=VoiceText(**form.said()), by=official, at=at)
        except UnfitVoice as unfit:
            form.add_error(unfit.field, str(unfit))
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("It is corrected. The ledger tells that it was."))
            _tell_of_mask(request, form)
            return redirect("discussions:voice", slug=slug, number=number)
    return _form_page(request, text.consultation, form, voice=found)


@login_required
@require_safe
def voice_scan(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Hand out the scan, always as a download, to officials and moderators."""
    if not is_moderator(request.user):
        the_desk(request, slug)
    scans = visible_scans(request.user).filter(contribution__consultation__slug=slug, contribution__number=number)
    found = scans.first()
    if found is None:
        raise Http404
    response = handed_out(found.scan, kind=found.kind, name=f"{slug}-{number}")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _tell_of_mask(request: HttpRequest, form: VoiceForm) -> None:
    if form.is_masked:
        messages.warning(request, NUMBER_MASKED)


def _form_page(request: HttpRequest, consultation: Consultation, form: VoiceForm, **more: Any) -> HttpResponse:
    context = {"consultation": consultation, "form": form, **more}
    return render(request, "discussions/voice_form.html", context, status=UNFIT if form.is_bound else 200)


def the_desk(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    """Return who works here and on which hearing; NotAllowed comes before 404, so that nobody can feel for drafts."""
    require("consultations.draft_consultation", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    found = consultation_by_slug(request.user, slug)
    if found is None:
        raise Http404
    require("discussions.enter_voice", request.user, found)
    return request.user, found


def the_voice(request: HttpRequest, slug: str, number: int) -> tuple[User, OutsideVoice]:
    """Return who works here and what was typed in under that number."""
    official, consultation = the_desk(request, slug)
    found = voice_at(consultation, number)
    if found is None:
        raise Http404
    return official, found
