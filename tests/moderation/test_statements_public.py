"""The public record of statements: none that an undo may still take back."""

import json
from collections.abc import Iterator
from datetime import datetime
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from apps.consultations.models import Topic
from apps.moderation.actions import decide_contribution, undo_decision
from apps.moderation.models import UNDO_LASTS, StatementOfReasons
from tests import factories
from tests.moderation.desk import refuse, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(at: datetime) -> Iterator[Any]:
    with time_machine.travel(at, tick=False) as traveller:
        yield traveller


def public(client: Client) -> int:
    """Return how many there are to take away; the page counts as many, and all ways hold the same."""
    records = json.loads(client.get("/en/transparency/statements.json").getvalue())["statements"]  # type: ignore[attr-defined]
    table = client.get("/en/transparency/statements.csv").getvalue().decode()  # type: ignore[attr-defined]
    written = StringIO()
    call_command("export_statements", stdout=written)
    has_none = "None in this period." in shown(client.get("/en/transparency/"))
    assert (written.getvalue(), has_none) == (table, not records)
    return len(records)


def test_a_statement_is_public_once_it_is_not_undone_any_more(
    topic: Topic, client: Client, clock: Any, at: datetime
) -> None:
    row = factories.a_contribution(topic, at=at)
    moderator = factories.a_moderator(at)
    undone = decide_contribution(contribution=row, ruling=refuse(), by=moderator, at=at)
    assert public(client) == 0
    undo_decision(decision=undone, by=moderator, at=at)
    row.refresh_from_db()
    decide_contribution(contribution=row, ruling=refuse(), by=moderator, at=at)
    assert StatementOfReasons.objects.count() == 1
    assert public(client) == 0

    clock.move_to(at + UNDO_LASTS)

    assert public(client) == 1
