"""An appeal that came by letter, as somebody of the staff types it in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, MaskedForm, day_field, scan_field
from apps.common.richtext import clean
from apps.common.wording import day
from apps.moderation.enums import DECIDED_AS, Outcome
from apps.moderation.models import Decision
from apps.moderation.rules import LONGEST_APPEAL


class AppealLetterForm(MaskedForm):
    """What an author without an account says against a decision, and when it came."""

    masked = ("text",)
    use_required_attribute = False

    decision = forms.ChoiceField(
        label=_("Decision that it is against"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the decision that the letter is about.")},
    )
    came_on = day_field(
        label=_("The day it came to the municipality"),
        help_text=_("Whether it is in time, within six months of the decision, goes by this day."),
        error_messages={"required": _("Write the day on which it came to the municipality.")},
    )
    text = LongText(
        label=_("What the letter says"),
        help_text=_("Word for word, at most 4,000 characters. Only moderators read it."),
        max_length=LONGEST_APPEAL,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write what the letter says, so that somebody else can judge it.")},
    )
    scan = scan_field(
        help_text=_(
            "PDF or a picture (PNG, JPEG, WebP), at most 25 MB. For whoever decides, never public. "
            "If a page comes back with an error, choose the file again."
        )
    )

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {str(row.pk): row for row in decisions}
        self.fields["decision"].choices = [(row.pk, _words(row)) for row in decisions]  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Return the words without invisible signs."""
        return clean(str(self.cleaned_data["text"])).strip()

    def said(self) -> dict[str, Any]:
        """Return what was typed by the names of what is received."""
        return self.cleaned_data | {"decision": self.decisions[self.cleaned_data["decision"]]}


def _words(row: Decision) -> str:
    reason = row.reason.title if row.reason else ""
    return f"{DECIDED_AS[Outcome(row.outcome)]}, {day(row.decided_at)}: {reason}"
