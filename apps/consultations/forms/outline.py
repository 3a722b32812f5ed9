"""What officials type about phases, topics and figures."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import last_day_before, local
from apps.common.forms import KeyedForm, LongText, NumberFree, Rows, day_field
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.enums import (
    TopicIcon,
)

MOST_PHASES = 12
MOST_FACTS = 12


class PhaseForm(NumberFree):
    """A phase in whole local days, both included."""

    title = forms.CharField(label=_("Name of the phase"), max_length=80)
    first_day = day_field(label=_("First day"))
    last_day = day_field(label=_("Last day"), required=False)
    accepts_contributions = forms.BooleanField(label=_("People can write"), required=False)

    def __init__(self, *args: Any, needs_end: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_end = needs_end

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and writing without a deadline where there has to be one."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first_day"), asked.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Check both."))
        is_endless = asked.get("accepts_contributions") and not last and "last_day" not in self.errors
        if is_endless and self.needs_end:
            self.add_error("last_day", _("People need a deadline: say the last day on which they can write."))
        return asked


class PhaseRows(Rows):
    """The phases of a consultation."""

    form = PhaseForm
    max_num = MOST_PHASES


def phase_days(phase: AnyPhase) -> dict[str, Any]:
    """Return a phase as its row shows it."""
    return {
        "title": phase.title,
        "first_day": local(phase.opens_at).date(),
        "last_day": last_day_before(phase.closes_at) if phase.closes_at else None,
        "accepts_contributions": phase.accepts_contributions,
    }


class TopicForm(NumberFree):
    """The texts of a topic."""

    title = forms.CharField(label=_("Title"), max_length=140)
    question = LongText(
        label=_("Question to people"),
        max_length=300,
        required=False,
        help_text=_("One open question is easier to answer than three."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    icon = forms.TypedChoiceField(label=_("Sign"), choices=TopicIcon.choices, coerce=TopicIcon, initial=TopicIcon.CHAT)
    facts_source = forms.CharField(
        label=_("Source of the figures"),
        max_length=200,
        required=False,
        help_text=_("For example: Environmental report, section 7.4."),
    )


class NewTopicForm(KeyedForm, TopicForm):
    """A topic that is made once, however often the form is sent."""


class FactForm(NumberFree):
    """A key figure."""

    value = forms.CharField(label=_("Figure"), max_length=40)
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    label = forms.CharField(label=_("What it says"), max_length=140)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class FactRows(Rows):
    """Key figures in their order."""

    form = FactForm
    max_num = MOST_FACTS
