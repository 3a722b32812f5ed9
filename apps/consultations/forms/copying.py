"""What an official types when a hearing begins as a copy of another."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.common.forms import KeyedForm, NumberFree, day_field


class CopyForm(KeyedForm, NumberFree):
    """Title, address and first day of the new hearing."""

    title = forms.CharField(label=_("Title"), max_length=140)
    slug = forms.SlugField(
        label=_("Address of its page"),
        max_length=80,
        error_messages={"invalid": _("Write it with the letters a to z, digits and hyphens alone, without spaces.")},
        help_text=_("Small letters, digits and hyphens, for example wind-turbines-2027. It never changes."),
    )
    first_day = day_field(
        label=_("First day of the first phase"),
        required=False,
        help_text=_("The phases keep their lengths from that day on. Leave it empty to set the phases yourself."),
    )

    def clean_slug(self) -> str:
        """Return the address in small letters."""
        slug: str = self.cleaned_data["slug"]
        return slug.lower()
