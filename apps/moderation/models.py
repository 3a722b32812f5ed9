"""The work of moderators: cases they claim, decisions they make."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.enums import WITH_REASON, Outcome, Verdict
from apps.municipality.models import RefusalReason

CLAIM_LASTS = timedelta(minutes=15)


class Case(models.Model):
    """A contribution that a moderator has taken up. There is none before the first claim."""

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="case")
    claimed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    claimed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"case of {self.contribution_id}"


class Decision(models.Model):
    """What a moderator decided, with the facts that only moderators see."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    version = models.PositiveIntegerField()
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, null=True, related_name="+")
    moved_to = models.ForeignKey(Topic, on_delete=models.PROTECT, null=True, related_name="+")
    sentence = models.CharField(_("sentence shown to everyone"), max_length=500, blank=True)
    internal_facts = models.TextField(_("facts for moderators only"), blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(outcome__in=WITH_REASON) | Q(reason__isnull=False) & ~Q(sentence=""),
                name="decision_withholds_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.MOVE) | Q(moved_to__isnull=False), name="decision_moves_somewhere"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="decision_by_case")]

    def __str__(self) -> str:
        return f"{self.outcome} of case {self.case_id}"


class SecondReading(models.Model):
    """What a second moderator would have decided, without having been told what the first one did.

    Only sums of these are shown: they measure the rules and how clear they are, not persons.
    """

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="second_reading")
    first_reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reader=F("first_reader")), name="second_reader_is_another"),
        ]
        indexes: ClassVar = [models.Index(fields=["read_at"], name="second_reading_by_time")]

    def __str__(self) -> str:
        return f"second reading of decision {self.decision_id}"
