"""Consultations and what belongs to them."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.common.uploads import FileKind, KeptFile
from apps.consultations.enums import (
    MOST_COMPANIONS,
    ConsultationKind,
    ConsultationStatus,
    MeetingStatus,
    ModerationMode,
    NamePolicy,
    PostPause,
    SignUpStatus,
    TopicIcon,
    WriteAccess,
)
from apps.municipality.models import LegalBasis


class Stoppable(models.Model):
    """Where writing can be stopped for a while. The sentence stands there for everyone; none means that it is not."""

    stop_sentence = models.CharField(_("why nobody can write for now"), max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class HearingTerms(models.Model):
    """By which law a hearing is held, how long it has to last and does, and whether late contributions are taken.

    `statutory_minimum` and `chosen_period` are days, copied when the hearing is published: what administrators change
    in the law's list afterwards, and an extension, leave them as they were.
    """

    legal_basis = models.ForeignKey(LegalBasis, on_delete=models.PROTECT, null=True, related_name="+")
    statutory_minimum = models.PositiveSmallIntegerField(null=True)
    chosen_period = models.PositiveSmallIntegerField(null=True)
    shorter_because = models.CharField(_("why the period is shorter than the law asks"), max_length=300, blank=True)
    plandata_number = models.CharField(_("number in Plandata"), max_length=20, blank=True)
    plandata_published_on = models.DateField(_("published in Plandata on"), null=True)
    takes_late = models.BooleanField(_("late contributions are taken"), default=False)

    class Meta:
        abstract = True


class Consultation(Stoppable, HearingTerms):
    """A bounded call for input on one matter."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=ConsultationKind.choices, default=ConsultationKind.HEARING)
    status = models.CharField(max_length=20, choices=ConsultationStatus.choices, default=ConsultationStatus.DRAFT)
    write_access = models.CharField(
        _("who may write"), max_length=20, choices=WriteAccess.choices, default=WriteAccess.CONFIRMED
    )
    name_policy = models.CharField(
        _("how names are shown"), max_length=20, choices=NamePolicy.choices, default=NamePolicy.FULL_NAME
    )
    moderation_mode = models.CharField(
        _("when a moderator reads"), max_length=20, choices=ModerationMode.choices, default=ModerationMode.BEFORE
    )
    post_pause = models.PositiveSmallIntegerField(
        _("minutes between two contributions of one person"), choices=PostPause.choices, default=PostPause.NONE
    )
    title = models.CharField(_("title"), max_length=140)
    lede = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.TextField(_("the proposal in plain words"), max_length=40_000, blank=True)
    body_html = models.TextField(blank=True)
    # The version of title, lede and body that everyone reads; none of a draft.
    proposal_version = models.PositiveSmallIntegerField(default=0)
    # Counts every saving, so that of two officials at work the second sees what the first wrote.
    revision = models.PositiveIntegerField(default=0)
    decision_note = models.CharField(_("who decides, and when"), max_length=200, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    next_number = models.PositiveIntegerField(default=1)
    last_received_at = models.DateTimeField(null=True)
    published_count = models.PositiveIntegerField(default=0)
    is_imported = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status=ConsultationStatus.DRAFT) | Q(published_at__isnull=False),
                name="consultation_published_has_time",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], name="consultation_by_publication"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Everyone can see it."""
        return self.status == ConsultationStatus.PUBLISHED

    @property
    def publishes_first(self) -> bool:
        """What people write is published at once, and read by a moderator afterwards."""
        return self.moderation_mode == ModerationMode.AFTER

    @property
    def has_received(self) -> bool:
        """Somebody has written: a number was given."""
        return self.next_number > 1


class ProposalVersion(models.Model):
    """What the municipality proposed, as it stood from one moment until the next version."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="proposals")
    version = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=140)
    lede = models.CharField(_("in one sentence"), max_length=300, blank=True)
    body = models.TextField(_("the proposal in plain words"), blank=True)
    salt = models.BinaryField(max_length=32)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "version"], name="proposal_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Phase(models.Model):
    """A stretch of the consultation's way. What people may do in it stands on it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=80)
    opens_at = models.DateTimeField(_("from"))
    closes_at = models.DateTimeField(_("until"), null=True)
    accepts_contributions = models.BooleanField(_("people can write"), default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "position"], name="phase_position_once"),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="phase_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeadlineChange(models.Model):
    """A public deadline that was moved: the old one stays in sight, with the cause that everyone reads."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="deadline_changes")
    old = models.DateTimeField()
    new = models.DateTimeField()
    cause = models.CharField(_("why the deadline is moved"), max_length=300, blank=True)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.old} > {self.new}"


class Topic(Stoppable):
    """A named question inside a consultation; holds one thread. Counts are kept, not counted."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="topics")
    slug = models.SlugField(_("address"), max_length=80)
    position = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=140)
    question = models.CharField(_("question to people"), max_length=300, blank=True)
    icon = models.CharField(_("sign"), max_length=20, choices=TopicIcon.choices, default=TopicIcon.CHAT)
    facts_source = models.CharField(_("source of the facts"), max_length=200, blank=True)
    published_count = models.PositiveIntegerField(default=0)
    answered_count = models.PositiveIntegerField(default=0)
    last_activity_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "slug"], name="topic_slug_once"),
            models.UniqueConstraint(fields=["consultation", "position"], name="topic_position_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Fact(models.Model):
    """A key figure of the consultation, or of one topic."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="facts")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, related_name="facts")
    position = models.PositiveSmallIntegerField()
    value = models.CharField(_("figure"), max_length=40)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    label = models.CharField(_("what it says"), max_length=140)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "position"], name="fact_position_once_a_topic"),
            models.UniqueConstraint(
                fields=["consultation", "position"], condition=Q(topic=None), name="fact_position_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.label}"


class Document(models.Model):
    """A paper of the case. What it says stands in its versions, of which none is ever lost."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="documents")
    position = models.PositiveSmallIntegerField()
    # Filled by the queries that find documents.
    newest_first: "list[DocumentVersion]"

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "position"], name="document_position_once"),
        ]

    def __str__(self) -> str:
        return f"document {self.position}"

    @property
    def current(self) -> "DocumentVersion":
        """The version in force, of a document that came with its versions."""
        return self.newest_first[0]

    @property
    def earlier(self) -> "list[DocumentVersion]":
        """The versions before it, newest first."""
        return self.newest_first[1:]


class DocumentVersion(models.Model):
    """A file of a document: one that was added, or that took the place of the one before.

    `held_sentence` stands there for everyone while the file is held back, as where it names a private person.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=FileKind.choices)
    title = models.CharField(_("title"), max_length=140)
    description = models.CharField(_("what it shows"), max_length=1000, blank=True)
    what_changed = models.CharField(_("what changed"), max_length=300, blank=True)
    file = KeptFile(_("file"), upload_to="documents/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    held_sentence = models.CharField(_("why it is held back"), max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "version"], name="document_version_once"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_held(self) -> bool:
        """Only officials can open the file."""
        return bool(self.held_sentence)

    @property
    def is_image(self) -> bool:
        """It can be shown in a page."""
        return FileKind(self.kind).is_image


class Meeting(models.Model):
    """A public meeting about the consultation, with its minutes when it has been held.

    `taken` and `waiting` are kept counts of people, companions among them. `sequence` counts the changes that calendars
    must hear of. Without `announced_at` it stood here before meetings had entries of their own.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    uid = models.UUIDField(default=uuid4, unique=True)
    sequence = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20, choices=MeetingStatus.choices, default=MeetingStatus.ANNOUNCED)
    title = models.CharField(_("title"), max_length=140)
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    place = models.CharField(_("place"), max_length=200)
    access = models.CharField(_("access"), max_length=300, blank=True)
    about = models.TextField(_("what it is about"), max_length=2_000, blank=True)
    about_html = models.TextField(blank=True)
    online_link = models.URLField(_("link for taking part online"), max_length=300, blank=True)
    takes_sign_ups = models.BooleanField(_("people sign up"), default=False)
    places = models.PositiveSmallIntegerField(_("places"), null=True)
    sign_up_until = models.DateTimeField(_("sign-up until"), null=True)
    taken = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    announced_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    call_off_reason = models.CharField(_("why it was called off"), max_length=300, blank=True)
    called_off_at = models.DateTimeField(null=True)
    minutes = models.TextField(_("minutes"), max_length=20_000, blank=True)
    minutes_html = models.TextField(blank=True)
    minutes_topics = models.ManyToManyField(Topic, related_name="+")
    minutes_published_at = models.DateTimeField(null=True)
    attended = models.PositiveIntegerField(_("how many came"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="meeting_number_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(places=None) | Q(taken__lte=F("places")), name="meeting_not_overfull"),
            models.CheckConstraint(
                condition=Q(status=MeetingStatus.ANNOUNCED) | ~Q(call_off_reason=""), name="meeting_called_off_why"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], name="meeting_by_start"),
            models.Index(fields=["ends_at"], name="meeting_by_end"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_called_off(self) -> bool:
        """It is not going to be held."""
        return self.status == MeetingStatus.CALLED_OFF

    @property
    def closes_at(self) -> datetime:
        """The moment from which nobody can sign up any more: when it begins, unless another was set."""
        return self.sign_up_until or self.starts_at

    @property
    def left(self) -> int | None:
        """How many places are left, or None where there is no limit."""
        return None if self.places is None else self.places - self.taken

    @property
    def is_full(self) -> bool:
        """Who signs up now comes on the waiting list: no place is left, or others wait for one."""
        return self.places is not None and (self.taken >= self.places or self.waiting > 0)


class MeetingSignUp(models.Model):
    """Somebody comes to a meeting, with companions who have no name here. Ids tell the order of signing up.

    `reminded_of` is the beginning of which the person was reminded by mail.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    companions = models.PositiveSmallIntegerField(_("how many you bring"), default=0)
    status = models.CharField(max_length=20, choices=SignUpStatus.choices)
    signed_up_at = models.DateTimeField()
    reminded_of = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "person"], name="signed_up_once"),
            models.CheckConstraint(condition=Q(companions__lte=MOST_COMPANIONS), name="sign_up_few_companions"),
        ]

    def __str__(self) -> str:
        return f"sign-up {self.pk}"

    @property
    def people(self) -> int:
        """How many places it takes."""
        return 1 + self.companions

    @property
    def has_place(self) -> bool:
        """The person can come; else they wait."""
        return self.status == SignUpStatus.PLACED
