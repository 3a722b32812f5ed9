"""The one table of exchange: case files that officials asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.exchange.enums import UNDER_WAY, CaseFileStatus


class CaseFile(models.Model):
    """A ZIP of a consultation for the records system, as a file in the data folder. `since` is empty for all of it.

    `file` is a random name and stands here only while the file does. `claimed_at` is when a sweep took it up: after a
    while another one may, because the first was killed. `position` is how far the ledger had come when it was begun:
    what was taken from the public later, the file still shows.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    since = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=CaseFileStatus.choices, default=CaseFileStatus.REQUESTED)
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    position = models.BigIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status__in=UNDER_WAY), name="case_file_one_under_way"
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseFileStatus.READY) | Q(expires_at__isnull=False) & ~Q(file=""),
                name="case_file_ready_has_a_file_and_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requested_at", "id"], condition=Q(status__in=UNDER_WAY), name="case_file_under_way"),
        ]

    def __str__(self) -> str:
        return f"case file {self.pk} ({self.status})"

    @property
    def is_ready(self) -> bool:
        """It can be downloaded."""
        return self.status == CaseFileStatus.READY

    @property
    def is_under_way(self) -> bool:
        """It is not ready yet, and will be."""
        return self.status in UNDER_WAY
