"""What people type into the forms of this app, cleaned."""

from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree
from apps.common.pagination import whole_number
from apps.discussions.enums import PEOPLES_KINDS, ContributionKind, SuggestionStatus
from apps.discussions.rules import LONGEST_TEXT

_SIGNER = Signer(salt="discussions.opened")
KIND_WORDS = {ContributionKind.QUESTION: _("Question to the municipality")}


class TextForm(forms.Form):
    """A text and what it is meant as. The text is checked by `fit_text`, the same for every way in."""

    kind = forms.ChoiceField(  # type: ignore[call-arg] # the stubs do not know template_name
        label=_("What is it?"),
        choices=[(kind.value, KIND_WORDS.get(kind, kind.label)) for kind in PEOPLES_KINDS],
        initial=ContributionKind.VIEW,
        widget=forms.RadioSelect,
        template_name="components/field_choices.html",
    )
    body = forms.CharField(
        label=_("Your contribution"),
        help_text=_(
            "At most 10,000 characters. Do not write identity numbers, or anything about the health of others. "
            "An empty line begins a new paragraph, - a list, > a quotation; *stars* stress a word."
        ),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"maxlength": LONGEST_TEXT, "rows": 8, "required": True, "class": "textarea"}),
    )


class ContributionForm(TextForm):
    """A new contribution: `key` is made with the form, so that however often it is sent, it is received once.

    `opened` is when the form was opened, signed, so that a text that comes faster than people write is noticed.
    """

    reply_to = forms.CharField(required=False, widget=forms.HiddenInput)
    key = forms.CharField(required=False, widget=forms.HiddenInput)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_reply_to(self) -> int | None:
        """Return the number that is answered; what is no number is one that nothing has."""
        typed = self.cleaned_data["reply_to"]
        return whole_number(typed) or (0 if typed else None)

    def clean_key(self) -> UUID:
        """Return the form's key; a form that lost it gets a new one."""
        try:
            return UUID(self.cleaned_data["key"])
        except ValueError:
            return uuid4()

    def opened_at(self) -> datetime | None:
        """Return when the form was opened; None where that is not told, or not as it was signed."""
        try:
            return datetime.fromisoformat(_SIGNER.unsign(self.cleaned_data["opened"]))
        except (BadSignature, ValueError):
            return None


def new_form(
    kept: dict[str, str] | None = None, *, reply_to: int | None = None, kind: str = "", at: datetime
) -> ContributionForm:
    """Return the form to write in, with what was kept; a kept text goes before a new reply."""
    initial = {
        "kind": kind if kind in PEOPLES_KINDS else ContributionKind.VIEW,
        "reply_to": reply_to or "",
        "key": str(uuid4()),
        "opened": _SIGNER.sign(at.isoformat(timespec="seconds")),
    }
    return ContributionForm(initial=initial | (kept or {}))


class SuggestionStatusForm(NumberFree):
    """What becomes of a suggestion, and a sentence about it."""

    status = forms.TypedChoiceField(
        label=_("What becomes of it"),
        choices=[choice for choice in SuggestionStatus.choices if choice[0] != SuggestionStatus.RECEIVED],
        coerce=SuggestionStatus,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of it.")},
    )
    sentence = LongText(
        label=_("Sentence for everyone"),
        max_length=500,
        required=False,
        help_text=_("Its author gets it by mail. Of what is not done, say why."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
