"""What MitID told waits for one account and for an hour."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.residency.sessions import KEPT_UNDER, forget_evidence
from tests import personas
from tests.mitid.walk import RESIDENT, Desk, waiting

pytestmark = pytest.mark.django_db


def test_evidence_waits_for_an_hour(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))
    mitid.walk(client, RESIDENT, "verify")

    assert waiting(client, later=timedelta(minutes=59)) is not None
    assert waiting(client, later=timedelta(minutes=61)) is None
    assert waiting(client, later=timedelta(minutes=-5)) is None


def test_evidence_is_let_go_of(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))
    mitid.walk(client, RESIDENT, "verify")
    request: Any = RequestFactory().get("/")
    request.session = client.session
    forget_evidence(request)
    request.session.save()

    assert waiting(client) is None


def test_evidence_waits_for_nobody_else_at_the_same_machine(mitid: Desk, client: Client, at: Any) -> None:
    """Somebody shows MitID in a library and goes; the next one logs in with a password."""
    mitid.walk(client, RESIDENT)
    assert KEPT_UNDER in client.session

    next_one = personas.unverified(at=at)
    client.post(reverse("account_login"), {"login": next_one.email, "password": personas.PASSWORD})

    assert client.session["_auth_user_id"] == str(next_one.pk)
    assert waiting(client) is None


@pytest.mark.parametrize("kept", [{}, [], "x", {"owner": 1}, {"owner": 1, "kept_at": "x", "evidence": {}}], ids=str)
def test_evidence_that_was_changed_is_none(mitid: Desk, client: Client, at: Any, kept: Any) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)
    session = client.session
    session[KEPT_UNDER] = kept | {"owner": person.pk} if isinstance(kept, dict) and kept else kept
    session.save()

    assert waiting(client) is None
