"""What a contributor says is wrong in a white paper, and the answer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.publications.forms.texts import LongText, without_identity_number
from apps.publications.models import LONGEST_OBJECTION


class ObjectionForm(forms.Form):
    """What is wrong in how the white paper renders a contribution."""

    use_required_attribute = False

    text = LongText(
        label=_("What is wrong?"),
        help_text=_("Only officials read it. Say which statement you mean, and what you meant instead."),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write what is wrong, so that an official can answer it.")},
    )

    def clean_text(self) -> str:
        """Return the text; a national identity number is refused."""
        return without_identity_number(self.cleaned_data["text"])


class ObjectionReplyForm(forms.Form):
    """The answer to an objection."""

    use_required_attribute = False

    reply = LongText(
        label=_("Answer"),
        help_text=_("Only the author reads it, by mail and on their page. Say whether the white paper is corrected."),
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write the answer, so that the author knows what becomes of it.")},
    )

    def clean_reply(self) -> str:
        """Return the answer; a national identity number is refused."""
        return without_identity_number(self.cleaned_data["reply"])
