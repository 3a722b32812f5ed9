"""Staff roles: who has which, and that flags of Django's own open nothing."""

from datetime import datetime

import pytest

from apps.accounts import rules
from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import account_by_email, has_confirmed_address
from apps.common.permissions import may
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import personas
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_has_the_roles_they_were_given_and_no_other(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]

    assert rules.is_moderator(viewer) == (persona == "moderator")
    assert rules.is_official(viewer) == (persona == "official")
    assert rules.is_administrator(viewer) == (persona == "administrator")
    assert rules.is_person(viewer) == (persona != "anonymous")
    assert may("accounts.grant_role", viewer) == (persona == "administrator")


@pytest.mark.parametrize(
    "flags", [{"is_superuser": True}, {"is_staff": True}, {"is_superuser": True, "is_staff": True}]
)
def test_djangos_flags_are_no_roles(flags: dict[str, bool], at: datetime) -> None:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(**flags)
    person = User.objects.get(pk=person.pk)

    assert not any(rules.has_role(person, role) for role in Role)


@pytest.mark.parametrize("role", Role)
def test_a_closed_account_has_lost_its_roles(role: Role, at: datetime) -> None:
    person = personas.unverified(at=at)
    grant_role(person=person, role=role, by=rules.THE_SYSTEM, at=at)
    assert rules.has_role(person, role)

    person.is_active = False

    assert not rules.has_role(person, role)
    assert not rules.is_person(person)


def test_a_role_is_granted_once_with_one_entry(at: datetime) -> None:
    person = personas.unverified(at=at)

    assert grant_role(person=person, role=Role.MODERATOR, by=rules.THE_SYSTEM, at=at)
    assert not grant_role(person=person, role=Role.MODERATOR, by=rules.THE_SYSTEM, at=at)
    assert facts_of(Entry.objects.get(kind="role.granted")) == {"role": "moderator"}


def test_roles_of_people_without_one_cost_no_query(at: datetime, django_assert_num_queries: object) -> None:
    person = User.objects.get(pk=personas.unverified(at=at).pk)

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert person.roles == frozenset()


def test_accounts_are_found_by_address_whatever_its_case(at: datetime) -> None:
    person = personas.unverified(at=at)

    assert account_by_email(" UNA@Example.ORG ") == person
    assert account_by_email("una@example.or") is None
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert account_by_email("una@example.org") is None


def test_an_account_of_ours_has_a_confirmed_address_until_it_changes(at: datetime) -> None:
    person = personas.unverified(at=at)
    assert has_confirmed_address(person)

    person.email = "other@example.org"

    assert not has_confirmed_address(person)
