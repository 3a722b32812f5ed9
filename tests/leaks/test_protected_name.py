"""A protected name comes out nowhere but on the person's own pages, whatever was written before or changes later."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils.translation import override
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.actions import change_name, protect_name
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import publish_contribution, refuse_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.discussions.tasks import hide_protected_names
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from apps.notifications.tasks import write_mail
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories, personas
from tests.leaks.outputs import OUTPUTS, SecretTown, leaks_to
from tests.worlds import kept

pytestmark = pytest.mark.django_db

NAME, FORMER = "Pernille Palsgaard", "Fenja Frydendal"
# Who has the name reads it; a resident sees what anybody with an account does.
LOOKERS = personas.few_of(name for name in personas.PERSONAS if name not in {"protected", "resident"})
SECRETS = {"name": NAME, "first name": "Pernille", "family name": "Palsgaard"}
OF_THE_FORMER = {"former name": FORMER, "former first name": "Fenja", "former family name": "Frydendal"}


@pytest.fixture(scope="module")
def made(at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Callable[[], SecretTown]]:
    def make() -> SecretTown:
        people = personas.everyone(at=at)
        protected = people["protected"]
        assert isinstance(protected, User)
        return _build(people, [protected, _who_is_protected_later(at)], at)

    with kept(django_db_blocker, make, at=at) as hand_out:
        yield hand_out


@pytest.fixture
def town(at: datetime, made: Callable[[], SecretTown]) -> Iterator[SecretTown]:
    """A hearing in which somebody with a protected name wrote, and somebody whose name was protected only later."""
    with time_machine.travel(at, tick=False):
        yield made()


def _who_is_protected_later(at: datetime) -> User:
    return personas.resident(at=at, email="frida@example.org", display_name=FORMER)


@pytest.mark.parametrize("persona", LOOKERS)
def test_the_name_comes_out_nowhere(persona: str, town: SecretTown) -> None:
    hide_protected_names()

    leaks = leaks_to(town.people[persona], town, SECRETS | OF_THE_FORMER)

    assert not leaks, "\n".join(leaks)


@pytest.mark.parametrize("persona", ["moderator", "official"])
def test_nor_in_english_and_not_before_the_sweep(persona: str, town: SecretTown) -> None:
    with override("en"):
        leaks = leaks_to(town.people[persona], town, SECRETS)

    assert not leaks, "\n".join(leaks)


def test_the_name_stood_there_before_the_sweep(town: SecretTown) -> None:
    """The name of who is protected later is found in between, so the search above could find it."""
    places = {"topic", "queue", "item"}
    outputs = {name: OUTPUTS[name] for name in places}

    told = leaks_to(town.people["moderator"], town, OF_THE_FORMER, outputs=outputs)

    assert {line.split(":")[0] for line in told} == places


def test_the_person_reads_it_on_their_own_pages(town: SecretTown) -> None:
    told = leaks_to(town.people["protected"], town, {"name": NAME}, outputs={"own page": OUTPUTS["own page"]})

    assert told == ["own page: name"]


def test_no_mail_to_others_and_no_entry_holds_it(town: SecretTown) -> None:
    hide_protected_names()
    sequence_entries()
    write_mail()

    payloads = "".join(Entry.objects.values_list("payload", flat=True))
    assert not any(part in payloads for part in (*SECRETS.values(), *OF_THE_FORMER.values()))


def test_another_name_and_the_end_of_the_protection_reveal_nothing(town: SecretTown, at: datetime) -> None:
    hide_protected_names()
    for person in User.objects.filter(email__in=("pernille@example.org", "frida@example.org")):
        change_name(person=person, display_name="Sine Solvang", by=person, at=at)
    User.objects.update(name_protected_at=None)
    hide_protected_names()

    leaks = leaks_to(town.people["moderator"], town, SECRETS | OF_THE_FORMER | {"new name": "Sine Solvang"})
    assert not leaks, "\n".join(leaks)


def _build(people: dict[str, personas.Viewer], writers: list[User], at: datetime) -> SecretTown:
    hearing = factories.a_hearing(at=at)
    topic, elsewhere = factories.the_topic(hearing), factories.a_topic(hearing, at=at)
    rows: dict[str, Contribution] = {}
    for person in writers:
        rows |= _everything_by(person, topic, at)
    cites = [row.number for name, row in rows.items() if name.startswith("asked")]
    statement = StatementText(title="Some", body="Some said this.", cites=cites)
    official = factories.an_official(at)
    publish_summary(
        summary=draft_summary(consultation=hearing, statements=[statement], by=official, at=at), by=official, at=at
    )
    sequence_entries()
    write_mail()
    protect_name(person=writers[-1], by=THE_SYSTEM, at=at)
    return SecretTown(people=people, hearing=hearing, topic=topic, elsewhere=elsewhere, hidden=rows, secrets={})


def _everything_by(person: User, topic: Topic, at: datetime) -> dict[str, Contribution]:
    """Return what a person wrote, in every state; one is answered, and one is a reply."""
    asked, replied, _waiting, refused, back = rows = [
        factories.a_contribution(topic, at=at, by=person, kind=ContributionKind.QUESTION) for _ in range(5)
    ]
    by = as_moderator(factories.a_moderator(at))
    for row in (asked, replied, back):
        publish_contribution(contribution=row, version=1, by=by, at=at)
    factories.an_answer(asked, at=at)
    factories.a_published(topic, at=at, in_reply_to=asked)
    reason = RefusalReason.objects.get(code="off_topic")
    refuse_contribution(contribution=refused, version=1, reason=reason, sentence="Ask the library.", by=by, at=at)
    withdraw_contribution(contribution=back, by=person, at=at + timedelta(minutes=1))
    names = ("asked", "replied", "waiting", "refused", "back")
    return {f"{name} {person.pk}": row for name, row in zip(names, rows, strict=True)}
