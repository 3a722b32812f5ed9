"""The public ledger in words."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.consultations.actions import PartyText, add_parties, note_answer
from apps.consultations.enums import PartyKind
from apps.consultations.models import Consultation
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Position
from tests import personas
from tests.factories import (
    a_draft,
    a_hearing,
    a_published,
    a_refused,
    a_topic,
    an_answer,
    an_official,
    the_topic,
)

pytestmark = pytest.mark.django_db

EVERYTHING = "/en/ledger/"


def _of(consultation: Consultation) -> str:
    return f"/en/consultations/{consultation.slug}/ledger/"


def _positions(response: Any) -> list[int]:
    """Return the positions that a page accounts for, in its order."""
    found: list[int] = []
    for row in response.context["rows"]:
        first, last = (row.position, row.position) if hasattr(row, "position") else (row.first, row.last)
        found.extend(range(last, first - 1, -1))
    return found


def test_entries_are_told_in_words_with_role_number_and_place(client: Client, at: datetime) -> None:
    topic = the_topic(a_hearing(at=at, title="Wind at sea"))
    question = a_published(topic, at=at, by=personas.resident(at=at))
    refused = a_refused(topic, at=at)
    answer = an_answer(question, at=at)
    sequence_entries()

    page = client.get(_of(topic.consultation)).content.decode()

    for told in (
        f"No. {question.number} was received.",
        f"No. {question.number} was published.",
        f"No. {refused.number} was not published ({refused.refusal_reason.title_en}).",
        f"The municipality answered no. {question.number} with no. {answer.number}.",
        "by a moderator",
        "by an official",
        f'href="/en/consultations/{topic.consultation.slug}/c/{refused.number}/"',
    ):
        assert told in page
    assert refused.refusal_reason_id not in page


@pytest.mark.parametrize(("language", "said"), [("en", "has answered: yes."), ("da", "har svaret: ja.")])
def test_what_is_so_or_not_is_told_in_words(language: str, said: str, client: Client, at: datetime) -> None:
    hearing, by = a_hearing(at=at), an_official(at)
    text = PartyText(kind=PartyKind.GROUP, name="Naboer")
    (party,) = add_parties(consultation=hearing, parties=[text], by=by, at=at)
    note_answer(party=party, number=a_published(the_topic(hearing), at=at).number, by=by, at=at)
    sequence_entries()

    page = client.get(_of(hearing).removeprefix("/en" if language == "da" else "")).content.decode()

    assert said in page


def test_no_page_tells_who_acted_or_what_was_written(client: Client, at: datetime) -> None:
    topic = the_topic(a_hearing(at=at))
    a_published(topic, at=at, by=personas.resident(at=at), body="My own words.")
    a_refused(topic, at=at, body="Hidden words.", sentence="It names a neighbour.")
    sequence_entries()

    for address in (EVERYTHING, _of(topic.consultation)):
        page = client.get(address).content.decode()
        for secret in ("My own words.", "Hidden words.", "Rita Rosendal", "Una Underveis", "Mona Munk", "@example.org"):
            assert secret not in page


def test_all_positions_stand_there_page_by_page_without_a_gap(client: Client, at: datetime) -> None:
    topic = the_topic(a_hearing(at=at))
    for turn in range(25):
        a_published(topic, at=at)
        a_draft(at=at, title=f"Draft {turn}")
    sequence_entries()

    seen: list[int] = []
    address = EVERYTHING
    while address:
        response = client.get(address)
        seen += _positions(response)
        address = response.context["older"]

    assert seen == list(range(Position.objects.count(), 0, -1))


def test_of_a_draft_only_the_positions_are_told_until_it_is_published(client: Client, at: datetime) -> None:
    hearing = a_hearing(at=at, title="In the open")
    draft = a_draft(at=at, title="Behind the curtain")
    a_topic(draft, at=at, title="Velvet")
    sequence_entries()

    for person in (None, an_official(at)):
        if person:
            client.force_login(person)
        page = client.get(EVERYTHING).content.decode()
        assert "In the open" in page
        assert "About a consultation that is not public yet." in page
        for secret in ("Behind the curtain", "velvet"):
            assert secret not in page
    assert client.get(_of(draft)).status_code == 200
    assert Client().get(_of(draft)).status_code == 404
    assert Client().get(_of(hearing)).status_code == 200


def test_a_consultation_shows_its_own_entries_only(client: Client, at: datetime) -> None:
    one, two = a_hearing(at=at), a_hearing(at=at)
    sequence_entries()

    mine, theirs = (set(_positions(client.get(_of(hearing)))) for hearing in (one, two))

    assert mine
    assert theirs
    assert not mine & theirs


@pytest.mark.parametrize("before", ["", "x", "-3", "0", "9" * 30, "1e3"])
def test_a_strange_place_in_the_list_is_no_error(client: Client, at: datetime, before: str) -> None:
    hearing = a_hearing(at=at)
    sequence_entries()

    for address in (EVERYTHING, _of(hearing)):
        assert client.get(address, {"before": before}).status_code == 200


def test_an_empty_ledger_has_a_page(client: Client) -> None:
    assert "Nothing here yet" in client.get(EVERYTHING).content.decode()
    assert client.get("/en/consultations/none/ledger/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same(client: Client, at: datetime, count: int, django_assert_num_queries: Any) -> None:
    hearings = [a_hearing(at=at) for _turn in range(count)]
    for hearing in hearings:
        a_refused(the_topic(hearing), at=at)
        a_draft(at=at)
    sequence_entries()
    for address in (EVERYTHING, _of(hearings[0])):
        client.get(address)

    with django_assert_num_queries(2):
        client.get(EVERYTHING)
    with django_assert_num_queries(3):
        client.get(_of(hearings[0]))
