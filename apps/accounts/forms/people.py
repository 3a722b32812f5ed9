"""What administrators type about staff and their roles."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.enums import Role
from apps.common.forms import NumberFree, day_field


class StaffSearch(forms.Form):
    """Words in a name or address; none means everybody."""

    words = forms.CharField(label=_("Name or e-mail address"), max_length=100, required=False)


class AccountForm(forms.Form):
    """The address of an account."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("The person makes an account of their own first, and tells you its address."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class RoleForm(NumberFree):
    """A role with its dates in whole local days, both included."""

    email = forms.EmailField(widget=forms.HiddenInput)
    role = forms.TypedChoiceField(
        label=_("Role"),
        choices=Role.choices,
        coerce=Role,
        widget=forms.RadioSelect,
        help_text=_(
            "Moderators read what waits and decide on it. Officials write for the municipality and verify residents. "
            "Administrators give roles and place legal holds; they read nothing that is not public."
        ),
    )
    department = forms.CharField(label=_("Department"), max_length=120, required=False)
    title = forms.CharField(
        label=_("Job title"), max_length=120, required=False, help_text=_("Stands beside what officials answer.")
    )
    first_day = day_field(label=_("First day"))
    last_day = day_field(
        label=_("Last day"), required=False, help_text=_("The role ends by itself when this day is over.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["first_day"].initial = today

    def clean_first_day(self) -> date:
        """Refuse a day that has gone by: nobody had the role then."""
        day: date = self.cleaned_data["first_day"]
        if day < self.today:
            raise forms.ValidationError(_("That day has gone by. Choose today or a later day."))
        return day

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        asked = super().clean() or self.cleaned_data
        first, last = asked.get("first_day"), asked.get("last_day")
        if last and last < (first or self.today):
            self.add_error("last_day", _("The last day lies before the first. Check both."))
        return asked
