"""The address of a contribution that holds for ever."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import move_contribution, move_to_consultation, withdraw_contribution
from apps.ledger.actions import sequence_entries
from tests import factories, personas
from tests.discussions.filling import fill

pytestmark = pytest.mark.django_db

Browser = Callable[[personas.Viewer], Client]


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def reader(as_seen_by: Browser) -> Client:
    return as_seen_by(personas.AnonymousUser())


def test_every_number_leads_to_a_page_that_shows_it(topic: Topic, reader: Client, at: datetime) -> None:
    rows = fill(topic, 140, at=at)

    for row in rows[::7]:
        answer = reader.get(_url(topic.consultation, row.number), follow=True)

        assert f'id="c{row.number}"' in answer.content.decode(), answer.redirect_chain
        assert answer.redirect_chain[-1][0].endswith(f"#c{row.number}")


def test_a_reply_far_below_its_root_is_on_the_page(topic: Topic, reader: Client, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    replies = [factories.a_published(topic, at=at, in_reply_to=root) for _step in range(70)]

    answer = reader.get(_url(topic.consultation, replies[-1].number), follow=True)

    assert f'id="c{replies[-1].number}"' in answer.content.decode()


def test_the_first_articles_lead_to_the_plain_address(topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)

    answer = reader.get(_url(topic.consultation, 1))

    with override("en"):
        place = reverse("portal:topic", kwargs={"slug": topic.consultation.slug, "topic": topic.slug})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{place}#c1")


def test_what_was_refused_or_withdrawn_leads_to_its_trace(topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_refused(topic, at=at)
    withdraw_contribution(contribution=factories.a_contribution(topic, at=at), by=factories.a_writer(at), at=at)

    for number in (1, 2):
        answer = reader.get(_url(topic.consultation, number), follow=True)

        assert f'id="c{number}"' in answer.content.decode()


def test_what_was_moved_leads_to_where_it_stands_now(topic: Topic, reader: Client, at: datetime) -> None:
    third = factories.a_topic(topic.consultation, at=at)
    other = factories.a_topic(topic.consultation, at=at)
    row = factories.a_published(topic, at=at)
    by = as_moderator(factories.a_moderator(at))
    for place in (other, third):
        move_contribution(contribution=row, to=place, with_replies=False, by=by, at=at)

    assert f"/topics/{third.slug}/#c1" in reader.get(_url(topic.consultation, 1)).headers["Location"]


def test_a_waiting_one_leads_its_author_to_the_receipt_and_says_to_others_that_it_waits(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    author = factories.a_writer(at)
    factories.a_contribution(topic, at=at, by=author)
    url = _url(topic.consultation, 1)

    assert as_seen_by(author).get(url).headers["Location"].endswith("/c/1/receipt/")
    for persona in ("anonymous", "resident", "moderator", "official"):
        answer = as_seen_by(
            personas.PERSONAS[persona](at=at) if persona in {"anonymous", "resident"} else _staff(persona, at)
        ).get(url)
        assert answer.status_code == 200
        assert "No. 1 waits for a moderator" in answer.content.decode()
        assert "noindex" in answer.content.decode()


@pytest.mark.parametrize("number", ["2", "0", "999999999999999999999", "9" * 3_000])
def test_a_number_that_was_never_given_is_not_there(number: str, topic: Topic, reader: Client, at: datetime) -> None:
    factories.a_published(topic, at=at)

    answer = reader.get(_url(topic.consultation, 1).replace("/c/1/", f"/c/{number}/"))

    assert answer.status_code == 404


def test_numbers_of_a_draft_are_not_told(as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    assert as_seen_by(personas.resident(at=at)).get(_url(draft, 1)).status_code == 404


def test_where_it_leads_is_looked_up_as_often_in_a_long_thread(
    topic: Topic, reader: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    fill(topic, 300, at=at)
    reader.get(_url(topic.consultation, 1))

    for number in (1, 150, 300):
        with django_assert_num_queries(4):
            reader.get(_url(topic.consultation, number))


def _staff(persona: str, at: datetime) -> personas.Viewer:
    return factories.a_moderator(at) if persona == "moderator" else factories.an_official(at)


def _url(consultation: Consultation, number: int) -> str:
    with override("en"):
        return reverse("portal:contribution", kwargs={"slug": consultation.slug, "number": number})


def test_what_was_moved_to_another_hearing_shows_the_signpost_that_leads_there(
    topic: Topic, reader: Client, at: datetime
) -> None:
    there = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    row = factories.a_published(topic, at=at, body="Plant oaks.")
    by = as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=True, by=by, at=at)

    old = reader.get(_url(topic.consultation, 1), follow=True)
    new = reader.get(_url(there.consultation, 1), follow=True)

    article = old.content.decode().partition('id="c1"')[2].partition("</article>")[0]
    assert f"/topics/{topic.slug}/#c1" in old.redirect_chain[-1][0]
    assert "No. 1 was moved to another hearing:" in article
    assert f'<a href="{_url(there.consultation, 1)}">“<span lang="da">Forest</span>”, no. 1</a>' in article
    assert "Plant oaks." not in old.content.decode()
    assert "Plant oaks." in new.content.decode()
    assert f"moved here from “{topic.consultation.title}”, no. 1" in new.content.decode()


def test_both_receipts_lead_to_each_other(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    there = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    factories.a_published(there, at=at)
    row = factories.a_contribution(topic, at=at, body="Plant oaks.")
    by = as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=True, by=by, at=at)
    author = as_seen_by(factories.a_writer(at))
    old_url, new_url = f"{_url(topic.consultation, 1)}receipt/", f"{_url(there.consultation, 2)}receipt/"

    old, new = (author.get(url).content.decode() for url in (old_url, new_url))

    assert 'It is no. 2 of “<span lang="da">Forest</span>” now.' in old
    assert f'href="{new_url}"' in old
    assert "Plant oaks." not in old
    assert "Fingerprint" not in old
    assert f'href="{old_url}"' in new
    assert "Plant oaks." in new
    assert "If you think it does not belong here" in new
    assert author.get(f"{_url(there.consultation, 2)}withdraw/").status_code == 200
    assert author.get(_url(topic.consultation, 1)).status_code == 302
    stranger = as_seen_by(personas.resident(at=at))
    assert [stranger.get(url).status_code for url in (old_url, new_url)] == [404, 404]


def test_moves_between_hearings_stand_in_the_logs_of_both(topic: Topic, reader: Client, at: datetime) -> None:
    there = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    row = factories.a_published(topic, at=at)
    by = as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=True, by=by, at=at)
    sequence_entries()

    logs = [
        reader.get(f"/en/consultations/{place.consultation.slug}/moderation/").content.decode()
        for place in (topic, there)
    ]

    assert "No. 1 was moved to “Forest”, where it is no. 1" in logs[0]
    assert f"No. 1 was moved here from “{topic.consultation.title}”, where it was no. 1." in logs[1]
