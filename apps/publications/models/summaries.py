"""A consultation's summary: statements, each with the contributions that it rests on."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.publications.enums import SummaryStatus


class Summary(models.Model):
    """A consultation's summary: statements by an official, each citing contributions by number.

    `version` counts publications; `revision` counts every change, so that nobody overwrites what they have not seen.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="summary")
    status = models.CharField(max_length=20, choices=SummaryStatus.choices, default=SummaryStatus.DRAFT)
    version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    covers_until = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=SummaryStatus.DRAFT) | Q(published_at__isnull=False),
                name="summary_published_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"summary of consultation {self.consultation_id}"

    @property
    def is_published(self) -> bool:
        """Everyone can read it."""
        return self.status == SummaryStatus.PUBLISHED


class Statement(models.Model):
    """One thing the summary says. A draft replaces the published ones when it is published.

    The Danish text counts; the English one is there with title and body, or not at all. `english_of` is the
    fingerprint of the Danish text that it was written to; empty where it was written to the one that stands.
    """

    summary = models.ForeignKey(Summary, on_delete=models.CASCADE, related_name="statements")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("in one line"), max_length=140)
    body = models.TextField(_("what people said"), max_length=5_000)
    body_html = models.TextField()
    title_en = models.CharField(_("in one line, in English"), max_length=140, blank=True)
    body_en = models.TextField(_("what people said, in English"), max_length=5_000, blank=True)
    body_en_html = models.TextField(blank=True)
    english_of = models.CharField(max_length=64, blank=True)
    is_public = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["summary", "is_public", "position"], name="statement_position_once"),
            models.CheckConstraint(
                condition=Q(title_en="", body_en="") | (~Q(title_en="") & ~Q(body_en="")),
                name="statement_english_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """All that it says, in both languages: what the ledger keeps the fingerprint of."""
        return "\n".join(part for part in (self.title, self.body, self.title_en, self.body_en) if part)


class Citation(models.Model):
    """A statement rests on a contribution."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="citations")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="citations")
    number = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "contribution"], name="citation_once"),
        ]

    def __str__(self) -> str:
        return f"no. {self.number}"
