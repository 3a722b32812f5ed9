"""What people type on the pages of the app. No identity number is asked for."""

from apps.residency.forms.desk import GrantForm, LookUpForm

__all__ = ["GrantForm", "LookUpForm"]
