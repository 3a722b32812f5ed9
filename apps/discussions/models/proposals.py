"""Suggestions that were offered as citizen proposals."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from apps.discussions.enums import ProposalOutcome
from apps.discussions.models.contributions import Contribution


class CitizenProposal(models.Model):
    """A suggestion for which support is gathered, on the terms on which it was offered: no setting changes them later.

    The period begins when everyone can read the suggestion, and stands still while a moderator keeps it from view:
    `stood_still` is for how long it did, and each day begun of that is one more in the period. `outcome` is how it
    ended, `supporters` how many there were then; it is written once.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="citizen_proposal")
    threshold = models.PositiveIntegerField()
    days = models.PositiveSmallIntegerField()
    minimum_age = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    stood_still = models.DurationField(default=timedelta)
    outcome = models.CharField(max_length=20, choices=ProposalOutcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    supporters = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(threshold__gt=0, days__gt=0), name="citizen_proposal_has_terms"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="citizen_proposal_ends_later",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, supporters=None)
                | ~Q(outcome="") & Q(settled_at__isnull=False, supporters__isnull=False),
                name="citizen_proposal_settled_with_a_count",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ends_at", "id"], condition=Q(outcome=""), name="citizen_proposal_under_way"),
        ]

    def __str__(self) -> str:
        return f"citizen proposal {self.pk}"

    @property
    def more_days(self) -> int:
        """By how many days the period is longer than its terms, because it stood still."""
        return -(-self.stood_still // timedelta(days=1))
