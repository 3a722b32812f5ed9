"""The lists that texts are screened by, what was noticed, and the signatures by which near-duplicates are found."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.screening.enums import Flag, WordLanguage


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


class TextScreening(models.Model):
    """That a text was screened, in which version and by which lists. It is known here only by its own plain id.

    `lists` stands for what the lists of names and words held then: where they hold something else by now, a text that
    waits is screened anew.
    """

    subject_id = models.BigIntegerField(unique=True)
    version = models.PositiveIntegerField()
    lists = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"screening of {self.subject_id}"


class TextFlag(models.Model):
    """What was noticed in a text when it was screened: a kind and a place in it, none of its words.

    What cannot be found in the stored text (how fast it came, characters that cleaning took away) stands at no place.
    """

    screening = models.ForeignKey(TextScreening, on_delete=models.CASCADE, related_name="flags")
    flag = models.CharField(max_length=20, choices=Flag.choices)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    detail = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["screening", "flag", "start", "end", "detail"], name="text_flag_once"),
            models.CheckConstraint(condition=Q(end__gte=F("start")), name="text_flag_ends_after_beginning"),
        ]

    def __str__(self) -> str:
        return f"{self.flag} in {self.screening_id}"


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
