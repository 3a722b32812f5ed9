"""What officials type about a consultation as a whole."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.common.forms import KeyedForm, LongText, NumberFree
from apps.consultations.engine.sections import LONGEST_SECTION, sections_of
from apps.consultations.enums import (
    ModerationMode,
    NamePolicy,
    PostPause,
    WriteAccess,
)


def _pause_of(minutes: str) -> PostPause:
    return PostPause(int(minutes))


def why_too_long(text: str) -> str:
    """Return the sentence that refuses the first section in which nobody finds a way; nothing where there is none."""
    for section in sections_of(text):
        if len(section.body) > LONGEST_SECTION:
            if not section.title:
                return gettext(
                    "What stands before the first heading is longer than 10,000 characters. Divide it by headings."
                )
            found = gettext("The section “%(title)s” is longer than 10,000 characters. Divide it by headings.")
            return found % {"title": section.title}
    return ""


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
        if refused := why_too_long(body):
            raise forms.ValidationError(refused)
        return body


class NewConsultationForm(KeyedForm, ConsultationForm):
    """The same for one that is to be made, once."""


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
