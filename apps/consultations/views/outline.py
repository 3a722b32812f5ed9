"""Editing phases, topics and key figures. Rows grow by an ordinary submit, so that no script is needed."""

from collections.abc import Callable, Sequence
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
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.forms import FactRows, NewTopicForm, PhaseRows, TopicForm, phase_days
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.views.loading import the_consultation, the_topic
from apps.consultations.views.meanwhile import both_rows, both_texts, clash, seen_by, seen_in

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
        _save(
            request,
            consultation,
            stored=lambda: _stored_phases(consultation),
            save=lambda: actions.set_phases(consultation=consultation, phases=phases, by=official, at=now()),
        )
    except ChangedMeanwhile as changed:
        stored = _stored_phases(consultation)
        both = both_rows(_("Phases"), rows, stored)
        return _phases_page(request, consultation, rows, **clash(changed, stored, both))
    except DomainError as unfit:
        return _phases_page(request, consultation, rows, refusal=str(unfit), status=UNFIT)
    messages.success(request, _("The phases are saved."))
    return redirect("consultations:consultation-edit", slug=slug)


def _save(
    request: HttpRequest, consultation: Consultation, *, stored: Callable[[], Any], save: Callable[[], bool]
) -> None:
    actions.save_over(consultation=consultation, seen=seen_by(request), stored=stored, save=save)


def _stored_phases(consultation: Consultation) -> list[dict[str, Any]]:
    return [phase_days(phase) for phase in queries.phases_of(consultation)]


def _phases_page(request: HttpRequest, consultation: Consultation, rows: PhaseRows, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    usual = {"consultation": consultation, "rows": rows, "seen": seen_in(request, _stored_phases(consultation))}
    return render(request, "consultations/phase_list_edit.html", usual | context, status=status)


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
    more: dict[str, Any] = {"status": UNFIT if rows.is_bound else 200}
    if rows.is_bound and rows.is_valid():
        try:
            _save(
                request,
                consultation,
                stored=lambda: _stored_facts(consultation, None),
                save=lambda: actions.set_facts(
                    consultation=consultation, topic=None, facts=_facts(rows), by=official, at=at
                ),
            )
        except ChangedMeanwhile as changed:
            stored = _stored_facts(consultation, None)
            more = clash(changed, stored, both_rows(_("Key figures"), rows, stored))
        else:
            messages.success(request, _("The key figures are saved."))
            return redirect("consultations:consultation-edit", slug=slug)
    status = more.pop("status")
    usual = {"consultation": consultation, "rows": rows, "seen": seen_in(request, _stored_facts(consultation, None))}
    return render(request, "consultations/fact_list_edit.html", usual | more, status=status)


@signed_in
def topic_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a topic with its key figures."""
    at = now()
    official, consultation = the_consultation(request, slug)
    form, rows = _topic_form(request, None), _fact_rows(request, consultation, None, is_new=True)
    if form.is_bound and rows.is_bound and form.is_valid() & rows.is_valid():
        key = form.cleaned_data.pop("key")
        text = actions.TopicText(**form.cleaned_data)
        actions.add_topic(consultation=consultation, text=text, facts=_facts(rows), key=key, by=official, at=at)
        messages.success(request, _("The topic is added at the end."))
        return redirect("consultations:consultation-edit", slug=slug)
    return _topic_page(request, consultation, None, form, rows)


@signed_in
def topic_edit(request: HttpRequest, slug: str, topic: str) -> HttpResponse:
    """Change a topic's texts and key figures; its address stays."""
    at = now()
    official, found = the_topic(request, slug, topic)
    form, rows = _topic_form(request, found), _fact_rows(request, found.consultation, found)
    if not (form.is_bound and rows.is_bound and form.is_valid() & rows.is_valid()):
        return _topic_page(request, found.consultation, found, form, rows)
    text = actions.TopicText(**form.cleaned_data)
    try:
        _save(
            request,
            found.consultation,
            stored=lambda: _stored_topic(found),
            save=lambda: actions.revise_topic(topic=found, text=text, facts=_facts(rows), by=official, at=at),
        )
    except ChangedMeanwhile as changed:
        _official, found = the_topic(request, slug, topic)
        stored = _stored_topic(found)
        both = both_texts(form, stored["text"]) + both_rows(_("Key figures"), rows, stored["facts"])
        return _topic_page(request, found.consultation, found, form, rows, **clash(changed, stored, both))
    messages.success(request, _("The topic is saved."))
    return redirect("consultations:consultation-edit", slug=slug)


def _stored_topic(topic: Topic) -> dict[str, Any]:
    """Return what the page of a topic shows of it, as it stands now."""
    standing = queries.topic_by_slug(topic.consultation, topic.slug) or topic
    text = {name: getattr(standing, name) for name in TopicForm.base_fields}
    return {"text": text, "facts": _stored_facts(topic.consultation, topic)}


def _topic_page(
    request: HttpRequest,
    consultation: Consultation,
    topic: Topic | None,
    form: TopicForm,
    rows: FactRows,
    **more: Any,
) -> HttpResponse:
    status = more.pop("status", UNFIT if rows.is_bound else 200)
    seen = seen_in(request, _stored_topic(topic)) if topic else ""
    context = {"consultation": consultation, "topic": topic, "form": form, "rows": rows, "seen": seen, **more}
    return render(request, "consultations/topic_edit.html", context, status=status)


def _topic_form(request: HttpRequest, topic: Topic | None) -> TopicForm:
    """Return the form; asked for more rows it keeps what was typed and complains about nothing."""
    kind = TopicForm if topic else NewTopicForm
    if MORE in request.POST:
        return kind(initial={name: request.POST.get(name, "") for name in kind.base_fields})
    if request.method == "POST":
        return kind(request.POST)
    return TopicForm(initial=_stored_topic(topic)["text"]) if topic else NewTopicForm()


def _fact_rows(request: HttpRequest, consultation: Consultation, topic: Topic | None, *, is_new: bool = False) -> Any:
    if MORE in request.POST:
        return with_more_rows(FactRows, request.POST, prefix="facts")
    if request.method == "POST":
        return FactRows(request.POST, prefix="facts")
    return FactRows(prefix="facts", initial=[] if is_new else _stored_facts(consultation, topic))


def _stored_facts(consultation: Consultation, topic: Topic | None) -> list[dict[str, Any]]:
    names = actions.FactText._fields
    return [{name: getattr(fact, name) for name in names} for fact in queries.facts_of(consultation, topic)]


def _facts(rows: FactRows) -> list[actions.FactText]:
    names = actions.FactText._fields
    return [actions.FactText(**{name: row[name] for name in names}) for row in rows.written()]
