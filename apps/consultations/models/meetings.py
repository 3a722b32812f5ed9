"""Meetings and who comes."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.enums import (
    MOST_COMPANIONS,
    MeetingStatus,
    SignUpStatus,
)
from apps.consultations.models.consultations import Consultation
from apps.consultations.models.topics import Topic


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
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)
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
            models.UniqueConstraint(fields=["consultation", "form_key"], name="meeting_made_once"),
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
