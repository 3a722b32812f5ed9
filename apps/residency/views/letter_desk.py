"""Letters with codes, seen from the town hall: which wait, which are printed together, and that they are in the post.

A page that shows somebody's double comes by POST and is a look-up; the files are made at once and kept by nobody.
"""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apps.accounts.actions import note_look_up_once_a_day
from apps.accounts.enums import LookUpReason
from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.permissions import Sentence, require, why_not
from apps.municipality.queries import the_municipality
from apps.residency.actions import cancel_letter, make_batch, make_codes, post_letters
from apps.residency.forms.letters import CallOffForm, ChooseLettersForm
from apps.residency.models import Letter, LetterBatch
from apps.residency.queries import (
    batch_by_id,
    count_waiting_letters,
    doubles_of_letter,
    unposted_batches,
    visible_letters,
    waiting_letters,
)
from apps.residency.rendering import letters_as_pdf, letters_as_table, why_no_pdf

UNFIT = 422
PDF, TABLE = "pdf", "csv"
FORMS = {PDF: (letters_as_pdf, "application/pdf"), TABLE: (letters_as_table, "text/csv; charset=utf-8")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_list(request: HttpRequest) -> HttpResponse:
    """List the letters that wait, and put those that are chosen together."""
    at, by = now(), _official(request)
    rows = waiting_letters(at=at)
    form = None
    if request.method == "POST":
        form = ChooseLettersForm(request.POST, choices=[row.letter.pk for row in rows])
        if form.is_valid():
            try:
                batch = make_batch(letter_ids=form.cleaned_data["letters"], by=by, at=at)
            except DomainError as in_the_way:
                form.add_error(None, str(in_the_way))
            else:
                return redirect("residency:letter-batch", batch_id=batch.pk)
    context = {
        "rows": rows,
        "form": form,
        "waiting": count_waiting_letters(),
        "cap": the_municipality().letters_per_address,
        "batches": list(unposted_batches()),
    }
    return render(request, "residency/letter_list.html", context, status=UNFIT if form else 200)


@login_required
@require_POST
def letter_call_off(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Ask for a sentence, and cancel somebody's letter."""
    at, letter = now(), _letter(request, letter_id)
    by = _official(request)
    form = CallOffForm(request.POST if "sentence" in request.POST else None)
    if form.is_valid():
        try:
            cancel_letter(letter=letter, sentence=form.cleaned_data["sentence"], by=by, at=at)
        except DomainError as in_the_way:
            form.add_error(None, str(in_the_way))
        else:
            messages.success(request, _("The letter is cancelled. The person reads your sentence on their own page."))
            return redirect("residency:letter-list")
    note_look_up_once_a_day(person=letter.person, reason=LookUpReason.LETTER, by=as_official(by), at=at)
    context = {"letter": letter, "form": form}
    return render(request, "residency/letter_call_off.html", context, status=UNFIT if form.is_bound else 200)


@login_required
@require_POST
def letter_double(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show the residents of the same name at the address of a letter that waits."""
    at, letter = now(), _letter(request, letter_id)
    by, doubles = as_official(_official(request)), doubles_of_letter(letter)
    note_look_up_once_a_day(person=letter.person, reason=LookUpReason.LETTER, by=by, at=at)
    for double in doubles:
        note_look_up_once_a_day(person=double.person, reason=LookUpReason.DOUBLE, by=by, at=at)
    return render(request, "residency/letter_double.html", {"letter": letter, "doubles": doubles})


@login_required
@require_safe
def letter_batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Show letters that are printed together, and how far they are."""
    batch = _batch(request, batch_id)
    rows = waiting_letters(at=now(), batch=batch) if batch.posted_at is None else []
    refused: Sentence | None = why_not("residency.print_letters", request.user, batch)
    context = {"batch": batch, "rows": rows, "refusal": refused, "no_pdf": why_no_pdf()}
    return render(request, "residency/letter_batch.html", context)


@sensitive_variables()
@login_required
@require_POST
def letter_batch_download(request: HttpRequest, batch_id: int, form: str) -> HttpResponse:
    """Make new codes and return the letters with them, once."""
    at, batch = now(), _batch(request, batch_id)
    if form == PDF and why_no_pdf() is not None:
        messages.error(request, str(why_no_pdf()))
        return redirect("residency:letter-batch", batch_id=batch.pk)
    letters = make_codes(batch=batch, by=_official(request), at=at)
    make, kind = FORMS[form]
    response = HttpResponse(make(letters, municipality=the_municipality()), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="letters-{batch.pk}.{form}"'
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_batch_post(request: HttpRequest, batch_id: int) -> HttpResponse:
    """Ask once more, then take the letters as posted and erase where they went."""
    at, batch = now(), _batch(request, batch_id)
    require("residency.print_letters", request.user, batch)
    if request.method != "POST":
        return _confirmation(request, batch, at)
    count = post_letters(batch=batch, by=_official(request), at=at)
    words = ngettext(
        "%(count)s letter is in the post. Name and address are erased.",
        "%(count)s letters are in the post. Names and addresses are erased.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("residency:letter-list")


def _confirmation(request: HttpRequest, batch: LetterBatch, at: datetime) -> HttpResponse:
    context = {"batch": batch, "count": len(waiting_letters(at=at, batch=batch))}
    return render(request, "residency/letter_batch_post.html", context)


def _letter(request: HttpRequest, letter_id: int) -> Letter:
    """Return a letter of somebody else; whether it exists is told to officials only."""
    letter = visible_letters(_official(request)).filter(pk=letter_id).first()
    if letter is None:
        raise Http404
    return letter


def _batch(request: HttpRequest, batch_id: int) -> LetterBatch:
    _official(request)
    batch = batch_by_id(batch_id)
    if batch is None:
        raise Http404
    return batch


def _official(request: HttpRequest) -> User:
    require("residency.open_desk", request.user)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user
