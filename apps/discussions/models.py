"""Contributions and the traces they leave."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.municipality.models import RefusalReason

WAITING = Q(status=ContributionStatus.WAITING)


class OffsiteAuthor(models.Model):
    """Somebody who wrote elsewhere: the author of an imported contribution, under a pseudonym."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    source_ref = models.CharField(max_length=200)
    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "source_ref"], name="offsite_author_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Contribution(models.Model):
    """One text in a thread, with its receipt number. Its place in the order is that number and nothing else.

    The author's name, residency and title are those at the moment of receipt: the record does not change when people
    do.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    root = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    root_number = models.PositiveIntegerField()
    in_reply_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    in_reply_to_number = models.PositiveIntegerField(null=True)
    kind = models.CharField(_("kind"), max_length=20, choices=ContributionKind.choices)
    status = models.CharField(max_length=20, choices=ContributionStatus.choices)

    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    offsite_author = models.ForeignKey(OffsiteAuthor, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=80)
    author_title = models.CharField(max_length=120, blank=True)
    author_district = models.CharField(max_length=100, blank=True)
    author_is_resident = models.BooleanField(default=False)

    body = models.TextField()
    body_html = models.TextField()
    salt = models.BinaryField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    refusal_reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, null=True, related_name="+")
    refusal_sentence = models.CharField(max_length=500, blank=True)

    submission_key = models.UUIDField(null=True)
    source_ref = models.CharField(max_length=200, blank=True)

    stored: ClassVar[models.Manager["Contribution"]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="contribution_number_once"),
            models.UniqueConstraint(fields=["author", "submission_key"], name="contribution_submitted_once"),
            models.UniqueConstraint(
                fields=["consultation", "source_ref"], condition=~Q(source_ref=""), name="contribution_imported_once"
            ),
            models.CheckConstraint(
                condition=Q(author=None, offsite_author__isnull=False) | Q(author__isnull=False, offsite_author=None),
                name="contribution_has_one_author",
            ),
            models.CheckConstraint(
                condition=Q(root=None, root_number=models.F("number")) | Q(root__isnull=False),
                name="contribution_root_is_its_own",
            ),
            models.CheckConstraint(
                condition=~Q(status=ContributionStatus.REFUSED) | Q(refusal_reason__isnull=False),
                name="contribution_refused_with_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "root_number", "number"], condition=~WAITING, name="thread_oldest_first"),
            models.Index(fields=["topic", "-root_number", "number"], condition=~WAITING, name="thread_newest_first"),
            models.Index(fields=["received_at", "id"], condition=WAITING, name="contribution_queue"),
            models.Index(
                fields=["consultation", "received_at", "id"], condition=WAITING, name="contribution_queue_part"
            ),
            models.Index(fields=["author", "-id"], name="contribution_by_author"),
            models.Index(
                fields=["-received_at", "-id"],
                condition=Q(kind=ContributionKind.ANSWER),
                name="contribution_latest_answers",
            ),
            models.Index(
                fields=["received_at", "id"],
                condition=Q(
                    kind=ContributionKind.QUESTION, status=ContributionStatus.PUBLISHED, answered_at__isnull=True
                ),
                name="contribution_open_questions",
            ),
        ]

    def __str__(self) -> str:
        return f"no. {self.number}"

    @property
    def is_waiting(self) -> bool:
        """No moderator has decided yet."""
        return self.status == ContributionStatus.WAITING

    @property
    def is_published(self) -> bool:
        """Everyone can read it."""
        return self.status == ContributionStatus.PUBLISHED

    @property
    def is_answer(self) -> bool:
        """It is the municipality's voice."""
        return self.kind == ContributionKind.ANSWER


class PastText(models.Model):
    """What a contribution said before its author changed it. A moderator sees both; it proves the former entry."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="past_texts")
    version = models.PositiveIntegerField()
    body = models.TextField()
    salt = models.BinaryField(max_length=32)
    replaced_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "version"], name="past_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"


class Signpost(models.Model):
    """What stands in a topic where a contribution stood before it was moved."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    root_number = models.PositiveIntegerField()
    to_topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    moved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "contribution"], name="signpost_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "root_number", "number"], name="signpost_oldest_first"),
            models.Index(fields=["topic", "-root_number", "number"], name="signpost_newest_first"),
        ]

    def __str__(self) -> str:
        return f"no. {self.number} moved"
