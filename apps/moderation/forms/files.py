"""What moderators send about single files."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.moderation.forms.deciding import OneSentence
from apps.moderation.rules import LONGEST_SENTENCE, why_not_public
from apps.municipality.models import RefusalReason


class FileHoldForm(forms.Form):
    """Why a file is held back."""

    use_required_attribute = False

    reason = forms.ChoiceField(label=_("Reason"), error_messages={"required": _("Choose why it is held back.")})
    sentence = OneSentence(
        label=_("Sentence that everyone can read"),
        help_text=_("Say what is wrong with the file, without repeating it. It stands in the thread, in its place."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one sentence that the author and everyone else can read.")},
    )

    def __init__(self, *args: Any, reasons: Sequence[RefusalReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = {reason.code: reason for reason in reasons}
        field = self.fields["reason"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Choose a reason")), *((reason.code, reason.title) for reason in reasons)]

    def clean_reason(self) -> RefusalReason:
        """Return the reason itself."""
        return self.reasons[self.cleaned_data["reason"]]

    def clean_sentence(self) -> str:
        """Refuse what must not be shown in public."""
        sentence: str = self.cleaned_data["sentence"]
        unfit = why_not_public(sentence)
        if unfit is not None:
            raise forms.ValidationError(str(unfit), code="unfit")
        return sentence
