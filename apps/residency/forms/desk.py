"""What an official types at the town-hall desk. No identity number is asked for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.municipality.models import District


class LookUpForm(forms.Form):
    """The address of the account whose owner stands at the desk."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("Ask the person which address they use here."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class GrantForm(forms.Form):
    """Where the person lives, and that the official has seen it."""

    email = forms.EmailField(widget=forms.HiddenInput)
    district = forms.ModelChoiceField(
        label=_("District"), queryset=District.objects.order_by("name"), empty_label=_("Choose a district")
    )
    has_seen_proof = forms.BooleanField(
        label=_("I have seen proof of identity and of the address"),
        help_text=_("For example a passport and a health card. Do not write down or copy any of it."),
        error_messages={"required": _("Look at the proof first, then tick here.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].required = District.objects.exists()
