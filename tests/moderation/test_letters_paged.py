"""The confirmed letters page by page: every one is found, also those that were confirmed in the same moment."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client

from apps.moderation.views import letters as view
from tests import factories
from tests.discussions.letters import confirmed, letters

pytestmark = pytest.mark.django_db
LIST = "/en/moderation/letters/"


def test_each_confirmed_letter_stands_on_one_page(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = []
    for _turn in range(5):
        rows = letters(factories.the_topic(factories.a_hearing(at=at)), 2, at=at)
        confirmed(rows, at=at)
        shown.append(rows[0].pk)
    monkeypatch.setattr(view, "PAGE", 2)
    client = Client()
    client.force_login(factories.a_moderator(at))

    found, address = [], LIST
    with time_machine.travel(at, tick=False):
        while address:
            page = client.get(address)
            found.append([row.pk for row in page.context["confirmed"]])
            address = page.context["older"].partition("#")[0]

    assert found == [[shown[4], shown[3]], [shown[2], shown[1]], [shown[0]]]


@pytest.mark.parametrize("before", ["x", "0", "987", "9" * 30])
def test_a_place_that_is_none_is_answered_all_the_same(before: str, at: datetime) -> None:
    client = Client()
    client.force_login(factories.a_moderator(at))

    with time_machine.travel(at, tick=False):
        assert client.get(f"{LIST}?before={before}").status_code == 200
