"""What the keepers of the legal bases type."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.municipality.forms.lines import put_on_one_line
from apps.municipality.models import LegalBasis

MOST_DAYS = 365


class LegalBasisForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """A legal basis in words and days. Nothing is saved here: what was typed is for the action."""

    use_required_attribute = False
    minimum_days = forms.IntegerField(
        label=_("Days at least"),
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Eight weeks are 56 days. Write 0 where the law leaves the period to the council."),
    )
    source = forms.URLField(
        label=_("Address of the law's text"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Everyone who reads about the hearing can follow it."),
    )

    class Meta:
        model = LegalBasis
        fields = ("name_da", "name_en", "paragraph", "minimum_days", "source")
        help_texts: ClassVar = {"paragraph": _("For example: Planloven § 24, stk. 5.")}

    def clean(self) -> dict[str, Any]:
        """Put each text on one line without invisible signs."""
        sent: dict[str, Any] = self.cleaned_data
        put_on_one_line(self, ("name_da", "name_en", "paragraph"))
        return sent
