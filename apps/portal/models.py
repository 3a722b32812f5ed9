"""The one table of the composed pages: copies of their data that people asked for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.portal.enums import UNDER_WAY, ExportStatus


class DataExport(models.Model):
    """A copy of everything that is held about one person, as a file in the data folder.

    `file` is a random name and stands here only while the file does. `claimed_at` is when a sweep took it up: after a
    while another one may, because the first was killed.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=20, choices=ExportStatus.choices, default=ExportStatus.REQUESTED)
    requested_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(status__in=UNDER_WAY), name="export_one_under_way"),
            models.CheckConstraint(
                condition=~Q(status=ExportStatus.READY) | Q(expires_at__isnull=False) & ~Q(file=""),
                name="export_ready_has_a_file_and_an_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["requested_at", "id"], condition=Q(status__in=UNDER_WAY), name="export_under_way"),
            models.Index(fields=["person", "-requested_at"], name="export_of_person"),
        ]

    def __str__(self) -> str:
        return f"export {self.pk} ({self.status})"

    @property
    def is_ready(self) -> bool:
        """It can be downloaded."""
        return self.status == ExportStatus.READY

    @property
    def is_under_way(self) -> bool:
        """It is not ready yet, and will be."""
        return self.status in UNDER_WAY
