"""What people sent in another way than on the site, and who they are: typed in by staff, with the scan of the paper."""

from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.uploads import FileKind, KeptFile
from apps.discussions.enums import Channel
from apps.discussions.models.contributions import Contribution

NO_SCAN: Final = {"scan": "", "kind": "", "size": 0, "sha256": ""}
"""What a row says whose scan was deleted, or that never had one."""
SCAN_IS_WHOLE = Q(**NO_SCAN) | ~Q(scan="") & ~Q(kind="") & ~Q(sha256="")


class Scanned(models.Model):
    """What came on paper, or was said, and who of the staff typed it in, with the `scan` of the paper.

    Each sort keeps its scans in a folder of its own, under a constraint that a scan is there with all that is known of
    it or not at all (`SCAN_IS_WHOLE`).
    """

    scan: Any
    came_on = models.DateField(_("came on"))
    typed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=FileKind.choices, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        abstract = True


class OutsideVoice(Scanned):
    """How a contribution came that somebody of the staff typed in, and on which day it came to the municipality.

    The scan is for officials and moderators alone. It goes when the text is erased; its checksum goes with it, as it
    would tell whether somebody has the same paper.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="outside")
    channel = models.CharField(_("how it came"), max_length=20, choices=Channel.choices)
    scan = KeptFile(upload_to="voices/", blank=True)
    receipt_posted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=SCAN_IS_WHOLE, name="outside_voice_scan_is_whole"),
        ]

    def __str__(self) -> str:
        return f"{self.channel} of {self.came_on}"


class SenderAddress(models.Model):
    """Name and addresses of whoever sent it, for letters back and for notices of a decision (planloven § 31).

    Never public, and in no output but what officials take out for a letter; each time stands in the ledger. Where a
    mail with the reasons for a decision did not reach its address (`email_failed_at`) the reasons go by post.
    """

    voice = models.OneToOneField(OutsideVoice, on_delete=models.CASCADE, related_name="sender")
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_line = models.CharField(_("postal code and town"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    email_failed_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["entered_at"], name="sender_by_entry"),
        ]

    def __str__(self) -> str:
        return f"sender {self.pk}"

    @property
    def can_be_posted_to(self) -> bool:
        """A letter finds them."""
        return bool(self.address and self.postal_line)

    @property
    def is_told_by_mail(self) -> bool:
        """Reasons for a decision reach them by e-mail."""
        return bool(self.email) and self.email_failed_at is None
