"""The outbox: a mail is a row first, a message second."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.notifications.enums import MailStatus


class OutgoingMail(models.Model):
    """One mail to one address. `key` names what it is about, so that it is written once."""

    key = models.CharField(max_length=120, blank=True)
    to = models.EmailField()
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    status = models.CharField(max_length=20, choices=MailStatus.choices, default=MailStatus.QUEUED)
    message_id = models.CharField(max_length=120)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "to"], condition=~Q(key=""), name="mail_written_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(status__in=[MailStatus.QUEUED, MailStatus.IN_FLIGHT]),
                name="mail_due",
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.status})"
