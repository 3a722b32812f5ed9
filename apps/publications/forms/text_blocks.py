"""A text for questions that return."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import NumberFree
from apps.publications.forms.texts import LongText
from apps.publications.models import LONGEST_BLOCK


class TextBlockForm(NumberFree):
    """A text for questions that return."""

    use_required_attribute = False

    title = forms.CharField(
        label=_("Title"), max_length=140, help_text=_("What colleagues look for, for example: Where to see the plans.")
    )
    body = LongText(
        label=_("Text"),
        help_text=_("It is put into an answer as it stands, and can be changed there."),
        max_length=LONGEST_BLOCK,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
