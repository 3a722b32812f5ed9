"""Proof that a person lives here. No identity number has a column."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.accounts.models import User
from apps.municipality.models import District
from apps.residency.enums import Method


class Residency(models.Model):
    """A person's verified residency. A person holds at most one that has not ended."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="residencies")
    method = models.CharField(max_length=20, choices=Method.choices)
    municipality_code = models.CharField(max_length=4)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True)
    verified_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="residency_one_active"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("verified_at")), name="residency_expires_later"),
        ]

    def __str__(self) -> str:
        return f"residency of person {self.person_id}"

    @property
    def district_name(self) -> str:
        """The district's name, or nothing."""
        return self.district.name if self.district else ""
