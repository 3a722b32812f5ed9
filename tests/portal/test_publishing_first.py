"""A hearing about a calm matter from end to end: an official chooses, people write, a moderator reads afterwards."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.discussions.sending import shown
from tests.personas import Viewer

pytestmark = pytest.mark.django_db

Browser = Callable[[Viewer], Client]
CALM = "The benches by the harbour are a gift."
HELD = "Call me on 22 33 44 55 about the benches."
TELLING = "Your text is published at once, then read by a moderator."
UNREAD = "Published at once. No moderator has read it yet."


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at, title="Benches"))


def choose(official: Client, hearing: Consultation, mode: str) -> str:
    """Choose in the form when a moderator reads, and return the page that comes."""
    address = f"/en/desk/consultations/{hearing.slug}/"
    typed = {"title": hearing.title, "lede": hearing.lede, "write_access": "confirmed", "name_policy": "full_name"}
    return shown(official.post(address, typed | {"moderation_mode": mode}, follow=True))


def send(writer: Client, topic: Topic, body: str, key: str) -> str:
    address = f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/write/"
    typed = {"body": body, "kind": "view", "key": key, "action": "send", "asked": "once"}
    return shown(writer.post(address, typed, follow=True))


def mail_to(person: User) -> str:
    """Write what there is to tell, and return the latest mail to somebody."""
    sequence_entries()
    write_mail()
    return OutgoingMail.objects.filter(person=person).order_by("-pk")[0].body


def test_from_the_choice_to_the_reading(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    hearing, writer, moderator = topic.consultation, factories.a_writer(at), factories.a_moderator(at)
    official = as_seen_by(factories.an_official(at))
    place = f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"
    pen, anyone, desk = as_seen_by(writer), Client(), as_seen_by(moderator)
    assert TELLING not in shown(pen.get(place))

    assert "Saved." in choose(official, hearing, "after")

    assert TELLING in shown(pen.get(place))
    assert "It is published at once, then read by a moderator." in shown(
        anyone.get(f"/en/consultations/{hearing.slug}/")
    )
    receipt = send(pen, topic, CALM, "00000000-0000-0000-0000-000000000001")
    assert "Your contribution has been received and is published." in receipt
    assert "No moderator has read it yet." in receipt
    assert "Det er allerede offentliggjort på sit nummers plads." in mail_to(writer)
    assert OutgoingMail.objects.filter(person=writer).count() == 1
    thread = shown(anyone.get(place))
    assert CALM in thread
    assert UNREAD in thread
    assert "No moderator has read it yet." in shown(pen.get("/en/me/"))

    row = Contribution.stored.get()
    assert "Published, not read yet" in shown(desk.get("/en/moderation/"))
    assert "No moderator has read it yet." in shown(desk.get(f"/en/moderation/items/{row.pk}/"))
    desk.post(f"/en/moderation/items/{row.pk}/decide/", {"outcome": "review", "version": 1, "internal_facts": ""})

    thread = shown(anyone.get(place))
    assert CALM in thread
    assert UNREAD not in thread
    assert "The queue is empty." in shown(desk.get("/en/moderation/"))
    assert "See it in its thread" in shown(pen.get(f"/en/consultations/{hearing.slug}/c/1/receipt/"))
    log = shown(anyone.get(f"/en/consultations/{hearing.slug}/moderation/"))
    assert "It was decided when a moderator reads what people write: after it is published." in log
    assert check_ledger().problem == ""


def test_what_may_harm_waits_and_its_author_is_told(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    factories.publishing_first(topic.consultation, at=at)
    slug, writer = topic.consultation.slug, factories.a_writer(at)
    pen, anyone, desk = as_seen_by(writer), Client(), as_seen_by(factories.a_moderator(at))

    receipt = send(pen, topic, HELD, "00000000-0000-0000-0000-000000000001")

    assert "It is not shown yet, though others here are published at once" in receipt
    assert "A moderator reads it first and decides." in receipt
    assert "et program bemærkede noget i dit" in mail_to(writer)
    assert "A program noticed something in it" in shown(pen.get("/en/me/"))
    place = f"/en/consultations/{slug}/topics/{topic.slug}/"
    assert HELD not in shown(anyone.get(place))
    assert "Waiting for a moderator" in shown(pen.get(place))
    row = Contribution.stored.get()
    desk.post(f"/en/moderation/items/{row.pk}/decide/", {"outcome": "publish", "version": 1, "internal_facts": ""})
    thread = shown(anyone.get(place))
    assert HELD in thread
    assert UNREAD not in thread


def test_what_waited_before_is_not_said_to_be_held(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    writer = factories.a_writer(at)
    factories.a_contribution(topic, at=at, body=CALM)
    factories.publishing_first(topic.consultation, at=at)

    for page in (f"/en/consultations/{topic.consultation.slug}/c/1/receipt/", "/en/me/"):
        told = shown(as_seen_by(writer).get(page))
        assert "A moderator reads it" in told
        assert "a program noticed" not in told.lower()
    assert "et program bemærkede" not in mail_to(writer)


def test_what_is_hidden_afterwards_is_told_as_anywhere(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    factories.publishing_first(topic.consultation, at=at)
    row = factories.a_contribution(topic, at=at, body=CALM)
    typed = {
        "outcome": "hide",
        "version": 1,
        "reason": "personal_attack",
        "sentence": "It attacks.",
        "internal_facts": "",
    }

    as_seen_by(factories.a_moderator(at)).post(f"/en/moderation/items/{row.pk}/decide/", typed)

    receipt = shown(as_seen_by(factories.a_writer(at)).get(f"/en/consultations/{topic.consultation.slug}/c/1/receipt/"))
    assert "A moderator has hidden your contribution." in receipt
    assert "Appeal" in receipt or "appeal" in receipt


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_of_unread_texts_costs_what_it_costs(
    as_seen_by: Browser, topic: Topic, at: datetime, count: int, django_assert_max_num_queries: object
) -> None:
    factories.publishing_first(topic.consultation, at=at)
    for _text in range(count):
        factories.a_contribution(topic, at=at, body=CALM)
    place = f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/"
    Client().get(place)

    with django_assert_max_num_queries(9):  # type: ignore[operator]
        page = Client().get(place)
    assert shown(page).count(UNREAD) == count
