"""In which ways people are told of a decision."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.publications.enums.notices import NoticeWay


class NoticeForm(forms.Form):
    """Which ways are taken. Each person is told once, by the first that reaches them."""

    ways = forms.MultipleChoiceField(
        label=_("Ways"),
        choices=NoticeWay.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each person gets one notice, by the first of these that reaches them, from the top."),
        error_messages={"required": _("Choose at least one way.")},
    )

    def __init__(self, *args: Any, offered: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [(way, label) for way, label in NoticeWay.choices if way in offered]
        self.fields["ways"].choices = kept  # type: ignore[attr-defined]
        self.fields["ways"].initial = [way for way, _label in kept]
