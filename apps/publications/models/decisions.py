"""What the administration recommends, and what committee and council make of it.

Officials write on one row; what everyone reads are its frozen versions, of which a later one hides no earlier one.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.publications.enums.decisions import ENDS, DecidingBody, DecisionOutcome

LONGEST_RECOMMENDATION, LONGEST_PART, LONGEST_DECIDED, LONGEST_NOTE = 10_000, 10_000, 500, 500
MADE_WHOLE = Q(is_final=False) | (
    Q(outcome__in=sorted(outcome.value for outcome in ENDS)) & ~Q(decided="") & ~Q(guidance="")
)


class Publication(models.Model):
    """One publication, by whom and when; `note` says what a correction mends."""

    version = models.PositiveIntegerField()
    note = models.CharField(_("what is corrected"), max_length=LONGEST_NOTE, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class RecommendationWords(models.Model):
    """What a recommendation says."""

    text = models.TextField(_("recommendation"), max_length=LONGEST_RECOMMENDATION, blank=True)
    text_html = models.TextField(blank=True)

    class Meta:
        abstract = True


class Recommendation(RecommendationWords):
    """What the administration recommends to those who decide, as it is worked on. `version` counts publications."""

    consultation = models.OneToOneField(Consultation, on_delete=models.PROTECT, related_name="recommendation")
    revision = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"recommendation of consultation {self.consultation_id}"


class RecommendationVersion(RecommendationWords, Publication):
    """What was published of a recommendation."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["recommendation", "version"], name="recommendation_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of recommendation {self.recommendation_id}"


class CaseMeetingWords(models.Model):
    """What is told of a meeting of a committee or the council at which the case is treated.

    Without an outcome it is still to come. `is_final`: with its outcome the case ends, and whoever may complain is told
    how, and until when.
    """

    held_by = models.CharField(_("who meets"), max_length=12, choices=DecidingBody.choices)
    name = models.CharField(_("name of the committee or council"), max_length=120)
    held_on = models.DateField(_("day"))
    agenda_url = models.URLField(_("address of the agenda item"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=DecisionOutcome.choices, blank=True)
    decided = models.CharField(_("what was decided"), max_length=LONGEST_DECIDED, blank=True)
    minority = models.TextField(_("minority opinion"), max_length=LONGEST_PART, blank=True)
    minority_html = models.TextField(blank=True)
    changes = models.TextField(_("what changed because of the hearing"), max_length=LONGEST_PART, blank=True)
    changes_html = models.TextField(blank=True)
    is_final = models.BooleanField(_("the case ends with it"), default=False)
    guidance = models.TextField(_("guidance on complaint"), max_length=LONGEST_PART, blank=True)
    guidance_html = models.TextField(blank=True)
    complain_until = models.DateField(_("last day to complain"), null=True)

    class Meta:
        abstract = True

    @property
    def has_ended(self) -> bool:
        """The case ended with it."""
        return self.is_final and bool(self.outcome)


class CaseMeeting(CaseMeetingWords):
    """A meeting as officials work on it. `version` counts publications: none is for the team alone."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="case_meetings")
    number = models.PositiveSmallIntegerField()
    # The key of the form that made it, so that a double click makes one.
    form_key = models.UUIDField(null=True)
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "number"], name="case_meeting_number_once"),
            models.UniqueConstraint(fields=["consultation", "form_key"], name="case_meeting_made_once"),
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(is_final=True), name="case_ends_with_one_meeting"
            ),
        ]

    def __str__(self) -> str:
        return f"meeting {self.number} about consultation {self.consultation_id}"


class CaseMeetingVersion(CaseMeetingWords, Publication):
    """What was published of a meeting."""

    meeting = models.ForeignKey(CaseMeeting, on_delete=models.PROTECT, related_name="versions")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "version"], name="case_meeting_version_once"),
            models.CheckConstraint(
                condition=Q(outcome="") | MADE_WHOLE & ~Q(decided=""), name="case_meeting_published_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of meeting {self.meeting_id}"
