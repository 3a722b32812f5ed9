"""The municipality this installation belongs to."""

from pathlib import Path
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from apps.common.uploads import FileKind, KeptFile
from apps.municipality.engine.working_time import days_off_of, week_of
from apps.municipality.enums import ReasonGround, StatementCategory, StatementKeyword

LONGEST_LEGAL_GROUND = 500
LONGEST_SUGGESTION = 500
WORKING_WEEK = "8-16 8-16 8-16 8-16 8-14 - -"
# Constitution Day, Christmas Eve and New Year's Eve are no public holidays, but town halls are closed.
DAYS_OFF = "5/6 24/12 31/12"


class Crest(models.Model):
    """The municipality's coat of arms or logo, as it stands in the head of each page and letter.

    A picture that takes its place is a row of its own: the address in a page of before leads to nothing else.
    """

    kind = models.CharField(_("kind"), max_length=10, choices=FileKind.choices)
    file = KeptFile(_("file"), upload_to="crests/", max_length=100)
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField(_("width in pixels"))
    height = models.PositiveSmallIntegerField(_("height in pixels"))
    words_da = models.CharField(_("what it shows, in Danish"), max_length=200)
    words_en = models.CharField(_("what it shows, in English"), max_length=200)

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """What it shows, in the language in force."""
        return self.words_en if _is_english() else self.words_da

    @property
    def place(self) -> str:
        """Where the file lies on this machine, as an address for programs that set pages."""
        return Path(self.file.path).as_uri()


class Municipality(models.Model):
    """One row: who runs the site, and what it promises."""

    name = models.CharField(_("name"), max_length=100)
    site_name = models.CharField(_("name of the site"), max_length=100)
    code = models.CharField(_("municipality code"), max_length=4)
    address = models.CharField(_("address"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    moderation_target_hours = models.PositiveSmallIntegerField(
        _("working hours until a contribution is read"), default=4
    )
    working_week = models.CharField(_("working hours, Monday to Sunday"), max_length=100, default=WORKING_WEEK)
    days_off = models.CharField(
        _("days off besides the public holidays"),
        max_length=200,
        default=DAYS_OFF,
        blank=True,
    )
    answer_target_days = models.PositiveSmallIntegerField(_("working days until a question is answered"), default=5)
    residency_months = models.PositiveSmallIntegerField(_("months a residency holds"), default=24)
    letters_per_address = models.PositiveSmallIntegerField(_("letters with codes to one address a year"), default=8)
    needs_four_eyes = models.BooleanField(_("a colleague approves each hearing before it is published"), default=True)
    answers_need_reader = models.BooleanField(
        _("a second official reads each answer before it is published"), default=False
    )
    asks_age_band = models.BooleanField(_("keeps the age band of residents"), default=False)
    takes_proposals = models.BooleanField(_("takes citizen proposals"), default=False)
    proposal_threshold = models.PositiveIntegerField(
        _("supporters that a citizen proposal needs"), null=True, blank=True
    )
    proposal_days = models.PositiveSmallIntegerField(_("days in which it can be supported"), default=90)
    proposal_minimum_age = models.PositiveSmallIntegerField(_("least age of those who support it"), default=0)
    # As #rrggbb; none is the house's own colour.
    brand_color = models.CharField(_("colour"), max_length=7, blank=True)
    crest = models.OneToOneField(
        Crest, verbose_name=_("coat of arms or logo"), on_delete=models.SET_NULL, null=True, blank=True
    )
    was_url = models.URLField(_("address of the accessibility statement"), max_length=300, blank=True)
    was_reviewed_on = models.DateField(_("accessibility last reviewed on"), null=True, blank=True)
    was_gaps_da = models.TextField(_("what is not accessible yet, in Danish"), max_length=4000, blank=True)
    was_gaps_en = models.TextField(_("what is not accessible yet, in English"), max_length=4000, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def was_gaps(self) -> str:
        """What is not accessible yet, in the language in force; the other language's where that has none."""
        return (self.was_gaps_en or self.was_gaps_da) if _is_english() else self.was_gaps_da

    def clean(self) -> None:
        """Refuse working hours and days off that cannot be read."""
        unreadable = {
            "working_week": (week_of, _("Write seven days, Monday first, as 8-16 or 8:30-14, and - for a day off.")),
            "days_off": (
                days_off_of,
                _("Write each day as day/month, for example 24/12, with spaces between them."),
            ),
        }
        for name, (read, sentence) in unreadable.items():
            try:
                read(getattr(self, name))
            except ValueError as problem:
                raise ValidationError({name: str(sentence)}) from problem


class District(models.Model):
    """A part of the municipality, as shown beside a resident's name."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    postal_codes = models.CharField(_("postal codes"), max_length=200, blank=True, help_text=_("Apart by spaces."))

    def __str__(self) -> str:
        return self.name


class RefusalReason(models.Model):
    """Why a moderator can decide against a text, in the words everyone reads.

    `code` is what the ledger holds, and never changes. `is_selectable` is false for what is no longer used.
    """

    code = models.SlugField(max_length=40, primary_key=True)
    rule_number = models.PositiveSmallIntegerField(null=True, blank=True)
    title_da = models.CharField(_("title in Danish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    ground = models.CharField(
        _("what it is against"), max_length=20, choices=ReasonGround.choices, default=ReasonGround.INCOMPATIBLE
    )
    legal_ground = models.CharField(_("law and section"), max_length=LONGEST_LEGAL_GROUND, blank=True)
    category = models.CharField(
        _("category in the EU's database"),
        max_length=80,
        choices=StatementCategory.choices,
        default=StatementCategory.HOUSE_RULES,
    )
    keyword = models.CharField(
        _("keyword in the EU's database"), max_length=80, choices=StatementKeyword.choices, blank=True
    )
    suggestion_da = models.CharField(_("suggested sentence in Danish"), max_length=LONGEST_SUGGESTION, blank=True)
    suggestion_en = models.CharField(_("suggested sentence in English"), max_length=LONGEST_SUGGESTION, blank=True)
    is_selectable = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(ground=ReasonGround.ILLEGAL) | ~Q(legal_ground=""), name="reason_illegal_by_a_law"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The reason in the language in force."""
        return self.title_en if _is_english() else self.title_da

    @property
    def suggestion(self) -> str:
        """A beginning for the public sentence, in the language in force: what broke the rule, without repeating it."""
        return self.suggestion_en if _is_english() else self.suggestion_da


class LegalBasis(models.Model):
    """A provision by which a hearing is held, and how long it has to last at least.

    `code` is what the ledger holds, and never changes. A hearing copies the days when it is published: another minimum
    later changes nothing about it. None are 0 days: the law leaves the period to the council.
    """

    code = models.SlugField(max_length=40, primary_key=True)
    name_da = models.CharField(_("name in Danish"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    paragraph = models.CharField(_("law and section"), max_length=200)
    minimum_days = models.PositiveSmallIntegerField(_("days at least"))
    source = models.URLField(_("address of the law's text"), max_length=300, blank=True)
    is_selectable = models.BooleanField(default=True)

    class Meta:
        verbose_name_plural = "legal bases"

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Its name in the language in force."""
        return self.name_en if _is_english() else self.name_da


class HouseRulesVersion(models.Model):
    """The house rules from one moment until the next version. The first holds from the site's beginning."""

    version = models.PositiveSmallIntegerField(primary_key=True)
    what_changed_da = models.CharField(_("what changed, in Danish"), max_length=300, blank=True)
    what_changed_en = models.CharField(_("what changed, in English"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"house rules {self.version}"

    @property
    def what_changed(self) -> str:
        """What changed, in the language in force; in Danish where it is only written in Danish."""
        return (self.what_changed_en or self.what_changed_da) if _is_english() else self.what_changed_da


class HouseRule(models.Model):
    """A rule for what people write. Reasons for decisions name it by its number."""

    rules = models.ForeignKey(HouseRulesVersion, on_delete=models.CASCADE, related_name="each")
    number = models.PositiveSmallIntegerField(_("number"))
    title_da = models.CharField(_("title in Danish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    text_da = models.TextField(_("what it means, in Danish"), max_length=1000, blank=True)
    text_en = models.TextField(_("what it means, in English"), max_length=1000, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rules", "number"], name="house_rule_number_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The rule in the language in force."""
        return self.title_en if _is_english() else self.title_da

    @property
    def text(self) -> str:
        """What it means, in the language in force; in Danish where it is only written in Danish."""
        return (self.text_en or self.text_da) if _is_english() else self.text_da


def _is_english() -> bool:
    return (get_language() or "da").startswith("en")
