"""What moderators send about somebody's writing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.common.richtext import clean
from apps.discussions.rules import PAUSE_DAYS
from apps.moderation.enums import AppealOutcome
from apps.moderation.forms.deciding import OneSentence
from apps.moderation.rules import LONGEST_FACTS, LONGEST_SENTENCE, why_not_kept
from apps.municipality.models import RefusalReason

HERE, EVERYWHERE = "here", "everywhere"


class ToThePerson(OneSentence):
    """Words that somebody gets by mail: nothing in them that is stored nowhere."""

    def clean(self, value: Any) -> str:
        """Return the words; refuse identity numbers."""
        return _kept(str(super().clean(value)))


class PauseForm(forms.Form):
    """Where and for how long somebody's writing is paused, and why."""

    use_required_attribute = False

    where = forms.ChoiceField(
        label=_("Where"),
        choices=[(HERE, _("In this consultation")), (EVERYWHERE, _("In all consultations"))],
        initial=HERE,
        widget=forms.RadioSelect,
        help_text=_("Not wider than what they did calls for."),
    )
    days = forms.TypedChoiceField(
        label=_("For how long"),
        coerce=int,
        initial=PAUSE_DAYS[0],
        widget=forms.RadioSelect,
        help_text=_("It ends by itself. Begin with the shortest that helps."),
        error_messages={"required": _("Choose for how long.")},
    )
    reason = forms.ChoiceField(label=_("Rule"), error_messages={"required": _("Choose the rule that was broken.")})
    sentence = ToThePerson(
        label=_("Sentence to the person"),
        help_text=_("What they did, and why that calls for a pause. They get it by mail; it is not public."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write one sentence to the person: what they did, and why that calls for a pause.")
        },
    )
    internal_facts = forms.CharField(
        label=_("Facts for moderators only"),
        help_text=_("Never shown to the person or in public."),
        required=False,
        max_length=LONGEST_FACTS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirmed = forms.BooleanField(
        label=_("I have read what was decided before, and nothing milder helps"),
        error_messages={"required": _("Read what was decided before, then confirm that nothing milder helps.")},
    )

    def __init__(self, *args: Any, reasons: Sequence[RefusalReason], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = {reason.code: reason for reason in reasons}
        titles = ((reason.code, reason.title) for reason in reasons)
        lengths = [(days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days}) for days in PAUSE_DAYS]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "reason": [("", _("Choose a reason")), *titles],
            "days": lengths,
        }
        for name, listed in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = listed

    def clean_internal_facts(self) -> str:
        """Refuse what is stored nowhere."""
        return clean(_kept(self.cleaned_data["internal_facts"]))


class PauseAppealDecisionForm(forms.Form):
    """Whether a pause stands, and why."""

    use_required_attribute = False

    outcome = forms.TypedChoiceField(
        label=_("Decision"),
        coerce=AppealOutcome,
        choices=[
            (AppealOutcome.UPHELD.value, _("The pause was right")),
            (AppealOutcome.REVERSED.value, _("The pause is reversed, and they can write again at once")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to decide.")},
    )
    sentence = ToThePerson(
        label=_("Why you decide so"),
        help_text=_("Who appealed gets it by mail."),
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write in a sentence or two why you decide so: who appealed reads it.")},
    )


def _kept(words: str) -> str:
    unfit = why_not_kept(words)
    if unfit is not None:
        raise forms.ValidationError(str(unfit), code="unfit")
    return words
