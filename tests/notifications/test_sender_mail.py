"""Who wrote on paper and left an e-mail address gets receipt, reasons and word of the municipality's answer there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import forget_sender, hide_contribution, publish_contribution
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
from apps.ledger.models import Entry
from apps.moderation.actions import PaperAppeal, decide_appeal, decide_contribution, enter_appeal, undo_decision
from apps.moderation.models import Decision, StatementOfReasons
from apps.moderation.queries import statements_to_post
from apps.municipality.models import Municipality, RefusalReason
from apps.notifications.actions import MOST_ATTEMPTS, claim_mail, forget_gone_senders, settle_mail
from apps.notifications.audiences.senders import sender_news_in
from apps.notifications.engine.delivery import Delivery
from apps.notifications.enums import MailStatus, Verdict
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.discussions.outside import MAIL, NAME, POSTAL, STREET, entered
from tests.moderation.cases import APPEALED, reverse, uphold
from tests.moderation.desk import SENTENCE, a_colleague, refuse

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=2)
REFUSED = Delivery(Verdict.REFUSED, "550 no such mailbox")


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


# ------------------------------------------------------------------ the reasons for a decision against the text


def refused(topic: Topic, at: datetime, **said: Any) -> StatementOfReasons:
    """Return the reasons for refusing a letter."""
    voice = entered(topic, at=at, **said)
    decide_contribution(contribution=voice.contribution, ruling=refuse(), by=factories.a_moderator(at), at=at)
    return StatementOfReasons.objects.get(contribution=voice.contribution)


@pytest.fixture
def later(at: datetime) -> Iterator[datetime]:
    """The decision of the test's moment cannot be undone any more."""
    with time_machine.travel(at + LATER, tick=False):
        yield at + LATER


def test_the_reasons_go_to_the_address_and_not_by_post(topic: Topic, at: datetime, later: datetime) -> None:
    statement = refused(topic, at, body="The bus is late on Tuesdays.")

    [_receipt, mail] = told()

    assert mail.key.startswith("contribution.refused:")
    for word in ("nr. 1", SENTENCE, statement.legal_ground, statement.decision_facts, "Vesterhav", "/c/1/"):
        assert word in f"{mail.subject} {mail.body}"
    for private in ("late on Tuesdays", NAME, STREET, POSTAL):
        assert private not in mail.subject + mail.body
    assert not statements_to_post(at=later).exists()


def test_who_left_no_address_gets_them_by_post(topic: Topic, at: datetime, later: datetime) -> None:
    statement = refused(topic, at, email="")

    assert told() == []
    assert list(statements_to_post(at=later)) == [statement]


def test_a_decision_that_is_undone_or_no_longer_stands_is_not_told(topic: Topic, at: datetime, later: datetime) -> None:
    refused(topic, at)
    undo_decision(decision=Decision.objects.get(), by=factories.a_moderator(at), at=at + LATER / 4)

    assert [mail.key.split(":")[0] for mail in told()] == ["contribution.entered"]


def test_of_a_text_that_is_shown_again_the_reasons_are_not_told(topic: Topic, at: datetime, later: datetime) -> None:
    statement = refused(topic, at)
    Contribution.stored.filter(pk=statement.contribution_id).update(status="published")

    assert [mail.key.split(":")[0] for mail in told()] == ["contribution.entered"]


@pytest.mark.parametrize("is_given_up", [True, False], ids=["given up", "refused"])
def test_reasons_that_do_not_arrive_are_to_be_posted(
    is_given_up: bool, topic: Topic, at: datetime, later: datetime
) -> None:
    statement = refused(topic, at)
    told()
    OutgoingMail.objects.filter(key__startswith="contribution.entered:").delete()
    if is_given_up:
        OutgoingMail.objects.update(attempts=MOST_ATTEMPTS)
        assert claim_mail(at=later) is None
    else:
        mail = claim_mail(at=later)
        assert mail is not None
        settle_mail(mail=mail, delivery=REFUSED, at=later)

    assert OutgoingMail.objects.get().status == MailStatus.REFUSED
    assert list(statements_to_post(at=later)) == [statement]


def test_a_receipt_that_does_not_arrive_leaves_the_reasons_to_the_mail(
    topic: Topic, at: datetime, later: datetime
) -> None:
    refused(topic, at)
    told()
    OutgoingMail.objects.filter(key__startswith="contribution.refused:").delete()
    mail = claim_mail(at=later)
    assert mail is not None
    settle_mail(mail=mail, delivery=REFUSED, at=later)

    assert not statements_to_post(at=later).exists()


# ------------------------------------------------------------------ when the address is erased


def test_an_erased_address_goes_from_the_mails_too(topic: Topic, at: datetime, later: datetime) -> None:
    gone = entered(topic, at=at)
    factories.an_answer(shown(gone, at=at), at=at)
    stays = entered(topic, at=at, body="We write again.", email="other@posthus.example")
    assert len(told()) == 2

    forget_sender(voice=gone, by=factories.an_official(at), at=at)

    assert told() == []
    assert OutgoingMail.objects.filter(to="other@posthus.example").count() == 1
    assert stays.sender.email == "other@posthus.example"


def test_so_do_the_reasons_and_mails_that_were_not_sent_yet(topic: Topic, at: datetime, later: datetime) -> None:
    statement = refused(topic, at)
    assert len(told()) == 2
    OutgoingMail.objects.filter(key__startswith="contribution.entered:").update(status=MailStatus.SENT)

    statement.text.outside.sender.delete()

    assert forget_gone_senders() == 2
    assert not OutgoingMail.objects.filter(to=MAIL).exists()


def test_mails_to_people_with_accounts_and_to_who_reported_stay(topic: Topic, at: datetime, later: datetime) -> None:
    factories.an_answer(factories.a_published(topic, at=at), at=at)
    told()
    OutgoingMail.objects.create(
        key="appeal.upheld:987654", to="reporter@example.org", subject="-", body="-", written_at=at, due_at=at
    )
    before = OutgoingMail.objects.count()

    assert before > 1
    assert forget_gone_senders() == 0
    assert OutgoingMail.objects.count() == before


@pytest.mark.parametrize("count", [1, 3])
def test_reasons_for_one_and_three_cost_the_same(
    count: int, topic: Topic, at: datetime, later: datetime, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        refused(topic, at, body=f"Letter {number}.")
    entries = list(Entry.objects.filter(kind="contribution.refused"))

    with django_assert_num_queries(2):
        assert len(sender_news_in(entries)) == count


@pytest.mark.parametrize("ruling", [uphold, reverse])
def test_so_does_the_answer_to_an_appeal_by_letter(ruling: Any, topic: Topic, at: datetime, later: datetime) -> None:
    decision = refused(topic, at).decision
    assert decision is not None
    words = PaperAppeal(decision=decision, text=APPEALED, came_on=later.date())
    appeal = enter_appeal(appeal=words, by=factories.an_official(at), at=later)
    decide_appeal(appeal=appeal, ruling=ruling(), by=a_colleague(at), at=later)
    assert {mail.key.split(".")[0] for mail in told()} >= {"appeal"}

    SenderAddress.objects.all().delete()

    assert forget_gone_senders()
    assert not OutgoingMail.objects.filter(to=MAIL).exists()
