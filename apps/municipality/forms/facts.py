"""What administrators type about the municipality itself."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from apps.common.forms import LongText, NumberFree, Rows, day_field
from apps.municipality.engine.colours import colour_of
from apps.municipality.forms.lines import put_on_one_line
from apps.municipality.models import Municipality

ONE_LINE = ("name", "site_name", "address", "phone", "working_week", "days_off")
MOST_DISTRICTS = 60
POSTAL_CODES = RegexValidator(
    r"^([0-9]{4}( [0-9]{4})*)?$", _("Write postal codes of four digits, with spaces between.")
)


class MunicipalityForm(forms.ModelForm):  # type: ignore[type-arg] # not subscriptable when it runs
    """The municipality's facts and promises. Nothing is saved here: what was typed is for the action."""

    use_required_attribute = False
    code = forms.RegexField(
        r"^[0-9]{4}$",
        label=_("Municipality code"),
        error_messages={"invalid": _("The code has four digits, for example 0849.")},
        help_text=_("Four digits, as in CPR and MitID. It decides who counts as a resident."),
    )

    class Meta:
        model = Municipality
        fields = (
            "name",
            "site_name",
            "code",
            "address",
            "phone",
            "email",
            "moderation_target_hours",
            "answer_target_days",
            "working_week",
            "days_off",
            "residency_months",
            "letters_per_address",
            "asks_age_band",
            "needs_four_eyes",
            "answers_need_reader",
        )
        help_texts: ClassVar = {
            "site_name": _("It stands at the top of every page."),
            "moderation_target_hours": _("Everyone reads this promise, and the queue is measured by it."),
            "answer_target_days": _("Everyone reads this promise, and the desk is measured by it."),
            "working_week": _("Seven days, Monday first, as 8-16 or 8:30-14, and - for a day off."),
            "days_off": _("Day/month with spaces between, for example 24/12. Public holidays are known."),
            "asks_age_band": _("Your data protection officer decides this. Birth dates are never kept."),
        }

    def clean(self) -> dict[str, Any]:
        """Put each text on one line without invisible signs."""
        sent: dict[str, Any] = self.cleaned_data
        put_on_one_line(self, [name for name in ONE_LINE if name in sent])
        return sent


class BrandForm(NumberFree):
    """The municipality's colour, or none for the house's own."""

    brand_color = forms.CharField(
        label=_("Colour"),
        max_length=7,
        required=False,
        help_text=_("As #7a1f3d. Buttons and the strip at the top get it, and dark pages a lighter shade."),
    )

    def clean_brand_color(self) -> str:
        """Return the colour as #rrggbb in small letters, or nothing."""
        typed: str = self.cleaned_data["brand_color"].strip()
        try:
            return colour_of(typed) if typed else ""
        except ValueError as unreadable:
            raise forms.ValidationError(
                _("Write # and six of the signs 0-9 and a-f, for example #7a1f3d.")
            ) from unreadable


class AccessibilityForm(NumberFree):
    """What the page about accessibility says beyond what holds for every installation."""

    was_url = forms.URLField(
        label=_("Address of the accessibility statement"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("The statement itself is made in the WAS-Tool of the Agency for Digital Government."),
    )
    was_reviewed_on = day_field(
        label=_("Last reviewed on"), required=False, help_text=_("The law asks for a review every year.")
    )
    was_gaps_da = LongText(label=_("What is not accessible yet, in Danish"), required=False, max_length=4000)
    was_gaps_en = LongText(label=_("What is not accessible yet, in English"), required=False, max_length=4000)


class DistrictForm(NumberFree):
    """A district; its number says which one it was before."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Name"), max_length=100)
    postal_codes = forms.CharField(
        label=_("Postal codes"),
        max_length=200,
        required=False,
        validators=[POSTAL_CODES],
        help_text=_("Those that belong to this district alone, apart by spaces."),
    )


class DistrictRows(Rows):
    """The districts of the municipality."""

    form = DistrictForm
    max_num = MOST_DISTRICTS
