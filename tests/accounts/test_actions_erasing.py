"""Erasing an account: the row stays for the record, and nothing of the person is in it or beside it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.internal.httpkit import serialize_request
from django.apps import apps as installed
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client, RequestFactory

from apps.accounts.actions import (
    change_name,
    erase_account,
    grant_role,
    place_hold,
    request_organisation,
)
from apps.accounts.enums import HeldSubject, Role
from apps.accounts.models import RoleAssignment, User
from apps.accounts.queries import account_by_email, unconfirmed_accounts
from apps.accounts.rules import THE_SYSTEM, as_citizen
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas

pytestmark = pytest.mark.django_db

MONTH = timedelta(days=30)


def table(app: str, name: str) -> Any:
    return installed.get_model(app, name).objects


def erased(person: User, at: datetime) -> User:
    assert erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at)
    return User.objects.get(pk=person.pk)


def test_nothing_of_the_person_stays_in_the_row(at: datetime) -> None:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(job_title="Smed", last_login=at)
    request_organisation(name="Klintmose Vand", cvr="10150817", speaker="Una Underveis", by=person, at=at)

    row = erased(person, at)

    assert "una" not in row.email
    assert row.email.endswith(".invalid")
    assert (row.display_name, row.job_title, row.last_login, row.erased_at) == ("", "", None, at)
    assert (row.is_active, row.is_staff, row.is_superuser) == (False, False, False)
    assert not row.has_usable_password() or not row.check_password(personas.PASSWORD)
    assert not table("accounts", "Organisation").exists()
    assert account_by_email("una@example.org") is None


def test_what_allauth_keeps_goes_too(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    client.post("/en/accounts/login/", {"login": person.email, "password": personas.PASSWORD})
    table("mfa", "Authenticator").create(user=person, type="totp", data={})
    table("socialaccount", "SocialAccount").create(user=person, provider="mitid", uid="x")
    assert table("usersessions", "UserSession").filter(user=person).exists()

    erased(person, at)

    for app, name in (
        ("account", "EmailAddress"),
        ("mfa", "Authenticator"),
        ("socialaccount", "SocialAccount"),
        ("usersessions", "UserSession"),
    ):
        assert not table(app, name).filter(user=person).exists(), name


def test_nobody_signs_in_any_more_and_open_sessions_end(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)
    assert client.get("/en/me/").status_code == 200

    erased(person, at)

    assert client.get("/en/me/").status_code == 302
    assert authenticate(email="una@example.org", password=personas.PASSWORD) is None
    assert authenticate(email=User.objects.get(pk=person.pk).email, password="") is None


@pytest.mark.parametrize("typed", ["una.ø+x@example.org", " Una.Ø+X@Example.ORG "])
def test_a_post_of_somebody_else_that_waits_with_the_address_goes(typed: str, at: datetime) -> None:
    person = personas.unverified(at=at, email="una.ø+x@example.org")
    own, other = waiting_post(typed), waiting_post(f"y{typed.strip()}")

    erased(person, at)

    assert not table("sessions", "Session").filter(pk=own).exists()
    assert table("sessions", "Session").filter(pk=other).exists()


def waiting_post(typed: str) -> str:
    request = RequestFactory().post("/en/desk/holds/account/", {"email": typed, "place": "1"})
    session = SessionStore()
    session[STATE_SESSION_KEY] = {"request": serialize_request(request)}
    session.create()
    return str(session.session_key)


def test_staff_lose_their_roles(at: datetime) -> None:
    person = factories.an_official(at)

    row = erased(person, at)

    assert row.roles == frozenset()
    assert not RoleAssignment.objects.filter(person=person).exists()


def test_it_is_done_once_with_one_entry_that_names_nobody(at: datetime) -> None:
    person = personas.unverified(at=at)
    erased(person, at)

    assert not erase_account(person=person, reason="own_wish", by=THE_SYSTEM, at=at)
    entry = Entry.objects.get(kind="account.erased")
    assert facts_of(entry) == {"reason": "own_wish"}
    assert "una" not in entry.payload.lower()


def test_the_address_is_free_for_a_new_account(at: datetime) -> None:
    erased(personas.unverified(at=at), at)

    again = personas.unverified(at=at)

    assert account_by_email("una@example.org") == again


def test_two_erased_accounts_do_not_collide(at: datetime) -> None:
    rows = [erased(personas.unverified(at=at, email=f"p{number}@example.org"), at) for number in (1, 2)]

    assert rows[0].email != rows[1].email


def unconfirmed(at: datetime, email: str) -> User:
    person = personas.unverified(at=at, email=email)
    table("account", "EmailAddress").filter(user=person).update(verified=False)
    return person


def test_accounts_nobody_confirmed_go_after_a_time_and_no_others(at: datetime) -> None:
    old = unconfirmed(at - MONTH, "old@example.org")
    new = unconfirmed(at - MONTH + timedelta(hours=1), "new@example.org")
    confirmed = personas.unverified(at=at - MONTH, email="confirmed@example.org")
    staff = personas.unverified(at=at - MONTH, email="staff@example.org")
    grant_role(person=staff, role=Role.OFFICIAL, by=THE_SYSTEM, at=at)
    table("account", "EmailAddress").filter(user=staff).update(verified=False)
    held = unconfirmed(at - MONTH, "held@example.org")
    place_hold(
        held=HeldSubject.PERSON,
        held_id=held.pk,
        reason="A case.",
        review_on=date(2027, 1, 1),
        by=personas.administrator(at=at - MONTH),
        at=at,
    )
    later = at + timedelta(seconds=1)

    assert list(unconfirmed_accounts(before=later - MONTH)) == [old]
    assert erase_account(person=old, reason="retention", by=THE_SYSTEM, at=later)
    assert list(unconfirmed_accounts(before=later - MONTH)) == []

    assert User.objects.get(pk=old.pk).erased_at == later
    for person in (new, confirmed, staff, held):
        assert User.objects.get(pk=person.pk).erased_at is None, person.email


def test_an_account_that_was_deleted_takes_no_name_any_more(at: datetime) -> None:
    person = personas.unverified(at=at)
    as_loaded_before = User.objects.get(pk=person.pk)
    erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at)

    assert not change_name(person=as_loaded_before, display_name="Ida Holm", by=as_loaded_before, at=at)

    assert User.objects.get(pk=person.pk).display_name == ""
