"""Who has to answer what, and answers while they are written."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.publications.enums import Assignee, DraftStatus
from apps.publications.models.whitepapers import LONGEST_COMMENT

LONGEST_DEPARTMENT = 120


class Assignment(models.Model):
    """A contribution that an official or a department has to answer. Its working days count from `counts_from`.

    It stands for the consultation in which it was made: who moves the text elsewhere leaves it behind.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="assignments")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    official = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.CharField(_("department"), max_length=LONGEST_DEPARTMENT, blank=True)
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    counts_from = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "consultation"], name="assigned_once"),
            models.CheckConstraint(
                condition=Q(official=None) & ~Q(department="") | Q(official__isnull=False, department=""),
                name="assigned_to_one",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment of contribution {self.contribution_id}"

    @property
    def assignee(self) -> Assignee:
        """To what it is given."""
        return Assignee.DEPARTMENT if self.department else Assignee.OFFICIAL


class AnswerDraft(models.Model):
    """An answer while it is written: to one contribution, to several of a topic, or in place of another answer.

    `revision` counts every change, so that of two officials at work the second sees what the first wrote. Once it is
    published the text stands in the answer alone.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    contributions = models.ManyToManyField(Contribution, related_name="+")
    corrects = models.ForeignKey(Contribution, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.TextField(_("answer"), max_length=10_000, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=DraftStatus.choices, default=DraftStatus.WRITING)
    reader = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # What the reader said when it was sent back.
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True)
    revision = models.PositiveIntegerField(default=1)
    submission_key = models.UUIDField(unique=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True)
    answer = models.OneToOneField(Contribution, on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reader=None) | ~Q(reader=F("author")) & ~Q(reader=F("changed_by")),
                name="answer_read_by_second",
            ),
            models.CheckConstraint(
                condition=~Q(status=DraftStatus.WITH_READER) | Q(reader__isnull=False, sent_at__isnull=False),
                name="answer_with_reader_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(status=DraftStatus.PUBLISHED, answer__isnull=False, body="", source="", comment="")
                | ~Q(status=DraftStatus.PUBLISHED) & Q(answer=None),
                name="answer_published_is_there",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=~Q(status=DraftStatus.PUBLISHED), name="answer_correction_drafted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk} of an answer"

    @property
    def is_published(self) -> bool:
        """Everyone can read the answer."""
        return self.status == DraftStatus.PUBLISHED

    @property
    def is_with_reader(self) -> bool:
        """A second official reads it, and nobody changes it meanwhile."""
        return self.status == DraftStatus.WITH_READER

    @property
    def is_sent_back(self) -> bool:
        """Its reader wants something changed."""
        return self.status == DraftStatus.SENT_BACK
