"""A name that becomes protected is hidden at once, not at the next turn of the beat."""

from datetime import datetime
from typing import Any

import pytest

from apps.accounts.actions import protect_name
from apps.accounts.rules import THE_SYSTEM
from apps.discussions import handlers
from apps.discussions.tasks import hide_protected_names
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
