"""What a page shows to the second of two officials who save at once: both texts, with what was typed in the form."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from apps.common import wording
from apps.common.forms import Rows
from apps.consultations.engine.differences import differences
from apps.consultations.engine.fingerprints import fingerprint
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.queries import Compared

SEEN = "seen"


def seen_by(request: HttpRequest) -> str:
    """Return the fingerprint that the form was sent with, or nothing."""
    return request.POST.get(SEEN, "")


def seen_in(request: HttpRequest, stored: Any) -> str:
    """Return the fingerprint for the form's page: of what it began with, while somebody types in it."""
    return seen_by(request) or fingerprint(stored)


def clash(changed: ChangedMeanwhile, stored: Any, both: list[Compared]) -> dict[str, Any]:
    """Return what the page says then: what was typed can be saved over what is stored now, once both were seen."""
    return {"changed": changed, "both": both, "seen": fingerprint(stored), "status": changed.status}


def both_texts(form: forms.Form, stored: Mapping[str, Any]) -> list[Compared]:
    """Return where a valid form says something else than what is stored, with both."""
    said = (
        (field.label or name, _words(field, stored[name]), _words(field, form.cleaned_data.get(name)))
        for name, field in form.fields.items()
        if name in stored
    )
    return [Compared(label, differences(old, new)) for label, old, new in said if old != new]


def both_rows(label: str | Promise, rows: Rows, stored: Sequence[Mapping[str, Any]]) -> list[Compared]:
    """Return the same of valid rows, one line for each, as one text."""
    old, new = _lines(rows, stored), _lines(rows, rows.written())
    return [Compared(label, differences(old, new))] if old != new else []


def _lines(rows: Rows, said: Sequence[Mapping[str, Any]]) -> str:
    fields = rows.form.base_fields
    lines = ([_words(field, row.get(name)) for name, field in fields.items()] for row in said)
    return "\n".join(" · ".join(word for word in line if word) for line in lines)


def _words(field: forms.Field, value: Any) -> str:
    """Return a value as an official reads it in the form."""
    if isinstance(field, forms.BooleanField):
        return f"{field.label}: {_('Yes') if value else _('No')}"
    if isinstance(field, forms.ChoiceField):
        names = {str(key): str(name) for key, name in field.choices}  # type: ignore[misc, union-attr]
        chosen = value if isinstance(value, list | tuple) else [value]
        return ", ".join(names.get(str(getattr(one, "pk", one) or ""), "") for one in chosen)
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return wording.day(value)
    return "" if value is None else str(value)
