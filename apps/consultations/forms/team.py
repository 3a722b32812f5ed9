"""Who is chosen to work on a consultation, and as what."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import TeamRole
from apps.municipality.queries import name_in_office


class TeamRoleForm(forms.Form):
    """What a member of the team may do."""

    role = forms.ChoiceField(
        label=_("Role in the team"), choices=TeamRole.choices, widget=forms.Select(attrs={"class": "select"})
    )

    def clean_role(self) -> TeamRole:
        """Return the role itself."""
        return TeamRole(self.cleaned_data["role"])


class TeamMemberForm(TeamRoleForm):
    """One of the municipality's officials, and what they may do."""

    person = forms.TypedChoiceField(
        label=_("Colleague"),
        coerce=int,
        error_messages={
            "required": _("Choose a colleague."),
            "invalid_choice": _("Choose a colleague from the list: an official who is not in the team yet."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role in the team"),
        choices=TeamRole.choices,
        initial=TeamRole.EDITOR,
        widget=forms.RadioSelect,
        help_text=_(
            "Owners choose the team. Owners and editors write and publish. All of the team answer for the municipality."
        ),
    )
    field_order = ("person", "role")

    def __init__(self, *args: Any, officials: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._officials = {person.pk: person for person in officials}
        chosen = [("", _("Choose a colleague")), *((person.pk, _named(person)) for person in officials)]
        self.fields["person"].choices = chosen  # type: ignore[attr-defined]

    def clean_person(self) -> User:
        """Return the person itself."""
        return self._officials[self.cleaned_data["person"]]


def _named(person: User) -> str:
    named = name_in_office(person)
    return f"{named}, {person.job_title}" if person.job_title and not person.has_protected_name else named
