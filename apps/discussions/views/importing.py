"""Many letters and calls from a table: a look at every row first, then all or none."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.forms import NUMBER_MASKED
from apps.common.identity_numbers import mask
from apps.common.tables import csv_bytes
from apps.consultations.models import Consultation
from apps.consultations.queries import topics_of
from apps.discussions.actions import VoiceText, enter_voices, why_not_voices
from apps.discussions.engine.voice_tables import COLUMNS, EXAMPLE
from apps.discussions.errors import UnfitVoice
from apps.discussions.forms.outside import VoiceTableForm, new_table_form
from apps.discussions.models import Contribution
from apps.discussions.views.outside import the_desk

UNFIT = 422
RECEIVE = "receive"


@dataclass(frozen=True)
class Looked:
    """A row as it was looked at: where it stands in the file, who sent it, and what is wrong with it, if anything.

    `is_masked` tells that it holds an identity number, which is not received.
    """

    line: int
    name: str
    problems: list[str]
    is_masked: bool = False


@signed_in
def voice_import(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at every row of a table, then receive them all; while one row cannot be, none is."""
    at = now()
    official, consultation = the_desk(request, slug)
    topics = topics_of(consultation)
    if request.method != "POST":
        return _page(request, consultation, new_table_form(topics))
    form = VoiceTableForm(request.POST, request.FILES, topics=topics)
    if not form.is_valid():
        return _page(request, consultation, form, status=UNFIT)
    voices = [VoiceText(**said) for _line, said in form.texts]
    if request.POST.get("step") == RECEIVE and not form.problems:
        try:
            made = enter_voices(voices=voices, key=form.cleaned_data["key"], by=official, at=at)
        except UnfitVoice:
            pass  # what is wrong with which rows stands on the page below
        else:
            messages.success(request, _told(made))
            if form.masked:
                messages.warning(request, NUMBER_MASKED)
            return redirect("discussions:voice-list", slug=slug)
    refused = why_not_voices(voices=voices, at=at)
    rows = _looked_at(form, {form.texts[place][0]: str(unfit) for place, unfit in refused.items()})
    is_fit = not any(row.problems for row in rows)
    return _page(request, consultation, form, rows=rows, is_fit=is_fit, status=200 if is_fit else UNFIT)


def _told(made: list[Contribution]) -> str:
    told = ngettext(
        "%(count)s is received, no. %(first)s.", "%(count)s are received, nos. %(first)s to %(last)s.", len(made)
    )
    return told % {"count": len(made), "first": made[0].number, "last": made[-1].number}


def _looked_at(form: VoiceTableForm, refused: dict[int, str]) -> list[Looked]:
    """Return all rows in the order of the file."""
    fit = [
        Looked(line, mask(said["name"]), [refused[line]] if line in refused else [], line in form.masked)
        for line, said in form.texts
    ]
    unfit = [Looked(line, "", problems) for line, problems in form.problems.items()]
    return sorted([*fit, *unfit], key=lambda row: row.line)


@signed_in
@require_safe
def voice_template(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the table to fill in, with one row as an example."""
    _official, consultation = the_desk(request, slug)
    topics = topics_of(consultation)
    example = [topics[0].slug if topics else "", *EXAMPLE[1:]]
    response = HttpResponse(csv_bytes(COLUMNS, [example]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-letters.csv"'
    return response


def _page(  # noqa: PLR0913 - what the page shows
    request: HttpRequest,
    consultation: Consultation,
    form: VoiceTableForm,
    *,
    rows: list[Looked] | None = None,
    is_fit: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "form": form,
        "rows": rows or [],
        "is_fit": is_fit,
        "unfit": sum(1 for row in rows or [] if row.problems),
        "topics": form.topics,
        "number_masked": NUMBER_MASKED,
        "table": form.data.get("table", ""),
        "key": form.data.get("key", ""),
    }
    return render(request, "discussions/voice_import.html", context, status=status)
