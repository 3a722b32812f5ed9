"""Sign-up: an e-mail address, the name shown, one password."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
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
