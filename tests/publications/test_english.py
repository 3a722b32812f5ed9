"""Statements in English: shown in place of the Danish ones, whole or not at all, and never mixed unmarked."""

from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.consultations.models import Topic
from apps.exchange.queries import check_ledger
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.models import Statement, Summary
from apps.publications.queries import is_same, statements_of
from tests import factories
from tests.common.languages import words_by_language

pytestmark = pytest.mark.django_db

WHOLE = {"title_en": "The noise", "body_en": "They *want* quiet."}


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def published(topic: Topic, at: datetime, *english: dict[str, str]) -> Summary:
    """Publish one statement for each of these English versions, all in the same Danish words."""
    official = factories.an_official(at)
    number = factories.a_published(topic, at=at).number
    texts = [StatementText(title="Støjen", body="De *vil* have ro.", cites=[number], **words) for words in english]
    summary = draft_summary(consultation=topic.consultation, statements=texts, by=official, at=at)
    return publish_summary(summary=summary, by=official, at=at)


@pytest.mark.parametrize("page", ["summary/", "", "topics/{topic}/"])
def test_each_language_has_its_words_where_both_are_written(
    page: str, topic: Topic, client: Client, at: datetime
) -> None:
    published(topic, at, WHOLE)
    path = f"consultations/{topic.consultation.slug}/{page.format(topic=topic.slug)}"

    danish, english = (client.get(f"/{prefix}{path}").content.decode() for prefix in ("", "en/"))

    assert ("Støjen" in danish, "The noise" in danish) == (True, False)
    assert ("Støjen" in english, "The noise" in english) == (False, True)
    assert '<span lang="da">The noise' not in english


def test_the_html_of_a_page_is_that_of_its_language(topic: Topic, client: Client, at: datetime) -> None:
    published(topic, at, WHOLE)

    page = client.get(f"/en/consultations/{topic.consultation.slug}/summary/").content.decode()

    assert "They <em>want</em> quiet." in page
    assert "The Danish text is the one that counts." in page
    assert "only in Danish" not in page


@pytest.mark.parametrize(
    ("written", "sentence"), [(({},), "This text is only in Danish."), (({}, WHOLE), "Some of it is only in Danish.")]
)
def test_what_has_no_english_version_says_so_and_is_marked(
    written: tuple[dict[str, str], ...], sentence: str, topic: Topic, client: Client, at: datetime
) -> None:
    published(topic, at, *written)

    page = client.get(f"/en/consultations/{topic.consultation.slug}/summary/").content.decode()

    assert sentence in page
    assert '<span lang="da">Støjen</span>' in page
    assert "Støjen" not in "".join(words for language, words in words_by_language(page) if language == "en")


def test_an_english_version_is_part_of_what_the_ledger_keeps(topic: Topic, at: datetime) -> None:
    published(topic, at, WHOLE)
    assert check_ledger().problem == ""

    Statement.objects.filter(is_public=True).update(body_en="They want noise.")

    assert "The summary's text" in check_ledger().problem


def test_a_draft_that_differs_in_english_alone_differs(topic: Topic, at: datetime) -> None:
    summary = published(topic, at, {})
    shown = statements_of(summary, is_public=True)
    number = shown[0].citations.get().number
    text = StatementText(title="Støjen", body="De *vil* have ro.", cites=[number], **WHOLE)

    draft_summary(consultation=topic.consultation, statements=[text], by=factories.an_official(at), at=at)

    assert not is_same(shown, statements_of(summary, is_public=False))


@pytest.mark.parametrize("half", ["title_en", "body_en"])
def test_half_an_english_version_is_refused_and_keeps_what_was_typed(
    half: str, topic: Topic, client: Client, at: datetime
) -> None:
    number = factories.a_published(topic, at=at).number
    client.force_login(factories.an_official(at))
    typed: dict[str, Any] = {"title": "Støjen", "body": "De vil have ro.", "cites": f"#{number}", half: WHOLE[half]}
    rows = {f"statements-0-{name}": text for name, text in typed.items()}

    address = f"/en/desk/consultations/{topic.consultation.slug}/summary/"
    response = client.post(address, {"statements-TOTAL_FORMS": 1, "statements-INITIAL_FORMS": 0, "revision": 0} | rows)

    assert response.status_code == 422
    page = response.content.decode()
    assert "Write this in English too, or leave both English fields empty." in page
    assert WHOLE[half] in page
    assert not Statement.objects.exists()


def test_an_english_version_is_typed_shown_before_and_edited_again(topic: Topic, client: Client, at: datetime) -> None:
    number = factories.a_published(topic, at=at).number
    client.force_login(factories.an_official(at))
    typed = {"title": "Støjen", "body": "De vil have ro.", "cites": f"#{number}", **WHOLE}
    data = {"statements-TOTAL_FORMS": 1, "statements-INITIAL_FORMS": 0, "revision": 0}
    data |= {f"statements-0-{name}": text for name, text in typed.items()}
    address = f"/en/desk/consultations/{topic.consultation.slug}/summary/"

    preview = client.post(address, data | {"action": "preview"}).content.decode()
    saved = client.post(address, data)
    form = client.get(address).context["forms"][0]

    assert "<h3>The noise</h3>" in preview
    assert saved.status_code == 302
    assert {name: form[name].value() for name in WHOLE} == WHOLE


def test_no_row_holds_half_an_english_version(topic: Topic, at: datetime) -> None:
    published(topic, at, WHOLE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Statement.objects.update(body_en="")
