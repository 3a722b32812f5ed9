"""The pages of notices: how people are told, what is to be posted, and how far it is; without names or addresses."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation, Topic
from apps.publications.models import DecisionNotice
from tests import factories
from tests.discussions.outside import NAME, STREET
from tests.publications.cases import begun, decided, heard, on_paper, on_time

pytestmark = pytest.mark.django_db

needs_pdf = pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")


@pytest.fixture(autouse=True)
def _then(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


@pytest.fixture
def topic(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


def desk(hearing: Consultation, more: str = "") -> str:
    return f"/en/desk/consultations/{hearing.slug}/decision/notices/{more}"


def test_an_official_chooses_sees_and_begins(client: Client, hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_time(topic, at)
    on_paper(topic, at, email="")
    on_paper(topic, at, address="", postal_line="", email="", name="Nobody Knows")
    client.force_login(factories.an_official(at))
    assert client.get(desk(hearing)).status_code == 404  # nothing is decided
    decided(hearing, at=at)

    assert "3 people who wrote on time have no notice" in client.get(desk(hearing)).content.decode()
    chosen = client.post(desk(hearing, "new/"), {"ways": ["mail", "letter"]}).content.decode()
    assert "None of these ways reaches 1 of them" in chosen
    assert not DecisionNotice.objects.exists()
    assert client.post(desk(hearing, "new/"), {"ways": []}).status_code == 422
    assert client.post(desk(hearing, "new/"), {"ways": ["digital_post"]}).status_code == 422  # no folder is set
    client.post(desk(hearing, "new/"), {"ways": ["mail", "letter"], "action": "begin"})

    page = client.get(desk(hearing)).content.decode()
    assert "0 of 2 notices are sent." in page
    assert "1 letter to post" in page
    for private in (STREET, NAME):
        assert private not in page
    assert "The author of no. 2" in client.get(desk(hearing, "?show=paper")).content.decode()
    assert "The author of no. 1" not in client.get(desk(hearing, "?show=paper")).content.decode()


@needs_pdf
def test_the_letters_are_one_file(client: Client, hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at, email="")
    begun(decided(hearing, at=at), at, "letter")
    client.force_login(factories.an_official(at))

    answer = client.post(desk(hearing, "letters.pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"
    told_words = client.post(desk(hearing, "posted/"), follow=True).content.decode()
    assert "1 letter is in the post." in told_words


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    people: int, client: Client, topic: Topic, at: datetime, django_assert_num_queries: Any
) -> None:
    hearing = topic.consultation
    for turn in range(people):
        on_paper(topic, at, name=f"Sender {turn}")
    begun(decided(hearing, at=at), at, "letter")
    client.force_login(factories.an_official(at))
    client.get(desk(hearing))

    with django_assert_num_queries(12):
        client.get(desk(hearing))
