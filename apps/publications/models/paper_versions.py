"""What was published of a white paper: frozen versions, where each contribution is treated in them, their files."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.uploads import FileKind, KeptFile
from apps.discussions.models import Contribution
from apps.publications.enums import FileState, Treatment
from apps.publications.models.whitepapers import WhitePaper

LONGEST_OBJECTION = 2_000


class PaperVersion(models.Model):
    """One publication of a white paper, as it stood then.

    `content` is its structure with the officials' words and the numbers, versions and passages that it rests on, never
    the words of a contribution: these are read where they stand, as long as they may be. `checksum` is the SHA-256 of
    its canonical JSON, which the ledger keeps too. `received` is without what was left out.
    """

    paper = models.ForeignKey(WhitePaper, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    checksum = models.CharField(max_length=64)
    received = models.PositiveIntegerField()
    left_out = models.PositiveIntegerField()
    note = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "version"], name="paper_version_once"),
            models.CheckConstraint(condition=~Q(asked_by=F("published_by")), name="paper_published_by_second"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of white paper {self.paper_id}"


class Treated(models.Model):
    """Where a version treats a contribution: in which statement, or how else. `label` is the statement's, as "3.2"."""

    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="treated")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="treated")
    number = models.PositiveIntegerField()
    how = models.CharField(max_length=10, choices=Treatment.choices)
    label = models.CharField(max_length=12, blank=True)
    # Its place among the statements of the version, from 1; 0 for what stands under none.
    place = models.PositiveSmallIntegerField(default=0)
    was_public = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "contribution", "place"], name="treated_in_statement_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["version", "number", "place"], name="treated_by_number")]

    def __str__(self) -> str:
        return f"no. {self.number} in {self.label or self.how}"


class PaperFile(models.Model):
    """A version as PDF. `made_of` tells what everyone could read when it was made: a later state needs another file."""

    version = models.OneToOneField(PaperVersion, on_delete=models.CASCADE, related_name="pdf")
    status = models.CharField(max_length=10, choices=FileState.choices, default=FileState.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0)
    file = KeptFile(_("file"), upload_to="whitepapers/", blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)
    made_of = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    # When a sweep took it up, and how often: a claim lapses, and what fails again and again is given up.
    started_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=FileState.DONE) | Q(made_at__isnull=False, size__gt=0) & ~Q(file="", made_of=""),
                name="paper_file_done_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"file of version {self.version_id}"

    @property
    def kind(self) -> str:
        """What the file is."""
        return FileKind.PDF


class Objection(models.Model):
    """What a contributor says is wrong in how the white paper renders the contribution: once, and for officials."""

    paper = models.ForeignKey(WhitePaper, on_delete=models.PROTECT, related_name="objections")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    text = models.TextField(_("what is wrong"), max_length=LONGEST_OBJECTION)
    sent_at = models.DateTimeField()
    reply = models.TextField(_("answer"), max_length=LONGEST_OBJECTION, blank=True)
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "contribution"], name="objected_once"),
            models.CheckConstraint(
                condition=Q(reply="", replied_at=None, replied_by=None)
                | ~Q(reply="") & Q(replied_at__isnull=False, replied_by__isnull=False),
                name="objection_replied_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"objection about no. {self.number}"

    @property
    def is_answered(self) -> bool:
        """An official has replied."""
        return self.replied_at is not None
