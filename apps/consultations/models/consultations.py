"""The consultation, its texts and its way."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import (
    ConsultationKind,
    ConsultationStatus,
    ModerationMode,
    NamePolicy,
    PostPause,
    WriteAccess,
)
from apps.consultations.models.places import Stoppable
from apps.municipality.models import LegalBasis

UNREADY = frozenset({ConsultationStatus.DRAFT.value, ConsultationStatus.REVIEW.value})
# A draft that is cancelled is never seen by others than its team.
UNPUBLISHED = UNREADY | {ConsultationStatus.CANCELLED.value}


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
    journal_number = models.CharField(_("case no. or journal no."), max_length=40, blank=True)
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
    # The same for the English version, which others may be at work on.
    english_revision = models.PositiveIntegerField(default=0)
    decision_note = models.CharField(_("who decides, and when"), max_length=200, blank=True)
    contact = models.CharField(_("whom to ask"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    # What was cancelled stays so when it is laid away.
    cancelled_at = models.DateTimeField(null=True)
    next_number = models.PositiveIntegerField(default=1)
    last_received_at = models.DateTimeField(null=True)
    published_count = models.PositiveIntegerField(default=0)
    is_imported = models.BooleanField(default=False)
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status__in=sorted(UNPUBLISHED)) | Q(published_at__isnull=False),
                name="consultation_published_has_time",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind=ConsultationKind.SUGGESTIONS), name="one_suggestion_box"
            ),
            models.UniqueConstraint(fields=["form_key"], name="consultation_made_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-published_at", "-id"], name="consultation_by_publication"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_published(self) -> bool:
        """Everyone can see it, whatever became of it since."""
        return self.published_at is not None and self.status not in UNREADY

    @property
    def is_cancelled(self) -> bool:
        """It was ended for good before its way was over, also when it was laid away since."""
        return self.cancelled_at is not None

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
