"""What is off topic goes to the suggestion box in one step: offered first, by one button that keys reach."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from apps.consultations.enums import WriteAccess
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from tests import factories, personas
from tests.factories.standing import a_box, a_post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def client(at: datetime) -> Client:
    client = Client()
    client.force_login(factories.a_moderator(at))
    return client


@pytest.fixture
def box(at: datetime) -> Consultation:
    return a_box(at=at, topics=["Roads", "Something else"])


@pytest.fixture
def complaint(at: datetime) -> Contribution:
    return factories.a_published(factories.the_topic(a_post(at=at)), at=at, body="The bus is late.")


def _last(box: Consultation) -> Topic:
    return box.topics.get(title="Something else")


def _item(client: Client, row: Contribution) -> str:
    return client.get(f"/en/moderation/items/{row.pk}/").content.decode()


def test_the_box_is_offered_before_all_others(
    client: Client, complaint: Contribution, box: Consultation, at: datetime
) -> None:
    factories.a_hearing(at=at, title="Wind")

    page = _item(client, complaint)

    assert re.findall(r'<optgroup label="([^"]+)"', page) == ["Suggestion box", "Wind"]
    assert re.search(rf'name="box" value="{_last(box).pk}" data-box', page)


def test_one_button_moves_it_and_leaves_a_signpost(client: Client, complaint: Contribution, box: Consultation) -> None:
    post = complaint.consultation

    answer = client.post(
        f"/en/moderation/items/{complaint.pk}/decide/", {"version": "1", "to": "", "box": str(_last(box).pk)}
    )

    complaint.refresh_from_db()
    assert answer.status_code == 302
    assert (complaint.consultation_id, complaint.topic, complaint.number) == (box.pk, _last(box), 1)
    thread = Client().get(f"/en/consultations/{post.slug}/topics/thread/").content.decode()
    assert "The bus is late." not in thread
    assert "No. 1 was moved to:" in thread
    assert '“<span lang="da">Suggestion box</span>”, no. 1' in thread
    assert "The bus is late." in Client().get("/en/suggestions/").content.decode()
    assert check_ledger().problem == ""


def test_a_double_click_moves_it_once(client: Client, complaint: Contribution, box: Consultation) -> None:
    sent = {"version": "1", "box": str(_last(box).pk)}

    for _click in range(2):
        assert client.post(f"/en/moderation/items/{complaint.pk}/decide/", sent).status_code == 302
    assert Contribution.stored.filter(consultation=box).count() == 1


def test_a_topic_that_is_none_of_the_box_is_refused(client: Client, complaint: Contribution, box: Consultation) -> None:
    answer = client.post(f"/en/moderation/items/{complaint.pk}/decide/", {"version": "1", "box": "987654"})

    assert answer.status_code == 422
    assert complaint.consultation.kind == "news"


def test_who_could_not_write_there_is_not_moved_there(client: Client, complaint: Contribution, at: datetime) -> None:
    box = a_box(at=at, write_access=WriteAccess.RESIDENTS)
    of_resident = factories.a_published(complaint.topic, at=at, by=personas.resident(at=at))

    assert "data-box" not in _item(client, complaint)
    assert "data-box" in _item(client, of_resident)
    topic = factories.the_topic(box)
    assert (
        client.post(f"/en/moderation/items/{complaint.pk}/decide/", {"version": "1", "box": topic.pk}).status_code
        == 422
    )


def test_in_the_box_itself_there_is_no_such_button(client: Client, box: Consultation, at: datetime) -> None:
    row = factories.a_published(factories.the_topic(box), at=at)

    assert "data-box" not in _item(client, row)


def test_enter_in_a_field_does_not_press_the_button_that_cannot_be_undone(
    client: Client, box: Consultation, complaint: Contribution
) -> None:
    page = _item(client, complaint)
    form = page[page.index("data-decide") :]

    assert box.topics.exists()
    assert form.index('<button type="submit" hidden>') < form.index('name="box"')
