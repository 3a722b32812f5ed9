"""Somebody who has MitID, and neither a password nor a second step, and what is asked of them."""

import time
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.test import Client

from apps.accounts.engine.second_step import METHODS, WHOSE_METHODS
from apps.accounts.models import User
from apps.residency.engine.person_keys import person_keys
from tests import personas
from tests.mitid.walk import RESIDENT, Desk, begin

DELETE, COPY, AGAIN = "/en/me/delete/", "/en/me/data/copy/", "/en/accounts/reauthenticate/"
LONG_AGO = 301


@pytest.fixture
def person(mitid: Desk, at: Any) -> User:
    """Somebody who has MitID, and neither a password nor a second step."""
    return only_mitid(mitid, at)


@pytest.fixture
def stolen(person: User, client: Client) -> Client:
    """A browser with an open session of theirs, whose log-in was long ago."""
    return with_session(client, person)


def only_mitid(desk: Desk, at: Any, citizen: str = RESIDENT, email: str = "una@example.org") -> User:
    person = personas.unverified(at=at, email=email)
    person.set_unusable_password()
    person.save()
    key = person_keys(desk.issuer, desk.subject(citizen), settings.PERSON_KEYS)[0]
    SocialAccount.objects.create(user=person, provider="mitid", uid=key.value)
    return person


def with_session(client: Client, person: User, *, seconds_ago: float = LONG_AGO) -> Client:
    client.force_login(person)
    session = client.session
    session[METHODS] = [{"method": "socialaccount", "provider": "mitid", "at": time.time() - seconds_ago, "uid": "x"}]
    session[WHOSE_METHODS] = str(person.pk)
    session.save()
    return client


def deletion(client: Client, person: User) -> Any:
    """Return the answer to somebody who wants the account deleted and has typed its address."""
    return client.post(DELETE, {"address": person.email})


def is_there(person: User) -> bool:
    return User.objects.get(pk=person.pk).erased_at is None


def way_back(desk: Desk, client: Client, citizen: str = RESIDENT, to: str = DELETE) -> str:
    """Return the address with which somebody comes back who was asked to show who they are."""
    return desk.log_in(begin(client, "confirm", prefix="/en", next=to), citizen)
