"""What waits in a session while somebody types their password once more."""

import json
from datetime import datetime

import pytest
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from django.test import Client

from apps.accounts.adapters import networks_of
from apps.accounts.models import User
from tests import personas

pytestmark = pytest.mark.django_db

DELETE, AGAIN = "/en/me/delete/", "/en/accounts/reauthenticate/"
PASSWORD = "a-long-word-of-una"


def test_what_waits_holds_no_whole_address_and_no_cookie(at: datetime) -> None:
    una = personas.unverified(at=at)
    una.set_password(PASSWORD)
    una.save()
    browser = Client(REMOTE_ADDR="203.0.113.77", headers={"X-Forwarded-For": "198.51.100.23, 203.0.113.77"})
    browser.force_login(una)

    asked = browser.post(DELETE, {"address": una.email})

    assert asked["Location"].startswith(AGAIN)
    waits = json.dumps(browser.session[STATE_SESSION_KEY])
    assert "203.0.113.0" in waits
    assert not [whole for whole in ("113.77", "100.23", browser.session.session_key or "") if whole in waits]


def test_what_waits_goes_on_with_the_password(at: datetime) -> None:
    una = personas.unverified(at=at)
    una.set_password(PASSWORD)
    una.save()
    browser = Client(REMOTE_ADDR="203.0.113.77")
    browser.force_login(una)
    browser.post(DELETE, {"address": una.email})

    browser.post(AGAIN, {"password": PASSWORD, "next": DELETE})

    assert User.objects.get(pk=una.pk).erased_at is not None


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("198.51.100.23", "198.51.100.0"),
        ("2001:db8:1:2:3:4:5:6, 198.51.100.23", "2001:db8:1:2::, 198.51.100.0"),
        ("for=198.51.100.23;proto=https, unknown", ", "),
        ("", ""),
    ],
)
def test_of_addresses_their_networks_are_kept(written: str, kept: str) -> None:
    assert networks_of(written) == kept
