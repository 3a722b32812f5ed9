"""Appeals that came on paper, from authors who have no account: typed in by staff, with the scan of the paper."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.uploads import FileKind, KeptFile


class AppealLetter(models.Model):
    """That an appeal came by letter: on which day, who typed it in, and when its outcome was put in the post.

    The scan is for whoever decides; it goes with the words of the appeal.
    """

    appeal = models.OneToOneField("Appeal", on_delete=models.PROTECT, related_name="letter")
    came_on = models.DateField(_("came on"))
    typed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    scan = KeptFile(upload_to="appeals/", blank=True)
    kind = models.CharField(max_length=10, choices=FileKind.choices, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    outcome_posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scan="", kind="", sha256="", size=0) | ~Q(scan="") & ~Q(kind="") & ~Q(sha256=""),
                name="appeal_letter_scan_is_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["appeal"], condition=Q(outcome_posted_at=None), name="appeal_letter_to_answer"),
        ]

    def __str__(self) -> str:
        return f"letter of {self.came_on}"
