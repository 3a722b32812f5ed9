"""The work of moderators: cases they claim, decisions they make."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.engine.statements import NOT_AUTOMATED, VOLUNTARY
from apps.moderation.enums import WITH_REASON, Outcome
from apps.municipality.enums import ReasonGround
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


class StatementOfReasons(models.Model):
    """Why a text is not shown as its author wrote it, as it was told them: never changed after it was given.

    The fields are those of the EU's database of statements of reasons, and hold no personal data: `puid` leads to no
    person, and what moderators noted for each other is not among them.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="statement")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, related_name="+")
    puid = models.CharField(max_length=64, unique=True)
    decision_visibility = models.CharField(max_length=60)
    decision_visibility_other = models.CharField(max_length=500, blank=True)
    ground = models.CharField(max_length=20, choices=ReasonGround.choices)
    legal_ground = models.CharField(max_length=500)
    explanation = models.CharField(max_length=2000)
    category = models.CharField(max_length=80)
    keyword = models.CharField(max_length=80, blank=True)
    decision_facts = models.TextField(max_length=5000)
    source_type = models.CharField(max_length=40, default=VOLUNTARY)
    automated_detection = models.BooleanField(default=False)
    automated_decision = models.CharField(max_length=40, default=NOT_AUTOMATED)
    content_date = models.DateField()
    given_at = models.DateTimeField()
    appeal_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(legal_ground="") & ~Q(explanation="") & ~Q(decision_facts=""), name="statement_is_complete"
            ),
            models.CheckConstraint(condition=Q(appeal_until__gt=F("given_at")), name="statement_can_be_appealed"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["given_at", "id"], name="statement_by_moment"),
            models.Index(fields=["contribution", "-id"], name="statement_by_contribution"),
        ]

    def __str__(self) -> str:
        return self.puid
