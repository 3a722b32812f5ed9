"""Files that stand beside a contribution."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.common.uploads import FileKind, KeptFile
from apps.discussions.enums import FileStatus
from apps.discussions.models.contributions import Contribution
from apps.municipality.models import RefusalReason

# What the public sees or misses beside a text. What was left out is for its author and moderators.
STANDING = (FileStatus.SHOWN, FileStatus.HELD, FileStatus.REMOVED)


class Attachment(models.Model):
    """A file that somebody sent with a text, held and released with it. `position` is its place for ever.

    `fingerprint` is that of salt and checksum, under which the ledger knows it. `version` is the version of the text it
    came with. While a moderator holds it back, `held_reason` says why; `held_with` is the version of the text from
    which a passage was redacted, where it is held because of that. Of a file that was removed nothing is left but that
    there was one, and its fingerprint, which nobody can tell the file from.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    name = models.CharField(max_length=100, blank=True)
    description = models.CharField(_("what it shows"), max_length=500, blank=True)
    file = KeptFile(_("file"), upload_to="attachments/", blank=True)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, blank=True)
    salt = models.BinaryField(max_length=32)
    fingerprint = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=FileStatus.choices, default=FileStatus.SHOWN)
    held_reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, null=True, related_name="+")
    held_sentence = models.CharField(max_length=500, blank=True)
    held_with = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "position"], name="attachment_position_once"),
            models.CheckConstraint(
                condition=Q(status=FileStatus.HELD, held_reason__isnull=False)
                | ~Q(status=FileStatus.HELD) & Q(held_reason=None, held_sentence="", held_with=None),
                name="attachment_held_with_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=FileStatus.REMOVED) | Q(name="", description="", file="", sha256="", size=0),
                name="attachment_removed_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"file {self.position}"

    @property
    def is_shown(self) -> bool:
        """Whoever reads the text can open it."""
        return self.status == FileStatus.SHOWN

    @property
    def is_held(self) -> bool:
        """A moderator keeps it from the public."""
        return self.status == FileStatus.HELD

    @property
    def is_removed(self) -> bool:
        """There is nothing left of it."""
        return self.status == FileStatus.REMOVED

    @property
    def is_left_out(self) -> bool:
        """Its author took it out before the text was decided on."""
        return self.status == FileStatus.LEFT_OUT

    @property
    def is_image(self) -> bool:
        """It can be shown in a page."""
        return FileKind(self.kind).is_image
