"""Who has what: seen by colleagues on both pages, asked for by itself, and told by the live process within a second."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.live.streams import CLAIMS, may_watch
from apps.moderation.actions import claim_contribution, look_at, release_claims_of, release_contribution
from apps.moderation.models import CLAIM_LASTS, LOOK_LASTS, Look
from apps.moderation.queries import who_has_what
from tests import personas
from tests.factories import a_contribution, a_hearing, a_moderator, the_topic
from tests.moderation.desk import a_colleague, queued, shown, someone

pytestmark = pytest.mark.django_db
QUEUE = "/en/moderation/"
SECOND = timedelta(seconds=1)


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
def waiting(at: datetime) -> Contribution:
    return a_contribution(the_topic(a_hearing(at=at)), at=at)


def item(row: Contribution, verb: str = "") -> str:
    return f"{QUEUE}items/{row.pk}/{verb}"


def test_colleagues_see_who_looks_and_nobody_is_told_of_themselves(
    client: Client, waiting: Contribution, moderator: User, at: datetime
) -> None:
    look_at(contribution=waiting, by=moderator, at=at)
    assert "is looking" not in shown(client.get(QUEUE))
    look_at(contribution=waiting, by=a_colleague(at), at=at)

    assert "Max Møller is looking" in shown(client.get(QUEUE))
    assert "Max Møller is looking at it now" in shown(client.get(item(waiting)))
    assert 'value="publish"' in client.get(item(waiting)).content.decode()  # looking binds nobody

    with time_machine.travel(at + LOOK_LASTS, tick=False):
        assert "is looking" not in shown(client.get(QUEUE))


def test_the_page_says_that_it_is_looked_at_and_no_longer(client: Client, waiting: Contribution) -> None:
    assert f'data-look="{item(waiting, "look/")}"' in client.get(item(waiting)).content.decode()
    assert not Look.objects.exists()  # a read changes nothing

    assert client.post(item(waiting, "look/")).status_code == 204
    assert client.post(item(waiting, "look/")).status_code == 204
    assert Look.objects.get().contribution == waiting
    assert client.post(item(waiting, "look/"), {"away": "1"}).status_code == 204
    assert not Look.objects.exists()


@pytest.mark.parametrize("persona", ["resident", "official", "administrator"])
def test_others_do_not_look(persona: str, waiting: Contribution, at: datetime) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(someone(persona, at))  # type: ignore[arg-type]

    assert client.post(item(waiting, "look/")).status_code == 403
    assert not Look.objects.exists()


def test_parts_are_asked_for_by_themselves(client: Client, waiting: Contribution, at: datetime) -> None:
    claim_contribution(contribution=waiting, by=a_colleague(at), at=at)

    of_queue = client.get(QUEUE, headers={"X-Fragment": "rows"})
    beside = client.get(item(waiting), headers={"X-Fragment": "rows"})
    holder = client.get(item(waiting), headers={"X-Fragment": "holder"})

    for part in (of_queue, beside):
        assert queued(part) == [waiting.number]
        assert "Taken by Max Møller" in shown(part)
        assert "<html" not in part.content.decode()
        assert "X-Fragment" in part["Vary"]
    assert shown(holder).startswith("Max Møller has taken this contribution.")
    assert "<form" not in holder.content.decode()


def test_a_change_of_claims_can_be_told(waiting: Contribution, moderator: User, at: datetime) -> None:
    seen = [who_has_what(at=at)]
    claim_contribution(contribution=waiting, by=moderator, at=at)
    seen.append(who_has_what(at=at))
    look_at(contribution=waiting, by=moderator, at=at)
    seen.append(who_has_what(at=at))
    look_at(contribution=waiting, by=moderator, at=at + SECOND)
    assert who_has_what(at=at + SECOND) == seen[-1]  # the same, a while longer
    assert who_has_what(at=at + CLAIM_LASTS) == seen[0]
    release_contribution(contribution=waiting, by=moderator, at=at)
    seen.append(who_has_what(at=at))
    release_claims_of(person=moderator)
    assert who_has_what(at=at) == seen[0]
    assert len(set(seen)) == len(seen)


def test_only_moderators_watch_claims(at: datetime) -> None:
    watching = {name: may_watch(viewer, CLAIMS) for name, viewer in personas.everyone(at=at).items()}

    assert [name for name, may in watching.items() if may] == ["moderator"]
