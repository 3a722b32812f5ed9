"""Writing: what is refused says why and keeps the text; what is sent is received once."""

import html
import re
from datetime import datetime, timedelta

import pytest
import time_machine

from apps.consultations.enums import WriteAccess
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.municipality.queries import house_rules
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.sending import CPR, KEY, STORED, TEXT, kept_somewhere, send, shown, someone, typed_in, url_of

pytestmark = pytest.mark.django_db

# ------------------------------------------------------------------ refused


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "Write a text before you send."),
        (" \r\n\t ", "Write a text before you send."),
        ("\u200b\u2060" * 0 + "\u202e", "Write a text before you send."),
        ("x" * 10_001, "The text is too long."),
        (CPR, "looks as if it holds a national identity number"),
    ],
)
@pytest.mark.parametrize("action", ["send", "preview"])
@pytest.mark.parametrize("persona", ["anonymous", "resident"])
def test_an_unfit_text_is_refused_with_a_sentence_and_kept_in_the_form(  # noqa: PLR0917 - cases
    body: str, sentence: str, action: str, persona: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(personas.PERSONAS[persona](at=at))

    answer = send(browser, topic, body=body, action=action)

    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert typed_in(answer) == body.replace("\r\n", "\n") or not body.strip()
    assert not Contribution.stored.exists()
    assert not kept_somewhere(body.strip() or "draft")


def test_ten_thousand_characters_are_received(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    body = "\n".join(["x" * 99] * 100)
    assert len(body) == 9_999

    answer = send(as_seen_by(factories.a_writer(at)), topic, body=body.replace("\n", "\r\n") + "y")

    assert answer.status_code == 302
    assert len(Contribution.stored.get().body) == 10_000


@pytest.mark.parametrize("kind", ["answer", "rant", "", "VIEW"])
def test_a_kind_that_people_cannot_write_is_refused(kind: str, topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    answer = send(as_seen_by(factories.a_writer(at)), topic, kind=kind)

    assert answer.status_code == 422
    assert typed_in(answer) == STORED
    assert not Contribution.stored.exists()


@pytest.mark.parametrize("persona", ["anonymous", "unverified", "resident", "official"])
def test_after_the_deadline_nothing_is_received_and_the_text_is_shown(
    persona: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(someone(persona, at))

    with time_machine.travel(at + timedelta(days=21), tick=False):
        answer = send(browser, topic)

    assert answer.status_code == 422
    assert "The deadline has passed, so nothing more can be sent." in shown(answer)
    assert typed_in(answer) == STORED
    assert not Contribution.stored.exists()


def test_the_last_instant_is_on_time(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))

    with time_machine.travel(at + timedelta(days=21) - timedelta(microseconds=1), tick=False):
        assert send(browser, topic).status_code == 302


def test_who_is_not_a_resident_is_told_what_to_do_where_residents_write(as_seen_by: Browser, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at, write_access=WriteAccess.RESIDENTS))
    browser = as_seen_by(factories.a_writer(at))

    answer = send(browser, topic)

    assert answer.status_code == 403
    assert "Only verified residents can write here." in shown(answer)
    assert typed_in(answer) == STORED
    assert not Contribution.stored.exists()
    assert typed_in(browser.get(url_of(topic))) == STORED


def test_the_box_leads_who_can_become_a_resident_there_and_back(as_seen_by: Browser, at: datetime) -> None:
    for_residents = factories.the_topic(factories.a_hearing(at=at, write_access=WriteAccess.RESIDENTS))
    for_all = factories.the_topic(factories.a_hearing(at=at))
    link = f"/en/me/verify/?next={url_of(for_residents)}"

    for person, topic, led in (
        (factories.a_writer(at), for_residents, True),
        (factories.a_writer(at), for_all, False),
        (personas.resident(at=at), for_residents, False),
        (personas.speaker(at=at), for_residents, False),
    ):
        assert (link in as_seen_by(person).get(url_of(topic)).content.decode()) == led


def test_an_unknown_topic_or_one_of_another_hearing_is_not_there(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    other = factories.the_topic(factories.a_hearing(at=at))
    browser = as_seen_by(factories.a_writer(at))

    for slug, topic_slug in (
        (topic.consultation.slug, other.slug),
        (topic.consultation.slug, "no"),
        ("no", topic.slug),
    ):
        url = address_of("discussions:contribution-submit", slug=slug, topic=topic_slug)
        assert browser.post(url, {"body": TEXT, "kind": "view", "action": "send"}).status_code == 404
    assert not Contribution.stored.exists()


def test_a_draft_hearing_takes_nothing(as_seen_by: Browser, at: datetime) -> None:
    topic = factories.a_topic(factories.a_draft(at=at), at=at)

    assert send(as_seen_by(factories.a_writer(at)), topic).status_code == 404
    assert send(as_seen_by(factories.an_official(at)), topic).status_code == 422


@pytest.mark.parametrize("persona", ["anonymous", "unverified"])
@pytest.mark.parametrize(
    "forged", ["elsewhere", "other hearing", "refused", "waiting", "99", "-1", "abc", "9" * 20_000]
)
def test_only_what_everyone_reads_in_the_topic_can_be_replied_to(
    forged: str, persona: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    hearing = factories.a_hearing(at=at)
    numbers = {
        "elsewhere": lambda: factories.a_published(factories.a_topic(topic.consultation, at=at), at=at),
        "other hearing": lambda: [factories.a_published(factories.the_topic(hearing), at=at) for _ in range(3)][-1],
        "refused": lambda: factories.a_refused(topic, at=at),
        "waiting": lambda: factories.a_contribution(topic, at=at),
    }
    number = str(numbers[forged]().number) if forged in numbers else forged
    before = Contribution.stored.count()

    answer = send(as_seen_by(someone(persona, at)), topic, reply_to=number)

    assert answer.status_code == 422
    assert "The contribution you reply to is not in this topic." in shown(answer)
    assert typed_in(answer) == STORED
    assert Contribution.stored.count() == before


# ------------------------------------------------------------------ received


def test_a_text_that_is_sent_has_a_number_an_entry_and_a_receipt(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(personas.resident(at=at))

    answer = send(browser, topic, kind="question")

    row = Contribution.stored.get()
    assert (row.number, row.body, row.kind, row.status) == (1, STORED, "question", ContributionStatus.WAITING)
    assert (row.author_name, row.author_is_resident, row.received_at) == ("Rita Rosendal", True, at)
    assert [entry.kind for entry in Entry.objects.filter(number=1)] == ["contribution.received"]
    assert answer.headers["Location"] == address_of(
        "portal:contribution-receipt", slug=topic.consultation.slug, number=1
    )
    assert "Received as no. 1" in shown(browser.get(answer.headers["Location"]))


def test_a_reply_stands_under_the_root_of_what_it_answers(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)

    send(as_seen_by(personas.resident(at=at)), topic, reply_to=str(reply.number))

    row = Contribution.stored.get(number=3)
    assert (row.root_number, row.in_reply_to_number) == (1, 2)


def test_the_same_form_sent_again_leads_to_the_same_receipt(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))

    answers = [send(browser, topic) for _click in range(3)]

    assert Contribution.stored.count() == 1
    assert {answer.headers["Location"] for answer in answers} == {answers[0].headers["Location"]}


def test_a_form_that_somebody_went_back_to_does_not_lose_the_next_text(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))

    answers = [send(browser, topic, body=body) for body in (TEXT, "Another thing", "Another thing", TEXT)]

    assert [row.body for row in Contribution.stored.order_by("number")] == [TEXT.replace("\r\n", "\n"), "Another thing"]
    first, second, second_again, first_again = (answer.headers["Location"] for answer in answers)
    assert first == first_again != second == second_again


def test_the_same_form_sent_again_after_the_deadline_leads_to_its_receipt(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))
    first = send(browser, topic)

    with time_machine.travel(at + timedelta(days=22), tick=False):
        again = send(browser, topic)

    assert again.headers.get("Location") == first.headers["Location"]


def test_the_same_key_of_another_person_is_another_contribution(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    for person in (factories.a_writer(at), personas.resident(at=at)):
        assert send(as_seen_by(person), topic).status_code == 302

    assert sorted(Contribution.stored.values_list("number", flat=True)) == [1, 2]


def test_a_form_without_a_key_is_received(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    assert send(as_seen_by(factories.a_writer(at)), topic, key="not a key").status_code == 302


# ------------------------------------------------------------------ looked at first


def test_a_preview_shows_the_text_as_it_will_look_and_stores_nothing(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(personas.resident(at=at))

    answer = send(browser, topic, body="**Bold** <script>alert(1)</script>", action="preview")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<strong>Bold</strong>" in page
    assert "<script>alert" not in page
    assert "Rita Rosendal" in page
    assert all(f'<li value="{rule.number}">{rule.title}</li>' in page for rule in house_rules())
    assert house_rules()
    assert not Contribution.stored.exists()
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.split("<main")[1]))
    assert html.unescape(fields["body"]) == "**Bold** <script>alert(1)</script>"
    assert fields["key"] == str(KEY)
    sent = browser.post(
        url_of(topic), {name: html.unescape(value) for name, value in fields.items()} | {"action": "send"}
    )
    assert sent.status_code == 302


def test_back_to_edit_keeps_what_was_typed(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_published(topic, at=at)

    answer = send(as_seen_by(factories.a_writer(at)), topic, kind="proposal", reply_to="1", action="edit")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert typed_in(answer) == STORED
    assert "Reply to no. 1" in page
    assert re.search(r'value="proposal"[^>]*checked', page)
    assert f'value="{KEY}"' in page


# ------------------------------------------------------------------ the form's own page


def test_the_form_shows_what_it_replies_to(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_published(topic, at=at, body="The one that is answered")

    page = as_seen_by(personas.AnonymousUser()).get(f"{url_of(topic)}?reply_to=1&kind=question").content.decode()

    assert "The one that is answered" in page
    assert "Reply to no. 1" in page
    assert re.search(r'value="question"[^>]*checked', page)


@pytest.mark.parametrize("query", ["?reply_to=99", "?reply_to=abc", "?reply_to=" + "9" * 20_000, "?kind=answer"])
def test_nonsense_in_the_address_of_the_form_falls_back(query: str, topic: Topic, as_seen_by: Browser) -> None:
    assert as_seen_by(personas.AnonymousUser()).get(url_of(topic) + query).status_code == 200


def test_a_closed_hearing_shows_why_instead_of_the_form(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(personas.AnonymousUser())

    with time_machine.travel(at + timedelta(days=30), tick=False):
        answer = browser.get(url_of(topic))

    assert "The deadline has passed" in shown(answer)
    assert 'name="body"' not in answer.content.decode()
