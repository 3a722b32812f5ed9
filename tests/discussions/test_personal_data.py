"""A person's own copy of what they wrote: all of it, nothing of others, and nothing that JSON cannot hold."""

import json
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.consultations.models import Topic
from apps.discussions.actions import revise_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.queries import personal_data_of
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas

pytestmark = pytest.mark.django_db


def test_everything_somebody_wrote_with_its_versions_and_reasons(topic: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)
    row = factories.a_contribution(topic, at=at, body="First")
    revise_contribution(contribution=row, kind=ContributionKind.VIEW, body="Second", by=writer, at=at)
    factories.a_refused(topic, at=at, body="Refused words")
    factories.a_published(topic, at=at, body="Not mine", by=personas.resident(at=at))

    found = personal_data_of(writer, at=at)

    changed, refused = json.loads(json.dumps(found))
    assert (changed["number"], changed["text"], changed["status"]) == (1, "Second", "Waiting for a moderator")
    assert [past["text"] for past in changed["former_texts"]] == ["First"]
    received = Entry.objects.get(kind="contribution.received", number=1)
    assert changed["former_texts"][0]["fingerprint"] == facts_of(received)["fingerprint"]
    revised = Entry.objects.get(kind="contribution.revised", number=1)
    assert changed["fingerprint"] == facts_of(revised)["fingerprint"]
    assert changed["shown_as"]["name"] == "Una Underveis"
    assert changed["received_at"] == at.isoformat()
    assert (refused["text"], refused["refusal_sentence"]) == ("Refused words", "It names a private person.")
    assert refused["refused_because"]
    assert personal_data_of(writer, at=at - timedelta(seconds=1)) == []


def test_of_an_erased_text_there_is_no_copy(topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at, body="Gone words")
    factories.erase(row, at=at)

    (found,) = personal_data_of(factories.a_writer(at), at=at)

    assert "Gone words" not in json.dumps(found)
    assert (found["text"], found["fingerprint"]) == ("", None)
    assert found["erased_because"] == "It held unlawful personal data about somebody else"


def test_it_costs_no_query_a_contribution(topic: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)
    for _ in range(3):
        factories.a_contribution(topic, at=at)
    with CaptureQueriesContext(connection) as few:
        personal_data_of(writer, at=at)
    for _ in range(9):
        factories.a_contribution(topic, at=at)

    with CaptureQueriesContext(connection) as many:
        assert len(personal_data_of(writer, at=at)) == 12
    assert len(many) == len(few) <= 5
