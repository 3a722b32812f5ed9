"""Whom to tell of what, and the outbox: a mail is a row first, a message second."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.accounts.models import User
from apps.consultations.enums import ConsultationState
from apps.consultations.models import Consultation
from apps.notifications.enums import MailStatus

UNDER_WAY = [MailStatus.QUEUED, MailStatus.IN_FLIGHT]


class OutgoingMail(models.Model):
    """One mail to one address. `key` names what it is about, so that it is written once.

    `person` is whose account it is for, so that it is found after their address has changed; None for a farewell, and
    for an address of no account. `due_at` is when it is to be sent, or, while it is being sent, when it counts as
    forgotten and is taken up again. `stop_link` is where mails of its sort are stopped; mail programs show it.
    """

    key = models.CharField(max_length=120, blank=True)
    to = models.EmailField()
    person = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    sender = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    stop_link = models.CharField(max_length=300, blank=True)
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
            models.Index(fields=["due_at", "id"], condition=Q(status__in=UNDER_WAY), name="mail_due"),
            models.Index(fields=["to", "-written_at"], name="mail_by_address"),
            models.Index(
                fields=["written_at"], condition=~Q(status__in=UNDER_WAY) & ~Q(body=""), name="mail_with_body"
            ),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk} ({self.status})"


class Follow(models.Model):
    """Somebody wants to hear by mail what becomes of a consultation. Nobody else sees that they do.

    `told_*` is how the consultation stood when they were told last, or began to follow: what differs is news.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()
    told_state = models.CharField(max_length=20, choices=ConsultationState.choices)
    told_moment = models.DateTimeField(null=True)
    told_summary = models.PositiveIntegerField(default=0)
    # The last time that a deadline of the consultation was moved, by its row; 0 for never.
    told_change = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "consultation"], name="follow_once"),
        ]

    def __str__(self) -> str:
        return f"follow {self.pk}"
