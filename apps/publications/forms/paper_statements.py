"""What officials write of a white paper: its introduction, its statements, what they say to each other about it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.consultations.models import Topic
from apps.publications.engine.whitepapers import StatementWords
from apps.publications.enums import Disposition
from apps.publications.forms.texts import LongText
from apps.publications.models import (
    LONGEST_ARGUMENT,
    LONGEST_CHANGE,
    LONGEST_COMMENT,
    LONGEST_INTRO,
    LONGEST_REFERENCE,
    LONGEST_REPLY,
    LONGEST_SENTENCE,
    LONGEST_TITLE,
    PaperStatement,
)

WORDS = ("title", "argument", "disposition", "reply", "change", "change_reference")


class PaperStatementForm(forms.Form):
    """A statement. What a page may not show is refused by the action, at its field."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("The argument in one neutral line"),
        help_text=_("As those who wrote it would accept it, for example: The noise at night is too loud."),
        max_length=LONGEST_TITLE,
        error_messages={"required": _("Write the argument in one line first.")},
    )
    topic = forms.ChoiceField(label=_("Under the topic"), required=False)
    argument = LongText(
        label=_("The argument in full"),
        max_length=LONGEST_ARGUMENT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    disposition = forms.ChoiceField(
        label=_("What is made of it"),
        required=False,
        choices=[("", _("Not weighed yet")), *Disposition.choices],
    )
    reply = LongText(
        label=_("The administration's reply"),
        help_text=_("Why: everyone who wrote it is told."),
        max_length=LONGEST_REPLY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    change = forms.CharField(label=_("What is changed"), max_length=LONGEST_CHANGE, required=False)
    change_reference = forms.CharField(
        label=_("Where it is changed"),
        help_text=_("For example: section 4.2, version 3 of the plan."),
        max_length=LONGEST_REFERENCE,
        required=False,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)

    def __init__(
        self, data: Any = None, *, topics: Sequence[Topic], statement: PaperStatement | None = None, topic: str = ""
    ) -> None:
        super().__init__(data, initial=_initial(statement) if statement else {"topic": topic})
        choices = [("", _("Across all topics")), *((str(row.pk), row.title) for row in topics)]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]
        self._topics = {str(row.pk): row for row in topics}

    @property
    def words(self) -> StatementWords:
        """What was written."""
        return StatementWords(**{name: self.cleaned_data[name] for name in WORDS})

    @property
    def chapter(self) -> Topic | None:
        """The topic it goes under."""
        return self._topics.get(self.cleaned_data["topic"])

    def clean(self) -> dict[str, Any]:
        """Refuse a disposition without a reply here too, so that both stand beside each other."""
        asked = super().clean() or self.cleaned_data
        if asked.get("disposition") and not asked.get("reply") and "reply" not in self.errors:
            self.add_error(
                "reply", _("Write the reply too: nobody is told what becomes of their argument without being told why.")
            )
        return asked


def _initial(statement: PaperStatement) -> dict[str, Any]:
    topic = statement.topic.merged_into or statement.topic if statement.topic else None
    words = {name: getattr(statement, name) for name in WORDS}
    return words | {"topic": str(topic.pk) if topic else "", "seen": statement.revision}


class IntroForm(forms.Form):
    """The introduction of a white paper."""

    use_required_attribute = False

    intro = LongText(
        label=_("Introduction"),
        help_text=_("What it was about and how it went. Periods, meetings and figures are added by themselves."),
        max_length=LONGEST_INTRO,
        required=False,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


class CommentForm(forms.Form):
    """What has to change before the white paper is published."""

    use_required_attribute = False

    comment = LongText(
        label=_("What has to change"),
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what has to change, so that your colleague can go on.")},
    )


class CorrectionForm(forms.Form):
    """What the next version corrects or adds."""

    use_required_attribute = False

    note = forms.CharField(
        label=_("What is corrected or added"),
        help_text=_("It stands on the new version."),
        max_length=LONGEST_SENTENCE,
        error_messages={"required": _("Write what is corrected or added: it stands on the new version.")},
    )
