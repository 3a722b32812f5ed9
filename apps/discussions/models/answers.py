"""Answers to several contributions at once, and answers that correct others."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.discussions.enums import LinkKind
from apps.discussions.models.contributions import Contribution


class AnswerLink(models.Model):
    """An answer leads to another number: to each that it answers together with others, or to the answer it corrects.

    What is linked keeps its number, whatever becomes of its text, and stays in its consultation.
    """

    answer = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="links_out")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(max_length=10, choices=LinkKind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "contribution"], name="answer_linked_once"),
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(kind=LinkKind.CORRECTS), name="answer_corrected_once"
            ),
            models.UniqueConstraint(fields=["answer"], condition=Q(kind=LinkKind.CORRECTS), name="answer_corrects_one"),
            models.CheckConstraint(condition=~Q(answer=models.F("contribution")), name="answer_linked_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.kind} {self.contribution_id}"
