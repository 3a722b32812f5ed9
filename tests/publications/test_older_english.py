"""An English statement whose Danish text was changed later says so, until somebody looks at it."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.consultations.models import Topic
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.queries import is_same, statements_of
from tests import factories

pytestmark = pytest.mark.django_db

OLDER = "The Danish text was changed after this"
FIRST: dict[str, Any] = {"title": "Støjen", "body": "De vil have ro.", "title_en": "The noise", "body_en": "Quiet."}
DANISH = {"body": "De vil have ro om natten."}


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def said(client: Client, topic: Topic, at: datetime, *changes: dict[str, Any], prefix: str = "/en/") -> list[bool]:
    """Publish the statement with each of these changes after the other; return what its two pages say at last."""
    official = factories.an_official(at)
    number = factories.a_published(topic, at=at).number
    text = FIRST
    for change in changes:
        text = {name: words for name, words in text.items() if name != "fits"} | change
        statements = [StatementText(cites=[number], **text)]
        summary = draft_summary(consultation=topic.consultation, statements=statements, by=official, at=at)
        publish_summary(summary=summary, by=official, at=at)
    where = f"{prefix}consultations/{topic.consultation.slug}/"
    return [OLDER in client.get(where + page).content.decode() for page in ("summary/", "")]


@pytest.mark.parametrize(
    ("changes", "is_older"),
    [
        ([{}], False),
        ([{}, {}], False),
        ([{}, DANISH], True),
        ([{}, {"title": "Støj"}], True),
        ([{}, DANISH, {}], True),
        ([{}, DANISH, {"body_en": "Quiet at night."}], False),
        ([{}, DANISH | {"body_en": "Quiet at night."}], False),
        ([{}, DANISH, {"fits": True}], False),
        ([{}, DANISH, {"fits": True}, {"title": "Støj"}], True),
        ([{}, DANISH, {"body": FIRST["body"]}], False),
    ],
)
def test_it_is_marked_where_the_danish_text_alone_was_changed(
    changes: list[dict[str, Any]], *, is_older: bool, topic: Topic, client: Client, at: datetime
) -> None:
    assert said(client, topic, at, *changes) == [is_older, is_older]


def test_danish_pages_have_no_mark(topic: Topic, client: Client, at: datetime) -> None:
    assert said(client, topic, at, {}, DANISH, prefix="/") == [False, False]


def test_the_form_says_so_and_one_tick_takes_the_mark_away(topic: Topic, client: Client, at: datetime) -> None:
    said(client, topic, at, {}, DANISH)
    client.force_login(factories.an_official(at))
    address = f"/en/desk/consultations/{topic.consultation.slug}/summary/"
    typed = FIRST | DANISH | {"cites": "#1", "fits": "on"}
    rows = {f"statements-0-{name}": text for name, text in typed.items()}
    page = client.get(address)

    data = {"statements-TOTAL_FORMS": 1, "statements-INITIAL_FORMS": 0, "revision": page.context["revision"]}
    saved = client.post(address, data | rows)

    summary = topic.consultation.summary
    assert OLDER in page.content.decode()
    assert saved.status_code == 302
    assert OLDER not in client.get(address).content.decode()
    assert not is_same(statements_of(summary, is_public=True), statements_of(summary, is_public=False))


@pytest.mark.parametrize(
    ("change", "is_older"),
    [
        (DANISH, True),
        ({}, False),
        (DANISH | {"fits": "on"}, False),
        (DANISH | {"body_en": "Quiet at night."}, False),
    ],
)
def test_the_preview_says_so_as_the_page_will(
    change: dict[str, Any], *, is_older: bool, topic: Topic, client: Client, at: datetime
) -> None:
    said(client, topic, at, {})
    client.force_login(factories.an_official(at))
    address = f"/en/desk/consultations/{topic.consultation.slug}/summary/"
    rows = {f"statements-0-{name}": text for name, text in (FIRST | {"cites": "#1"} | change).items()}
    data = {"statements-TOTAL_FORMS": 1, "statements-INITIAL_FORMS": 0, "revision": 1, "action": "preview"}

    page = client.post(address, data | rows)

    assert "This is how it will look" in page.content.decode()
    assert (OLDER in page.content.decode()) is is_older
    assert OLDER not in client.get(address).content.decode()
