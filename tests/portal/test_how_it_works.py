"""The order that the page of the rules prints is the one that sorts threads."""

import pytest
from django.test import Client

from apps.discussions import enums
from apps.discussions.queries import threads
from apps.portal.views import how_it_works

pytestmark = pytest.mark.django_db


def test_the_page_prints_the_constant_that_sorts(client: Client) -> None:
    page = client.get("/en/how-it-works/").content.decode()

    assert how_it_works.THREAD_ORDER is threads.THREAD_ORDER is enums.THREAD_ORDER
    assert enums.THREAD_ORDER == ("root_number", "number")
    assert "nothing else sorts a thread: <code>root_number</code>, <code>number</code>." in page


def test_another_order_would_stand_there(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(how_it_works, "THREAD_ORDER", ("received_at", "number"))

    assert "<code>received_at</code>, <code>number</code>." in client.get("/en/how-it-works/").content.decode()
