"""What the tests of decisions, notices and promises share: a hearing that is over, and how it was decided."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from apps.consultations.actions import LegalTerms, PhaseDates, set_legal_terms, set_phases
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution, OutsideVoice
from apps.municipality.models import LegalBasis
from apps.publications.actions import (
    CaseMeetingText,
    add_case_meeting,
    draft_recommendation,
    publish_case_meeting,
    publish_recommendation,
)
from apps.publications.actions.notices import begin_notices
from apps.publications.models import CaseMeeting, CaseMeetingVersion, Recommendation
from tests import factories
from tests.discussions.outside import entered

DAY = timedelta(days=1)


def heard(*, at: datetime, title: str = "", by_law: bool = True) -> Consultation:
    """Return a hearing by the law of local plans whose deadline was yesterday; what is written comes before that."""
    began, by = at - 40 * DAY, factories.an_official(at)
    hearing = factories.a_draft(at=began, title=title)
    if by_law:
        terms = LegalTerms(legal_basis=LegalBasis.objects.get(pk="local_plan"))
        set_legal_terms(consultation=hearing, terms=terms, by=by, at=began)
    phase = PhaseDates(title="Hearing", opens_at=began, closes_at=at - DAY, accepts_contributions=True)
    set_phases(consultation=hearing, phases=[phase], by=by, at=began)
    factories.a_topic(hearing, at=began)
    factories.publish(hearing, at=began)
    hearing.refresh_from_db()
    return hearing


def a_text(*, at: datetime, **said: Any) -> CaseMeetingText:
    """Return the council's adoption, with all that is needed where a case ends."""
    usual = {
        "held_by": "council",
        "name": "Byrådet",
        "held_on": at.date(),
        "agenda_url": "https://agenda.example/7",
        "outcome": "adopted",
        "decided": "Planen er vedtaget.",
        "is_final": True,
        "guidance": "Klag til nævnet.",
        "complain_until": (at + 28 * DAY).date(),
    }
    return CaseMeetingText(**usual | said)


def to_come(*, at: datetime, **said: Any) -> CaseMeetingText:
    """Return a meeting of the committee next week."""
    usual = {"held_by": "committee", "name": "Teknisk Udvalg", "held_on": (at + 7 * DAY).date()}
    return CaseMeetingText(**usual | said)


def noted(hearing: Consultation, text: CaseMeetingText, *, at: datetime) -> CaseMeeting:
    """Return a meeting that the team knows of."""
    return add_case_meeting(consultation=hearing, text=text, key=uuid4(), by=factories.an_official(at), at=at)


def told(meeting: CaseMeeting, *, at: datetime, note: str = "") -> CaseMeetingVersion:
    """Publish a meeting as it is written now."""
    meeting.refresh_from_db()
    return publish_case_meeting(meeting=meeting, seen=meeting.revision, note=note, by=factories.an_official(at), at=at)


def decided(hearing: Consultation, *, at: datetime, **said: Any) -> CaseMeetingVersion:
    """Return the published decision with which the case ends."""
    return told(noted(hearing, a_text(at=at, **said), at=at), at=at)


def recommended(hearing: Consultation, *, at: datetime, text: str = "Vi anbefaler *planen*.") -> Recommendation:
    """Return a published recommendation."""
    by = factories.an_official(at)
    draft_recommendation(consultation=hearing, text=text, seen=0, by=by, at=at)
    row = Recommendation.objects.select_related("consultation").get(consultation=hearing)
    publish_recommendation(recommendation=row, seen=row.revision, by=by, at=at)
    row.refresh_from_db()
    return row


ALL = ("digital_post", "mail", "letter")


def on_time(topic: Topic, at: datetime, **more: Any) -> Contribution:
    """Return a text that was published before the deadline."""
    return factories.a_published(topic, at=at - 10 * DAY, **more)


def on_paper(topic: Topic, at: datetime, **said: Any) -> OutsideVoice:
    """Return a letter that came before the deadline, from a sender with all addresses unless said otherwise."""
    return entered(topic, at=at - 10 * DAY, came_on=(at - 10 * DAY).date(), **said)


def begun(version: CaseMeetingVersion, at: datetime, *ways: str) -> int:
    """Begin to tell people in these ways, or in all."""
    return begin_notices(version=version, ways=ways or ALL, by=factories.an_official(at), at=at)
