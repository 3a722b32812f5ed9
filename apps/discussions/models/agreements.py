"""Who agrees with what somebody wrote, and the sums that were told of it."""

from typing import ClassVar

from django.db import models

from apps.accounts.models import User
from apps.discussions.models.contributions import Contribution


class Agreement(models.Model):
    """A verified resident agrees with a contribution. It orders nothing, and nobody but the person sees the row."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="agreements")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "person"], name="agreed_once"),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"


class AgreementSum(models.Model):
    """How many agreed with a contribution when that was last told: after the deadline, or with what becomes of it.

    Without `counted_at` people have agreed or taken it back since, as in a hearing that was opened again.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="agreement_sum")
    told = models.PositiveIntegerField()
    counted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.told} (contribution {self.contribution_id})"
