"""What is moved below a post into the suggestion box comes out nowhere at the post; what waits, in neither."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.rules import as_moderator
from apps.discussions.actions import move_to_consultation
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.factories.standing import a_box, a_post
from tests.leaks.outputs import AT_THE_QUEUE, OUTPUTS, SecretTown, leaks_to
from tests.worlds import kept

pytestmark = pytest.mark.django_db

# Where the suggestion box shows what everyone may read of it, and doors that are about the text, wherever it stands.
TO_SAY = {"answer", "who answers", "what becomes of a suggestion"}
OF_BOX = {"suggestion box", "suggestions that hold a word", "report"} | TO_SAY
EVERYWHERE = {name: output for name, output in OUTPUTS.items() if name not in AT_THE_QUEUE}
AT_THE_POST = {name: output for name, output in EVERYWHERE.items() if name not in OF_BOX}
SECRETS = {"published": "complaint-text-below-the-post", "waiting": "reply-text-that-waits"}


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


@pytest.mark.parametrize("persona", ["anonymous", "resident", "moderator", "official"])
def test_what_was_moved_comes_out_nowhere_at_the_post(persona: str, towns: tuple[SecretTown, SecretTown]) -> None:
    left, _reached = towns

    leaks = leaks_to(left.people[persona], left, SECRETS, outputs=AT_THE_POST)

    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("persona", ["anonymous", "resident", "moderator", "official"])
def test_what_waits_comes_out_nowhere_in_the_box(persona: str, towns: tuple[SecretTown, SecretTown]) -> None:
    _left, reached = towns

    leaks = leaks_to(reached.people[persona], reached, {"waiting": SECRETS["waiting"]}, outputs=EVERYWHERE)

    assert not leaks, "\n".join(leaks)


def test_what_was_published_is_read_in_the_box(towns: tuple[SecretTown, SecretTown]) -> None:
    """So the search above could find it, and no more than it."""
    page = Client().get("/en/suggestions/").content.decode()

    assert SECRETS["published"] in page
    assert SECRETS["waiting"] not in page


def _build(at: datetime) -> tuple[SecretTown, SecretTown]:
    """Return the post that was left and the box that was reached, with the numbers of either."""
    people = personas.everyone(at=at)
    left, reached = factories.the_topic(a_post(at=at, title="Left")), factories.the_topic(a_box(at=at))
    author = personas.resident(at=at, email="secret@example.org", display_name="Sigrid Skjult")
    shown = factories.a_published(left, at=at, body=f"A {SECRETS['published']}", by=author)
    factories.a_contribution(left, at=at, body=f"A {SECRETS['waiting']}", by=author, in_reply_to=shown)
    write_mail()
    later, by = at + timedelta(minutes=1), as_moderator(factories.a_moderator(at))
    move_to_consultation(contribution=shown, to=reached, with_replies=True, by=by, at=later)
    sequence_entries()
    numbers = Contribution.stored.select_related("consultation", "author")
    old = SecretTown(
        people=people,
        hearing=left.consultation,
        topic=left,
        elsewhere=left,
        hidden={str(row.number): row for row in numbers.filter(consultation=left.consultation_id)},
        secrets=SECRETS,
    )
    rows = {str(row.number): row for row in numbers.filter(consultation=reached.consultation_id)}
    return old, replace(old, hearing=reached.consultation, topic=reached, elsewhere=reached, hidden=rows)
