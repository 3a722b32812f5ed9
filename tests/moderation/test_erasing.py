"""The pages on which two moderators erase a text, and what goes with it."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
import time_machine
from django.test import Client

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.consultations.models import Topic
from apps.discussions.models import Contribution, TextErasure
from apps.moderation.actions import decide_contribution, erase_text
from apps.moderation.models import Decision
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.moderation.desk import FACTS, refuse, shown

pytestmark = pytest.mark.django_db

WORDS = "Nanna next door is ill"
LIST = "/en/moderation/erasures/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body=WORDS)


def _browser(person: personas.Viewer) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def _ask(row: Contribution, at: datetime, **typed: str) -> object:
    fields = {"ground": "order", "sentence": "The court of Holstebro ordered it."} | typed
    return _browser(factories.a_moderator(at)).post(f"/en/moderation/items/{row.pk}/erase/", fields)


def test_a_text_goes_from_proposal_to_trace(published: Contribution, at: datetime) -> None:
    item = _browser(factories.a_moderator(at)).get(f"/en/moderation/items/{published.pk}/")
    assert "Propose to erase the text for good" in shown(item)
    assert _ask(published, at).status_code == 302  # type: ignore[attr-defined]
    erasure = TextErasure.objects.get()
    address = f"{LIST}{erasure.pk}/"
    own = shown(_browser(factories.a_moderator(at)).get(address))
    assert "a colleague has to confirm it" in own
    assert "Erase the text</button>" not in own

    colleague = _browser(factories.another_moderator(at))
    assert "Proposed by Mona Munk" in shown(colleague.get(LIST))
    assert WORDS in shown(colleague.get(address))
    answer = colleague.post(address, {"action": "erase"}, follow=True)

    assert "The text of no. 1 is erased." in shown(answer)
    thread = shown(Client().get(f"/en/consultations/{published.consultation.slug}/topics/{published.topic.slug}/"))
    assert "No. 1: the text was erased. Ground: A court or an authority ordered it." in thread
    assert WORDS not in thread
    assert WORDS not in shown(colleague.get(address))
    assert "there is no copy" in shown(colleague.get(f"/en/moderation/items/{published.pk}/"))
    own_page = _browser(factories.a_writer(at)).get("/en/me/")
    assert "The text was erased. Ground: A court or an authority ordered it." in shown(own_page)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ground": ""}, "Choose the ground."),
        ({"ground": "because"}, "valid choice"),
        ({"sentence": " "}, "Write why"),
        ({"sentence": "Ask nanna@example.org"}, "e-mail address"),
        ({"sentence": "Her number is 010190-1234"}, "identity number"),
    ],
)
def test_an_unfit_proposal_comes_back_with_what_was_typed(
    typed: dict[str, str], sentence: str, published: Contribution, at: datetime
) -> None:
    answer = _ask(published, at, **typed)

    assert answer.status_code == 422  # type: ignore[attr-defined]
    assert sentence in shown(answer)  # type: ignore[arg-type]
    assert typed.get("sentence", "The court of Holstebro").strip() in answer.content.decode()  # type: ignore[attr-defined]
    assert not TextErasure.objects.exists()


def test_who_proposed_it_cannot_confirm_it(published: Contribution, at: datetime) -> None:
    erasure = factories.proposal(published, at=at)

    answer = _browser(factories.a_moderator(at)).post(f"{LIST}{erasure.pk}/", {"action": "erase"})

    assert answer.status_code == 422
    assert "two people" in shown(answer)
    published.refresh_from_db()
    assert published.body == WORDS


def test_a_hold_is_told_and_nothing_is_decided(published: Contribution, at: datetime) -> None:
    erasure = factories.proposal(published, at=at)
    by, review_on = personas.administrator(at=at), date(2027, 1, 1)
    place_hold(held=HeldSubject.CONTRIBUTION, held_id=published.pk, reason="A", review_on=review_on, by=by, at=at)

    answer = _browser(factories.another_moderator(at)).post(f"{LIST}{erasure.pk}/", {"action": "erase"})

    assert answer.status_code == 422
    assert "A legal hold is on this text" in shown(answer)
    erasure.refresh_from_db()
    assert erasure.decided_at is None


@pytest.mark.parametrize("typed", [{}, {"action": "Decline"}, {"action": "later"}])
def test_what_is_neither_answer_decides_nothing(typed: dict[str, str], published: Contribution, at: datetime) -> None:
    erasure = factories.proposal(published, at=at)

    answer = _browser(factories.another_moderator(at)).post(f"{LIST}{erasure.pk}/", typed)

    assert answer.status_code == 422
    assert "Decline" in shown(answer)
    erasure.refresh_from_db()
    assert erasure.decided_at is None


def test_declining_leaves_the_text(published: Contribution, at: datetime) -> None:
    erasure = factories.proposal(published, at=at)

    answer = _browser(factories.another_moderator(at)).post(f"{LIST}{erasure.pk}/", {"action": "decline"}, follow=True)

    assert "stands as it is" in shown(answer)
    published.refresh_from_db()
    assert published.is_published


@pytest.mark.parametrize("sent_before", [True, False])
def test_facts_and_mails_that_hold_the_words_go_too(sent_before: bool, topic: Topic, at: datetime) -> None:
    """The mail about a refusal quotes the text, and moderators may have noted what stands in it."""
    asked = factories.a_published(topic, at=at)
    answer = factories.an_answer(asked, at=at, body=WORDS)
    row = factories.a_contribution(topic, at=at, body=WORDS)
    decide_contribution(contribution=row, ruling=refuse(facts=FACTS), by=factories.a_moderator(at), at=at)
    write_mail()
    holding = OutgoingMail.objects.filter(body__contains=WORDS)
    assert holding.count() == 2
    if sent_before:
        OutgoingMail.objects.update(status="sent")

    for text in (row, answer):
        erasure = factories.proposal(text, at=at)
        erase_text(erasure=erasure, by=factories.another_moderator(at), at=at)
    write_mail()

    assert not holding.exists()
    emptied = OutgoingMail.objects.filter(body="")
    assert set(emptied.values_list("status", flat=True)) == {"sent" if sent_before else "refused"}
    assert emptied.count() == 2
    assert not Decision.objects.exclude(internal_facts="").exists()
    told = OutgoingMail.objects.get(to="una@example.org", key__startswith="contribution.erased")
    assert "It held unlawful personal data" in told.body or "personoplysninger" in told.body


def test_mail_about_an_erased_text_is_not_written_afterwards(topic: Topic, at: datetime) -> None:
    row = factories.a_refused(topic, at=at, body=WORDS)
    factories.erase(row, at=at)

    write_mail()

    assert not OutgoingMail.objects.filter(body__contains=WORDS).exists()
    assert not OutgoingMail.objects.filter(key__startswith="contribution.refused").exists()
