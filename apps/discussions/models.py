"""Contributions and the traces they leave."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import WITH_REASON, ContributionKind, ContributionStatus, ErasureGround, ErasureStatus
from apps.municipality.models import RefusalReason

WAITING = Q(status=ContributionStatus.WAITING)
# Published by the rule of its consultation, and not read by a moderator yet.
UNREAD = Q(unread_since__isnull=False)
# States whose text a moderator keeps from the public for good, unless an appeal is granted.
KEPT_BACK = (ContributionStatus.REFUSED, ContributionStatus.HIDDEN)

# Longer than a month nobody's writing is paused, whatever they wrote.
LONGEST_PAUSE_DAYS = 30


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
    do. It only ever loses a name: one that is protected (`author_name_hidden`), or that of a deleted account (empty).
    A text that was erased or cleared away (`text_erased_at`) leaves no copy in the row; the ledger keeps its
    fingerprint.
    `due_at` is when a moderator should have decided, in the municipality's working hours; it stays after the decision.
    `unread_since` is when it was published by the rule of its consultation, until a moderator has read it.

    A text that is moved to another consultation takes its row along, and all that hangs on it; the number that it had
    keeps a row without text (`moved_to` is where the text is). `moved_from` is the number that a text had before.
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
    author_name = models.CharField(max_length=120, blank=True)
    author_title = models.CharField(max_length=120, blank=True)
    author_district = models.CharField(max_length=100, blank=True)
    author_is_resident = models.BooleanField(default=False)
    author_is_organisation = models.BooleanField(default=False)
    author_name_hidden = models.BooleanField(default=False)

    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    salt = models.BinaryField(max_length=32)
    version = models.PositiveIntegerField(default=1)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    unread_since = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    refusal_reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, null=True, related_name="+")
    refusal_sentence = models.CharField(max_length=500, blank=True)
    text_erased_at = models.DateTimeField(null=True)
    erasure_ground = models.CharField(max_length=20, choices=ErasureGround.choices, blank=True)

    moved_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="numbers_before")
    moved_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

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
                condition=~Q(status__in=WITH_REASON) | Q(refusal_reason__isnull=False),
                name="contribution_withheld_with_reason",
            ),
            models.CheckConstraint(condition=~WAITING | Q(due_at__isnull=False), name="contribution_waiting_is_due"),
            models.CheckConstraint(
                condition=~UNREAD | Q(status=ContributionStatus.PUBLISHED, due_at__isnull=False),
                name="contribution_unread_is_published",
            ),
            models.CheckConstraint(
                condition=~Q(author_is_resident=True, author_is_organisation=True),
                name="contribution_of_resident_or_organisation",
            ),
            models.CheckConstraint(
                condition=Q(status=ContributionStatus.ERASED, text_erased_at__isnull=False) & ~Q(erasure_ground="")
                | ~Q(status=ContributionStatus.ERASED) & Q(erasure_ground=""),
                name="contribution_erased_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(text_erased_at=None) | Q(body="", body_html="", source="", note=""),
                name="contribution_erased_has_no_text",
            ),
            models.CheckConstraint(
                condition=Q(status=ContributionStatus.MOVED, moved_to__isnull=False)
                & Q(body="", body_html="", source="", note="", author_name="", submission_key=None, source_ref="")
                | ~Q(status=ContributionStatus.MOVED) & Q(moved_to=None),
                name="contribution_moved_has_no_text",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["topic", "root_number", "number"], condition=~WAITING, name="thread_oldest_first"),
            models.Index(fields=["topic", "-root_number", "number"], condition=~WAITING, name="thread_newest_first"),
            models.Index(fields=["due_at", "number", "id"], condition=WAITING, name="contribution_queue"),
            models.Index(
                fields=["consultation", "due_at", "number", "id"], condition=WAITING, name="contribution_queue_part"
            ),
            models.Index(fields=["due_at", "number", "id"], condition=UNREAD, name="contribution_unread"),
            models.Index(
                fields=["consultation", "due_at", "number", "id"], condition=UNREAD, name="contribution_unread_part"
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
            models.Index(
                fields=["decided_at", "id"],
                condition=Q(status__in=KEPT_BACK, text_erased_at__isnull=True),
                name="contribution_kept_back",
            ),
            models.Index(
                fields=["decided_at", "id"],
                condition=Q(status=ContributionStatus.RETURNED),
                name="contribution_returned",
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
    def is_unread(self) -> bool:
        """It was published by rule, and no moderator has read it yet."""
        return self.unread_since is not None

    @property
    def is_returned(self) -> bool:
        """Its author was asked to change it, and has not done so yet."""
        return self.status == ContributionStatus.RETURNED

    @property
    def is_hidden(self) -> bool:
        """Everyone could read it until a moderator hid it."""
        return self.status == ContributionStatus.HIDDEN

    @property
    def is_moved_away(self) -> bool:
        """Its text went to another consultation; only its number is here."""
        return self.status == ContributionStatus.MOVED

    @property
    def is_answer(self) -> bool:
        """It is the municipality's voice."""
        return self.kind == ContributionKind.ANSWER

    @property
    def shown_name(self) -> str:
        """The name that stands beside it."""
        return self.author_name or gettext("Name deleted")


class PastText(models.Model):
    """What a contribution said before its author changed it, or before a moderator redacted it (`is_sealed`).

    A moderator sees both; it proves the former entry. Of a redaction it keeps the `passage` and the `bar` that stands
    for it; where the next version put back what was redacted from a version, that one is `lifts`. The author's own
    changes have none of these.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="past_texts")
    version = models.PositiveIntegerField()
    body = models.TextField(blank=True)
    salt = models.BinaryField(max_length=32)
    replaced_at = models.DateTimeField()
    is_sealed = models.BooleanField(default=False)
    passage = models.TextField(blank=True)
    bar = models.TextField(blank=True)
    lifts = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contribution", "version"], name="past_text_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version}"

    @property
    def is_authors(self) -> bool:
        """Its author replaced it, and no moderator."""
        return not self.passage and self.lifts is None


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


class TextErasure(models.Model):
    """A moderator's proposal to erase a text, and what a colleague decided. `sentence` is for moderators only."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="erasures")
    ground = models.CharField(_("ground"), max_length=20, choices=ErasureGround.choices)
    sentence = models.CharField(_("why, for your colleague"), max_length=500)
    status = models.CharField(max_length=20, choices=ErasureStatus.choices, default=ErasureStatus.PROPOSED)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(status=ErasureStatus.PROPOSED), name="erasure_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="erasure_takes_two_people"
            ),
            models.CheckConstraint(
                condition=Q(status=ErasureStatus.PROPOSED, decided_by=None, decided_at=None)
                | ~Q(status=ErasureStatus.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="erasure_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk} ({self.status})"


class WritingPause(models.Model):
    """A moderator's decision that somebody sends nothing for a while: in one consultation, or in all where it is None.

    It is over at `ends_at`, whoever looks; `lifted_at` ended it before. `legal_ground` and `sentence` are the reasons
    as the person was told them, `internal_facts` are for moderators only. `contribution` is the text in hand.
    """

    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, null=True, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="+")
    reason = models.ForeignKey(RefusalReason, on_delete=models.PROTECT, related_name="+")
    legal_ground = models.CharField(max_length=500)
    sentence = models.CharField(_("sentence to the person"), max_length=500)
    internal_facts = models.TextField(_("facts for moderators only"), blank=True)
    days = models.PositiveSmallIntegerField(_("days"))
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    paused_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=LONGEST_PAUSE_DAYS), name="pause_is_limited"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="pause_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(person=F("paused_by")), name="pause_of_somebody_else"),
            models.CheckConstraint(condition=~Q(legal_ground="") & ~Q(sentence=""), name="pause_with_reasons"),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="pause_lifted_by_somebody",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "ends_at", "id"], name="pause_by_person"),
            models.Index(fields=["ends_at", "id"], name="pause_by_end"),
        ]

    def __str__(self) -> str:
        return f"pause {self.pk}"

    def stands(self, at: datetime) -> bool:
        """Whether it holds at that moment."""
        return self.lifted_at is None and self.begins_at <= at < self.ends_at
