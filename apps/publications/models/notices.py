"""Notices of the decision to those who objected on time (planloven section 31)."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.discussions.models import Contribution
from apps.publications.enums.notices import NoticeStatus, NoticeTrouble, NoticeWay
from apps.publications.models.decisions import CaseMeetingVersion


class DecisionNotice(models.Model):
    """One person is told of a published decision, once. It holds no name and no address: these stay where they are.

    The person is the author of `contribution`, the first of their `numbers`. `key` is what a letter and its copy have
    in common: whoever gets it twice knows that it is the same.
    """

    version = models.ForeignKey(CaseMeetingVersion, on_delete=models.PROTECT, related_name="notices")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    numbers = models.JSONField()
    key = models.UUIDField(default=uuid4, unique=True)
    way = models.CharField(_("way"), max_length=12, choices=NoticeWay.choices)
    status = models.CharField(max_length=10, choices=NoticeStatus.choices, default=NoticeStatus.DUE)
    trouble = models.CharField(max_length=12, choices=NoticeTrouble.choices, blank=True)
    made_at = models.DateTimeField()
    printed_at = models.DateTimeField(null=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "contribution"], name="notice_once"),
            models.CheckConstraint(
                condition=Q(status=NoticeStatus.DUE, given_at=None)
                | Q(status=NoticeStatus.GIVEN, given_at__isnull=False),
                name="notice_given_has_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["version", "number"], name="notice_by_number"),
            models.Index(fields=["way", "id"], condition=Q(status=NoticeStatus.DUE), name="notice_due"),
        ]

    def __str__(self) -> str:
        return f"notice to the author of no. {self.number}"

    @property
    def listed(self) -> str:
        """The numbers of its person, as a sentence names them."""
        return ", ".join(map(str, self.numbers))

    @property
    def is_due(self) -> bool:
        """It has not left yet."""
        return self.status == NoticeStatus.DUE

    @property
    def is_on_paper(self) -> bool:
        """Somebody has to print and post it."""
        return self.is_due and self.way == NoticeWay.LETTER
