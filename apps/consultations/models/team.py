"""Who works on a consultation."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import TeamRole
from apps.consultations.models.consultations import Consultation


class TeamMember(models.Model):
    """An official with a place in a consultation's team. Without the official's role the place gives no right.

    The query of a team tells of each `is_in_force`: whether the person is an official now and may sign in.
    Without `added_at` the person owned it before there were teams, and no entry tells of it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(_("role in the team"), max_length=20, choices=TeamRole.choices)
    added_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "person"], name="team_member_once"),
        ]

    def __str__(self) -> str:
        return f"team member {self.pk}"

    @property
    def is_owner(self) -> bool:
        """The person chooses who else works on it."""
        return self.role == TeamRole.OWNER
