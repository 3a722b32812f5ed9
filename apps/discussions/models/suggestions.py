"""What the municipality said becomes of a suggestion."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.discussions.enums import SuggestionStatus
from apps.discussions.models.contributions import Contribution


class SuggestionStep(models.Model):
    """A status that an official gave to a suggestion, with a sentence for everyone. The last one stands.

    A suggestion without a step is received and nothing more.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="steps")
    status = models.CharField(_("status"), max_length=20, choices=SuggestionStatus.choices)
    sentence = models.CharField(max_length=500, blank=True)
    salt = models.BinaryField(max_length=32)
    is_current = models.BooleanField(default=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(is_current=True), name="suggestion_stands_once"
            ),
            models.CheckConstraint(condition=~Q(status=SuggestionStatus.RECEIVED), name="suggestion_step_leads_on"),
            models.CheckConstraint(
                condition=~Q(status=SuggestionStatus.NOT_DONE) | ~Q(sentence=""), name="suggestion_not_done_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} (contribution {self.contribution_id})"
