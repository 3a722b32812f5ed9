"""What officials type about a consultation, its phases, topics, figures and papers."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from apps.common.calendar import last_day_before, local
from apps.common.forms import LongText, NumberFree, Rows, day_field
from apps.common.uploads import why_not_a_pdf
from apps.consultations.engine.timeline import AnyPhase
from apps.consultations.enums import ModerationMode, NamePolicy, PostPause, TopicIcon, WriteAccess
from apps.municipality.models import LegalBasis
from apps.municipality.queries import selectable_legal_bases

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


class LegalTermsForm(NumberFree):
    """By which law a hearing is held, and whether late contributions are taken; publishing settles the first two."""

    legal_basis = forms.ChoiceField(
        label=_("Legal basis"),
        required=False,
        help_text=_("It says how many days people have at least. The day on which the hearing opens is not counted."),
    )
    shorter_because = forms.CharField(
        label=_("Why the period is shorter than the law asks"),
        max_length=300,
        required=False,
        help_text=_("Only where it has to be. Everyone reads it, and the ledger tells that the period is shorter."),
    )
    plandata_number = forms.CharField(label=_("Number in Plandata"), max_length=20, required=False)
    plandata_published_on = day_field(
        label=_("Published in Plandata on"),
        required=False,
        help_text=_("If it is published there later than here, the days count from that day."),
    )
    takes_late = forms.BooleanField(
        label=_("Take late contributions, and mark them as not on time"),
        required=False,
        help_text=_("If not, people who come too late are told how to write by post."),
    )

    def __init__(self, *args: Any, chosen: LegalBasis | None = None, is_settled: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bases = selectable_legal_bases()
        if chosen and chosen not in bases:
            bases.append(chosen)
        self.bases = {basis.code: basis for basis in bases}
        none = [("", _("None: no law asks for this hearing"))]
        self.fields["legal_basis"].choices = none + [  # type: ignore[attr-defined]
            (basis.code, f"{basis.name} ({basis.paragraph})") for basis in bases
        ]
        for name in ("legal_basis", "shorter_because"):
            self.fields[name].disabled = is_settled

    def clean_legal_basis(self) -> LegalBasis | None:
        """Return the basis itself."""
        return self.bases.get(self.cleaned_data["legal_basis"])


class ExtensionForm(NumberFree):
    """A later last day, and why."""

    last_day = day_field(label=_("New last day"), help_text=_("People can write until 23:59 on that day."))
    cause = forms.CharField(
        label=_("Why the deadline is extended"),
        max_length=300,
        help_text=_("One sentence. Everyone reads it beside the old deadline."),
    )


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
