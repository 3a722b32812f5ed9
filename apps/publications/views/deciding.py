"""Loading what officials work on when a case is decided, and letting in those who may."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest

from apps.accounts.models import User
from apps.common.permissions import require
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug
from apps.publications.models.decisions import CaseMeeting
from apps.publications.queries.decisions import case_meeting_at

UNFIT = 422


def the_case(request: HttpRequest, slug: str) -> tuple[User, Consultation]:
    """Return who works here and on which hearing; NotAllowed comes before 404, so that nobody can feel for drafts."""
    require("consultations.draft_consultation", request.user)
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    require("publications.write_decision", request.user, consultation)
    assert isinstance(request.user, User)  # noqa: S101 - the rule lets nobody else pass
    return request.user, consultation


def the_case_meeting(request: HttpRequest, slug: str, number: int) -> tuple[User, CaseMeeting]:
    """Return who works here and on which meeting of that hearing."""
    official, consultation = the_case(request, slug)
    meeting = case_meeting_at(consultation, number)
    if meeting is None:
        raise Http404
    return official, meeting


def both(form: forms.Form, saved: Mapping[str, Any]) -> list[tuple[Any, Any]]:
    """Return where a form says something else than what a colleague saved meanwhile, with what that was."""
    shown = ((name, field) for name, field in form.fields.items() if not field.widget.is_hidden)
    return [
        (field.label, _word(field, saved[name]))
        for name, field in shown
        if name in saved and (saved[name] or "") != (form.cleaned_data.get(name) or "")
    ]


def _word(field: forms.Field, value: Any) -> Any:
    if isinstance(field, forms.ChoiceField):
        return {str(key): name for key, name in field.choices}.get(str(value), "")  # type: ignore[misc, union-attr]
    return value


def again(request: HttpRequest, kind: type[forms.Form], revision: int, **more: Any) -> forms.Form:
    """Return the form as it was typed, which may be saved next over the revision that is there now."""
    typed = request.POST.copy()
    typed["revision"] = str(revision)
    form = kind(typed, **more)
    form.is_valid()
    return form
