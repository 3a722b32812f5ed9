"""Editing phases, topics and key figures. Rows grow by an ordinary submit, so that no script is needed."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from apps.common.access import signed_in
from apps.common.calendar import end_of_day, start_of_day
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.forms import with_more_rows
from apps.consultations import actions, queries
from apps.consultations.enums import ConsultationKind
from apps.consultations.forms import FactRows, PhaseRows, TopicForm, phase_days
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.views.loading import the_consultation, the_topic

UNFIT = 422
MORE = "more"


@signed_in
def phase_list_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the phases in the order of their first days. A public deadline stays: it is moved on a page of its own."""
    official, consultation = the_consultation(request, slug)
    before = queries.phases_of(consultation)
    options: dict[str, Any] = {
        "prefix": "phases",
        "form_kwargs": {"needs_end": consultation.kind == ConsultationKind.HEARING},
    }
    if request.method != "POST":
        rows = PhaseRows(**options, initial=[phase_days(phase) for phase in before])
        return _phases_page(request, consultation, rows)
    if MORE in request.POST:
        return _phases_page(request, consultation, with_more_rows(PhaseRows, request.POST, prefix="phases"))
    rows = PhaseRows(request.POST, **options)
    if not rows.is_valid():
        return _phases_page(request, consultation, rows, status=UNFIT)
    phases = sorted((_dates(row, before) for row in rows.written()), key=lambda phase: phase.opens_at)
    try:
        actions.set_phases(consultation=consultation, phases=phases, by=official, at=now())
    except DomainError as unfit:
        return _phases_page(request, consultation, rows, refusal=str(unfit), status=UNFIT)
    messages.success(request, _("The phases are saved."))
    return redirect("consultations:consultation-edit", slug=slug)


def _phases_page(request: HttpRequest, consultation: Consultation, rows: PhaseRows, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    context |= {"consultation": consultation, "rows": rows}
    return render(request, "consultations/phase_list_edit.html", context, status=status)


def _dates(row: dict[str, Any], before: Sequence[Phase]) -> actions.PhaseDates:
    """Return a phase of whole days; where one began or ended on such a day, at the moment at which it did."""
    days = [(phase, phase_days(phase)) for phase in before]
    opened = {shown["first_day"]: phase.opens_at for phase, shown in days}
    closed = {shown["last_day"]: phase.closes_at for phase, shown in days}
    first, last = row["first_day"], row["last_day"]
    return actions.PhaseDates(
        title=row["title"],
        opens_at=opened.get(first) or start_of_day(first),
        closes_at=closed.get(last) or end_of_day(last) if last else None,
        accepts_contributions=row["accepts_contributions"],
    )


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
