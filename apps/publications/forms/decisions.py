"""What officials type about recommendations and meetings that treat the case."""

from dataclasses import fields
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from apps.common.forms import KeyedForm, NumberFree, day_field
from apps.publications.engine.decisions import CaseMeetingText
from apps.publications.enums.decisions import DecidingBody, DecisionOutcome
from apps.publications.forms.texts import LongText
from apps.publications.models.decisions import (
    LONGEST_DECIDED,
    LONGEST_NOTE,
    LONGEST_PART,
    LONGEST_RECOMMENDATION,
    CaseMeeting,
)

MARKDOWN = _("Blank lines part paragraphs. **bold**, *italic*, - lists, > quotes and https:// links work.")


class Revised(forms.Form):
    """A form that knows which revision its official had before them."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    @property
    def seen(self) -> int:
        """The revision; 0 for a form that lost it."""
        return self.cleaned_data.get("revision") or 0


class RecommendationForm(NumberFree, Revised):
    """The administration's recommendation."""

    use_required_attribute = False

    text = LongText(
        label=_("The administration's recommendation"),
        max_length=LONGEST_RECOMMENDATION,
        help_text=MARKDOWN,
        widget=forms.Textarea(attrs={"rows": 14}),
    )


def _long(label: Any, help_text: Any, rows: int) -> LongText:
    return LongText(
        label=label,
        max_length=LONGEST_PART,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class CaseMeetingForm(KeyedForm, NumberFree, Revised):
    """A meeting at which the case is treated, to come or held."""

    use_required_attribute = False

    held_by = forms.ChoiceField(
        label=_("Who meets"),
        choices=DecidingBody.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who meets.")},
    )
    name = forms.CharField(
        label=_("Name of the committee or council"), max_length=120, help_text=_("In Danish, as the agenda names it.")
    )
    held_on = day_field(label=_("Day of the meeting"))
    agenda_url = forms.URLField(
        label=_("Address of the agenda item"),
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[("", _("None yet: the meeting is to come")), *DecisionOutcome.choices],
        required=False,
    )
    decided = forms.CharField(
        label=_("What was decided"),
        max_length=LONGEST_DECIDED,
        required=False,
        help_text=_(
            "In one or two sentences. If the case ends with it, everyone reads this on top of the hearing's page."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    changes = _long(
        _("What changed because of the hearing"),
        _("Which parts of the proposal are different now, and where to find them."),
        5,
    )
    minority = _long(_("Minority opinion"), _("What those who voted against it had written in the minutes."), 4)
    is_final = forms.BooleanField(
        label=_("The case ends with this meeting"),
        required=False,
        help_text=_("When its outcome is published the hearing goes on to “Decided”."),
    )
    guidance = _long(
        _("Guidance on complaint"),
        _("Where and how to complain, what it costs, and who may. Needed where the case ends."),
        5,
    )
    complain_until = day_field(
        label=_("Last day to complain"),
        required=False,
        help_text=_("Four weeks from the publication, where the law of the hearing says nothing else."),
    )

    def text(self) -> CaseMeetingText:
        """Return what a valid form says."""
        names = (field.name for field in fields(CaseMeetingText))
        return CaseMeetingText(**{name: self.cleaned_data[name] for name in names})


class NoteForm(NumberFree, Revised):
    """What a correction mends, beside a publication that is confirmed."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("What is corrected"),
        max_length=LONGEST_NOTE,
        required=False,
        help_text=_("In one sentence. Everyone reads it beside the new version; the version before stays readable."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def meeting_as_typed(meeting: CaseMeeting) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    named = {field.name: getattr(meeting, field.name) for field in fields(CaseMeetingText)}
    return named | {"revision": meeting.revision}
