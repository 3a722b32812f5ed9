"""What is asked of the lists of the composed pages, and what people choose about themselves, legal holds."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, MarkedSelect, NumberFree, day_field
from apps.common.wording import InDanish
from apps.consultations.models import Topic
from apps.consultations.queries import said_if_known
from apps.discussions.enums import SuggestionStatus

MOST_NUMBER = 999_999_999
_CONTRIBUTION = re.compile(r"/consultations/(?P<slug>[-a-zA-Z0-9_]+)/c/(?P<number>[0-9]{1,9})/?(?:[?#].*)?$")


class ConsultationSearch(forms.Form):
    """Words and a state, both optional; what makes no sense is left out."""

    q = forms.CharField(label=_("Words in the title"), max_length=100, required=False)
    state = forms.ChoiceField(
        label=_("Show"),
        choices=[
            ("", _("All hearings")),
            ("open", _("Open for writing")),
            ("closed", _("Closed")),
            ("archived", _("Laid away")),
        ],
        required=False,
    )

    def asked(self) -> dict[str, str]:
        """Return what was asked for and makes sense, by the name of its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SuggestionSearch(forms.Form):
    """Words, a topic and a status, all optional; what makes no sense is left out."""

    q = forms.CharField(label=_("Words"), max_length=100, required=False)
    topic = forms.ChoiceField(label=_("Topic"), required=False, widget=MarkedSelect)
    status = forms.ChoiceField(
        label=_("Status"), choices=[("", _("All statuses")), *SuggestionStatus.choices], required=False
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["topic"]
        if isinstance(field, forms.ChoiceField):
            # Asked for when the list is written: the view fetches the English titles with those of what it found.
            field.choices = lambda: [("", _("All topics")), *((topic.slug, _title(topic)) for topic in topics)]

    def asked(self) -> dict[str, str]:
        """Return what was asked for and makes sense, by the name of its field."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _title(topic: Topic) -> str:
    found = said_if_known(topic, "title")
    return InDanish(found.text) if found.language else found.text


class NameForm(forms.Form):
    """The name that stands beside what one writes."""

    display_name = forms.CharField(
        label=_("Name shown"),
        max_length=80,
        help_text=_("Stands beside what you write from now on. What you have written keeps the name it has."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class LanguageForm(forms.Form):
    """The language of mails and pages."""

    language = forms.ChoiceField(
        label=_("Language"), choices=settings.LANGUAGES, help_text=_("For mails to you, and for the pages from now on.")
    )


class DeleteForm(forms.Form):
    """The last word before an account is deleted."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Type it to show that you mean it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "email", "spellcheck": "false"}),
    )


class HoldForm(NumberFree):
    """Why something is held, and when somebody asks whether it still must be."""

    reason = LongText(
        label=_("Reason"),
        max_length=500,
        help_text=_("For example the number of the case. Only administrators read it. Name nobody."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    review_on = day_field(
        label=_("Review on"), help_text=_("The day on which an administrator asks whether the hold is still needed.")
    )


class PersonLookUpForm(forms.Form):
    """The address of the account to be held."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("The owner can see on their own page that you looked the account up, and what for."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PersonHoldForm(HoldForm):
    """A hold on the person who was found."""

    email = forms.EmailField(widget=forms.HiddenInput)


class ContributionHoldForm(HoldForm):
    """A hold on a contribution: its address on this site, or its consultation and number."""

    address = forms.CharField(
        label=_("Address of the contribution"),
        max_length=300,
        required=False,
        help_text=_("As it stands in the browser: it ends in /c/ and the number. Or choose and write below."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "inputmode": "url"}),
    )
    slug = forms.ChoiceField(label=_("Hearing"), required=False)
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=MOST_NUMBER, required=False)
    field_order = ("address", "slug", "number", "reason", "review_on")

    def __init__(self, *args: Any, consultations: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["slug"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = [("", _("Choose a hearing")), *consultations]
        self.known = {slug for slug, _title in consultations}

    def clean(self) -> dict[str, Any]:
        """Return the consultation's address and the number, from whichever way they were given."""
        asked = super().clean() or self.cleaned_data
        address = asked.get("address", "").strip()
        if not address:
            if "slug" not in self.errors and "number" not in self.errors and not (asked["slug"] and asked["number"]):
                self.add_error("address", _("Give the address, or the hearing and the number."))
            return asked
        match = _CONTRIBUTION.search(address)
        if match is None or match["slug"] not in self.known:
            self.add_error("address", _("This is not the address of a contribution here. It ends in /c/ and a number."))
            return asked
        return asked | {"slug": match["slug"], "number": int(match["number"])}
