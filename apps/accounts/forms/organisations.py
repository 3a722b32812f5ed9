"""What organisations tell about themselves, and what officials answer them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree


class OrganisationForm(NumberFree):
    """Who the organisation is, and who speaks for it."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=80,
        help_text=_("As it stands in the CVR register. It stands beside everything that the account writes."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    cvr = forms.CharField(
        label=_("CVR number"),
        max_length=20,
        help_text=_("Eight digits."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    speaker = forms.CharField(
        label=_("Who speaks for it"),
        max_length=120,
        help_text=_("Name and position, for example: Anna Holm, chair. Only officials see it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class OrganisationSearch(forms.Form):
    """Words in a name, or a CVR number."""

    q = forms.CharField(label=_("Name or CVR number"), max_length=100, required=False)


class SentenceForm(NumberFree):
    """Why an organisation is refused or ended, in a sentence that the applicant reads."""

    sentence = LongText(
        label=_("Your reason, in a sentence or two"),
        max_length=500,
        help_text=_("The applicant reads it. Say what they can do."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
