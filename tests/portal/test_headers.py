"""Every answer carries the content security policy, whatever went wrong before a page was made."""

import pytest
from django.conf import settings
from django.test import Client, override_settings

from apps.accounts.models import User

pytestmark = pytest.mark.django_db

ANSWERS = {
    "page": ("get", "/", {}, 200),
    "page not found": ("get", "/nothing-here/", {}, 404),
    "number too long": ("get", f"/consultations/a/c/{'9' * 20_000}/", {}, 404),
    "led to log in": ("get", "/me/", {}, 302),
    "method refused": ("get", "/preferences/theme/", {}, 405),
    "token missing": ("post", "/preferences/theme/", {}, 403),
    "host unknown": ("get", "/", {"HTTP_HOST": "evil.example"}, 400),
    "stylesheet": ("get", "/static/css/tokens.css", {}, 200),
    "stylesheet not found": ("get", "/static/css/nothing.css", {}, 404),
    "for machines": ("get", "/healthz", {}, 200),
    "slash missing": ("get", "/how-it-works", {}, 301),
}


@pytest.mark.parametrize("tls", [False, True], ids=["http", "led to https"])
@pytest.mark.parametrize("answer", ANSWERS)
def test_every_answer_has_the_policy(answer: str, *, tls: bool) -> None:
    method, address, extra, status = ANSWERS[answer]
    with override_settings(SECURE_SSL_REDIRECT=tls):
        response = getattr(Client(enforce_csrf_checks=True), method)(address, **extra)

    response.close()
    assert response.status_code in ({301, 400} if tls and address != "/healthz" else {status})
    policy = response["Content-Security-Policy"]
    assert {f"{name} {value}" for name, value in settings.SECURE_CSP.items()} == set(policy.split("; "))
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "unsafe" not in policy


@pytest.mark.parametrize("address", ["/", "/me/", "/nothing-here/"])
def test_pages_of_who_is_signed_in_are_kept_by_no_cache(address: str, client: Client) -> None:
    assert "private" in client.get(address)["Cache-Control"]
    client.force_login(User.objects.create_user("a@example.org", display_name="A"))

    assert client.get(address)["Cache-Control"] == "private, no-store"
