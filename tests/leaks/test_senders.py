"""Addresses of those who wrote on paper, and scans of their letters, come out nowhere but where officials take them."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine

from apps.accounts.rules import as_moderator
from apps.discussions.actions import publish_contribution
from apps.ledger.actions import sequence_entries
from apps.moderation.actions import decide_contribution
from tests import factories, personas
from tests.discussions.outside import MAIL, PRIVATE, STREET, a_scan, entered
from tests.leaks.outputs import OUTPUTS, leaks_to
from tests.leaks.rows import where_in_database
from tests.leaks.visits import SecretTown
from tests.moderation.desk import refuse

pytestmark = pytest.mark.django_db

PROTECTED = "Ottilie Protected"


@pytest.fixture
def town(at: datetime) -> Iterator[SecretTown]:
    """A hearing with letters: one published, one that waits, one refused, and one whose sender is protected."""
    people = {name: make(at=at) for name, make in personas.PERSONAS.items()}
    hearing = factories.a_hearing(at=at)
    topic, elsewhere = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    shown, refused, _waiting = (
        entered(topic, at=at, name=name, scan=a_scan(), body=f"The text of {name}") for name in ("Anna", "Bo", "Carla")
    )
    hidden = entered(topic, at=at, name=PROTECTED, is_protected=True)
    by = factories.a_moderator(at)
    for voice in (shown, hidden):
        publish_contribution(contribution=voice.contribution, version=1, by=as_moderator(by), at=at)
    decide_contribution(contribution=refused.contribution, ruling=refuse(), by=by, at=at)
    sequence_entries()
    secrets = PRIVATE | {"protected name": PROTECTED, "scan": shown.scan.name, "checksum": shown.sha256}
    with time_machine.travel(at, tick=False):
        yield SecretTown(
            people=people,
            hearing=hearing,
            topic=topic,
            elsewhere=elsewhere,
            hidden={"refused": refused.contribution},
            secrets=secrets,
        )


@pytest.mark.parametrize("persona", ["anonymous", "resident", "moderator", "official", "administrator"])
def test_nothing_of_a_sender_comes_out_on_a_page(persona: str, town: SecretTown) -> None:
    leaks = leaks_to(town.people[persona], town, town.secrets)

    assert not leaks, "\n".join(leaks)


def test_the_outputs_really_say_something(town: SecretTown) -> None:
    told = leaks_to(
        town.people["official"], town, {"published": "The text of Anna"}, outputs={"topic": OUTPUTS["topic"]}
    )

    assert told == ["topic: published"]


def test_they_stand_in_their_own_table_and_in_no_other(town: SecretTown) -> None:
    places = {place.split(".")[0] for place in where_in_database((STREET, MAIL, PROTECTED))}

    assert places == {"discussions_senderaddress"}, places
