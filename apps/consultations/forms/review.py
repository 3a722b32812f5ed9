"""What is said about a draft, and about the steps after its publication."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation
from apps.consultations.rules import next_steps

SENTENCE = 500


class CommentForm(NumberFree):
    """A comment on a draft, for the team alone."""

    comment = LongText(
        label=_("Comment"),
        max_length=4_000,
        required=False,
        help_text=_("Only the team reads it."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class StageForm(NumberFree):
    """The next step of a hearing, with the sentence that everyone reads."""

    to = forms.ChoiceField(
        label=_("Next step"), widget=forms.RadioSelect, error_messages={"required": _("Choose the next step.")}
    )
    sentence = forms.CharField(
        label=_("What everyone reads about it"),
        max_length=SENTENCE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when it is decided or followed up: what came of it, in one or two sentences."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(to.value, STEP_WORDS[to]) for to in next_steps(consultation)]  # type: ignore[attr-defined]

    def clean_to(self) -> ConsultationStatus:
        """Return the step itself."""
        return ConsultationStatus(self.cleaned_data["to"])


STEP_WORDS = {
    ConsultationStatus.PUBLISHED: _("Hear people again: new phases can be set"),
    ConsultationStatus.CONSIDERED: _("The municipality considers what people wrote"),
    ConsultationStatus.DECIDED: _("It is decided"),
    ConsultationStatus.FOLLOWED_UP: _("It is followed up: people are told what became of it"),
    ConsultationStatus.ARCHIVED: _("Lay it away: it leaves the list and stays readable"),
}


class CancelForm(NumberFree):
    """Why a hearing ends before its time."""

    reason = forms.CharField(
        label=_("Why it is cancelled"),
        max_length=SENTENCE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one or two sentences that tell everyone what came of it, and why.")},
        help_text=_("Everyone reads it, and those who follow the hearing get it by mail."),
    )

    def __init__(self, *args: Any, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:
            self.fields["reason"].help_text = _("Only the team reads it.")
