"""What officials type about a consultation, its phases, topics, figures and papers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import last_day_before, local
from apps.common.forms import LongText, NumberFree, Rows, day_field
from apps.common.uploads import FitFile, UnfitFile, fit_file
from apps.consultations.engine.sections import LONGEST_SECTION, sections_of
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.enums import ModerationMode, NamePolicy, PostPause, TopicIcon, WriteAccess

MOST_PHASES = 12
MOST_FACTS = 12


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
        max_length=40_000,
        required=False,
        help_text=_(
            "Blank lines part paragraphs. ## begins a section with its heading, ### one under it. "
            "**bold**, *italic*, - lists, > quotes and https:// links work."
        ),
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

    def clean_body(self) -> str:
        """Refuse a section so long that nobody finds a way in it."""
        body: str = self.cleaned_data["body"]
        for section in sections_of(body):
            if len(section.body) > LONGEST_SECTION:
                sentence = _("The section “%(title)s” is longer than 10,000 characters. Divide it by headings.")
                raise forms.ValidationError(sentence, params={"title": section.title})
        return body


class RevisionForm(ConsultationForm):
    """The same for a consultation that is there: what an official began from, and what changed in a public text."""

    what_changed = forms.CharField(
        label=_("What you changed in the proposal"),
        max_length=300,
        required=False,
        help_text=_(
            "One sentence, when title, lede or proposal differ. Everyone reads it beside the new version, and can "
            "compare it with the one before."
        ),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(self, *args: Any, is_published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_published:
            del self.fields["what_changed"]

    def clean_revision(self) -> int:
        """Return 0 for a page that does not say: who does not know what stands there is shown it."""
        revision: int | None = self.cleaned_data["revision"]
        return revision or 0


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
    unit = forms.CharField(label=_("Unit"), max_length=20, required=False)
    label = forms.CharField(label=_("What it says"), max_length=140)
    source = forms.CharField(label=_("Source"), max_length=200, required=False)


class FactRows(Rows):
    """Key figures in their order."""

    form = FactForm
    max_num = MOST_FACTS


class DocumentForm(NumberFree):
    """A file, the title under which it is shown, and what it shows in words."""

    title = forms.CharField(label=_("Title"), max_length=140)
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "PDF, a picture (PNG, JPEG, WebP) or GeoJSON, at most 25 MB. Everyone can download it as soon as the "
            "hearing is published. Pictures are saved without the place and the camera that are hidden in them."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.geojson,.json"}),
    )
    description = LongText(
        label=_("What it shows, in words"),
        max_length=1000,
        required=False,
        help_text=_(
            "Of a picture always, for those who cannot see it. Of other files, a short summary helps everyone."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_file(self) -> FitFile:
        """Return the file as it is kept; a refusal goes to its field."""
        file: UploadedFile = self.cleaned_data["file"]
        try:
            return fit_file(name=file.name or "", size=file.size or 0, content=file)
        except UnfitFile as unfit:
            raise forms.ValidationError(str(unfit)) from unfit

    def clean(self) -> dict[str, Any]:
        """Refuse a picture that nobody has put into words."""
        asked = super().clean() or self.cleaned_data
        file = asked.get("file")
        if file and file.kind.is_image and not asked.get("description") and "description" not in self.errors:
            sentence = _(
                "Say in words what the picture shows, for those who cannot see it. Then choose the file again."
            )
            self.add_error("description", sentence)
        return asked


class DocumentReplaceForm(DocumentForm):
    """The file that takes the place of another, and what changed."""

    what_changed = forms.CharField(
        label=_("What changed"),
        max_length=300,
        help_text=_("One sentence. It stands beside the new version, and the earlier one can still be read."),
    )


class HoldForm(NumberFree):
    """Why a file is held back, for everyone to read."""

    sentence = forms.CharField(
        label=_("Why it is held back"),
        max_length=300,
        error_messages={"required": _("Write one sentence on why the file is held back. Everyone can read it.")},
    )


class MeetingForm(NumberFree):
    """A public meeting, in local time."""

    title = forms.CharField(label=_("Title"), max_length=140, initial=_("Citizens' meeting"))
    day = day_field(label=_("Day"))
    starts = _time_field(label=_("From"))
    ends = _time_field(label=_("Until"))
    place = forms.CharField(label=_("Place"), max_length=200)
    note = forms.CharField(
        label=_("Good to know"),
        max_length=300,
        required=False,
        help_text=_("For example access, hearing loop, coffee, whether it is sent on the net."),
    )
