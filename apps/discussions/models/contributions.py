"""Contributions, who wrote them, and the letters that several of them are."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.enums import WITH_REASON, ContributionKind, ContributionStatus, ErasureGround
from apps.municipality.models import RefusalReason

WAITING = Q(status=ContributionStatus.WAITING)
# Published by the rule of its consultation, and not read by a moderator yet.
UNREAD = Q(unread_since__isnull=False)
# States whose text a moderator keeps from the public for good, unless an appeal is granted.
KEPT_BACK = (ContributionStatus.REFUSED, ContributionStatus.HIDDEN)
# States in which a text belongs to a letter: one that is hidden may be shown again.
OF_LETTERS = (ContributionStatus.PUBLISHED, ContributionStatus.HIDDEN)
# Texts without a signature of what they say now, that are there and are no answers of the municipality's.
UNSIGNED = (
    Q(signed_version__lt=F("version"), text_erased_at=None)
    & ~Q(status=ContributionStatus.WITHDRAWN)
    & ~Q(kind=ContributionKind.ANSWER)
)


class OffsiteAuthor(models.Model):
    """Somebody who wrote elsewhere: the author of an imported contribution, under a pseudonym, or of a letter."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    source_ref = models.CharField(max_length=200)
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "source_ref"], name="offsite_author_once"),
        ]

    def __str__(self) -> str:
        return self.name


class LetterCluster(models.Model):
    """A letter that several people sent to a topic, word for word or nearly, as a moderator confirmed.

    Its texts keep their numbers and places. `size` is how many of them everyone can read, and `shown_number` the first
    of these, which stands for all in the thread; both are kept, not counted.
    """

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")
    shown_number = models.PositiveIntegerField(null=True)
    size = models.PositiveIntegerField(default=0)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(shown_number=None, size=0) | Q(shown_number__isnull=False, size__gt=0),
                name="letter_shows_what_is_published",
            ),
        ]

    def __str__(self) -> str:
        return f"letter of no. {self.shown_number}, {self.size} times"


class Contribution(models.Model):
    """One text in a thread, with its receipt number. Its place in the order is that number and nothing else.

    The author's name, residency and title are those at the moment of receipt: the record does not change when people
    do. It only ever loses a name: one that is protected (`author_name_hidden`), or that of a deleted account (empty).
    A text that was erased or cleared away (`text_erased_at`) leaves no copy in the row; the ledger keeps its
    fingerprint.
    `came_late` is that it was received after the deadline as it stood then; an extension or a move changes nothing.
    `due_at` is when a moderator should have decided, in the municipality's working hours; it stays after the decision.
    `unread_since` is when it was published by the rule of its consultation, until a moderator has read it.
    `signed_version` is the version of the text whose signature was made, 0 for none yet.

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
    # The version of the municipality's proposal in force at receipt; none for what was moved here from elsewhere.
    proposal_version = models.PositiveSmallIntegerField(default=0)
    source = models.CharField(_("source"), max_length=200, blank=True)
    note = models.CharField(max_length=200, blank=True)

    received_at = models.DateTimeField()
    came_late = models.BooleanField(default=False)
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
    cluster = models.ForeignKey(LetterCluster, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    signed_version = models.PositiveIntegerField(default=0)

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
                condition=Q(cluster=None)
                | Q(status__in=OF_LETTERS, text_erased_at=None) & ~Q(kind=ContributionKind.ANSWER),
                name="contribution_of_letter_is_there",
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
            models.Index(
                fields=["cluster", "number"], condition=Q(cluster__isnull=False), name="contribution_of_letter"
            ),
            models.Index(fields=["id"], condition=UNSIGNED, name="contribution_unsigned"),
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
    def same_as(self) -> int | None:
        """The number that is shown for the letter that several sent, where this is another of its public texts."""
        if self.cluster is None or not self.is_published or self.cluster.shown_number == self.number:
            return None
        return self.cluster.shown_number

    @property
    def others_with_it(self) -> int:
        """How many other public texts say the same as this one, by a moderator's word."""
        return self.cluster.size - 1 if self.cluster is not None and self.is_published else 0

    @property
    def shown_name(self) -> str:
        """The name that stands beside it."""
        return self.author_name or gettext("Name deleted")
