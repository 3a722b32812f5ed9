"""Sign-up, log-in, confirmation and new passwords, as a person walks through them, in both languages."""

import re
from datetime import datetime

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.queries import has_confirmed_address
from tests import personas
from tests.personas import PASSWORD

pytestmark = pytest.mark.django_db

NEWCOMER = {"email": "Ny@Example.org", "display_name": "  Nina   Nyhus ", "password1": PASSWORD}
LINK = re.compile(r"https?://[^/\s]+(/\S+)")


def address(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def the_link(message: object) -> str:
    """Return the path of the link in a mail."""
    found = LINK.search(str(message.body))  # type: ignore[attr-defined]
    assert found
    return found[1]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "account_inactive"],
)
def test_the_doors_open_in_both_languages(name: str, language: str, client: Client) -> None:
    page = client.get(address(name, language)).content.decode()

    assert f'<html lang="{language}"' in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_newcomer_signs_up_confirms_and_is_signed_in(language: str, client: Client) -> None:
    response = client.post(address("account_signup", language), NEWCOMER)
    person = User.objects.get(email="ny@example.org")
    assert response["Location"] == address("account_email_verification_sent", language)
    assert not has_confirmed_address(person)
    assert "_auth_user_id" not in client.session

    (message,) = mail.outbox
    link = the_link(message)
    looked = client.get(link)
    assert not has_confirmed_address(person)
    client.post(link)

    assert looked.status_code == 200
    assert has_confirmed_address(person)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert (person.display_name, person.language, person.is_staff) == ("Nina Nyhus", language, False)


def test_a_taken_address_answers_as_a_free_one_and_tells_its_owner_by_mail(client: Client, at: datetime) -> None:
    personas.unverified(at=at, email="ny@example.org", display_name="Old Name")
    taken = client.post(address("account_signup"), NEWCOMER)
    free = Client().post(address("account_signup"), NEWCOMER | {"email": "free@example.org"})

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert User.objects.get(email="ny@example.org").display_name == "Old Name"
    assert [message.to for message in mail.outbox] == [["ny@example.org"], ["free@example.org"]]
    assert User.objects.count() == 2


@pytest.mark.parametrize("email", ["una@example.org", "nobody@example.org"])
def test_asking_for_a_new_password_never_tells_who_has_an_account(email: str, client: Client, at: datetime) -> None:
    personas.unverified(at=at)

    response = client.post(address("account_reset_password"), {"email": email})

    assert response["Location"] == address("account_reset_password_done")


def test_a_new_password_comes_by_mail_and_holds(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    client.post(address("account_reset_password"), {"email": person.email})
    page = client.get(the_link(mail.outbox[0]), follow=True)
    new = "another long and boring password"

    client.post(page.request["PATH_INFO"], {"password1": new, "password2": new})

    assert Client().login(email=person.email, password=new) is True
    assert Client().login(email=person.email, password=PASSWORD) is False


@pytest.mark.parametrize("name", ["Vesterhav Kommune", "Kom\u200bmune", "Kоmmune", "peter@example.org", "123"])
def test_a_name_that_deceives_is_refused_with_the_rest_kept(name: str, client: Client) -> None:
    response = client.post(address("account_signup"), NEWCOMER | {"display_name": name})

    assert not User.objects.exists()
    page = response.content.decode()
    assert "data-error-summary" in page
    assert 'value="Ny@Example.org"' in page
    assert PASSWORD not in page


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "groups", "job_title", "is_active"])
def test_signing_up_gives_no_rank(field: str, client: Client) -> None:
    client.post(address("account_signup"), NEWCOMER | {field: "1"})

    person = User.objects.get()
    assert (person.is_staff, person.is_superuser, person.job_title, person.is_active) == (False, False, "", True)
    assert person.roles == frozenset()


def test_log_in_leads_to_where_one_was_going(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    page = client.get(f"{address('account_login')}?next=/en/me/").content.decode()
    assert 'name="next" value="/en/me/"' in page
    assert f"{address('account_signup')}?next=%2Fen%2Fme%2F" in page

    response = client.post(address("account_login"), {"login": person.email, "password": PASSWORD, "next": "/en/me/"})

    assert response["Location"] == "/en/me/"


def test_log_in_leads_nowhere_else(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    sent = {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"}

    assert client.post(address("account_login"), sent)["Location"] == "/en/"


@pytest.mark.parametrize("email", ["una@example.org", "nobody@example.org"])
def test_a_wrong_password_and_a_wrong_address_are_refused_alike(email: str, client: Client, at: datetime) -> None:
    personas.unverified(at=at)

    response = client.post(address("account_login"), {"login": email, "password": "wrong wrong wrong"})

    page = response.content.decode()
    assert "data-error-summary" in page
    assert "The e-mail address or the password is wrong." in page
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_log_in(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(is_active=False)

    client.post(address("account_login"), {"login": person.email, "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_looking_does_not_log_out(client: Client, at: datetime) -> None:
    client.force_login(personas.unverified(at=at))

    client.get(address("account_logout"))
    assert "_auth_user_id" in client.session
    client.post(address("account_logout"))
    assert "_auth_user_id" not in client.session


def test_a_changed_address_holds_when_it_is_confirmed(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    client.post(address("account_login"), {"login": person.email, "password": PASSWORD})
    page = client.get(address("account_email")).content.decode()
    assert "una@example.org" in page

    asked = client.post(address("account_email"), {"email": "new@example.org", "action_add": "1"})
    assert asked["Location"] == f"{address('account_reauthenticate')}?next=%2Fen%2Faccounts%2Femail%2F"
    assert not [sent for sent in mail.outbox if sent.to == ["new@example.org"]]
    client.post(asked["Location"], {"password": PASSWORD, "next": address("account_email")})
    person.refresh_from_db()
    assert person.email == "una@example.org"
    message = next(sent for sent in mail.outbox if sent.to == ["new@example.org"])
    client.post(the_link(message))

    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert has_confirmed_address(person)


def test_signing_up_does_not_tell_which_addresses_have_an_account(
    at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = personas.resident(at=at, email="known@example.org")
    hashed: list[str] = []
    monkeypatch.setattr("apps.accounts.forms.signing_in.make_password", hashed.append)

    seen = []
    for email in ("newer@example.org", known.email):
        browser = Client()
        answer = browser.post(address("account_signup"), NEWCOMER | {"email": email})
        page = browser.get(answer["Location"]).content.decode()
        assert f"We have sent a mail with a link to {email}." in page
        shown = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page.replace(email, "somebody"))
        seen.append((answer.status_code, answer["Location"], sorted(browser.cookies), shown))

    assert seen[0] == seen[1]
    assert hashed == [PASSWORD]
    assert User.objects.filter(email=known.email).count() == 1


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
@pytest.mark.parametrize(("prefix", "label"), [("", "E-mailadresse"), ("/en", "E-mail address")])
def test_the_address_is_called_as_on_other_pages(name: str, prefix: str, label: str, client: Client) -> None:
    page = client.get(prefix + reverse(name)).content.decode()

    assert re.search(rf"<label[^>]*>\s*{label}\s*<", page)
    assert "Email" not in page
