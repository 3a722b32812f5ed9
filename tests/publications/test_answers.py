"""An official answers in the municipality's name."""

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import CannotReply
from apps.discussions.models import Contribution
from apps.publications.views import answers
from tests.factories import (
    a_contribution,
    a_hearing,
    a_moderator,
    a_published,
    a_refused,
    a_writer,
    an_answer,
    an_official,
    the_topic,
)

pytestmark = pytest.mark.django_db

KEY = UUID(int=7)
TYPED = {"body": "Yes, also **indoors**.", "source": "Report, 7.4", "submission_key": str(KEY), "action": "publish"}


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


@pytest.fixture
def official(client: Client, at: datetime) -> Client:
    client.force_login(an_official(at))
    return client


def _address(row: Contribution, number: int | None = None) -> str:
    parts = {"slug": row.consultation.slug, "number": number or row.number}
    return "/en" + reverse("publications:answer-publish", kwargs=parts).removeprefix("/en")


def _answers() -> list[Contribution]:
    return list(Contribution.stored.filter(kind=ContributionKind.ANSWER))


def test_the_form_shows_what_is_answered_and_its_thread(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at, body="Is it *loud*?")
    reply = a_published(topic, at=at, body="I wonder too.", in_reply_to=question)
    a_refused(topic, at=at, body="Hidden words.")

    page = official.get(_address(reply)).content.decode()

    assert "Is it <em>loud</em>?" in page
    assert "I wonder too." in page
    assert "Hidden words." not in page
    assert "Shown at once as Olaf Overgaard." in page


def test_an_answer_is_published_at_once_under_what_it_answers(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at)

    response = official.post(_address(question), TYPED)

    (answer,) = _answers()
    assert response.status_code == 302
    assert response["Location"].endswith(f"/c/{answer.number}/")
    assert (answer.in_reply_to_id, answer.body, answer.source) == (question.pk, TYPED["body"], TYPED["source"])
    assert answer.is_published
    assert "<strong>indoors</strong>" in answer.body_html


def test_three_clicks_are_one_answer(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at)

    places = {official.post(_address(question), TYPED)["Location"] for _turn in range(3)}

    assert len(places) == len(_answers()) == 1


def test_a_preview_publishes_nothing_and_keeps_everything(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at)

    response = official.post(_address(question), TYPED | {"action": "preview"})
    page = response.content.decode()

    assert response.status_code == 200
    assert _answers() == []
    assert "<strong>indoors</strong>" in page
    for kept in ("Yes, also **indoors**.", "Report, 7.4", str(KEY)):
        assert kept in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"body": " \u200b\n".replace("\u200b", "")}, "Write the answer before you publish it."),
        ({"body": "x" * 10_001}, "at most 10000 characters"),
        ({"body": "She is 010180-1234."}, "national identity number"),
        ({"source": "x" * 201}, "at most 200 characters"),
        ({"source": "Letter of 010190-1234"}, "national identity number"),
        ({"submission_key": "none"}, "Enter a valid UUID."),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(
    official: Client, at: datetime, topic: Topic, changed: dict[str, str], sentence: str
) -> None:
    question = a_published(topic, at=at)

    response = official.post(_address(question), TYPED | changed)
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert _answers() == []
    assert all(words.strip() in page for words in (TYPED | changed).values())


def test_ten_thousand_signs_over_many_lines_are_enough(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at)

    official.post(_address(question), TYPED | {"body": "a\r\n" * 4_999 + "ab"})

    assert [len(answer.body) for answer in _answers()] == [10_000]


def test_what_was_withdrawn_from_view_meanwhile_is_said_in_the_form(
    official: Client, at: datetime, topic: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = a_published(topic, at=at)

    def too_late(**_: Any) -> None:
        raise CannotReply

    monkeypatch.setattr(answers, "answer_at_once", too_late)
    response = official.post(_address(question), TYPED)

    assert response.status_code == 422
    assert "Yes, also **indoors**." in response.content.decode()


@pytest.mark.parametrize("action", ["publish", "preview"])
def test_what_was_typed_is_kept_when_the_text_is_taken_back_meanwhile(
    action: str, official: Client, at: datetime, topic: Topic
) -> None:
    question = a_published(topic, at=at, body="A question that is taken back.")
    assert question.author is not None
    withdraw_contribution(contribution=question, by=question.author, at=at)

    response = official.post(_address(question), TYPED | {"action": action})

    page = response.content.decode()
    assert response.status_code == 403
    assert "Yes, also **indoors**." in page
    assert "This contribution is not published" in page
    assert "A question that is taken back." not in page
    assert _answers() == []


def test_only_what_people_wrote_and_all_read_can_be_answered(official: Client, at: datetime, topic: Topic) -> None:
    question = a_published(topic, at=at)
    answer = an_answer(question, at=at)
    waiting, refused = a_contribution(topic, at=at, body="Not yet public."), a_refused(topic, at=at)

    for row, status in ((waiting, 404), (refused, 403), (answer, 403)):
        for response in (official.get(_address(row)), official.post(_address(row), TYPED)):
            assert response.status_code == status
            assert "Not yet public." not in response.content.decode()
    assert official.get(_address(question, 4_711)).status_code == 404
    assert len(_answers()) == 1


def test_others_are_refused_whatever_they_ask_for(client: Client, at: datetime, topic: Topic) -> None:
    question, waiting = a_published(topic, at=at), a_contribution(topic, at=at)
    for person in (a_writer(at), a_moderator(at)):
        client.force_login(person)
        for address in (_address(question), _address(waiting), _address(question, 4_711)):
            assert client.get(address).status_code == 403
            assert client.post(address, TYPED).status_code == 403
    assert _answers() == []


def test_who_is_not_signed_in_is_led_to_sign_in_and_back(client: Client, at: datetime, topic: Topic) -> None:
    address = _address(a_published(topic, at=at))

    response = client.get(address)

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={address}")


def test_a_session_that_ended_loses_no_text(client: Client, at: datetime, topic: Topic) -> None:
    address = _address(a_published(topic, at=at))

    response = client.post(address, TYPED)
    page = response.content.decode()

    assert response.status_code == 403
    assert "Yes, also **indoors**." in page
    assert f"/en/accounts/login/?next={address.replace('/', '%2F')}" in page
    assert _answers() == []


@pytest.mark.parametrize("replies", [0, 3])
def test_the_form_costs_the_same_for_short_and_long_threads(
    official: Client, at: datetime, topic: Topic, replies: int, django_assert_num_queries: Any
) -> None:
    question = a_published(topic, at=at)
    for _turn in range(replies):
        a_published(topic, at=at, in_reply_to=question)
    official.get(_address(question))

    with django_assert_num_queries(10):
        official.get(_address(question))
