"""Texts of one line in forms of models, which cannot be `NumberFree` themselves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.identity_numbers import find_identity_numbers
from apps.common.richtext import one_line


def put_on_one_line(form: "forms.ModelForm[Any]", names: Iterable[str]) -> None:
    """Put the cleaned texts of these fields on one line each; an identity number in one is said at its field."""
    for name in names:
        form.cleaned_data[name] = one_line(form.cleaned_data.get(name) or "")
        if find_identity_numbers(form.cleaned_data[name]):
            form.add_error(name, _("This looks like an identity number. Leave it out."))
