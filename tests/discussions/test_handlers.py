"""What is done about entries at once, not at the next turn of the beat."""

from datetime import datetime
from typing import Any

import pytest

from apps.accounts.actions import protect_name
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.discussions import handlers
from apps.discussions.actions import move_to_consultation
from apps.discussions.tasks import hide_protected_names, remember_signatures
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_protected_name_nudges_the_sweep(
    at: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    nudged: list[object] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)
    person = factories.a_writer(at)
    topic = factories.the_topic(factories.a_hearing(at=at))

    with django_capture_on_commit_callbacks(execute=True):
        factories.a_contribution(topic, at=at)
    assert hide_protected_names not in nudged
    nudged.clear()
    with django_capture_on_commit_callbacks(execute=True):
        protect_name(person=person, by=THE_SYSTEM, at=at)

    assert nudged == [hide_protected_names]


def test_a_text_that_was_moved_to_another_hearing_gets_its_signature_there_at_once(
    at: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    nudged: list[object] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)
    text = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)
    there, by = factories.the_topic(factories.a_hearing(at=at)), as_moderator(factories.a_moderator(at))

    with django_capture_on_commit_callbacks(execute=True):
        move_to_consultation(contribution=text, to=there, with_replies=False, by=by, at=at)

    assert nudged == [remember_signatures]
