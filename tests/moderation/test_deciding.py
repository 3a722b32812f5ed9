"""Deciding on screen: what is sent, where it leads, and refusals that lose nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.moderation.actions import claim_contribution, decide_contribution
from apps.moderation.models import Decision
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, a_topic, a_writer, the_topic
from tests.moderation.desk import FACTS, SENTENCE, a_colleague, hidden_version, publish, refuse, shown

pytestmark = pytest.mark.django_db
PUBLISH = {"outcome": "publish", "version": "1"}
REFUSE = {"outcome": "refuse", "version": "1", "reason": "personal_attack", "sentence": SENTENCE}


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
    return a_contribution(the_topic(hearing), at=at - timedelta(hours=1), body="The first words")


def address(contribution: Contribution, verb: str = "decide/") -> str:
    return f"/en/moderation/items/{contribution.pk}/{verb}"


def fresh(contribution: Contribution) -> Contribution:
    return Contribution.stored.get(pk=contribution.pk)


# ---------------------------------------------------------------- decisions


def test_an_approval_is_three_clicks_and_leads_to_the_next(
    client: Client, waiting: Contribution, hearing: Consultation, at: datetime
) -> None:
    following = a_contribution(the_topic(hearing), at=at)
    item = client.get(address(waiting, ""))  # the first click opens it, the second chooses

    page = client.post(address(waiting), {"outcome": "publish", "version": hidden_version(item)}, follow=True)

    assert page.redirect_chain == [(address(following, ""), 302)]
    assert f"No. {waiting.number} was published." in shown(page)
    assert fresh(waiting).is_published


def test_after_the_last_one_comes_the_empty_queue(client: Client, waiting: Contribution) -> None:
    page = client.post(address(waiting), PUBLISH, follow=True)

    assert page.redirect_chain == [("/en/moderation/", 302)]
    assert "The queue is empty." in shown(page)


def test_the_next_one_is_free_and_not_the_own(
    client: Client, waiting: Contribution, hearing: Consultation, moderator: User, at: datetime
) -> None:
    topic = the_topic(hearing)
    held = a_contribution(topic, at=at - timedelta(minutes=50))
    a_contribution(a_topic(hearing, at=at), at=at - timedelta(minutes=40), by=moderator)
    free = a_contribution(topic, at=at - timedelta(minutes=30))
    claim_contribution(contribution=held, by=a_colleague(at), at=at)

    assert client.post(address(waiting), PUBLISH)["Location"] == address(free, "")


def test_behind_the_last_one_the_oldest_comes_next(
    client: Client, waiting: Contribution, hearing: Consultation, at: datetime
) -> None:
    latest = a_contribution(the_topic(hearing), at=at)

    assert client.post(address(latest), PUBLISH)["Location"] == address(waiting, "")


def test_the_queue_stays_narrowed(client: Client, waiting: Contribution, hearing: Consultation, at: datetime) -> None:
    a_contribution(the_topic(a_hearing(at=at)), at=at)
    following = a_contribution(the_topic(hearing), at=at)
    narrowed = f"?consultation={hearing.slug}&kind=view&q=Text"

    first = client.post(address(waiting) + narrowed, PUBLISH)
    last = client.post(address(following) + narrowed, PUBLISH)

    assert first["Location"] == address(following, "") + narrowed
    assert last["Location"] == "/en/moderation/" + narrowed


def test_a_refusal_keeps_its_reason_on_one_line(client: Client, waiting: Contribution) -> None:
    sent = REFUSE | {"sentence": " Too\u202e\r\n  much. ", "internal_facts": FACTS}

    page = client.post(address(waiting), sent, follow=True)

    assert f"No. {waiting.number} was not published. Its author gets the reason by mail." in shown(page)
    assert (fresh(waiting).refusal_reason_id, fresh(waiting).refusal_sentence) == ("personal_attack", "Too much.")
    assert Decision.objects.get().internal_facts == FACTS


def test_fields_of_other_outcomes_are_not_looked_at(client: Client, waiting: Contribution) -> None:
    page = client.post(address(waiting), PUBLISH | {"sentence": "x" * 600, "reason": "no-such", "to": "9"})

    assert page.status_code == 302
    assert fresh(waiting).is_published
    assert Decision.objects.get().sentence == ""


def test_a_moved_one_comes_back_to_be_decided(
    client: Client, waiting: Contribution, hearing: Consultation, at: datetime
) -> None:
    to = a_topic(hearing, at=at, title="Elsewhere")

    page = client.post(address(waiting), {"outcome": "move", "version": "1", "to": str(to.pk)}, follow=True)

    assert page.redirect_chain == [(address(waiting, ""), 302)]
    assert f"No. {waiting.number} was moved to “Elsewhere”. It still waits" in shown(page)
    assert (fresh(waiting).topic, fresh(waiting).is_waiting) == (to, True)


@pytest.mark.parametrize("follow", [True, False])
def test_what_is_published_moves_with_or_without_its_replies(
    follow: bool, client: Client, hearing: Consultation, at: datetime
) -> None:
    topic, to = the_topic(hearing), a_topic(hearing, at=at)
    published = a_published(topic, at=at)
    reply = a_published(topic, at=at, in_reply_to=published)
    assert "It has 1 reply." in shown(client.get(address(published, "")))

    sent = {"outcome": "move", "version": "1", "to": str(to.pk)} | ({"with_replies": "on"} if follow else {})
    client.post(address(published), sent)

    assert fresh(published).topic == to
    assert fresh(reply).topic == (to if follow else topic)


# ---------------------------------------------------------------- refusals


def test_an_incomplete_refusal_says_what_is_missing_and_keeps_the_rest(client: Client, waiting: Contribution) -> None:
    sent = {"outcome": "refuse", "version": "1", "reason": "spam", "internal_facts": FACTS}

    response = client.post(address(waiting), sent)

    assert response.status_code == 422
    assert "Write one sentence that the author and everyone else can read." in shown(response)
    text = response.content.decode()
    assert '<option value="spam" selected>' in text
    assert FACTS in text
    assert 'value="refuse" id="id_outcome_1" checked' in " ".join(text.split()).replace('" required', '"')
    assert fresh(waiting).is_waiting


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose what to decide."),
        ({"outcome": "burn"}, "Select a valid choice."),
        ({"outcome": "refuse", "sentence": SENTENCE}, "Choose why it cannot be published."),
        ({"outcome": "refuse", "sentence": SENTENCE, "reason": "empty_in_source"}, "Select a valid choice."),
        ({"outcome": "refuse", "reason": "spam", "sentence": "x" * 501}, "at most 500 characters"),
        ({"outcome": "refuse", "reason": "spam", "sentence": "Her number is 010190-1234."}, "identity number"),
        ({"outcome": "refuse", "reason": "spam", "sentence": "Call 21436587."}, "telephone number"),
        ({"outcome": "publish", "internal_facts": "Her number is 010190-1234."}, "identity number"),
        ({"outcome": "publish", "internal_facts": "x" * 2001}, "at most 2000 characters"),
        ({"outcome": "move"}, "Choose the topic that the contribution belongs to."),
        ({"outcome": "move", "to": "999999"}, "nobody can write there any more. Choose another topic."),
    ],
)
def test_what_cannot_be_decided_is_refused_with_a_sentence(
    sent: dict[str, str], sentence: str, client: Client, waiting: Contribution, at: datetime
) -> None:
    a_topic(waiting.consultation, at=at)

    response = client.post(address(waiting), {"version": "1"} | sent)

    assert response.status_code == 422
    assert sentence in shown(response)
    assert sent.get("internal_facts", "")[:500] in response.content.decode()
    assert fresh(waiting).is_waiting


@pytest.mark.parametrize("version", ["", "0", "x", "-1"])
def test_a_decision_says_which_version_was_read(version: str, client: Client, waiting: Contribution) -> None:
    assert client.post(address(waiting), {"outcome": "publish", "version": version}).status_code == 422
    assert fresh(waiting).is_waiting


def test_the_topic_of_a_consultation_that_is_closed_is_no_choice(
    client: Client, waiting: Contribution, at: datetime
) -> None:
    a_topic(waiting.consultation, at=at)
    foreign = the_topic(a_hearing(at=at, closes=timedelta(days=-1)))

    response = client.post(address(waiting), {"outcome": "move", "version": "1", "to": str(foreign.pk)})

    assert response.status_code == 422
    assert fresh(waiting).topic == waiting.topic


def test_a_text_changed_meanwhile_is_shown_in_both_versions(
    client: Client, waiting: Contribution, at: datetime
) -> None:
    revise_contribution(contribution=waiting, kind=waiting.kind, body="The second words", by=a_writer(at), at=at)

    response = client.post(address(waiting), REFUSE | {"internal_facts": FACTS})

    page = shown(response)
    assert response.status_code == 409
    assert "The text was changed after you opened it." in page
    assert page.index("What you read before The first words") < page.index("What it says now The second words")
    assert SENTENCE in page
    assert FACTS in page
    assert '<option value="personal_attack" selected>' in response.content.decode()
    assert fresh(waiting).is_waiting

    again = REFUSE | {"version": hidden_version(response)}
    assert client.post(address(waiting), again).status_code == 302
    assert fresh(waiting).status == ContributionStatus.REFUSED


def test_what_a_colleague_decided_first_is_told_and_no_word_is_lost(
    client: Client, waiting: Contribution, at: datetime
) -> None:
    decide_contribution(contribution=waiting, ruling=publish(), by=a_colleague(at), at=at)

    response = client.post(address(waiting), REFUSE | {"sentence": "My own words."})

    page = shown(response)
    assert response.status_code == 409
    assert "This contribution no longer waits" in page
    assert "Published Max Møller, today at 10:30" in page
    assert "My own words." in page
    assert fresh(waiting).is_published


def test_what_its_author_withdrew_is_told(client: Client, waiting: Contribution, at: datetime) -> None:
    withdraw_contribution(contribution=waiting, by=a_writer(at), at=at)

    response = client.post(address(waiting), PUBLISH)

    assert response.status_code == 409
    assert "Its author withdrew it today at 10:30" in shown(response)


def test_what_a_colleague_holds_is_told_and_no_word_is_lost(
    client: Client, waiting: Contribution, at: datetime
) -> None:
    claim_contribution(contribution=waiting, by=a_colleague(at), at=at)

    response = client.post(address(waiting), REFUSE | {"sentence": "My own words."})

    assert response.status_code == 409
    assert "Max Møller has taken this contribution." in shown(response)
    assert "My own words." in shown(response)
    assert fresh(waiting).is_waiting


def test_the_own_text_cannot_be_decided_by_hand_either(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    own = a_contribution(the_topic(hearing), at=at, by=moderator)

    response = client.post(address(own), PUBLISH)

    assert response.status_code == 403
    assert "You wrote this yourself." in shown(response)
    assert fresh(own).is_waiting


def test_the_same_decision_sent_twice_is_one(client: Client, waiting: Contribution) -> None:
    first, second = client.post(address(waiting), PUBLISH), client.post(address(waiting), PUBLISH)

    assert (first.status_code, second.status_code) == (302, 302)
    assert Decision.objects.count() == 1


def test_another_decision_of_the_same_moderator_is_too_late(
    client: Client, waiting: Contribution, moderator: User, at: datetime
) -> None:
    decide_contribution(contribution=waiting, ruling=refuse(), by=moderator, at=at)

    assert client.post(address(waiting), PUBLISH).status_code == 409
    assert Decision.objects.count() == 1
