"""Reading what is recommended and decided: as officials work on it, and as everyone reads it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from apps.consultations.models import Consultation
from apps.publications.engine.decisions import words_of_meeting
from apps.publications.models.decisions import (
    CaseMeeting,
    CaseMeetingVersion,
    Recommendation,
    RecommendationVersion,
)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What everyone reads of a case: the recommendation, and its meetings by day, each as it was published last."""

    recommendation: RecommendationVersion | None
    meetings: Sequence[CaseMeetingVersion]

    def __bool__(self) -> bool:
        return self.recommendation is not None or bool(self.meetings)

    @property
    def end(self) -> CaseMeetingVersion | None:
        """The meeting with which the case ended."""
        return next((meeting for meeting in self.meetings if meeting.has_ended), None)

    @property
    def has_earlier(self) -> bool:
        """Something was published before in other words."""
        shown = [*self.meetings, *([self.recommendation] if self.recommendation else [])]
        return any(version.version > 1 for version in shown)


def recommendation_of(consultation: Consultation) -> Recommendation | None:
    """Return the recommendation as it is worked on."""
    return Recommendation.objects.filter(consultation=consultation).first()


def recommendation_versions(consultation: Consultation) -> list[RecommendationVersion]:
    """Return all that was published of the recommendation, newest first."""
    found = RecommendationVersion.objects.filter(recommendation__consultation=consultation)
    return list(found.select_related("published_by").order_by("-version"))


def case_meetings_of(consultation: Consultation) -> list[CaseMeeting]:
    """Return the meetings that treat the case as they are worked on, by day."""
    return list(CaseMeeting.objects.filter(consultation=consultation).order_by("held_on", "number"))


def case_meeting_at(consultation: Consultation, number: int) -> CaseMeeting | None:
    """Return one of them by its number."""
    found = CaseMeeting.objects.filter(consultation=consultation, number=number)
    return found.select_related("consultation").first()


def meeting_versions(consultation: Consultation) -> list[CaseMeetingVersion]:
    """Return all that was published of the meetings, by meeting, newest first."""
    return list(_versions(consultation).order_by("meeting__number", "-version"))


def published_meeting(meeting: CaseMeeting) -> CaseMeetingVersion | None:
    """Return a meeting as everyone reads it, or None."""
    return CaseMeetingVersion.objects.filter(meeting=meeting, version=meeting.version).first()


def is_same_meeting(meeting: CaseMeeting, version: CaseMeetingVersion) -> bool:
    """Tell whether everyone reads of a meeting what officials wrote last."""
    return words_of_meeting(meeting) == words_of_meeting(version)


def words_of(version: CaseMeetingVersion) -> str:
    """Return all that was published of a meeting in one text, of which the ledger keeps the fingerprint."""
    return words_of_meeting(version)


def decision_of(consultation: Consultation) -> Decision:
    """Return what everyone reads of the case now, in two queries."""
    newest = RecommendationVersion.objects.filter(
        recommendation__consultation=consultation, version=F("recommendation__version")
    )
    meetings = _versions(consultation).filter(version=F("meeting__version"))
    return Decision(
        recommendation=newest.select_related("published_by").first(),
        meetings=list(meetings.order_by("held_on", "meeting__number")),
    )


def end_of(consultation: Consultation) -> CaseMeetingVersion | None:
    """Return the published outcome with which the case ended, or None."""
    found = _versions(consultation).filter(version=F("meeting__version"), is_final=True).exclude(outcome="")
    return found.first()


def _versions(consultation: Consultation) -> QuerySet[CaseMeetingVersion]:
    found = CaseMeetingVersion.objects.filter(meeting__consultation=consultation)
    return found.select_related("meeting", "published_by")
