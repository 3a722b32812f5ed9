"""What is typed about meetings, and by those who sign up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import end_of_day, local, moment_at
from apps.common.forms import KeyedForm, LongText, NumberFree, day_field
from apps.consultations.enums import (
    MOST_COMPANIONS,
)
from apps.consultations.models import Meeting, Topic

MOST_PLACES = 10_000


def _time_field(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


class MeetingForm(NumberFree):
    """A public meeting, in local time. Cleaned, it holds the moments beside what was typed."""

    title = forms.CharField(label=_("Title"), max_length=140, initial=_("Citizens' meeting"))
    day = day_field(label=_("Day"))
    starts = _time_field(label=_("From"))
    ends = _time_field(label=_("Until"))
    place = forms.CharField(label=_("Place"), max_length=200)
    access = forms.CharField(
        label=_("Access"),
        max_length=300,
        required=False,
        help_text=_("Step-free access, hearing loop, interpretation on request: what there is, and what there is not."),
    )
    about = LongText(
        label=_("What it is about"),
        max_length=2_000,
        required=False,
        help_text=_("Blank lines part paragraphs. **bold**, *italic*, - lists, > quotes and https:// links work."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    online_link = forms.URLField(
        label=_("Link for taking part online"),
        max_length=300,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(schemes=["https", "http"])],
    )
    takes_sign_ups = forms.BooleanField(
        label=_("People sign up"), required=False, help_text=_("Without it everyone just comes.")
    )
    places = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=1,
        max_value=MOST_PLACES,
        help_text=_("Who signs up when it is full comes on a waiting list. Empty: no limit."),
    )
    sign_up_day = day_field(
        label=_("Last day to sign up"), required=False, help_text=_("Empty: until the meeting begins.")
    )
    sign_up_time = _time_field(label=_("Last time to sign up"), required=False)

    def clean(self) -> dict[str, Any]:
        """Add the moments; refuse times that the clock leaves out on that day, and limits without signing up."""
        typed = super().clean() or self.cleaned_data
        typed["starts_at"] = self._moment("day", "starts")
        typed["ends_at"] = self._moment("day", "ends")
        typed["sign_up_until"] = self._sign_up_until(typed)
        if typed.get("places") and not typed.get("takes_sign_ups"):
            self.add_error("takes_sign_ups", _("Tick this too: places are given to those who sign up."))
        return typed

    def _moment(self, day: str, clock: str) -> datetime | None:
        on, shown = self.cleaned_data.get(day), self.cleaned_data.get(clock)
        if on is None or shown is None:
            return None
        moment = moment_at(on, shown)
        if moment is None:
            self.add_error(clock, _("The clock is put forward that night, so there is no such time. Choose another."))
        return moment

    def _sign_up_until(self, typed: dict[str, Any]) -> datetime | None:
        last, starts_at = typed.get("sign_up_day"), typed.get("starts_at")
        if last is None:
            if typed.get("sign_up_time") is not None and "sign_up_day" not in self.errors:
                self.add_error("sign_up_day", _("Say on which day, too."))
            return None
        if typed.get("sign_up_time") is not None:
            return self._moment("sign_up_day", "sign_up_time")
        whole_day = end_of_day(last)
        return min(whole_day, starts_at) if starts_at and local(starts_at).date() == last else whole_day


class NewMeetingForm(KeyedForm, MeetingForm):
    """A meeting that is announced once, however often the form is sent."""


def meeting_as_typed(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    starts, ends = local(meeting.starts_at), local(meeting.ends_at)
    until = local(meeting.sign_up_until) if meeting.sign_up_until else None
    same = ("title", "place", "access", "about", "online_link", "takes_sign_ups", "places")
    return {name: getattr(meeting, name) for name in same} | {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "sign_up_day": until.date() if until else None,
        "sign_up_time": until.time() if until else None,
    }


class CallOffForm(NumberFree):
    """Why a meeting is called off."""

    reason = forms.CharField(
        label=_("Why it is called off"),
        max_length=300,
        help_text=_("Everyone reads it on the page, and those who signed up in a mail. Say if there will be another."),
    )


class SignUpForm(forms.Form):
    """How many people somebody brings to a meeting."""

    companions = forms.TypedChoiceField(
        label=_("How many you bring"),
        choices=[(number, str(number)) for number in range(MOST_COMPANIONS + 1)],
        coerce=int,
        initial=0,
    )


class MinutesForm(NumberFree):
    """What was said at a meeting, and the topics it was about."""

    minutes = LongText(
        label=_("Minutes"),
        max_length=20_000,
        help_text=_(
            "Write what was said and agreed, and name nobody but those who spoke for the municipality. "
            "Blank lines part paragraphs. **bold**, *italic*, - lists, > quotes and https:// links work."
        ),
        widget=forms.Textarea(attrs={"rows": 18}),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics it was about"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The minutes are linked from these."),
    )
    attended = forms.IntegerField(
        label=_("How many came"), required=False, min_value=0, max_value=MOST_PLACES, help_text=_("A number, no names.")
    )

    def __init__(self, *args: Any, topics: Sequence[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].choices = [(topic.slug, topic.title) for topic in topics]  # type: ignore[attr-defined]
