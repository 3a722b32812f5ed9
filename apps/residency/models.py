"""Proof that a person lives here. No identity number, birth date or address has a column that stays filled."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.municipality.models import District
from apps.residency.enums import (
    OPEN_LETTERS,
    AgeBand,
    EndReason,
    LetterStatus,
    Method,
    ResidencyStatus,
    ShownDocument,
)

UNENDED = ~Q(status=ResidencyStatus.ENDED)


class Residency(models.Model):
    """A person's verified residency. A person holds at most one that has not ended, on one account.

    `person_key` is an HMAC of who the person is, under a secret outside the database; `address_key` and
    `name_address_key` are HMACs of where they live, for methods that know no person: they find possible doubles.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="residencies")
    status = models.CharField(max_length=20, choices=ResidencyStatus.choices, default=ResidencyStatus.ACTIVE)
    method = models.CharField(max_length=20, choices=Method.choices)
    municipality_code = models.CharField(max_length=4)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True)
    assurance_level = models.CharField(max_length=20, blank=True)
    age_band = models.CharField(max_length=20, choices=AgeBand.choices, blank=True)
    person_key = models.CharField(max_length=64, blank=True)
    key_version = models.PositiveSmallIntegerField(null=True)
    key_issuer = models.CharField(max_length=200, blank=True)
    address_key = models.CharField(max_length=64, blank=True)
    name_address_key = models.CharField(max_length=64, blank=True)
    shown_document = models.CharField(_("what was shown"), max_length=20, choices=ShownDocument.choices, blank=True)
    verified_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    verified_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)
    end_sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=UNENDED, name="residency_one_of_an_account"),
            models.UniqueConstraint(
                fields=["person_key"], condition=UNENDED & ~Q(person_key=""), name="residency_one_of_a_person"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("verified_at")), name="residency_expires_later"),
            models.CheckConstraint(
                condition=UNENDED & Q(ended_at=None) | ~UNENDED & Q(ended_at__isnull=False),
                name="residency_ended_has_a_moment",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["name_address_key"], condition=~Q(name_address_key=""), name="residency_doubles"),
            models.Index(fields=["address_key"], condition=~Q(address_key=""), name="residency_by_address"),
            models.Index(fields=["-verified_at", "-id"], name="residency_newest_first"),
            models.Index(
                fields=["verified_at", "id"], condition=Q(status=ResidencyStatus.PROPOSED), name="residency_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"residency of person {self.person_id}"

    @property
    def district_name(self) -> str:
        """The district's name, or nothing."""
        return self.district.name if self.district else ""


class LetterBatch(models.Model):
    """Letters that were printed together. Until they are posted they can be printed again, with new codes."""

    made_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    posted_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    posted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"batch {self.pk}"


class Letter(models.Model):
    """A letter with a code to the address where somebody says they live.

    Name and address stand here until the letter is posted, then only as HMACs, for the yearly cap and for doubles.
    The code is stored hashed.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="letters")
    status = models.CharField(max_length=20, choices=LetterStatus.choices, default=LetterStatus.REQUESTED)
    name = models.CharField(_("name on the letterbox"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_line = models.CharField(max_length=100, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, null=True)
    address_key = models.CharField(max_length=64, db_index=True)
    name_address_key = models.CharField(max_length=64, db_index=True)
    batch = models.ForeignKey(LetterBatch, on_delete=models.PROTECT, null=True, related_name="letters")
    code_hash = models.CharField(max_length=128, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    sentence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=Q(status__in=OPEN_LETTERS), name="letter_one_open"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["status", "requested_at", "id"], name="letter_by_status"),
        ]

    def __str__(self) -> str:
        return f"letter {self.pk} ({self.status})"

    def state_at(self, at: datetime) -> LetterStatus:
        """Where the letter stands at that moment: its time may have run out since its row was written."""
        is_late = self.status == LetterStatus.POSTED and self.expires_at is not None and self.expires_at <= at
        return LetterStatus.EXPIRED if is_late else LetterStatus(self.status)

    def is_open_at(self, at: datetime) -> bool:
        """The letter waits, or its code works."""
        return self.state_at(at) in OPEN_LETTERS
