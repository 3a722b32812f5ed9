"""Reports, appeals, and what moderators send about them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText
from apps.common.richtext import clean
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.forms.deciding import OneSentence
from apps.moderation.rules import (
    LONGEST_APPEAL,
    LONGEST_EXPLANATION,
    LONGEST_GROUND,
    LONGEST_SENTENCE,
    why_not_kept,
    why_not_public,
)
from apps.municipality.models import RefusalReason

LONGEST_ADDRESS = 254
_STANDS = _("The decision stands: the text is not shown")
_SHOWN = _("Reversed: the text is shown at its place")
# What each decision on an appeal means, by the outcome that it is against; None where a report came to nothing.
_MEANS: dict[Outcome | None, tuple[Any, Any]] = {
    None: (_("The decision stands: the text stays"), _("Reversed: the text is hidden")),
    Outcome.REFUSE: (_STANDS, _SHOWN),
    Outcome.HIDE: (_STANDS, _SHOWN),
    Outcome.RETURN: (
        _("The decision stands: its author has to change the text"),
        _("Reversed: the text is shown as it was received"),
    ),
    Outcome.HOLD_FILE: (
        _("The decision stands: the file stays held back"),
        _("Reversed: the file is shown again at its place"),
    ),
    Outcome.REDACT: (_("The decision stands: the passage stays redacted"), _("Reversed: the passage is put back")),
}


class Trap(forms.TextInput):
    """A field that people do not see or hear; what fills it in is a program."""

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "tabindex": "-1"})


class PlainText(LongText):
    """Words that no page shows as anything but words, without identity numbers."""

    def clean(self, value: Any) -> str:
        """Return the words without invisible signs; refuse what is stored nowhere."""
        text = clean(str(super().clean(value) or "")).strip()
        unfit = why_not_kept(text)
        if unfit is not None:
            raise forms.ValidationError(str(unfit), code="unfit")
        return text


class ReportForm(forms.Form):
    """What is wrong with a text, in the words of the house rules, and perhaps of the law."""

    use_required_attribute = False

    submission_key = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("What is wrong with it?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with the contribution.")},
    )
    legal_ground = PlainText(
        label=_("Law that it may break"),
        help_text=_("If you think that it is against the law, and know which. You can leave it empty."),
        required=False,
        max_length=LONGEST_GROUND,
        widget=forms.TextInput,
    )
    explanation = PlainText(
        label=_("Explain it to the moderators"),
        help_text=_("Only moderators read it. Do not repeat private matters of others more than is needed."),
        required=False,
        max_length=LONGEST_EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("For the receipt and the outcome. Without one you get a link, which you have to keep yourself."),
        required=False,
        max_length=LONGEST_ADDRESS,
    )
    homepage = forms.CharField(label=_("Leave this field empty"), required=False, widget=Trap)

    def __init__(self, *args: Any, reasons: Sequence[RefusalReason], signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = {reason.code: reason for reason in reasons}
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(reason.code, reason.title) for reason in reasons]
        self.fields["homepage"].template_name = "components/trap.html"  # type: ignore[attr-defined]
        if signed_in:
            del self.fields["email"]

    def is_of_a_program(self) -> bool:
        """Tell whether the field was filled in that people do not see."""
        return bool(self.cleaned_data.get("homepage"))

    def chosen_reason(self) -> RefusalReason:
        """Return what is wrong with the text."""
        return self.reasons[self.cleaned_data["reason"]]


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    use_required_attribute = False

    text = PlainText(
        label=_("Why is the decision wrong?"),
        help_text=_("Only moderators read it. A different person decides."),
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write why the decision is wrong, so that somebody else can judge it.")},
    )


class PublicSentence(OneSentence):
    """A sentence that leaves the house, without what must not."""

    def clean(self, value: Any) -> str:
        """Return the sentence; refuse addresses, telephone and identity numbers."""
        sentence = str(super().clean(value))
        unfit = why_not_public(sentence)
        if unfit is not None:
            raise forms.ValidationError(str(unfit), code="unfit")
        return sentence


class SettleForm(forms.Form):
    """Why a text stays that was reported; what is gone meanwhile needs no words."""

    use_required_attribute = False

    sentence = PublicSentence(
        label=_("Why the text stays"),
        help_text=_("One or two sentences, which everyone who reported it gets."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence to who reported it: why the text stays.")},
    )

    def __init__(self, *args: Any, stays: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not stays:
            del self.fields["sentence"]


class AppealDecisionForm(forms.Form):
    """Whether the first decision stands, and why. What was left and is to be hidden needs its reason too.

    Where nothing is left to decide, there is nothing to fill in.
    """

    use_required_attribute = False

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages={"required": _("Choose what to decide.")}
    )
    reason = forms.ChoiceField(
        label=_("Reason for hiding it"),
        required=False,
        help_text=_("Only where the first decision is reversed."),
    )
    sentence = PublicSentence(
        label=_("Why you decide so"),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence or two why you decide so: who appealed reads it.")},
    )

    def __init__(
        self,
        *args: Any,
        against: Outcome | None,
        reasons: Sequence[RefusalReason],
        is_moot: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = {reason.code: reason for reason in reasons}
        uphold, reverse = _MEANS[against]
        outcomes = [(AppealOutcome.UPHELD.value, uphold), (AppealOutcome.REVERSED.value, reverse)]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "outcome": outcomes,
            "reason": [("", _("Choose a reason")), *_titles(reasons)],
        }
        for name, listed in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = listed
        self.hides = against is None and not is_moot
        if self.hides:
            self.fields["sentence"].help_text = _("Who appealed reads it, and where the text is hidden everyone.")
        else:
            self.fields["sentence"].help_text = _("Who appealed gets it by mail.")
            del self.fields["reason"]
        if is_moot:
            del self.fields["outcome"], self.fields["sentence"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a hiding."""
        sent = super().clean() or {}
        if self.hides and sent.get("outcome") == AppealOutcome.REVERSED and not sent.get("reason"):
            self.add_error("reason", _("Choose why it cannot be shown."))
        return sent

    def chosen_reason(self) -> RefusalReason | None:
        """Return the reason of a hiding."""
        return self.reasons.get(self.cleaned_data.get("reason", ""))


class StaffForm(forms.Form):
    """One of the staff, or nobody."""

    person = forms.TypedChoiceField(label=_("Member of staff"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nobody")), *people]


def _titles(reasons: Sequence[RefusalReason]) -> list[tuple[str, str]]:
    return [(reason.code, reason.title) for reason in reasons]
