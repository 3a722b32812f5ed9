"""What counsel reads of what happened around a text: the letter, reports without a reporter, pauses."""

from datetime import datetime

import pytest
from django.template.loader import render_to_string

from apps.common.archive import as_json
from apps.consultations.models import Topic
from apps.moderation.actions import decide_pause_appeal, settle_letter
from apps.moderation.enums import AppealOutcome
from apps.municipality.queries import the_municipality
from apps.portal.queries.evidence import evidence_about
from tests import factories, personas
from tests.moderation.cases import EXPLAINED, STAYS, a_neighbour, a_report, left
from tests.moderation.pauses import NOTED, SAID, TO_THEM, a_pause, an_appeal_against

pytestmark = pytest.mark.django_db
LETTER = "Ole drives past the school every day, and Per sings in the yard until the night is over."


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def test_reports_are_told_by_reason_and_outcome_and_never_by_whom(topic: Topic, at: datetime) -> None:
    text, neighbour = factories.a_published(topic, at=at), a_neighbour(at)
    a_report(text, at=at, email="reporter@example.org")
    left(a_report(text, at=at, by=neighbour), at=at)

    data = evidence_about(text, at=at)
    (case,) = data["reports"]

    assert [report["reason"] for report in case["reports"]] == ["Personangreb", "Personangreb"]
    assert case["sentence"] == STAYS
    words = as_json(data, {})
    for secret in (EXPLAINED, "reporter@example.org", neighbour.email, neighbour.display_name):
        assert secret not in words


def test_the_letter_that_it_belongs_to_is_told_by_numbers(topic: Topic, at: datetime) -> None:
    people = [factories.a_writer(at), personas.resident(at=at)]
    first, second = (factories.a_published(topic, at=at, body=LETTER, by=person) for person in people)
    settle_letter(shown=(first, 1), same=[(second, 1)], others=[], by=factories.a_moderator(at), at=at)
    second.refresh_from_db()

    data = evidence_about(second, at=at)

    assert data["letter"]["numbers"] == [first.number, second.number]
    assert first.author_name not in as_json(data["letter"], {})
    assert evidence_about(factories.a_published(topic, at=at), at=at)["letter"] is None


def test_pauses_with_the_text_in_hand_are_told_with_reasons_and_appeal(topic: Topic, at: datetime) -> None:
    text, other = factories.a_published(topic, at=at), factories.a_published(topic, at=at, by=personas.resident(at=at))
    appeal = an_appeal_against(a_pause(text, at=at), at=at)
    decide_pause_appeal(
        appeal=appeal, outcome=AppealOutcome.UPHELD, sentence="It was right.", by=factories.another_moderator(at), at=at
    )
    a_pause(other, at=at, sentence="about somebody else")

    data = evidence_about(text, at=at)
    (pause,) = data["pauses"]

    assert (pause["sentence"], pause["internal_facts"], pause["where"]) == (TO_THEM, NOTED, text.consultation.title)
    assert (pause["appeal"]["text"], pause["appeal"]["sentence"]) == (SAID, "It was right.")
    assert "about somebody else" not in as_json(data, {})


def test_entries_about_pauses_appeals_and_letters_are_told_and_none_about_other_texts(
    topic: Topic, at: datetime
) -> None:
    people = [factories.a_writer(at), personas.resident(at=at)]
    first, second = (factories.a_published(topic, at=at, body=LETTER, by=person) for person in people)
    alone = factories.a_published(topic, at=at)
    settle_letter(shown=(first, 1), same=[(second, 1)], others=[], by=factories.a_moderator(at), at=at)
    second.refresh_from_db()
    an_appeal_against(a_pause(second, at=at), at=at)

    told = [row["kind"] for row in evidence_about(second, at=at)["entries"]]

    assert told[-3:] == ["cluster.confirmed", "person.paused", "pause.appealed"]
    assert told.count("contribution.received") == 1
    others = [row["kind"] for row in evidence_about(alone, at=at)["entries"]]
    assert not [kind for kind in others if not kind.startswith("contribution.")]


def test_the_page_to_print_holds_all_of_it(topic: Topic, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    left(a_report(text, at=at, by=a_neighbour(at)), at=at)
    an_appeal_against(a_pause(text, at=at), at=at)

    page = render_to_string(
        "portal/export/evidence.html", {"data": evidence_about(text, at=at), "municipality": the_municipality()}
    )

    for words in (STAYS, TO_THEM, NOTED, SAID):
        assert words in page
    assert EXPLAINED not in page
