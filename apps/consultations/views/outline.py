"""Editing phases, topics and key figures. Rows grow by an ordinary submit, so that no script is needed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common import wording
from apps.common.access import signed_in
from apps.common.calendar import end_of_day, start_of_day
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.forms import with_more_rows
from apps.consultations import actions, queries
from apps.consultations.forms import FactRows, PhaseRows, TopicForm, phase_days
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.rules import why_not_these_phases
from apps.consultations.views.loading import the_consultation, the_topic

UNFIT = 422
MORE = "more"


@signed_in
def phase_list_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the phases in the order of their first days. Moving a public deadline is asked about once more."""
    at = now()
    official, consultation = the_consultation(request, slug)
    before = queries.phases_of(consultation)
    if request.method != "POST":
        rows = PhaseRows(prefix="phases", initial=[phase_days(phase) for phase in before])
        return _phases_page(request, consultation, rows)
    if MORE in request.POST:
        return _phases_page(request, consultation, with_more_rows(PhaseRows, request.POST, prefix="phases"))
    rows = PhaseRows(request.POST, prefix="phases")
    if not rows.is_valid():
        return _phases_page(request, consultation, rows, status=UNFIT)
    phases = sorted((_dates(row) for row in rows.written()), key=lambda phase: phase.opens_at)
    refused = why_not_these_phases(before, phases, is_published=consultation.is_published, at=at)
    question = _question(consultation, before, phases, at) if "confirmed" not in request.POST else ""
    if question and not refused:
        return _phases_page(request, consultation, rows, question=question, status=UNFIT)
    try:
        actions.set_phases(consultation=consultation, phases=phases, by=official, at=at)
    except DomainError as unfit:
        return _phases_page(request, consultation, rows, refusal=str(unfit), status=UNFIT)
    messages.success(request, _("The phases are saved."))
    return redirect("consultations:consultation-edit", slug=slug)


def _phases_page(request: HttpRequest, consultation: Consultation, rows: PhaseRows, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    context |= {"consultation": consultation, "rows": rows}
    return render(request, "consultations/phase_list_edit.html", context, status=status)


def _dates(row: dict[str, Any]) -> actions.PhaseDates:
    return actions.PhaseDates(
        title=row["title"],
        opens_at=start_of_day(row["first_day"]),
        closes_at=end_of_day(row["last_day"]) if row["last_day"] else None,
        accepts_contributions=row["accepts_contributions"],
    )


def _question(
    consultation: Consultation, before: Sequence[Phase], phases: Sequence[actions.PhaseDates], at: datetime
) -> str:
    """Return what to ask before the deadline of a published consultation moves, or nothing."""
    old, new = queries.deadline_of(before, at), queries.deadline_of(phases, at)
    if not consultation.is_published or not old or not new or old == new:
        return ""
    return _("The deadline moves from %(old)s to %(new)s. Everyone can see in the ledger that it was moved.") % {
        "old": wording.deadline(old, at),
        "new": wording.deadline(new, at),
    }


@signed_in
def fact_list_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the key figures of the consultation itself."""
    at = now()
    official, consultation = the_consultation(request, slug)
    rows = _fact_rows(request, consultation, None)
    if rows.is_bound and rows.is_valid():
        actions.set_facts(consultation=consultation, topic=None, facts=_facts(rows), by=official, at=at)
        messages.success(request, _("The key figures are saved."))
        return redirect("consultations:consultation-edit", slug=slug)
    context = {"consultation": consultation, "rows": rows}
    return render(request, "consultations/fact_list_edit.html", context, status=UNFIT if rows.is_bound else 200)


@signed_in
def topic_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a topic with its key figures."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form, rows = _topic_form(request, None), _fact_rows(request, consultation, None, is_new=True)
    if form.is_bound and rows.is_bound and form.is_valid() & rows.is_valid():
        text = actions.TopicText(**form.cleaned_data)
        actions.add_topic(consultation=consultation, text=text, facts=_facts(rows), by=official, at=at)
        messages.success(request, _("The topic is added at the end."))
        return redirect("consultations:consultation-edit", slug=slug)
    return _topic_page(request, consultation, None, form, rows)


@signed_in
def topic_edit(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Change a topic's texts and key figures; its address stays."""
    at = now()
    official, found = the_topic(request, slug, topic)
    form, rows = _topic_form(request, found), _fact_rows(request, found.consultation, found)
    if form.is_bound and rows.is_bound and form.is_valid() & rows.is_valid():
        text = actions.TopicText(**form.cleaned_data)
        actions.revise_topic(topic=found, text=text, facts=_facts(rows), by=official, at=at)
        messages.success(request, _("The topic is saved."))
        return redirect("consultations:consultation-edit", slug=slug)
    return _topic_page(request, found.consultation, found, form, rows)


def _topic_page(
    request: HttpRequest, consultation: Consultation, topic: Topic | None, form: TopicForm, rows: FactRows
) -> HttpResponse:
    context = {"consultation": consultation, "topic": topic, "form": form, "rows": rows}
    return render(request, "consultations/topic_edit.html", context, status=UNFIT if rows.is_bound else 200)


def _topic_form(request: HttpRequest, topic: Topic | None) -> TopicForm:
    """Return the form; asked for more rows it keeps what was typed and complains about nothing."""
    names = list(TopicForm.base_fields)
    if MORE in request.POST:
        return TopicForm(initial={name: request.POST.get(name, "") for name in names})
    if request.method == "POST":
        return TopicForm(request.POST)
    return TopicForm(initial={name: getattr(topic, name) for name in names} if topic else None)


def _fact_rows(request: HttpRequest, consultation: Consultation, topic: Topic | None, *, is_new: bool = False) -> Any:
    if MORE in request.POST:
        return with_more_rows(FactRows, request.POST, prefix="facts")
    if request.method == "POST":
        return FactRows(request.POST, prefix="facts")
    facts = [] if is_new else queries.facts_of(consultation, topic)
    return FactRows(
        prefix="facts", initial=[{name: getattr(fact, name) for name in actions.FactText._fields} for fact in facts]
    )


def _facts(rows: FactRows) -> list[actions.FactText]:
    names = actions.FactText._fields
    return [actions.FactText(**{name: row[name] for name in names}) for row in rows.written()]
