"""One contribution on the desk: what a moderator sees of it, and no more."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.actions import reopen_lapsed, revise_contribution, withdraw_contribution
from apps.discussions.models import Contribution
from apps.discussions.rules import EDIT_TAKEN
from apps.moderation.actions import Ruling, claim_contribution, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.models import CLAIM_LASTS
from apps.moderation.queries import holder_of
from tests import personas
from tests.factories import (
    a_contribution,
    a_hearing,
    a_moderator,
    a_published,
    a_refused,
    a_topic,
    a_writer,
    an_answer,
    the_topic,
)
from tests.moderation.desk import FACTS, SENTENCE, a_colleague, a_reason, publish, queued, refuse, shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def waiting(hearing: Consultation, at: datetime) -> Contribution:
    return a_contribution(the_topic(hearing), at=at, body="A text with **weight**")


def address(contribution: Contribution, verb: str = "") -> str:
    return f"/en/moderation/items/{contribution.pk}/{verb}"


def test_an_item_shows_text_author_and_record(client: Client, hearing: Consultation, at: datetime) -> None:
    writer = personas.resident(at=at - timedelta(days=90), email="walt@example.org", display_name="Walt Winther")
    a_published(the_topic(hearing), at=at, by=writer)
    contribution = a_contribution(the_topic(hearing), at=at, by=writer, body="A text with **weight**")

    response = client.get(address(contribution))
    page = shown(response)

    assert "<strong>weight</strong>" in response.content.decode()
    for words in ("Walt Winther", "Verified resident", "1 published, 0 not published", "Member since 17 June"):
        assert words in page


def test_the_record_counts_the_authors_own(client: Client, waiting: Contribution, at: datetime) -> None:
    a_refused(waiting.topic, at=at)
    other = personas.unverified(at=at, email="otto@example.org", display_name="Otto")
    a_published(waiting.topic, at=at, by=other)

    assert "0 published, 1 not published" in shown(client.get(address(waiting)))


def test_the_authors_address_is_on_no_page_of_the_desk(client: Client, waiting: Contribution) -> None:
    for path in (address(waiting), "/en/moderation/", "/en/moderation/log/"):
        assert a_writer(waiting.received_at).email not in client.get(path).content.decode()


def test_a_reply_stands_beside_what_it_answers(client: Client, hearing: Consultation, at: datetime) -> None:
    root = a_published(the_topic(hearing), at=at, body="Is the noise measured?")
    answer = an_answer(root, at=at, body="It is measured in May.")
    reply = a_contribution(the_topic(hearing), at=at, in_reply_to=answer)

    page = shown(client.get(address(reply)))

    assert f"Reply to no. {answer.number} by Olaf Overgaard (the municipality): “It is measured in May.”" in page


def test_the_item_stands_in_its_part_of_the_queue(client: Client, hearing: Consultation, at: datetime) -> None:
    made = [a_contribution(the_topic(hearing), at=at + timedelta(seconds=step)) for step in range(12)]

    page = client.get(address(made[8]))

    assert queued(page) == [row.number for row in made[3:]]
    text = page.content.decode()
    assert f'href="{address(made[7])}" rel="prev"' in text
    assert f'href="{address(made[9])}" rel="next"' in text


def test_the_own_text_has_no_form_but_the_sentence(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    own = a_contribution(the_topic(hearing), at=at, by=moderator)

    page = client.get(address(own))

    assert "You wrote this yourself. A colleague has to decide on it." in shown(page)
    assert "data-decide" not in page.content.decode()
    assert "/claim/" not in page.content.decode()


def test_what_a_colleague_holds_has_her_name_and_no_form(client: Client, waiting: Contribution, at: datetime) -> None:
    claim_contribution(contribution=waiting, by=a_colleague(at), at=at)

    page = client.get(address(waiting))

    assert "Max Møller has taken this contribution." in shown(page)
    assert "data-decide" not in page.content.decode()


def test_taking_and_letting_go(client: Client, waiting: Contribution, moderator: User, at: datetime) -> None:
    assert "Take" in shown(client.get(address(waiting)))

    taken = client.post(address(waiting, "claim/"), follow=True)
    assert "Taken by you until today at 10:45" in shown(taken)
    assert holder_of(Contribution.stored.get(pk=waiting.pk), at=at) == moderator

    released = client.post(address(waiting, "release/"), follow=True)
    assert released.redirect_chain == [("/en/moderation/", 302)]
    assert f"You let go of no. {waiting.number}." in shown(released)
    assert holder_of(Contribution.stored.get(pk=waiting.pk), at=at) is None


def test_taking_what_a_colleague_took_says_so(client: Client, waiting: Contribution, at: datetime) -> None:
    colleague = a_colleague(at)
    claim_contribution(contribution=waiting, by=colleague, at=at)

    page = client.post(address(waiting, "claim/"), follow=True)

    assert "Max Møller has taken this contribution." in shown(page)
    assert holder_of(Contribution.stored.get(pk=waiting.pk), at=at) == colleague


@pytest.mark.parametrize("verb", ["claim/", "release/", "decide/"])
def test_who_is_not_signed_in_is_led_back_to_the_item(verb: str, waiting: Contribution) -> None:
    response = Client().post(address(waiting, verb))

    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={address(waiting)}")


@pytest.mark.parametrize("verb", ["claim/", "release/", "decide/"])
@pytest.mark.parametrize("persona", ["resident", "administrator"])
def test_only_moderators_act(persona: str, verb: str, waiting: Contribution, at: datetime) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(personas.PERSONAS[persona](at=at))

    response = client.post(address(waiting, verb), {"outcome": "publish", "version": "1"})

    assert response.status_code == 403
    assert Contribution.stored.get(pk=waiting.pk).is_waiting


@pytest.mark.parametrize("verb", ["", "claim/", "release/", "decide/"])
def test_an_item_that_is_not_there(verb: str, client: Client) -> None:
    act = client.post if verb else client.get

    assert act(f"/en/moderation/items/999999/{verb}").status_code == 404


def test_a_decided_item_tells_who_what_and_why(client: Client, waiting: Contribution, at: datetime) -> None:
    decide_contribution(contribution=waiting, ruling=refuse(facts=FACTS), by=a_colleague(at), at=at)

    response = client.get(address(waiting))
    page = shown(response)

    assert "Not published Max Møller, today at 10:30" in page
    assert f"Personal attack: {SENTENCE}" in page
    assert f"For moderators only: {FACTS}" in page
    assert "data-decide" not in response.content.decode()


def test_colleagues_notes_on_the_own_text_stay_with_colleagues(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    own = a_contribution(the_topic(hearing), at=at, by=moderator)
    decide_contribution(contribution=own, ruling=refuse(facts=FACTS), by=a_colleague(at), at=at)

    page = shown(client.get(address(own)))

    assert SENTENCE in page
    assert FACTS not in page


def test_what_its_author_took_back_is_not_shown(client: Client, waiting: Contribution, at: datetime) -> None:
    withdraw_contribution(contribution=waiting, by=a_writer(at), at=at)

    response = client.get(address(waiting))

    assert "Its author withdrew it" in shown(response)
    assert "weight" not in response.content.decode()
    assert "data-decide" not in response.content.decode()


def test_what_is_published_can_only_be_hidden_or_moved(client: Client, hearing: Consultation, at: datetime) -> None:
    published = a_published(the_topic(hearing), at=at)
    assert 'value="move"' not in client.get(address(published)).content.decode()
    a_topic(hearing, at=at, title="Elsewhere")

    text = client.get(address(published)).content.decode()

    assert "data-decide" in text
    assert 'value="move"' in text
    assert 'value="hide"' in text
    assert 'value="publish"' not in text
    assert 'value="refuse"' not in text


def test_the_log_tells_decisions_and_reasons_without_the_facts(
    client: Client, waiting: Contribution, hearing: Consultation, moderator: User, at: datetime
) -> None:
    colleague, to = a_colleague(at), a_topic(hearing, at=at, title="Elsewhere")
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=to, internal_facts=FACTS)
    decide_contribution(contribution=waiting, ruling=ruling, by=moderator, at=at)
    decide_contribution(contribution=waiting, ruling=refuse(facts=FACTS), by=colleague, at=at + CLAIM_LASTS)

    page = shown(client.get("/en/moderation/log/"))

    assert page.index(f"Personal attack: {SENTENCE}") < page.index("To “Elsewhere”")
    assert "Max Møller ·" in page
    assert "Mona Munk ·" in page
    assert FACTS not in page
    assert "weight" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_costs_the_same_for_one_and_three(
    count: int, client: Client, moderator: User, at: datetime, django_assert_num_queries: object
) -> None:
    for _step in range(count):
        contribution = a_contribution(the_topic(a_hearing(at=at)), at=at)
        decide_contribution(contribution=contribution, ruling=publish(), by=moderator, at=at)

    with django_assert_num_queries(10):  # type: ignore[operator]
        client.get("/en/moderation/log/")


@pytest.mark.parametrize("count", [1, 3])
def test_an_item_costs_the_same_among_one_and_three(
    count: int, client: Client, hearing: Consultation, at: datetime, django_assert_num_queries: object
) -> None:
    made = [a_contribution(the_topic(hearing), at=at) for _step in range(count)]

    with django_assert_num_queries(42):  # type: ignore[operator]
        client.get(address(made[-1]))


def test_what_was_changed_on_request_shows_what_was_asked_and_both_texts(
    client: Client, waiting: Contribution, moderator: User, at: datetime
) -> None:
    ask = Ruling(outcome=Outcome.RETURN, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=waiting, ruling=ask, by=moderator, at=at)
    changed = {"contribution": waiting, "kind": waiting.kind, "body": "A milder text", "by": a_writer(at)}
    revise_contribution(**changed, at=at + timedelta(hours=1))

    assert "Changed after you asked" in shown(client.get("/en/moderation/"))
    page = shown(client.get(address(waiting)))

    assert f"Changed after you asked Personal attack: {SENTENCE}" in page
    assert "What it said before A text with weight" in page
    assert "A milder text" in page


def test_what_nobody_changed_shows_what_was_asked(
    client: Client, waiting: Contribution, moderator: User, at: datetime
) -> None:
    ask = Ruling(outcome=Outcome.RETURN, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=waiting, ruling=ask, by=moderator, at=at)
    reopen_lapsed(at=at + EDIT_TAKEN)

    assert "Changed after you asked" not in shown(client.get("/en/moderation/"))
    page = shown(client.get(address(waiting)))

    assert f"Not changed, though you asked Personal attack: {SENTENCE}" in page
    assert "What it said before" not in page


def test_the_topic_and_earlier_decisions_about_the_author_stand_beside_the_text(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    topic = the_topic(hearing)
    topic.question = "How high may they be?"
    topic.save()
    first, second, undone = (a_contribution(topic, at=at) for _number in range(3))
    decide_contribution(contribution=first, ruling=refuse(facts=FACTS), by=moderator, at=at)
    decide_contribution(contribution=second, ruling=publish(), by=moderator, at=at)
    decision = decide_contribution(contribution=undone, ruling=refuse(sentence="Never mind."), by=moderator, at=at)
    undo_decision(decision=decision, by=moderator, at=at)
    row = a_contribution(topic, at=at)

    page = client.get(address(row))

    told = shown(page)
    assert "How high may they be?" in told
    assert "Earlier decisions about the author" in told
    assert f"Not published No. {first.number}" in told
    assert SENTENCE in told
    assert "Never mind." not in told
    assert FACTS not in told
    assert told.index(f"Published No. {second.number}") < told.index(f"Not published No. {first.number}")
