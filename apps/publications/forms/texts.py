"""Texts as they are stored."""

from typing import Any

from django import forms

from apps.common.richtext import clean
from apps.screening.rules import why_not_publishable


class LongText(forms.CharField):
    """A text as it is stored: line ends as one sign, so that they count once."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        """Return the text without what only disturbs."""
        text: str = clean(str(super().to_python(value) or "")).strip()
        return text


def without_identity_number(text: str) -> str:
    """Return a text that a page may show; a national identity number is refused."""
    sentence = why_not_publishable(text)
    if sentence is not None:
        raise forms.ValidationError(str(sentence))
    return text
