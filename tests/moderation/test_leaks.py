"""What moderators note for each other, and what they refuse, is found nowhere else."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests.architecture.test_doors import _address, _addresses, stay_signed_in
from tests.architecture.town import Town, build_town
from tests.factories import a_topic
from tests.moderation.desk import FACTS, SENTENCE, refuse
from tests.personas import PERSONAS, few_of
from tests.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.wide]
TEXT = "Text 2."
OTHERS = few_of(name for name in PERSONAS if name != "moderator")


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], Town]]:
    with kept(django_db_blocker, lambda: _build(at), at=at) as hand_out:
        yield hand_out


@pytest.fixture
def town(at: datetime, made: Callable[[], Town]) -> Iterator[Town]:
    """A town where one text was refused and another moved, each with facts for moderators only."""
    with time_machine.travel(at, tick=False):
        yield made()


def _build(at: datetime) -> Town:
    town = build_town(at=at)
    moderator = town.people["moderator"]
    assert isinstance(moderator, User)
    assert town.waiting.body == TEXT
    decide_contribution(contribution=town.waiting, ruling=refuse(facts=FACTS), by=moderator, at=at)
    elsewhere = a_topic(town.consultation, at=at)
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=elsewhere, internal_facts=FACTS)
    decide_contribution(contribution=town.published, ruling=ruling, by=moderator, at=at)
    return town


@pytest.mark.parametrize("persona", OTHERS)
def test_no_page_of_others_holds_the_facts_or_the_refused_text(persona: str, town: Town) -> None:
    client = Client(raise_request_exception=False)
    viewer = town.people[persona]
    told = 0

    for name, parts in _addresses().items():
        stay_signed_in(client, viewer)
        page = client.get(_address(name, parts, town), follow=True)
        content = b"".join(page) if page.streaming else page.content
        assert FACTS.encode() not in content, name
        assert persona == "resident" or TEXT.encode() not in content, name
        told += SENTENCE.encode() in content

    assert told, "The refusal is told on no page, so the test looked at the wrong ones"


def test_the_ledger_holds_neither_facts_nor_sentence_nor_text(town: Town) -> None:
    payloads = "".join(Entry.objects.values_list("payload", flat=True))

    assert "personal_attack" in payloads
    for words in (FACTS, SENTENCE, TEXT):
        assert words not in payloads


def test_no_mail_holds_the_facts(town: Town) -> None:
    write_mail()

    mails = "".join(f"{mail.subject} {mail.body}" for mail in OutgoingMail.objects.all())
    assert SENTENCE in mails
    assert FACTS not in mails
