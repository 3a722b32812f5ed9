"""Where a letter with a code goes, and the code that stands in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.common.names import why_not_a_name
from apps.residency.engine.addresses import LONGEST, AddressRegister, RegisteredAddress, Wanted, read_address
from apps.residency.forms.desk import SentenceForm

MOST_SUGGESTED = 20
POSTAL_CODE_LENGTH = 4
NONE_OF_THESE = ""


class LetterForm(forms.Form):
    """Name and address, as they are typed; `chosen` is an address of the register, which goes before what was typed."""

    chosen = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("Name on the letterbox"),
        max_length=120,
        help_text=_("Your own name, as it stands on your letterbox or door."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    street = forms.CharField(
        label=_("Street and number"),
        max_length=LONGEST,
        help_text=_("For example Havnegade 12."),
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    home = forms.CharField(
        label=_("Floor and door"),
        max_length=40,
        required=False,
        help_text=_("Where the house has several homes, for example 1. tv or st. th."),
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric", "size": 6}),
    )

    def clean_name(self) -> str:
        """Return the name on one line."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        sentence = why_not_a_name(name)
        if sentence is not None:
            raise ValidationError(str(sentence))
        return name

    def clean_postal_code(self) -> str:
        """Return the four digits."""
        code = "".join(str(self.cleaned_data["postal_code"]).split())
        if not (code.isascii() and code.isdigit() and len(code) == POSTAL_CODE_LENGTH):
            raise ValidationError(_("A postal code has four digits."))
        return code

    def home_in(self, register: AddressRegister) -> RegisteredAddress | None:
        """Return the home that is meant, or None with the sentence why, and suggestions where there are any.

        Raises RegisterUnreadable.
        """
        typed = self.cleaned_data
        wanted = read_address(typed["chosen"]) if typed["chosen"] else self._typed()
        if wanted is None:
            self.add_error("street", _("Write the street and the number of the house, for example Havnegade 12."))
            return None
        found = register.find(wanted)
        if found is None:
            self._offer(register.suggest(wanted, MOST_SUGGESTED), wanted)
        return found

    def _typed(self) -> Wanted | None:
        typed = self.cleaned_data
        return read_address(typed["street"], typed["home"], typed["postal_code"])

    def _offer(self, homes: Sequence[RegisteredAddress], wanted: Wanted) -> None:
        """Let one of these be chosen, or say what to do when there is none."""
        if not homes:
            sentence = _(
                "This address is not in the municipality's register. Check the spelling and the postal code. "
                "If you live outside the municipality no letter can be sent; if the house is new, "
                "the town-hall desk can verify you."
            )
            self.add_error("street", sentence)
            return
        choices = [(str(home), str(home)) for home in homes]
        self.fields["chosen"] = forms.ChoiceField(
            label=_("Which address do you mean?"),
            choices=[*choices, (NONE_OF_THESE, _("None of these: I correct the address below"))],
            widget=forms.RadioSelect,
        )
        # The field was read as a hidden one before it became a choice.
        vars(self)["_bound_fields_cache"].pop("chosen", None)
        typed = {name: self.data.get(name, "") for name in self.fields}
        self.data = typed | {"chosen": NONE_OF_THESE if len(choices) > 1 else choices[0][0]}
        same_house = {(home.street, home.house_number, home.postal_code) for home in homes}
        is_house = len(same_house) == 1 and homes[0].postal_code == wanted.postal_code
        asked = _("The house has several homes. Choose yours, with floor and door.")
        unclear = _("We did not find exactly this address. Choose one of these, or correct it.")
        self.add_error("chosen", asked if is_house and len(homes) > 1 else unclear)


class CodeForm(forms.Form):
    """The code of a letter."""

    code = forms.CharField(
        label=_("Code from the letter"),
        max_length=40,
        help_text=_("Ten letters and digits. Capitals, spaces and hyphens do not matter."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false", "size": 14}
        ),
        error_messages={"required": _("Type the code that stands in the letter.")},
    )


class CallOffForm(SentenceForm):
    """Why a letter is cancelled."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["sentence"].help_text = _("They read it on their own page. Write what they can do now.")


class ChooseLettersForm(forms.Form):
    """The letters that are printed together."""

    letters = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Choose at least one letter.")})

    def __init__(self, data: Any, *, choices: Sequence[int]) -> None:
        super().__init__(data)
        self.fields["letters"].choices = [(pk, pk) for pk in choices]  # type: ignore[attr-defined]
