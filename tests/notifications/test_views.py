from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter
from apps.notifications.models import OutgoingMail

pytestmark = pytest.mark.django_db

BODY = "Confirm:\nhttp://testserver/accounts/confirm-email/x:y/\n<script>alert(1)</script> https://elsewhere.example/"


@pytest.fixture
def demo(settings: Any) -> None:
    settings.DEMO = True


def _queued(at: datetime, count: int) -> None:
    queue_letters(
        letters=[Letter(to="a@example.org", subject=f"Mail <{n}>", body=BODY, key=str(n)) for n in range(count)], at=at
    )


@pytest.mark.parametrize(("name", "parts"), [("mailbox", {}), ("mail-detail", {"mail_id": 1})])
def test_outside_the_demo_there_is_no_mailbox(client: Client, at: datetime, name: str, parts: dict[str, int]) -> None:
    _queued(at, 1)
    parts = {"mail_id": OutgoingMail.objects.get().pk} if parts else {}

    assert client.get(reverse(f"notifications:{name}", kwargs=parts)).status_code == 404


@pytest.mark.usefixtures("demo")
def test_the_mailbox_lists_mail_newest_first_page_by_page(client: Client, at: datetime) -> None:
    _queued(at, 51)

    first = client.get("/en/demo/mail/")
    second = client.get("/en/demo/mail/" + first.context["older"])

    assert [mail.subject for mail in first.context["mails"]] == [f"Mail <{n}>" for n in range(50, 0, -1)]
    assert [mail.subject for mail in second.context["mails"]] == ["Mail <0>"]
    assert "Mail &lt;50&gt;" in first.content.decode()
    assert first["X-Robots-Tag"] == "noindex"


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "٣"])
def test_a_strange_place_in_the_list_is_no_error(client: Client, at: datetime, before: str) -> None:
    _queued(at, 1)

    assert client.get("/en/demo/mail/", {"before": before}).status_code == 200


@pytest.mark.usefixtures("demo")
def test_a_mail_shows_its_own_links_and_escapes_the_rest(client: Client, at: datetime) -> None:
    _queued(at, 1)

    page = client.get(f"/en/demo/mail/{OutgoingMail.objects.get().pk}/").content.decode()

    assert '<a href="/accounts/confirm-email/x:y/">http://testserver/accounts/confirm-email/x:y/</a>' in page
    assert "<script>alert" not in page
    assert 'href="https://elsewhere.example/"' not in page


@pytest.mark.usefixtures("demo")
def test_a_mail_that_is_not_there(client: Client) -> None:
    assert client.get("/en/demo/mail/4711/").status_code == 404


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(client: Client, at: datetime, count: int, django_assert_num_queries: Any) -> None:
    _queued(at, count)
    client.get("/en/demo/mail/")

    with django_assert_num_queries(1):
        client.get("/en/demo/mail/")
