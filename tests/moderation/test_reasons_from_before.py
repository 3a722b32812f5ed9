"""Reasons that were given before reasons were mailed to senders with an e-mail address: they stand on a list again."""

from datetime import datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from apps.consultations.models import Topic
from apps.discussions.models import SenderAddress
from apps.moderation.actions import decide_contribution, post_statement
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import statements_to_post
from tests import factories
from tests.discussions.outside import entered
from tests.moderation.desk import refuse

pytestmark = pytest.mark.django_db

step = import_module("apps.moderation.migrations.0002_reasons_from_before_they_were_mailed").let_them_go_by_post
LATER = timedelta(minutes=5)


def refused(topic: Topic, at: datetime) -> StatementOfReasons:
    voice = entered(topic, at=at)
    decide_contribution(contribution=voice.contribution, ruling=refuse(), by=factories.a_moderator(at), at=at)
    return StatementOfReasons.objects.get(contribution=voice.contribution)


def test_they_go_by_post(topic: Topic, at: datetime) -> None:
    statement, text = refused(topic, at), factories.a_contribution(topic, at=at)
    decide_contribution(contribution=text, ruling=refuse(), by=factories.a_moderator(at), at=at)
    assert not statements_to_post(at=at + LATER).exists()

    step(apps, SimpleNamespace(connection=connection))

    assert list(statements_to_post(at=at + LATER)) == [statement]


def test_what_was_posted_and_who_had_nothing_decided_stay_as_they_are(topic: Topic, at: datetime) -> None:
    statement, waiting = refused(topic, at), entered(topic, at=at, email="other@post.example", body="Another letter.")
    post_statement(statement=statement, by=factories.an_official(at), at=at + LATER)

    step(apps, SimpleNamespace(connection=connection))

    assert not SenderAddress.objects.exclude(email_failed_at=None).exists()
    assert waiting.sender.is_told_by_mail
