"""Whom the ledger's entries are news to, and the mails that a person takes along."""

from datetime import datetime
from typing import Any

import pytest
from django.apps import apps

from apps.accounts.rules import as_moderator
from apps.discussions.actions import move_contribution, move_to_consultation
from apps.ledger.models import Entry
from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter
from apps.notifications.queries import news_in, personal_data_of
from tests import factories, personas

pytestmark = pytest.mark.django_db


def test_the_text_of_a_mail_to_an_unconfirmed_address_is_left_out(at: datetime) -> None:
    """Its link would confirm the address of somebody else."""
    person = personas.unverified(at=at)
    addresses: Any = apps.get_model("account", "EmailAddress")
    addresses.objects.create(user=person, email="stranger@example.org", verified=False, primary=False)
    queue_letters(letters=[Letter(to="Stranger@example.org", subject="Confirm", body="/confirm-email/key/")], at=at)
    queue_letters(letters=[Letter(to=person.email, subject="Told", body="What was told")], at=at)

    mails = {mail["to"].lower(): mail["body"] for mail in personal_data_of(person, at=at)["mails"]}

    assert mails == {"stranger@example.org": "", person.email: "What was told"}


def test_whose_reply_left_before_is_not_told_that_it_was_moved_within_the_hearing(at: datetime) -> None:
    by, somebody = as_moderator(factories.a_moderator(at)), personas.unverified(at=at, email="else@example.org")
    topic, elsewhere = (factories.the_topic(factories.a_hearing(at=at)) for _hearing in range(2))
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root, by=somebody)
    move_to_consultation(contribution=reply, to=elsewhere, with_replies=False, by=by, at=at)
    beside = factories.a_topic(topic.consultation, at=at)

    assert move_contribution(contribution=root, to=beside, with_replies=True, by=by, at=at) == [reply.moved_from.number]

    told = news_in(list(Entry.objects.filter(kind="contribution.moved")))
    assert [news.to for news in told] == [root.author]
