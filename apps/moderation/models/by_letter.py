"""Appeals that came on paper, from authors who have no account: typed in by staff, with the scan of the paper."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from apps.common.uploads import KeptFile
from apps.discussions.models import SCAN_IS_WHOLE, Scanned


class AppealLetter(Scanned):
    """That an appeal came by letter: on which day, who typed it in, and when its outcome was put in the post.

    The scan is for whoever decides; it goes with the words of the appeal.
    """

    appeal = models.OneToOneField("Appeal", on_delete=models.PROTECT, related_name="letter")
    scan = KeptFile(upload_to="appeals/", blank=True)
    outcome_posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=SCAN_IS_WHOLE, name="appeal_letter_scan_is_whole"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["appeal"], condition=Q(outcome_posted_at=None), name="appeal_letter_to_answer"),
        ]

    def __str__(self) -> str:
        return f"letter of {self.came_on}"
