"""What an official types at the town-hall desk. What stood in a document is compared by keys and kept nowhere."""

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.forms import LongText
from apps.common.identity_numbers import find_identity_numbers
from apps.municipality.models import District
from apps.municipality.queries import district_of_postal_code
from apps.residency.enums import REVOCATION_REASONS, EndReason, ShownDocument

OFF = {"autocomplete": "off", "spellcheck": "false"}
LONGEST_SENTENCE = 500
NUMBER = re.compile(r"[0-9]{6}[ -]?[0-9]{4}")
NUMBER_INSIDE = re.compile(r"(?<![0-9])[0-9]{6}[ -]?[0-9]{4}(?![0-9])")
POSTAL_CODE = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
CHECK = _("Check the address: write street, number, postal code and town.")


class LookUpForm(forms.Form):
    """The address of the account whose owner stands at the desk."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("Ask the person which address they use here."),
        widget=forms.EmailInput(attrs=OFF),
    )


class NeverShownAgain(forms.TextInput):
    """A field whose value goes in and never comes back out, also when the form is shown again."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:  # noqa: ARG002
        return super().get_context(name, None, attrs)


class GrantForm(forms.Form):
    """Who was shown to be who, and where they live. Only the district and the kind of document are kept."""

    email = forms.EmailField(widget=forms.HiddenInput)
    document = forms.ChoiceField(
        label=_("What was shown"),
        choices=ShownDocument.choices,
        widget=forms.RadioSelect,
        help_text=_("Only the kind of document is kept. Copy nothing of it."),
        error_messages={"required": _("Look at the proof first, then choose what it was.")},
    )
    name = forms.CharField(
        label=_("Full name, as it stands there"),
        max_length=200,
        help_text=_("Not kept: it becomes a key that shows if the same person is a resident on another account."),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": _("Type the name as it stands in the document.")},
    )
    address = forms.CharField(
        label=_("Address, as it stands there"),
        max_length=200,
        help_text=_("Street, number, floor, postal code and town. Not kept: it becomes a key, as the name does."),
        widget=forms.TextInput(attrs=OFF),
        error_messages={"required": CHECK},
    )
    district = forms.ModelChoiceField(
        label=_("District"),
        queryset=District.objects.order_by("name"),
        empty_label=_("By the postal code"),
        required=False,
        help_text=_("Choose it when the postal code belongs to several districts."),
    )
    field_order = ("email", "document", "name", "address", "identity_number", "district", "is_protected")
    offers_move = False
    """Set when the same person turned out to be a resident on another account."""

    is_protected = forms.BooleanField(
        label=_("The person has name and address protection"),
        required=False,
        help_text=_("Their name is shown nowhere from then on. This cannot be undone here."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settings.DESK_ASKS_IDENTITY_NUMBER:
            self.fields["identity_number"] = _identity_number()
            self.order_fields(self.field_order)
        if not District.objects.exists():
            del self.fields["district"]

    def clean_identity_number(self) -> str:
        """Return the ten digits, or nothing."""
        number = str(self.cleaned_data["identity_number"])
        if number and not NUMBER.fullmatch(number):
            raise ValidationError(_("An identity number has ten digits. Type it again, or leave it out."))
        return re.sub(r"[ -]", "", number)

    def clean_address(self) -> str:
        """Return the address on one line."""
        address = " ".join(str(self.cleaned_data["address"]).split())
        if not any(sign.isdigit() for sign in address) or not any(sign.isalpha() for sign in address):
            raise ValidationError(CHECK)
        return address

    def clean(self) -> dict[str, Any]:
        """Take the district from the postal code when none was chosen."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "district" in self.fields and not cleaned.get("district") and "address" in cleaned:
            cleaned["district"] = _district_of(cleaned["address"])
            if cleaned["district"] is None:
                self.add_error("district", _("The address does not tell the district. Choose it here."))
        if self.data.get("grant") == "move" and not cleaned.get("identity_number"):
            sentence = _("Type the identity number once more: it was not kept, and shows which residency to move.")
            self.add_error("identity_number" if "identity_number" in self.fields else None, sentence)
        return cleaned

    @property
    def moves(self) -> bool:
        """The person wants the residency that they have on another account to be moved here."""
        return self.data.get("grant") == "move"


class SentenceForm(forms.Form):
    """A sentence that the person reads."""

    sentence = LongText(
        label=_("Why, in a sentence to the person"),
        max_length=LONGEST_SENTENCE,
        help_text=_("They read it in a mail and on their own page. Write what they can do now."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a sentence: the person must know why.")},
    )

    def clean_sentence(self) -> str:
        """Return the sentence, without an identity number in it."""
        sentence = str(self.cleaned_data["sentence"])
        if NUMBER_INSIDE.search(sentence) or find_identity_numbers(sentence):
            raise ValidationError(_("This looks like an identity number. Leave it out."))
        return sentence


class RevokeForm(SentenceForm):
    """Why a residency ends."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[(reason.value, capfirst(reason.label)) for reason in REVOCATION_REASONS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason.")},
    )
    field_order = ("reason", "sentence")

    def reason_given(self) -> EndReason:
        """Return the reason, for the action."""
        return EndReason(self.cleaned_data["reason"])


def grant_form_for(person: User) -> GrantForm:
    """Return the empty form for somebody who was looked up."""
    return GrantForm(initial={"email": person.email, "is_protected": person.has_protected_name})


def _identity_number() -> forms.CharField:
    words = _(
        "If the person agrees. It shows at once if the same person is a resident on another account. "
        "Not kept: it becomes a key and is gone."
    )
    widget = NeverShownAgain(attrs=OFF | {"inputmode": "numeric"})
    return forms.CharField(
        label=_("Identity number (CPR)"), required=False, max_length=11, help_text=words, widget=widget
    )


def _district_of(address: str) -> District | None:
    codes = POSTAL_CODE.findall(address)
    return district_of_postal_code(codes[-1]) if codes else None
