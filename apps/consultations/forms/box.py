"""What officials type when they open the suggestion box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree
from apps.common.richtext import one_line
from apps.consultations.enums import WriteAccess

MOST_TOPICS, LONGEST_TOPIC = 12, 140
FIRST_TOPICS = (
    _("Roads and paths"),
    _("Schools and day care"),
    _("Nature and climate"),
    _("Culture and leisure"),
    _("Something else"),
)


class BoxForm(NumberFree):
    """The name of the box, what it is for, its topics, and who writes there."""

    title = forms.CharField(label=_("Title"), max_length=140, initial=_("Suggestion box"))
    lede = LongText(
        label=_("In one or two sentences"),
        max_length=300,
        required=False,
        initial=_(
            "What could be better where you live? Write it here. The municipality reads everything and says what "
            "becomes of it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    topics = LongText(
        label=_("Topics, one a line"),
        max_length=2_000,
        help_text=_("Everyone chooses one when they write. You can rename them and add more later."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Name at least one topic, so that people find where to write.")},
    )
    write_access = forms.TypedChoiceField(
        label=_("Who may write"),
        choices=WriteAccess.choices,
        coerce=WriteAccess,
        initial=WriteAccess.RESIDENTS,
        widget=forms.RadioSelect,
        help_text=_("Moderators can move here only what somebody wrote who may write here."),
    )
    contact = forms.CharField(
        label=_("Whom to ask"), max_length=300, required=False, help_text=_("Name, department, telephone and hours.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].initial = "\n".join(str(topic) for topic in FIRST_TOPICS)

    def clean_topics(self) -> list[str]:
        """Return the topics, each once; refuse too many and too long ones."""
        lines = (one_line(line) for line in self.cleaned_data["topics"].split("\n"))
        topics = list(dict.fromkeys(line for line in lines if line))
        if len(topics) > MOST_TOPICS:
            raise forms.ValidationError(_("At most %(most)s topics.") % {"most": MOST_TOPICS})
        if any(len(topic) > LONGEST_TOPIC for topic in topics):
            raise forms.ValidationError(_("A topic is at most %(most)s characters long.") % {"most": LONGEST_TOPIC})
        return topics
