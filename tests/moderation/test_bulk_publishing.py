"""Several in one go: only what was ticked, each by its own decision, and what is in the way of one stops no other."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.moderation.actions import claim_contribution, decide_contribution
from apps.moderation.models import Decision
from tests.factories import a_contribution, a_hearing, a_moderator, a_writer, the_topic
from tests.moderation.desk import a_colleague, publish, shown

pytestmark = pytest.mark.django_db
BULK, QUEUE = "/en/moderation/several/", "/en/moderation/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.fixture
def texts(hearing: Consultation, at: datetime) -> list[Contribution]:
    return [a_contribution(the_topic(hearing), at=at, body=f"The whole of text {name}") for name in "abc"]


def address(rows: list[Contribution]) -> str:
    return BULK + "?" + "&".join(f"id={row.pk}" for row in rows)


def sent(rows: list[Contribution], read: list[Contribution]) -> dict[str, object]:
    return {f"version-{row.pk}": 1 for row in rows} | {"read": [row.pk for row in read]}


def statuses(rows: list[Contribution]) -> list[str]:
    for row in rows:
        row.refresh_from_db()
    return [row.status for row in rows]


def test_the_queue_lets_choose_and_the_page_shows_each_in_full(client: Client, texts: list[Contribution]) -> None:
    listed = client.get(QUEUE).content.decode()
    assert all(f'name="id" value="{row.pk}"' in listed for row in texts)
    assert f'action="{BULK}"' in listed

    page = client.get(address(texts[:2]))

    assert "The whole of text a" in shown(page)
    assert "The whole of text b" in shown(page)
    assert "The whole of text c" not in shown(page)
    assert "checked" not in page.content.decode().split("<form", 2)[-1]  # nobody has read them yet


def test_what_a_program_noticed_stands_beside_each(client: Client, hearing: Consultation, at: datetime) -> None:
    texts = [a_contribution(the_topic(hearing), at=at, body=body) for body in ("Ring 22 33 44 55.", "The sea is blue.")]

    page = shown(client.get(address(texts)))

    assert page.count("A program noticed:") == 1
    assert "A program noticed: Telephone number" in page


def test_what_is_ticked_is_published_each_by_its_own_decision(client: Client, texts: list[Contribution]) -> None:
    page = client.post(address(texts), sent(texts, texts[:2]), follow=True)

    assert page.redirect_chain == [(QUEUE, 302)]
    assert "2 contributions were published." in shown(page)
    assert statuses(texts) == ["published", "published", "waiting"]
    assert Decision.objects.count() == 2
    assert Entry.objects.filter(kind="contribution.published").count() == 2
    assert page.content.decode().count("/undo/") == 2


def test_what_is_in_the_way_of_one_is_told_and_stops_no_other(
    client: Client, hearing: Consultation, texts: list[Contribution], moderator: User, at: datetime
) -> None:
    taken, withdrawn, edited = texts
    fine = a_contribution(the_topic(hearing), at=at)
    colleague = a_colleague(at)
    claim_contribution(contribution=taken, by=colleague, at=at)
    withdraw_contribution(contribution=withdrawn, by=a_writer(at), at=at)
    revise_contribution(contribution=edited, kind=edited.kind, body="Another text", by=a_writer(at), at=at)
    rows = [*texts, fine]

    page = client.post(address(rows), sent(rows, rows))

    told = shown(page)
    assert page.status_code == 409
    assert statuses(rows) == ["waiting", "withdrawn", "waiting", "published"]
    assert "1 contribution was published." in told
    assert "Max Møller has taken this contribution." in told
    assert "Another text" in told
    assert "The whole of text b" not in told  # taken back: shown to nobody
    assert page.content.decode().count('role="alert"') == 3


def test_a_double_click_is_one_decision_each(client: Client, texts: list[Contribution]) -> None:
    client.post(address(texts), sent(texts, texts))
    again = client.post(address(texts), sent(texts, texts), follow=True)

    assert again.redirect_chain == [(QUEUE, 302)]
    assert Decision.objects.count() == 3


def test_what_a_colleague_published_first_is_told(client: Client, texts: list[Contribution], at: datetime) -> None:
    decide_contribution(contribution=texts[0], ruling=publish(), by=a_colleague(at), at=at - timedelta(seconds=1))

    page = client.post(address(texts[:1]), sent(texts[:1], texts[:1]))

    assert page.status_code == 409
    assert Decision.objects.count() == 1


def test_ones_own_text_is_left_to_a_colleague(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    own = a_contribution(the_topic(hearing), at=at, by=moderator)

    assert "A colleague has to decide on it." in shown(client.get(address([own])))
    assert client.post(address([own]), sent([own], [own])).status_code == 409
    assert statuses([own]) == ["waiting"]


def test_nothing_ticked_and_nothing_chosen_say_what_to_do(client: Client, texts: list[Contribution]) -> None:
    assert "tick what you have read" in shown(client.post(address(texts), sent(texts, [])))
    for query in ("", "?id=", "?id=x&id=-1&id=999999999999999999999", "?id=987654"):
        assert "Choose some texts in the queue first." in shown(client.get(BULK + query))


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    count: int, client: Client, texts: list[Contribution], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        client.get(address(texts[:count]))
