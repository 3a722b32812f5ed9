"""What was moved to another hearing comes out nowhere in the one it left; what still waits, in neither."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.rules import as_moderator
from apps.discussions.actions import move_to_consultation, redact_contribution
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.municipality.models import RefusalReason
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.leaks.outputs import AT_THE_QUEUE, OUTPUTS, SecretTown, leaks_to
from tests.worlds import kept

pytestmark = pytest.mark.django_db

EVERYWHERE = {name: output for name, output in OUTPUTS.items() if name not in AT_THE_QUEUE}
# The other residents see what this one does: tests/leaks/test_leaks.py asks all of them.
LOOKERS = personas.few_of(["anonymous", "moderator", "official", "administrator", "superuser"])
SECRETS = {"published": "text-that-was-read-here", "waiting": "text-that-waits", "former": "word-that-was-redacted"}


@pytest.fixture(scope="module")
def made(
    at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], tuple[SecretTown, SecretTown]]]:
    with kept(django_db_blocker, lambda: _build(at), at=at) as hand_out:
        yield hand_out


@pytest.fixture
def towns(at: datetime, made: Callable[[], tuple[SecretTown, SecretTown]]) -> Iterator[tuple[SecretTown, SecretTown]]:
    with time_machine.travel(at + timedelta(minutes=9), tick=False):
        yield made()


@pytest.mark.parametrize("persona", LOOKERS)
def test_what_was_moved_away_comes_out_nowhere_where_it_was(persona: str, towns: tuple[SecretTown, SecretTown]) -> None:
    left, _reached = towns

    leaks = leaks_to(left.people[persona], left, SECRETS, outputs=EVERYWHERE)

    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("persona", LOOKERS)
def test_what_waits_comes_out_nowhere_where_it_went(persona: str, towns: tuple[SecretTown, SecretTown]) -> None:
    _left, reached = towns
    hidden = {name: text for name, text in SECRETS.items() if name != "published"}

    leaks = leaks_to(reached.people[persona], reached, hidden, outputs=EVERYWHERE)

    assert not leaks, "\n".join(leaks)


def test_what_was_published_is_read_where_it_went(towns: tuple[SecretTown, SecretTown]) -> None:
    """So the search above could find it."""
    _left, reached = towns

    leaks = leaks_to(reached.people["anonymous"], reached, SECRETS, outputs=EVERYWHERE)

    assert "topic: published" in leaks
    assert {leak.split(": ")[1] for leak in leaks} == {"published"}


def _build(at: datetime) -> tuple[SecretTown, SecretTown]:
    """Return the hearing that was left and the one that was reached, with the numbers of either."""
    people = personas.everyone(at=at)
    left, reached = (factories.the_topic(factories.a_hearing(at=at, title=title)) for title in ("Left", "Reached"))
    author = personas.resident(at=at, email="secret@example.org", display_name="Sigrid Skjult")
    shown = factories.a_published(left, at=at, body="A text-that-was-read-here word-that-was-redacted", by=author)
    waiting = factories.a_contribution(left, at=at, body="A text-that-waits", by=author, in_reply_to=shown)
    factories.an_answer(shown, at=at)
    reason = RefusalReason.objects.get(code="private_information")
    later, by = at + timedelta(minutes=1), as_moderator(factories.a_moderator(at))
    redact_contribution(contribution=shown, version=1, passage="word-that-was-redacted", reason=reason, by=by, at=later)
    write_mail()
    move_to_consultation(contribution=shown, to=reached, with_replies=True, by=by, at=later)
    waiting.refresh_from_db()
    sequence_entries()
    numbers = Contribution.stored.select_related("consultation", "author")
    old = SecretTown(
        people=people,
        hearing=left.consultation,
        topic=left,
        elsewhere=left,
        hidden={row.kind: row for row in numbers.filter(consultation=left.consultation_id)},
        secrets=SECRETS,
    )
    rows = {row.kind: row for row in numbers.filter(consultation=reached.consultation_id)}
    return old, replace(old, hearing=reached.consultation, topic=reached, elsewhere=reached, hidden=rows)
