"""What stands beside contributions: earlier texts, signposts, what was found not to be alike, erasures, pauses."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import ErasureGround, ErasureStatus
from apps.discussions.models.contributions import Contribution
from apps.municipality.models import RefusalReason

# Longer than a month nobody's writing is paused, whatever they wrote.
LONGEST_PAUSE_DAYS = 30


class PastText(models.Model):
    """What a contribution said before its author changed it, or before a moderator redacted it (`is_sealed`).

    A moderator sees both; it proves the former entry. Of a redaction it keeps the `passage` and the `bar` that stands
    for it; where the next version put back what was redacted from a version, that one is `lifts`. The author's own
    changes have none of these. `note` is what stood beside it.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="past_texts")
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    salt = models.BinaryField(max_length=32)
    replaced_at = models.DateTimeField()
    is_sealed = models.BooleanField(default=False)
    passage = models.TextField(blank=True)
    bar = models.TextField(blank=True)
    lifts = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "version"], name="past_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def is_authors(self) -> bool:
        """Its author replaced it, and no moderator."""
        return not self.passage and self.lifts is None


class Signpost(models.Model):
    """What stands in a topic where a contribution stood before it was moved, perhaps with why, for everyone."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    root_number = models.PositiveIntegerField()
    to_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    sentence = models.CharField(max_length=200, blank=True)
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "contribution"], name="signpost_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "root_number", "number"], name="signpost_oldest_first"),
            models.Index(fields=["topic", "-root_number", "number"], name="signpost_newest_first"),
        ]

    def __str__(self) -> str:
        return f"no. {self.number} moved"


class LetterApart(models.Model):
    """A moderator read two texts that are much alike, and found them not the same letter. Not offered once more."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    apart_from = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "apart_from"], name="letters_apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} is another letter than {self.apart_from_id}"


class TextErasure(models.Model):
    """A moderator's proposal to erase a text, and what a colleague decided. `sentence` is for moderators only."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="erasures")
    ground = models.CharField(_("ground"), max_length=20, choices=ErasureGround.choices)
    sentence = models.CharField(_("why, for your colleague"), max_length=500)
    status = models.CharField(max_length=20, choices=ErasureStatus.choices, default=ErasureStatus.PROPOSED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(status=ErasureStatus.PROPOSED), name="erasure_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="erasure_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status=ErasureStatus.PROPOSED, decided_by=None, decided_at=None)
                | ~Q(status=ErasureStatus.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="erasure_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk} ({self.status})"


class WritingPause(models.Model):
    """A moderator's decision that somebody sends nothing for a while: in one consultation, or in all where it is None.

    It is over at `ends_at`, whoever looks; `lifted_at` ended it before. `legal_ground` and `sentence` are the reasons
    as the person was told them, `internal_facts` are for moderators only. `contribution` is the text in hand.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, related_name="+")
    legal_ground = models.CharField(max_length=500)
    sentence = models.CharField(_("sentence to the person"), max_length=500)
    internal_facts = models.TextField(_("facts for moderators only"), blank=True)
    days = models.PositiveSmallIntegerField(_("days"))
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST_PAUSE_DAYS), name="pause_is_limited"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="pause_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("paused_by")), name="pause_of_somebody_else"),
            models.CheckConstraint(condition=~Q(legal_ground="") & ~Q(sentence=""), name="pause_with_reasons"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="pause_lifted_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "ends_at", "id"], name="pause_by_person"),
            models.Index(fields=["ends_at", "id"], name="pause_by_end"),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    @property
    def place(self) -> Consultation:
        """Where it holds; of one that holds everywhere, where the text in hand stands."""
        return self.consultation or self.contribution.consultation

    def stands(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.lifted_at is None and self.begins_at <= at < self.ends_at
