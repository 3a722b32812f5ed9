from datetime import datetime
from typing import Any

import pytest

from apps.common import nudge as nudging
from apps.notifications import handlers, tasks
from apps.notifications.models import OutgoingMail
from tests.factories import a_contribution, a_draft, a_hearing, a_topic, the_topic

pytestmark = pytest.mark.django_db


def test_an_entry_worth_telling_nudges_the_writer(
    at: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    topic = the_topic(a_hearing(at=at))
    nudged: list[Any] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    with django_capture_on_commit_callbacks(execute=True):
        a_contribution(topic, at=at)

    assert nudged == [tasks.write_mail]


def test_other_entries_nudge_nobody(
    at: datetime, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    nudged: list[Any] = []
    draft = a_draft(at=at)
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    with django_capture_on_commit_callbacks(execute=True):
        a_topic(draft, at=at)

    assert nudged == []


def test_the_writer_nudges_the_sender_so_that_a_receipt_leaves_at_once(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    nudged: list[Any] = []
    monkeypatch.setattr(tasks, "nudge", nudged.append)
    a_contribution(the_topic(a_hearing(at=at)), at=at)

    tasks.write_mail()
    tasks.write_mail()

    assert nudged == [tasks.send_mail]


def test_with_the_queue_down_the_next_sweep_writes_and_sends(
    at: datetime, monkeypatch: pytest.MonkeyPatch, post: Any, django_capture_on_commit_callbacks: Any
) -> None:
    topic = the_topic(a_hearing(at=at))

    def down(*_: Any, **__: Any) -> None:
        message = "no broker"
        raise ConnectionError(message)

    for task in (tasks.write_mail, tasks.send_mail):
        monkeypatch.setattr(task, "apply_async", down)
    monkeypatch.setattr(nudging, "QUIET_SECONDS", 0)
    with django_capture_on_commit_callbacks(execute=True):
        a_contribution(topic, at=at)
    assert not OutgoingMail.objects.exists()

    tasks.write_mail()
    tasks.send_mail()

    assert post.addresses() == ["una@example.org"]
