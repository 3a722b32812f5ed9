"""One command leads from an empty installation to a site with an administrator, and says whether mail goes out."""

import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from pytest_django.fixtures import Settings

from apps.accounts.models import User
from apps.accounts.queries import account_by_email
from apps.municipality.models import Municipality

pytestmark = pytest.mark.django_db

GIVEN = {
    "name": "Havn Kommune",
    "site_name": "Havn i dialog",
    "code": "0849",
    "admin_email": "anna@havn.example",
    "admin_name": "Anna Berg",
}


def said(**given: str) -> str:
    out = io.StringIO()
    call_command("setup", stdout=out, **(GIVEN | given))
    return out.getvalue()


def test_it_makes_the_municipality_and_its_administrator(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"

    told = said()

    person = account_by_email("anna@havn.example")
    assert person is not None
    assert person.roles == {"administrator"}
    assert not person.has_usable_password()
    assert Municipality.objects.get().name == "Havn Kommune"
    assert "Anna Berg, from now on." in told
    assert "/accounts/password/reset/" in told
    (sent,) = mail.outbox
    assert sent.to == ["anna@havn.example"]
    assert "/accounts/password/reset/" in sent.body


def test_again_nothing_is_made_twice() -> None:
    said()
    assert "Anna Berg, as before." in said(site_name="Havn taler")

    assert User.objects.count() == 1
    assert Municipality.objects.get().site_name == "Havn taler"


def test_what_stands_already_need_not_be_given_again() -> None:
    said()
    out = io.StringIO()
    call_command("setup", admin_email="bo@havn.example", admin_name="Bo Dam", stdout=out)

    assert User.objects.count() == 2
    assert Municipality.objects.get().name == "Havn Kommune"


def test_mail_that_fails_says_so_and_the_rest_is_kept(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(CommandError, match="No mail could be sent"):
        said()
    assert account_by_email("anna@havn.example") is not None


def test_without_a_mail_server_that_is_said(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
    assert "MAIL_URL names no mail server" in said()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "84"}, "--code"),
        ({"admin_email": "anna"}, "--admin-email"),
        ({"admin_name": "anna@havn.example"}, "--admin-name"),
        ({"name": " "}, "--name"),
    ],
)
def test_what_cannot_be_taken_is_said_before_anything_is_made(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        said(**wrong)
    assert not Municipality.objects.exists()
    assert not User.objects.exists()
