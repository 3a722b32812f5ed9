"""A topic and its key figures are one change: both are there or neither, and one entry tells of it."""

from datetime import datetime

import pytest

from apps.consultations import actions
from apps.consultations.models import Fact, Topic
from apps.ledger.models import Entry
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = actions.TopicText(title="Noise")
FACTS = [("41 dB", "at the nearest house"), ("8 h", "of shadow a year")]


def _told(topic: Topic) -> list[str]:
    return list(
        Entry.objects.filter(consultation_id=topic.consultation_id).order_by("id").values_list("kind", flat=True)
    )


def test_a_topic_comes_with_its_figures_in_one_entry(at: datetime) -> None:
    draft = factories.a_draft(at=at)
    topic = actions.add_topic(consultation=draft, text=TEXT, facts=FACTS, by=factories.an_official(at), at=at)

    assert list(Fact.objects.filter(topic=topic).order_by("position").values_list("value", "label")) == FACTS
    assert _told(topic) == ["consultation.drafted", "team.member_added", "topic.added"]


def test_a_topic_without_room_for_its_figures_is_not_added_at_all(at: datetime) -> None:
    draft = factories.a_draft(at=at)
    with pytest.raises(TypeError):
        actions.add_topic(consultation=draft, text=TEXT, facts=[None], by=factories.an_official(at), at=at)  # type: ignore[list-item]

    assert not Topic.objects.filter(consultation=draft).exists()


def test_new_figures_alone_are_a_revision_and_the_same_ones_are_none(at: datetime) -> None:
    official = factories.an_official(at)
    topic = actions.add_topic(consultation=factories.a_draft(at=at), text=TEXT, facts=FACTS, by=official, at=at)

    assert actions.revise_topic(topic=topic, text=TEXT, facts=FACTS[:1], by=official, at=at)
    assert not actions.revise_topic(topic=topic, text=TEXT, facts=FACTS[:1], by=official, at=at)
    assert Fact.objects.filter(topic=topic).count() == 1
    assert _told(topic)[-1] == "topic.revised"


def test_texts_alone_leave_the_figures(at: datetime) -> None:
    official = factories.an_official(at)
    topic = actions.add_topic(consultation=factories.a_draft(at=at), text=TEXT, facts=FACTS, by=official, at=at)

    assert actions.revise_topic(topic=topic, text=actions.TopicText(title="Sound"), by=official, at=at)
    assert Fact.objects.filter(topic=topic).count() == 2
