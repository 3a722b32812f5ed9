"""A very small municipality with one of everything, made through actions, for the test of the doors."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.actions import (
    ConsultationText,
    PhaseDates,
    TopicText,
    add_topic,
    draft_consultation,
    set_phases,
)
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import publish_contribution, submit_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Actor
from tests import factories
from tests.personas import Viewer, everyone


@dataclass(frozen=True, kw_only=True)
class Town:
    """What the examples of addresses are taken from."""

    people: dict[str, Viewer]
    consultation: Consultation
    draft: Consultation
    topic: Topic
    published: Contribution
    waiting: Contribution


def build_town(*, at: datetime) -> Town:
    """Return a town with a hearing that is open, a draft, a published contribution and one that waits."""
    people = everyone(at=at)
    official = _user(people["official"])
    consultation = draft_consultation(text=ConsultationText(title="Wind at sea"), slug="wind", by=official, at=at)
    phase = PhaseDates(title="Hearing", opens_at=at, closes_at=at + timedelta(days=3650), accepts_contributions=True)
    set_phases(consultation=consultation, phases=[phase], by=official, at=at)
    topic = add_topic(consultation=consultation, text=TopicText(title="Noise"), slug="noise", by=official, at=at)
    factories.publish(consultation, at=at)
    draft = draft_consultation(text=ConsultationText(title="Not yet"), slug="not-yet", by=official, at=at)
    published, waiting = (_written(topic, _user(people["resident"]), key, at) for key in (1, 2))
    publish_contribution(contribution=published, version=published.version, by=_moderator(people), at=at)
    sequence_entries()
    return Town(
        people=people, consultation=consultation, draft=draft, topic=topic, published=published, waiting=waiting
    )


def _written(topic: Topic, by: User, key: int, at: datetime) -> Contribution:
    return submit_contribution(
        topic=topic, kind=ContributionKind.VIEW, body=f"Text {key}.", submission_key=UUID(int=key), by=by, at=at
    )


def _moderator(people: dict[str, Viewer]) -> Actor:
    return as_moderator(_user(people["moderator"]))


def _user(viewer: Viewer) -> User:
    assert isinstance(viewer, User)
    return viewer
