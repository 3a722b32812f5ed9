"""A consultation's white paper while it is written: what people said, point by point, and what is replied.

The published versions stand in `paper_versions`.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.publications.enums import Disposition, LeftOutGround, PaperStatus, Weight

LONGEST_TITLE, LONGEST_ARGUMENT, LONGEST_REPLY, LONGEST_INTRO = 200, 4_000, 10_000, 10_000
LONGEST_CHANGE, LONGEST_REFERENCE, LONGEST_SENTENCE, LONGEST_COMMENT = 1_000, 200, 500, 2_000


class WhitePaper(models.Model):
    """What a municipality answers to everything that it received in a consultation.

    `version` counts publications: everyone reads the newest, whatever is worked on now. `revision` counts changes of
    the introduction, the order and the state; each statement counts its own. Who asked for the review does not publish.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="white_paper")
    status = models.CharField(max_length=20, choices=PaperStatus.choices, default=PaperStatus.DRAFT)
    version = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    intro = models.TextField(_("introduction"), max_length=LONGEST_INTRO, blank=True)
    intro_html = models.TextField(blank=True)
    # What a correction mends, said on the version that it leads to.
    note = models.CharField(_("what is corrected"), max_length=LONGEST_SENTENCE, blank=True)
    begun_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    # What the second official said when it was sent back.
    comment = models.CharField(_("comment"), max_length=LONGEST_COMMENT, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(status=PaperStatus.IN_REVIEW) | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="paper_in_review_was_asked",
            ),
            models.CheckConstraint(
                condition=~Q(status=PaperStatus.PUBLISHED) | Q(version__gt=0), name="paper_published_has_version"
            ),
        ]

    def __str__(self) -> str:
        return f"white paper of consultation {self.consultation_id}"

    @property
    def is_public(self) -> bool:
        """Everyone can read a version of it."""
        return self.version > 0

    @property
    def is_draft(self) -> bool:
        """It can be changed."""
        return self.status == PaperStatus.DRAFT

    @property
    def is_published(self) -> bool:
        """What was worked on is what everyone reads."""
        return self.status == PaperStatus.PUBLISHED

    @property
    def is_in_review(self) -> bool:
        """A second official reads it."""
        return self.status == PaperStatus.IN_REVIEW


class PaperStatement(models.Model):
    """One argument in neutral words, what the administration makes of it, and why.

    It stands under a topic, or across all of them, in an order that officials choose and no count decides.
    """

    paper = models.ForeignKey(WhitePaper, on_delete=models.CASCADE, related_name="statements")
    # A topic that is deleted leaves its statements across all topics; one that is merged leads to the other.
    topic = models.ForeignKey(Topic, on_delete=models.SET_NULL, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("the argument in one line"), max_length=LONGEST_TITLE)
    argument = models.TextField(_("the argument"), max_length=LONGEST_ARGUMENT, blank=True)
    argument_html = models.TextField(blank=True)
    disposition = models.CharField(_("disposition"), max_length=20, choices=Disposition.choices, blank=True)
    reply = models.TextField(_("the administration's reply"), max_length=LONGEST_REPLY, blank=True)
    reply_html = models.TextField(blank=True)
    change = models.CharField(_("what is changed"), max_length=LONGEST_CHANGE, blank=True)
    change_reference = models.CharField(_("where it is changed"), max_length=LONGEST_REFERENCE, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(disposition="") | ~Q(reply=""), name="paper_disposition_has_reply"),
            models.CheckConstraint(condition=~Q(title=""), name="paper_statement_has_title"),
        ]
        indexes: ClassVar = [models.Index(fields=["paper", "topic", "position", "id"], name="paper_statement_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> str:
        """All that it says, part by part: what the ledger keeps the fingerprint of."""
        return "\x1f".join(
            (self.title, self.argument, self.disposition, self.reply, self.change, self.change_reference)
        )

    @property
    def is_weighed(self) -> bool:
        """The administration has said what it makes of it."""
        return bool(self.disposition and self.reply)


class Point(models.Model):
    """A passage of a contribution, or all of it, that a statement rests on.

    It holds no words: `start` and `end` count the characters of the text's version `text_version`, both none for all of
    it. What is no longer public, or was changed since, is a number without words.
    """

    statement = models.ForeignKey(PaperStatement, on_delete=models.PROTECT, related_name="points")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="points")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    text_version = models.PositiveIntegerField()
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["statement", "contribution", "start", "end", "text_version"], name="point_of_passage_once"
            ),
            models.UniqueConstraint(
                fields=["statement", "contribution"], condition=Q(start=None), name="point_of_all_once"
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__gt=F("start")),
                name="point_is_a_passage",
            ),
        ]

    def __str__(self) -> str:
        return f"point of no. {self.number}"

    @property
    def is_whole(self) -> bool:
        """It is all of the text."""
        return self.start is None


class Weighing(models.Model):
    """A contribution that no statement rests on: noted with a sentence, or left out as spam or as a double."""

    paper = models.ForeignKey(WhitePaper, on_delete=models.CASCADE, related_name="weighings")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="weighings")
    number = models.PositiveIntegerField()
    weight = models.CharField(max_length=10, choices=Weight.choices)
    sentence = models.CharField(_("why"), max_length=LONGEST_SENTENCE, blank=True)
    ground = models.CharField(_("ground"), max_length=10, choices=LeftOutGround.choices, blank=True)
    same_as_number = models.PositiveIntegerField(null=True)
    weighed_at = models.DateTimeField()
    weighed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "contribution"], name="weighed_once"),
            models.CheckConstraint(
                condition=Q(weight=Weight.NOTED, ground="", same_as_number=None) & ~Q(sentence="")
                | Q(weight=Weight.LEFT_OUT, ground=LeftOutGround.SPAM, same_as_number=None)
                | Q(weight=Weight.LEFT_OUT, ground=LeftOutGround.DOUBLE, same_as_number__isnull=False),
                name="weighed_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"no. {self.number}: {self.weight}"
