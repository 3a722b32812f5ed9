"""Staff roles by date: in force from day to day, whatever the sweep has done, and every change signs out."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import translation

from apps.accounts.actions import end_role, grant_role, turn_roles
from apps.accounts.enums import Role, RoleStatus
from apps.accounts.errors import UnfitDates
from apps.accounts.models import RoleAssignment, User
from apps.accounts.rules import THE_SYSTEM, has_role
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from tests import personas
from tests.concurrency import Work, at_once, shared_database

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    """The database's own moment, by which it tells which roles are over."""
    return datetime.now(UTC)


def again(person: User) -> User:
    """Return the person as the next request reads them."""
    return User.objects.get(pk=person.pk)


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="role").order_by("pk").values_list("kind", flat=True))


def test_a_role_that_begins_later_opens_nothing_until_its_day(now: datetime) -> None:
    person = personas.unverified(at=now)

    assert grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now - DAY, starts_at=now)
    assert not has_role(again(person), Role.OFFICIAL)
    assert not again(person).is_staff
    assert turn_roles(at=now - timedelta(seconds=1)) == 0
    assert kinds() == []

    assert turn_roles(at=now) == 1
    assert has_role(again(person), Role.OFFICIAL)
    assert turn_roles(at=now) == 0
    assert kinds() == ["role.granted"]


def test_a_role_past_its_end_is_not_in_force_even_before_the_sweep(now: datetime) -> None:
    person = personas.unverified(at=now)
    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now - 3 * DAY, ends_at=now - DAY)

    assert again(person).is_staff, "the sweep has not run"
    assert not has_role(again(person), Role.OFFICIAL)

    assert turn_roles(at=now) == 1
    assert not again(person).is_staff
    assert RoleAssignment.objects.get().status == RoleStatus.ENDED
    assert RoleAssignment.objects.get().ends_at == now - DAY, "it ended when it ended, not when that was noticed"
    assert kinds() == ["role.granted", "role.ended"]


def test_one_that_lay_between_two_sweeps_begins_and_ends(now: datetime) -> None:
    person = personas.unverified(at=now)
    grant_role(
        person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now - 3 * DAY, starts_at=now - 2 * DAY, ends_at=now - DAY
    )

    turn_roles(at=now)
    turn_roles(at=now)

    assert RoleAssignment.objects.get().status == RoleStatus.ENDED
    assert not again(person).is_staff
    assert kinds() == ["role.granted", "role.ended"]


@pytest.mark.parametrize("begins", [timedelta(0), DAY])
@pytest.mark.parametrize("lasts", [timedelta(0), -DAY])
def test_a_role_ends_after_it_begins(begins: timedelta, lasts: timedelta, now: datetime) -> None:
    person = personas.unverified(at=now)

    with pytest.raises(UnfitDates):
        grant_role(
            person=person,
            role=Role.OFFICIAL,
            by=THE_SYSTEM,
            at=now,
            starts_at=now + begins,
            ends_at=now + begins + lasts,
        )
    assert not RoleAssignment.objects.exists()


def test_a_role_does_not_begin_in_the_past(now: datetime) -> None:
    person = personas.unverified(at=now)

    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now, starts_at=now - DAY)

    assert RoleAssignment.objects.get().starts_at == now


@pytest.mark.parametrize("starts_in", [timedelta(0), DAY])
def test_a_role_is_held_once_whether_it_began_or_not(starts_in: timedelta, now: datetime) -> None:
    person = personas.unverified(at=now)
    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now, starts_at=now + starts_in)

    assert not grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now)
    assert grant_role(person=person, role=Role.MODERATOR, by=THE_SYSTEM, at=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(
            person=person, role=Role.OFFICIAL, status=RoleStatus.ACTIVE, starts_at=now, granted_at=now
        )


def test_one_that_ran_out_can_be_given_again_before_the_sweep(now: datetime) -> None:
    person = personas.unverified(at=now)
    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now - 3 * DAY, ends_at=now - DAY)

    assert grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now)
    assert has_role(again(person), Role.OFFICIAL)
    assert kinds() == ["role.granted", "role.ended", "role.granted"]


def test_taking_back_what_has_not_begun_leaves_no_entry_and_signs_nobody_out(now: datetime) -> None:
    person = personas.unverified(at=now)
    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now, starts_at=now + DAY)

    assert end_role(assignment=RoleAssignment.objects.get(), by=THE_SYSTEM, at=now)
    assert not end_role(assignment=RoleAssignment.objects.get(), by=THE_SYSTEM, at=now)

    assert turn_roles(at=now + 2 * DAY) == 0
    assert again(person).session_stamp == 0
    assert kinds() == []


def test_of_two_roles_the_other_stays(now: datetime) -> None:
    person = personas.unverified(at=now)
    for role in (Role.OFFICIAL, Role.MODERATOR):
        grant_role(person=person, role=role, by=THE_SYSTEM, at=now)

    end_role(assignment=RoleAssignment.objects.get(role=Role.OFFICIAL), by=THE_SYSTEM, at=now)

    assert again(person).is_staff
    assert again(person).roles == {"moderator"}
    assert person.roles == {"moderator"}, "the object in hand says it too"


@pytest.mark.parametrize("change", ["grant", "end", "begin", "run out"])
def test_every_change_of_a_role_ends_the_sessions(change: str, client: Client, now: datetime) -> None:
    person = personas.unverified(at=now - DAY)
    begins, ends = (now if change == "begin" else None), (now if change == "run out" else None)
    if change != "grant":
        grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now - DAY, starts_at=begins, ends_at=ends)
    client.force_login(again(person))
    assert client.get("/en/me/").status_code == 200

    if change == "grant":
        grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=now)
    elif change == "end":
        end_role(assignment=RoleAssignment.objects.get(), by=THE_SYSTEM, at=now)
    else:
        turn_roles(at=now)

    assert client.get("/en/me/").status_code == 302


@pytest.mark.parametrize("persona", ["anonymous", "unverified", "resident", "moderator", "official"])
def test_only_administrators_hand_out_roles(persona: str, now: datetime) -> None:
    viewer, person = personas.PERSONAS[persona](at=now), personas.unverified(at=now, email="ole@example.org")
    grant_role(person=person, role=Role.MODERATOR, by=THE_SYSTEM, at=now)
    if not isinstance(viewer, User):
        return

    with pytest.raises(NotAllowed):
        grant_role(person=person, role=Role.OFFICIAL, by=viewer, at=now)
    with pytest.raises(NotAllowed):
        end_role(assignment=RoleAssignment.objects.get(person=person), by=viewer, at=now)
    assert again(person).roles == {"moderator"}


def test_administrators_do_not_change_their_own(now: datetime) -> None:
    administrator = personas.administrator(at=now)

    with pytest.raises(NotAllowed, match="your own roles"):
        grant_role(person=administrator, role=Role.OFFICIAL, by=administrator, at=now)
    with pytest.raises(NotAllowed, match="your own roles"):
        end_role(assignment=RoleAssignment.objects.get(person=administrator), by=administrator, at=now)


def test_who_granted_a_role_stands_beside_it_and_in_the_ledger_only_as_a_role(now: datetime) -> None:
    administrator, person = personas.administrator(at=now), personas.unverified(at=now, email="ole@example.org")

    grant_role(person=person, role=Role.OFFICIAL, by=administrator, at=now, department="Teknik", title="Planlægger")

    row = RoleAssignment.objects.get(person=person)
    assert (row.granted_by, row.department, again(person).job_title) == (administrator, "Teknik", "Planlægger")
    entry = Entry.objects.filter(kind="role.granted").latest("pk")
    assert entry.actor_role == "administrator"
    assert "Teknik" not in entry.payload
    assert "Plan" not in entry.payload


@pytest.mark.django_db(transaction=True)
def test_two_administrators_at_once_grant_it_once(now: datetime, tmp_path: Path) -> None:
    first, person = personas.administrator(at=now), personas.unverified(at=now, email="ole@example.org")
    before = len(kinds())

    def click() -> None:
        grant_role(person=User.objects.get(pk=person.pk), role=Role.OFFICIAL, by=first, at=now)

    with shared_database(tmp_path):
        works: list[Work] = [click, click]
        raised = at_once(*works)
        assert not raised, raised
        assert RoleAssignment.objects.filter(person=person).count() == 1
        assert len(kinds()) == before + 1
