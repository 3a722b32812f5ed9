"""The people of the matrix: the personas of the house, and those from whom a right might leak.

Each column of a table is one of them. `author` owns what the tables are about; `resident` is a neighbour who does not.
"""

import time
from collections.abc import Mapping
from datetime import datetime

from django.test import Client

from apps.accounts.actions import confirm_organisation, protect_name, request_organisation
from apps.accounts.engine.second_step import METHODS, WHOSE_METHODS
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_known_to
from tests import personas
from tests.personas import Viewer

CVR = "25313763"

# The heads of the columns, in this order.
HEADS = {
    "anon": "anonymous",
    "new": "an account that nobody verified",
    "res": "a verified resident, a stranger to all of it",
    "own": "the person it is about: author, owner, applicant",
    "mod": "moderator",
    "off": "official",
    "adm": "administrator",
    "sup": "superuser without a role, with a second step",
    "half": "official whose session had no second step",
    "org": "the account of an organisation",
    "prot": "a verified resident with name protection",
}


def everyone(*, at: datetime) -> dict[str, Viewer]:
    """Return one person for each column."""
    people: dict[str, Viewer] = {
        "anon": personas.anonymous(at=at),
        "new": personas.unverified(at=at),
        "off": personas.official(at=at),
        "mod": personas.moderator(at=at),
        "adm": personas.administrator(at=at),
        "res": personas.resident(at=at),
        "own": personas.resident(at=at, email="ava@example.org", display_name="Ava Andersen"),
        "prot": _protected(at),
        "sup": _superuser(at),
        "org": _speaker(at),
    }
    people["half"] = as_known_to({}, personas.colleague(at=at))
    return people


def browser(name: str, viewer: Viewer, session_key: str = "", *, with_token: bool = False) -> Client:
    """Return the browser of somebody, signed in as that column says; `with_token` asks for CSRF tokens."""
    client = Client(raise_request_exception=False, enforce_csrf_checks=with_token)
    if session_key:
        client.cookies["session"] = session_key
    elif isinstance(viewer, User):
        client.force_login(viewer, second_step=name != "half")  # type: ignore[call-arg] # tests/conftest.py
        _just_logged_in(client, viewer)
    return client


def sessions_of(people: Mapping[str, Viewer]) -> dict[str, str]:
    """Return the key of a new session of everybody; who is not signed in has none."""
    clients = {name: browser(name, viewer) for name, viewer in people.items() if isinstance(viewer, User)}
    return {name: clients[name].session.session_key or "" if name in clients else "" for name in people}


def _just_logged_in(client: Client, viewer: User) -> None:
    """Let the session be as new as after the log-in page: what asks for the password once more is not in the way."""
    session = client.session
    methods = session.get(METHODS, [])
    session[METHODS] = [{"method": "password", "at": time.time(), "reauthenticated": True}, *methods]
    session[WHOSE_METHODS] = str(viewer.pk)
    session.save()


def _protected(at: datetime) -> User:
    person = personas.resident(at=at, email="prue@example.org", display_name="Prue Protected")
    protect_name(person=person, by=THE_SYSTEM, at=at)
    return person


def _superuser(at: datetime) -> User:
    person = personas.unverified(at=at, email="sue@example.org", display_name="Sue Super")
    User.objects.filter(pk=person.pk).update(is_superuser=True)
    person.refresh_from_db()
    return person


def _speaker(at: datetime) -> User:
    person = personas.resident(at=at, email="boats@example.org", display_name="Svend Sejler")
    asked = request_organisation(name="Harbour Friends", cvr=CVR, speaker="Svend Sejler", by=person, at=at)
    clerk = User.objects.get(email="olaf@example.org")
    confirm_organisation(organisation=asked, by=clerk, at=at)
    return User.objects.get(pk=person.pk)
