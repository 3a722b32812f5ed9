"""A person with an app, who logs in through the page: nothing is forced."""

import base64
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import encrypt
from django.test import Client

from apps.accounts.models import User
from tests.personas import PASSWORD

SECRET = base64.b32encode(b"a secret of 20 bytes").decode()
QUEUE, DESK = "/en/moderation/", "/en/desk/"
SET_UP, CODE = "/en/accounts/second-step/", "/en/accounts/second-step/authenticate/"
CLAIM = "/en/moderation/items/1/claim/"
CODE_AGAIN = "/en/accounts/second-step/reauthenticate/"
NOW = datetime.fromisoformat("2026-09-15T10:30:10+02:00")


def code(periods: int = 0, secret: str = SECRET) -> str:
    return format_hotp_value(hotp_value(secret, int(NOW.timestamp()) // 30 + periods))


def give_app(person: User) -> Authenticator:
    return Authenticator.objects.create(user=person, type="totp", data={"secret": encrypt(SECRET)})


def log_in(client: Client, person: User, next_page: str = "") -> Any:
    sent = {"login": person.email, "password": PASSWORD, "next": next_page}
    return client.post("/en/accounts/login/", sent)


def confirm_password(client: Client) -> None:
    client.post("/en/accounts/reauthenticate/", {"password": PASSWORD})


def set_up_app(client: Client) -> Any:
    """Set up an app as a person does, with the password first; return the last answer."""
    confirm_password(client)
    page = client.get(f"{SET_UP}totp/activate/")
    return client.post(f"{SET_UP}totp/activate/", {"code": code(secret=page.context["form"].secret)})


def is_opened(client: Client, address: str = QUEUE) -> bool:
    return client.get(address).status_code == 200
