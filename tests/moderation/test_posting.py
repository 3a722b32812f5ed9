"""Decisions on what came on paper without an e-mail address: the reasons are printed and posted."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Topic
from apps.discussions.actions import forget_sender, return_contribution
from apps.discussions.errors import NobodyToChangeIt
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.moderation.actions import decide_contribution, post_statement, undo_decision
from apps.moderation.actions.stating import FACTS, facts_told
from apps.moderation.enums import Outcome
from apps.moderation.models import Decision, StatementOfReasons
from apps.moderation.queries import statements_to_post
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.discussions.outside import MAIL, STREET, entered
from tests.moderation.desk import SENTENCE, a_reason, refuse, shown, someone

pytestmark = pytest.mark.django_db

LIST = "/en/moderation/post/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def refused(topic: Topic, at: datetime) -> Iterator[StatementOfReasons]:
    """The reasons for refusing a letter, two minutes later."""
    voice = entered(topic, at=at, email="")
    decide_contribution(contribution=voice.contribution, ruling=refuse(), by=factories.a_moderator(at), at=at)
    with time_machine.travel(at + 2 * MINUTE, tick=False):
        yield StatementOfReasons.objects.get()


def browser(person: Any) -> Client:
    client = Client()
    if person.is_authenticated:
        client.force_login(person)
    return client


def test_the_reasons_wait_to_be_posted_and_no_mail_is_written(refused: StatementOfReasons, at: datetime) -> None:
    for _turn in range(2):
        write_mail()

    assert list(statements_to_post(at=at + 2 * MINUTE)) == [refused]
    assert not OutgoingMail.objects.exists()
    page = browser(factories.a_moderator(at)).get(LIST).content.decode()
    assert "No. 1 Ottilie" in page
    assert STREET not in page


def test_who_has_no_account_is_not_told_that_they_can_read_it_there(
    refused: StatementOfReasons, topic: Topic, at: datetime
) -> None:
    moderator, with_account = factories.a_moderator(at), factories.a_contribution(topic, at=at)
    decide_contribution(contribution=with_account, ruling=refuse(), by=moderator, at=at)
    on_screen = StatementOfReasons.objects.get(contribution=with_account)

    assert "kommunen gemmer teksten" in refused.decision_facts
    assert "forfatteren kan" not in refused.decision_facts
    assert "forfatteren kan læse teksten" in on_screen.decision_facts


@pytest.mark.parametrize("outcome", sorted(FACTS))
def test_no_decision_tells_them_so(outcome: Outcome, refused: StatementOfReasons, topic: Topic, at: datetime) -> None:
    """Nobody without an account is asked to change their text."""
    with_account = factories.a_contribution(topic, at=at)

    with override("en"):
        assert ("author" in str(facts_told(outcome, refused.text))) is (outcome == Outcome.RETURN)
        assert "author" in str(facts_told(outcome, with_account))


def test_a_decision_of_the_site_is_not_posted(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)
    decide_contribution(contribution=row, ruling=refuse(), by=factories.a_moderator(at), at=at)

    assert not statements_to_post(at=at + 2 * MINUTE).exists()


def test_what_can_be_undone_or_was_is_not_told(topic: Topic, at: datetime) -> None:
    voice, moderator = entered(topic, at=at, email=""), factories.a_moderator(at)
    decide_contribution(contribution=voice.contribution, ruling=refuse(), by=moderator, at=at)

    assert not statements_to_post(at=at + MINUTE / 2).exists()
    undo_decision(decision=Decision.objects.get(), by=moderator, at=at + MINUTE / 2)
    assert not statements_to_post(at=at + 2 * MINUTE).exists()


def test_it_is_posted_once_and_told(refused: StatementOfReasons, at: datetime) -> None:
    by = factories.an_official(at)

    assert post_statement(statement=refused, by=by, at=at + 2 * MINUTE)
    assert not post_statement(statement=refused, by=by, at=at + 2 * MINUTE)

    assert not statements_to_post(at=at + 2 * MINUTE).exists()
    assert [entry.number for entry in Entry.objects.filter(kind="statement.posted")] == [1]
    assert check_ledger().problem == ""


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"official", "moderator"}])
def test_nobody_else_sees_or_posts_them(persona: str, refused: StatementOfReasons, at: datetime) -> None:
    viewer = someone(persona, at)
    client = browser(viewer)

    statuses = {
        client.get(LIST).status_code,
        client.post(f"{LIST}{refused.pk}/letter.pdf").status_code,
        client.post(f"{LIST}{refused.pk}/").status_code,
    }

    assert statuses == ({302} if persona == "anonymous" else {403})
    assert not Entry.objects.filter(kind__in=("statement.posted", "senders.taken_out")).exists()
    with pytest.raises(NotAllowed):
        post_statement(statement=refused, by=viewer, at=at)  # type: ignore[arg-type]


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_the_letter_is_printed_and_the_ledger_tells_that_an_address_was_taken_out(
    refused: StatementOfReasons, at: datetime
) -> None:
    answer = browser(factories.a_moderator(at)).post(f"{LIST}{refused.pk}/letter.pdf")

    assert answer.content.startswith(b"%PDF-")
    assert Entry.objects.get(kind="senders.taken_out").actor_role == "moderator"


def test_the_list_and_the_buttons_work(refused: StatementOfReasons, at: datetime) -> None:
    client = browser(factories.an_official(at))

    told = client.post(f"{LIST}{refused.pk}/", follow=True).content.decode()

    assert "The reasons for the decision on no. 1 are in the post." in told
    assert "Nothing is to be posted" in told
    assert client.post(f"{LIST}987/").status_code == 404


def test_whose_address_is_erased_cannot_be_written_to(refused: StatementOfReasons, topic: Topic, at: datetime) -> None:
    voice = refused.contribution.outside
    forget_sender(voice=voice, by=factories.an_official(at), at=at)

    assert not statements_to_post(at=at + 2 * MINUTE).exists()
    answer = browser(factories.an_official(at)).post(f"{LIST}{refused.pk}/letter.pdf", follow=True)
    assert answer.status_code == 200


def test_nobody_is_asked_to_change_what_came_on_paper(topic: Topic, at: datetime) -> None:
    row = entered(topic, at=at).contribution
    moderator = factories.a_moderator(at)

    with pytest.raises(NobodyToChangeIt):
        return_contribution(
            contribution=row, version=1, reason=a_reason(), sentence="Change it.", by=as_moderator(moderator), at=at
        )
    with time_machine.travel(at, tick=False):
        page = browser(moderator).get(f"/en/moderation/items/{row.pk}/").content.decode()
    assert 'value="refuse"' in page
    assert 'value="return"' not in page


@pytest.mark.parametrize(
    ("email", "said"),
    [
        (MAIL, "It is decided about no. 1. The reasons go to its sender by e-mail."),
        ("", "The reasons are to be sent by post: print them under “Post”."),
    ],
)
def test_whoever_decides_reads_how_the_reasons_are_sent(email: str, said: str, topic: Topic, at: datetime) -> None:
    row = entered(topic, at=at, email=email).contribution
    with time_machine.travel(at, tick=False):
        told = browser(factories.a_moderator(at)).post(
            f"/en/moderation/items/{row.pk}/decide/",
            {"outcome": "refuse", "version": 1, "reason": a_reason().pk, "sentence": SENTENCE},
            follow=True,
        )

    assert said in shown(told)


def test_of_an_erased_address_whoever_decides_reads_that_nobody_can_be_told(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)
    forget_sender(voice=voice, by=factories.an_official(at), at=at)
    with time_machine.travel(at, tick=False):
        told = browser(factories.a_moderator(at)).post(
            f"/en/moderation/items/{voice.contribution_id}/decide/",
            {"outcome": "refuse", "version": 1, "reason": a_reason().pk, "sentence": SENTENCE},
            follow=True,
        )

    assert "The address of its sender is erased" in shown(told)
