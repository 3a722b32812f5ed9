"""A draft before colleagues' eyes, what became of a consultation afterwards, and which of its phases were told."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import NEEDS_SENTENCE, ConsultationStatus, PhaseMoment, ReviewStatus
from apps.consultations.models.consultations import Consultation


class Review(models.Model):
    """Somebody of the team asked a colleague to look at the draft.

    `seen` is the last entry about the draft that the decision knew: a later one is a change that nobody has approved.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="reviews")
    status = models.CharField(max_length=20, choices=ReviewStatus.choices, default=ReviewStatus.ASKED)
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    seen = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(status=ReviewStatus.ASKED), name="review_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"review {self.pk}"

    @property
    def waits(self) -> bool:
        """Nobody has decided yet."""
        return self.status == ReviewStatus.ASKED


class DraftComment(models.Model):
    """What a colleague says about a draft, for the team alone, until it has been dealt with."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    body = models.TextField(_("comment"), max_length=4_000)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"comment {self.pk}"


class StageChange(models.Model):
    """A step on the way of a consultation after its publication, with the sentence that everyone reads."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="stages")
    status = models.CharField(max_length=20, choices=ConsultationStatus.choices)
    sentence = models.CharField(_("what everyone reads about it"), max_length=500, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status__in=sorted(NEEDS_SENTENCE)) | ~Q(sentence=""), name="stage_with_sentence"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.changed_at}"


class PhaseNote(models.Model):
    """That a phase began or ended was told. Without `noted_at` it was so before that was told at all."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="phase_notes")
    kind = models.CharField(max_length=10, choices=PhaseMoment.choices)
    moment = models.DateTimeField()
    noted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "kind", "moment"], name="phase_noted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.moment}"
