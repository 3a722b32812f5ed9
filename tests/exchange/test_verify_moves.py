"""The check names what was changed about a text that was moved to another hearing, in either of the two."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db.models import F

from apps.accounts.rules import as_moderator
from apps.discussions.actions import move_to_consultation, revise_contribution
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from tests import factories
from tests.exchange.tampering import change_entry, lift_triggers, remove_entry

pytestmark = pytest.mark.django_db


def _moved_out(at: datetime) -> tuple[Contribution, Contribution]:
    """Return a text that was changed and then moved to another hearing, and the row that keeps its number, 1."""
    row = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at, title="Wind")), at=at)
    factories.a_published(row.topic, at=at)
    revise_contribution(contribution=row, kind=row.kind, body="Newer.", by=factories.a_writer(at), at=at)
    to = factories.the_topic(factories.a_hearing(at=at, title="Park"))
    by = as_moderator(factories.a_moderator(at))
    return row, move_to_consultation(contribution=row, to=to, with_replies=True, by=by, at=at)


MOVED: dict[str, tuple[Callable[[Contribution, Contribution], object], str]] = {
    "text in its new place": (
        lambda text, _left: Contribution.stored.filter(pk=text.pk).update(body="I never said this."),
        r"park: The text of no. 1 \(version 2\) is not the one",
    ),
    "former text": (
        lambda text, _left: text.past_texts.update(body="Before."),
        "park: The former texts of no. 1 are not those",
    ),
    "receipt": (
        lambda text, _left: Contribution.stored.filter(pk=text.pk).update(
            received_at=F("received_at") + timedelta(seconds=1)
        ),
        "park: The receipt of no. 1",
    ),
    "salt left behind": (
        lambda _text, left: Contribution.stored.filter(pk=left.pk).update(salt=b"x"),
        "wind: The text of no. 1 was moved away, but its row still holds some of it",
    ),
    "leads elsewhere": (
        lambda _text, left: Contribution.stored.filter(pk=left.pk).update(moved_to=Contribution.stored.get(number=2)),
        "wind: The row of no. 1",
    ),
    "departure gone": (lambda *_rows: remove_entry("contribution.moved_out")(), "Only one side tells that text"),
    "arrival gone": (lambda *_rows: remove_entry("contribution.moved_in")(), "Only one side tells that text"),
    "other number there": (
        lambda *_rows: change_entry(
            "contribution.moved_out", payload='{"reason":"off_topic","stayed":[],"to":"park","to_number":2}'
        )(),
        "from wind no. 1 to park no. 2",
    ),
}


@pytest.mark.parametrize("what", MOVED)
def test_a_change_to_what_was_moved_to_another_hearing_is_named(what: str, at: datetime) -> None:
    change, sentence = MOVED[what]
    lift_triggers()
    text, left = _moved_out(at)
    sequence_entries()
    assert check_ledger().problem == ""

    change(text, left)

    problem = check_ledger().problem
    assert re.search(sentence, problem), problem
