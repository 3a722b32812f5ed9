"""What officials type about a consultation, its phases, topics, figures and papers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import end_of_day, last_day_before, local, moment_at
from apps.common.forms import LongText, NumberFree, Rows, day_field
from apps.common.uploads import why_not_a_pdf
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.enums import (
    MOST_COMPANIONS,
    ModerationMode,
    NamePolicy,
    PostPause,
    TopicIcon,
    WriteAccess,
)
from apps.consultations.models import Meeting, Topic

MOST_PHASES = 12
MOST_FACTS = 12
MOST_PLACES = 10_000


def _time_field(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def _pause_of(minutes: str) -> PostPause:
    return PostPause(int(minutes))


class ConsultationForm(NumberFree):
    """The texts of a consultation, who may write in it, how their names are shown, and when moderators read.

    How names are shown is settled with the first contribution: those in one thread are treated alike.
    """

    title = forms.CharField(
        label=_("Title"), max_length=140, help_text=_("Short and concrete: what it is about, and where.")
    )
    lede = LongText(
        label=_("In one or two sentences"),
        max_length=300,
        required=False,
        help_text=_("What is proposed, and what you would like people to tell you."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = LongText(
        label=_("The proposal in plain words"),
        max_length=10_000,
        required=False,
        help_text=_("Blank lines part paragraphs. **bold**, *italic*, - lists, > quotes and https:// links work."),
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    write_access = forms.TypedChoiceField(
        label=_("Who may write"),
        choices=WriteAccess.choices,
        coerce=WriteAccess,
        initial=WriteAccess.CONFIRMED,
        widget=forms.RadioSelect,
        help_text=_("Hearings that the law asks for must be open to everyone."),
    )
    name_policy = forms.TypedChoiceField(
        label=_("How names are shown"),
        choices=NamePolicy.choices,
        coerce=NamePolicy,
        initial=NamePolicy.FULL_NAME,
        widget=forms.RadioSelect,
        help_text=_(
            "People are told before they send. It cannot be changed once somebody has written. Organisations always "
            "stand under their own name, and people with name protection under none."
        ),
    )
    moderation_mode = forms.TypedChoiceField(
        label=_("When a moderator reads"),
        choices=ModerationMode.choices,
        coerce=ModerationMode,
        initial=ModerationMode.BEFORE,
        widget=forms.RadioSelect,
        help_text=_(
            "Reading afterwards fits calm matters: what people write is public at once, and stands in the moderators' "
            "queue until one has read it. What may name an employee or hold contact data or coarse words waits all the "
            "same. People are told before they send, and the public ledger tells that you chose it."
        ),
    )
    post_pause = forms.TypedChoiceField(
        label=_("Pause between two contributions"),
        choices=PostPause.choices,
        coerce=_pause_of,
        initial=PostPause.NONE,
        required=False,
        empty_value=PostPause.NONE,  # type: ignore[arg-type] # the stubs know only text
        help_text=_(
            "How long somebody waits before they can write in the same topic again. It calms a heated debate; a "
            "hearing that the law asks for seldom needs it. Answers of the municipality do not wait."
        ),
    )
    decision_note = forms.CharField(
        label=_("Who decides, and when"),
        max_length=200,
        required=False,
        help_text=_("For example: The council decides on 23 March."),
    )
    contact = forms.CharField(
        label=_("Whom to ask"), max_length=300, required=False, help_text=_("Name, department, telephone and hours.")
    )

    def __init__(self, *args: Any, names_settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names_settled:
            field = self.fields["name_policy"]
            field.disabled = True
            field.help_text = _("People have written, so this can no longer be changed.")


class PhaseForm(NumberFree):
    """A phase in whole local days, both included."""

    title = forms.CharField(label=_("Name of the phase"), max_length=80)
    first_day = day_field(label=_("First day"))
    last_day = day_field(label=_("Last day"), required=False)
    accepts_contributions = forms.BooleanField(label=_("People can write"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, and writing without a deadline."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first_day"), asked.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first. Check both."))
        if asked.get("accepts_contributions") and not last and "last_day" not in self.errors:
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


class FactForm(NumberFree):
    """A key figure."""

    value = forms.CharField(label=_("Figure"), max_length=40)
    label = forms.CharField(label=_("What it says"), max_length=140)


class FactRows(Rows):
    """Key figures in their order."""

    form = FactForm
    max_num = MOST_FACTS


class DocumentForm(NumberFree):
    """A PDF and the title under which it is shown."""

    title = forms.CharField(label=_("Title"), max_length=140)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, at most 25 MB. Everyone can download it as soon as the hearing is published."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        """Return the file if it is a PDF of fair size."""
        file: UploadedFile = self.cleaned_data["file"]
        sentence = why_not_a_pdf(name=file.name or "", size=file.size or 0, content=file)
        if sentence is not None:
            raise forms.ValidationError(str(sentence))
        return file


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
