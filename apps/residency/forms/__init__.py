"""What people type on the pages of the app."""

from apps.residency.forms.desk import GrantForm, LookUpForm, RevokeForm, SentenceForm, grant_form_for

__all__ = ["GrantForm", "LookUpForm", "RevokeForm", "SentenceForm", "grant_form_for"]
