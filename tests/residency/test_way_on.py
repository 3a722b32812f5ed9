"""After the badge people are led back to where they were; and how one ends one's own residency."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from apps.common.drafts import AFTER_LOGIN
from apps.municipality.models import Municipality
from apps.residency.enums import EndReason
from apps.residency.models import Residency
from apps.residency.queries import residency_of
from tests import personas
from tests.residency.verified import CODE, account, back_from_mitid, browser_of, evidence

pytestmark = pytest.mark.django_db

VERIFY, END = "/en/me/verify/", "/en/me/verify/end/"


@pytest.fixture(autouse=True)
def _town(at: datetime) -> Iterator[None]:
    Municipality.objects.create(name="Vesterhav Kommune", site_name="Vesterhav", code=CODE)
    with time_machine.travel(at, tick=False):
        yield


# ------------------------------------------------------------ the way back


@pytest.mark.parametrize(
    ("wanted", "ends"),
    [
        ("/en/consultations/wind/topics/noise/write/", "/en/consultations/wind/topics/noise/write/"),
        ("https://evil.example/", VERIFY),
        ("//evil.example/", VERIFY),
        ("/\\evil.example", VERIFY),
        ("javascript:alert(1)", VERIFY),
        ("evil", VERIFY),
    ],
)
def test_after_the_badge_people_come_back_to_a_page_of_ours(wanted: str, ends: str, at: datetime) -> None:
    client = browser_of(account(at), at=at)
    client.get(VERIFY, {"next": wanted})
    back_from_mitid(client, evidence(), at=at, owner=int(client.session["_auth_user_id"]))

    response = client.post(VERIFY, {"action": "finish"})

    assert response["Location"] == ends
    assert "evil" not in client.get(VERIFY).content.decode()


def test_a_text_that_waits_to_be_sent_is_where_they_come_back_to(at: datetime) -> None:
    client = browser_of(account(at), evidence(), at=at)
    session = client.session
    session[AFTER_LOGIN] = "/en/somewhere/"
    session.save()

    assert client.post(VERIFY, {"action": "finish"})["Location"] == "/en/somewhere/"


# ------------------------------------------------------------ ending it oneself


def test_one_ends_ones_own_after_a_page_that_asks(at: datetime) -> None:
    person = personas.resident(at=at)
    client = browser_of(person, at=at)

    assert "End your residency?" in client.get(END).content.decode()
    assert residency_of(person, at=at)
    for _time in range(2):
        assert client.post(END).status_code == 302

    assert residency_of(person, at=at) is None
    assert Residency.objects.get().end_reason == EndReason.OWN_WISH


def test_who_has_none_ends_none(at: datetime) -> None:
    other = personas.resident(at=at)
    client = browser_of(account(at), at=at)

    assert client.get(END).status_code == 302
    assert client.post(END).status_code == 302
    assert residency_of(other, at=at)
