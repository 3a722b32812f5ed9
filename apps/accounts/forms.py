"""Sign-up: an e-mail address, the name shown, one password."""

from typing import Any

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from apps.common.names import why_not_a_name


class SignupForm(AllauthSignupForm):  # type: ignore[misc]
    """allauth's form with the name that stands beside what one writes."""

    display_name = forms.CharField(
        label=_("Name shown"),
        max_length=80,
        help_text=_("Stands beside everything you write. First and last name are best in a hearing."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("display_name", "email", "password1")

    def clean_display_name(self) -> str:
        """Return the name in one form, without what could imitate somebody else."""
        name: str = " ".join(self.cleaned_data["display_name"].split())
        sentence = why_not_a_name(name)
        if sentence is not None:
            raise forms.ValidationError(str(sentence))
        return name

    def try_save(self, request: Any) -> Any:
        """Return what allauth does; for an address that has an account, as late as for a new one.

        The time that the password's hash takes would tell who is registered here.
        """
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
