"""Who wrote on paper and left an e-mail address gets the receipt there, and is told of the municipality's answer."""

from datetime import datetime
from typing import Any

import pytest

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import forget_sender, hide_contribution, publish_contribution
from apps.discussions.models import Contribution, OutsideVoice
from apps.ledger.models import Entry
from apps.municipality.models import Municipality, RefusalReason
from apps.notifications.audiences.senders import sender_news_in
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.discussions.outside import MAIL, NAME, POSTAL, STREET, entered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _town(settings: Any) -> None:
    settings.SITE_URL = "https://dialog.example"
    Municipality.objects.create(name="Vesterhav", site_name="Forum", code="0999")


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def told() -> list[OutgoingMail]:
    """Return the mails to the sender once all that was recorded has been written, in order."""
    for _turn in range(2):
        write_mail()
    return list(OutgoingMail.objects.filter(to=MAIL).order_by("pk"))


def shown(voice: OutsideVoice, *, at: datetime) -> Contribution:
    """Return what was typed in, which everyone reads now."""
    row = Contribution.stored.get(pk=voice.contribution_id)
    publish_contribution(contribution=row, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
    return row


def test_the_receipt_goes_to_the_address_once_and_holds_nothing_private(topic: Topic, at: datetime) -> None:
    entered(topic, at=at, body="The bus is late on Tuesdays.")

    [mail] = told()
    told()

    assert mail.key.startswith("contribution.entered:")
    assert OutgoingMail.objects.filter(to=MAIL).count() == 1
    assert "nr. 1" in mail.subject
    assert f"https://dialog.example/consultations/{topic.consultation.slug}/c/1/" in mail.body
    for private in ("late on Tuesdays", NAME, STREET, POSTAL):
        assert private not in mail.subject + mail.body


def test_who_left_no_address_or_whose_address_was_erased_is_told_nothing(topic: Topic, at: datetime) -> None:
    entered(topic, at=at, email="")
    gone = entered(topic, at=at, body="We write again.")
    forget_sender(voice=gone, by=factories.an_official(at), at=at)

    assert told() == []


def test_what_is_written_on_the_site_is_told_to_its_author_alone(topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at)
    factories.an_answer(row, at=at)

    assert sender_news_in(list(Entry.objects.order_by("pk"))) == []


def test_an_answer_is_told_with_its_address_and_without_its_words(topic: Topic, at: datetime) -> None:
    row = shown(entered(topic, at=at), at=at)
    answer = factories.an_answer(row, at=at)

    [_receipt, mail] = told()

    assert mail.key.startswith("answer.published:")
    assert f"/c/{answer.number}/" in mail.body
    assert answer.body not in mail.body
    assert "Kommunen har svaret" in mail.body


def test_the_answer_to_what_is_hidden_meanwhile_is_not_told(topic: Topic, at: datetime) -> None:
    row = shown(entered(topic, at=at), at=at)
    factories.an_answer(row, at=at)
    by, reason = as_moderator(factories.a_moderator(at)), RefusalReason.objects.get(code="spam")
    hide_contribution(contribution=row, reason=reason, sentence="It advertises.", by=by, at=at)

    assert len(told()) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_one_and_three_cost_one_query(count: int, topic: Topic, at: datetime, django_assert_num_queries: Any) -> None:
    for number in range(count):
        entered(topic, at=at, body=f"Letter {number}.")
    entries = list(Entry.objects.order_by("pk"))

    with django_assert_num_queries(1):
        assert len(sender_news_in(entries)) == count
