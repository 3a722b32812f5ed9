"""The municipality's answer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.richtext import one_line
from apps.discussions.rules import LONGEST_TEXT
from apps.publications.forms.texts import LongText, without_identity_number
from apps.publications.models import TextBlock


class AnswerForm(forms.Form):
    """The municipality's answer."""

    use_required_attribute = False

    body = LongText(
        label=_("The municipality's answer"),
        help_text=_("Begin with yes, no or the short answer."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Write the answer before you publish it.")},
    )
    source = forms.CharField(
        label=_("Source"),
        help_text=_("Where readers can check it, for example: Environmental report, section 7.4."),
        max_length=200,
        required=False,
    )
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def clean_source(self) -> str:
        """Return the source on one line."""
        return without_identity_number(one_line(self.cleaned_data["source"]))

    def clean_body(self) -> str:
        """Return the answer; a national identity number is refused here too, so that a preview says so."""
        return without_identity_number(self.cleaned_data["body"])


def with_block(data: Mapping[str, Any], block: TextBlock) -> AnswerForm:
    """Return the answer as it was typed, unjudged, with the block's text behind it."""
    typed = {name: str(data.get(name, "")) for name in AnswerForm.base_fields}
    body = "\n\n".join(part for part in (typed["body"].rstrip(), block.body) if part)
    return AnswerForm(initial=typed | {"body": body})
