"""The lists that texts are screened by, and the signatures by which near-duplicates are found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.screening.enums import WordLanguage


class ProtectedEmployee(models.Model):
    """An employee whose name makes a text wait for a moderator; or an elected politician, listed to be exempt.

    The register is not public. It is in force from `active_from` until `active_until`, or open.
    """

    name = models.CharField(_("name"), max_length=120)
    spellings = models.TextField(_("other spellings and initials"), blank=True)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)
    is_elected = models.BooleanField(_("elected, and so exempt for the office"), default=False)
    active_from = models.DateTimeField(_("from"))
    active_until = models.DateTimeField(_("until"), null=True)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="employee_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
                name="employee_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ListedWord(models.Model):
    """A coarse word. A star before or behind it stands for any letters; it is looked for in its inflection."""

    word = models.CharField(_("word"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=WordLanguage.choices)
    is_active = models.BooleanField(_("looked for"), default=True)
    added_at = models.DateTimeField(null=True)

    FEWEST_LETTERS = 3

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["word", "language"], name="word_listed_once")]

    def __str__(self) -> str:
        return self.word


class TextSignature(models.Model):
    """The signature of a text, known here only by the plain ids of its consultation and of itself.

    A text much like one that was there before has a `leader` and no bands: it is found through that one, so that ten
    thousand copies of a letter are as quick to look up as one.
    """

    consultation_id = models.BigIntegerField()
    subject_id = models.BigIntegerField(unique=True)
    signature = models.BinaryField(max_length=400)
    leader = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="followers")

    def __str__(self) -> str:
        return f"signature of {self.subject_id}"


class SignatureBand(models.Model):
    """One band of a leader's signature: texts much alike share one at least."""

    signature = models.ForeignKey(TextSignature, on_delete=models.CASCADE, related_name="bands")
    consultation_id = models.BigIntegerField()
    value = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["consultation_id", "value"], name="band_by_value")]

    def __str__(self) -> str:
        return f"band of {self.signature_id}"
