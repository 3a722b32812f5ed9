"""Logging in, signing up and verifying with MitID, through a real OpenID provider."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.ledger.models import Entry
from apps.residency.engine.person_keys import person_keys
from apps.residency.models import Residency
from apps.residency.sessions import KEPT_UNDER
from tests import personas
from tests.mitid.scan import everything_kept
from tests.mitid.walk import PROTECTED, RESIDENT, SECOND_RESIDENT, SECRETS, Desk, begin, waiting

pytestmark = pytest.mark.django_db

NEW = {"display_name": "Asta Testesen", "email": "asta@example.org"}


@pytest.fixture(autouse=True)
def _mail_in_memory(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def signed_up(desk: Desk, client: Client, citizen: str = RESIDENT, **changed: str) -> Any:
    """Return the answer to the sign-up form of somebody whom MitID has named."""
    form = desk.walk(client, citizen)["Location"]
    return client.post(form, NEW | changed)


def confirm(client: Client) -> Any:
    """Open the link of the mail, press the button, and return where that leads."""
    address = re.search(r"https?://[^/]+(/\S*confirm-email/\S+)", str(mail.outbox[-1].body))
    assert address
    return client.post(address[1])


def connected(desk: Desk, client: Client, language: str = "") -> Any:
    """Return the answer to coming back from MitID, after the password was asked for once more."""
    again = client.post(f"{language}/accounts/mitid/", {"process": "connect"})["Location"]
    question = client.post(again, {"password": personas.PASSWORD})["Location"]
    return client.get(desk.log_in(question, RESIDENT))


def test_without_a_broker_there_is_no_button(client: Client) -> None:
    pages = [client.get(reverse(name)).content.decode() for name in ("account_login", "account_signup")]

    assert not any("MitID" in page for page in pages)
    assert client.post(reverse("residency:mitid-start")).status_code == 404


def test_the_button_says_plainly_that_it_is_a_test(mitid: Desk, client: Client) -> None:
    page = client.get("/en/accounts/login/?next=/en/consultations/").content.decode()

    assert "Log in with MitID (demo)" in page
    assert "made-up test identity" in page
    form = page[page.index('action="/en/accounts/mitid/"') :]
    assert 'name="next" value="/en/consultations/"' in form[: form.index("</form>")]


def test_the_policy_lets_the_button_lead_to_the_broker(mitid: Desk, client: Client, settings: Any) -> None:
    with_broker = client.get("/accounts/login/")["Content-Security-Policy"]
    settings.MITID = None
    without = client.get("/accounts/login/")["Content-Security-Policy"]

    assert f"form-action 'self' {mitid.issuer};" in with_broker
    assert "form-action 'self';" in without


def test_the_broker_is_asked_for_a_code_with_a_challenge(mitid: Desk, client: Client) -> None:
    asked = parse_qs(urlsplit(begin(client, auth_params="prompt=none", scope="email", acr_values="low")).query)

    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid mitid"]
    assert asked["prompt"] == ["login"]
    assert "acr_values" not in asked
    assert all(len(asked[name][0]) >= 43 for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == ["http://testserver/accounts/mitid/callback/"]


def test_no_two_logins_are_asked_for_alike(mitid: Desk, client: Client) -> None:
    one, other = (parse_qs(urlsplit(begin(client)).query) for _ in range(2))

    assert all(one[name] != other[name] for name in ("state", "nonce", "code_challenge"))


def test_a_login_begins_by_a_post_of_our_own_page(mitid: Desk) -> None:
    careful = Client(enforce_csrf_checks=True)

    assert careful.get("/accounts/mitid/").status_code == 405
    assert careful.post("/accounts/mitid/").status_code == 403


@pytest.mark.parametrize("process", ["redirect", "LOGIN", "", "verify\n"])
def test_a_login_for_nothing_we_know_is_not_begun(mitid: Desk, client: Client, process: str) -> None:
    assert client.post("/accounts/mitid/", {"process": process}).status_code == 404


def test_somebody_unknown_makes_an_account_and_is_led_to_the_badge(mitid: Desk, client: Client) -> None:
    came_back = mitid.walk(client, RESIDENT)

    assert came_back["Location"] == reverse("socialaccount_signup")
    assert not User.objects.exists()
    answer = client.post(came_back["Location"], NEW)
    assert answer["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session

    led_to = confirm(client)

    person = User.objects.get(email="asta@example.org")
    assert led_to["Location"] == reverse("residency:verify")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.display_name == "Asta Testesen"
    assert not person.has_usable_password()
    evidence = waiting(client)
    assert (evidence.municipality_code, evidence.assurance_level, evidence.is_protected) == (
        "0999",
        "substantial",
        False,
    )


def test_the_sign_up_page_is_in_the_language_in_which_it_was_begun(mitid: Desk, client: Client) -> None:
    question = begin(client, prefix="/en")
    came_back = client.get(mitid.log_in(question, RESIDENT))

    assert came_back["Location"] == "/en/accounts/mitid/sign-up/"
    assert b"We have seen your MitID" in client.get(came_back["Location"]).content


@pytest.mark.parametrize("name", ["", "Borgmesteren \u202e", "x" * 81])
def test_names_are_looked_at_as_in_every_sign_up(mitid: Desk, client: Client, name: str) -> None:
    signed_up(mitid, client, display_name=name)

    assert not User.objects.exists()


def test_nothing_raw_is_kept_at_any_step(mitid: Desk, client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    subjects = []

    def look() -> None:
        kept = everything_kept() + str(dict(client.session)) + caplog.text
        assert kept
        for raw in (*SECRETS[PROTECTED], *subjects, "access_token", "id_token", "eyJhbGci"):
            assert raw not in kept, raw

    question = begin(client)
    look()
    place = mitid.log_in(question, PROTECTED)
    subjects.append(mitid.subject(PROTECTED))
    form = client.get(place)["Location"]
    look()
    client.get(form)
    client.post(form, NEW)
    look()
    confirm(client)
    look()
    mitid.walk(client, PROTECTED, "verify")
    look()
    assert SocialAccount.objects.get().extra_data == {}
    assert not SocialToken.objects.exists()


def test_a_protected_name_is_protected_from_the_first_moment(mitid: Desk, client: Client) -> None:
    """Before the address is confirmed, and without a visit to the page of the badge."""
    form = client.get(mitid.log_in(begin(client, prefix="/en"), PROTECTED))["Location"]
    assert "Your name is shown nowhere here" in client.get(form).content.decode()

    client.post(form, NEW)

    assert User.objects.get().has_protected_name
    assert Entry.objects.filter(kind="name.protected").count() == 1


def test_a_name_that_became_protected_is_protected_at_the_next_login(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client, PROTECTED)
    confirm(client)
    User.objects.update(name_protected_at=None)

    mitid.walk(Client(), PROTECTED)

    assert User.objects.get().has_protected_name


def test_a_name_that_is_not_protected_stays(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)

    assert not User.objects.get().has_protected_name


def test_somebody_known_is_signed_in(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)
    confirm(client)
    other = Client()

    came_back = mitid.walk(other, RESIDENT, next="/consultations/")

    assert came_back["Location"] == "/consultations/"
    assert other.session["_auth_user_id"] == str(User.objects.get().pk)
    assert KEPT_UNDER not in other.session


def test_another_person_is_another_account(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)
    confirm(client)
    came_back = mitid.walk(Client(), SECOND_RESIDENT)

    assert came_back["Location"] == reverse("socialaccount_signup")


def test_nobody_known_comes_in_before_the_address_is_confirmed(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)
    other = Client()

    came_back = mitid.walk(other, RESIDENT)

    assert came_back["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in other.session


def test_a_closed_account_stays_closed(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)
    confirm(client)
    User.objects.update(is_active=False)
    other = Client()

    came_back = mitid.walk(other, RESIDENT)

    assert came_back["Location"] == reverse("account_inactive")
    assert "_auth_user_id" not in other.session


def test_a_person_is_known_under_the_secret_before(mitid: Desk, client: Client, settings: Any) -> None:
    settings.PERSON_KEYS = {1: "the old secret"}
    signed_up(mitid, client)
    confirm(client)
    settings.PERSON_KEYS = {1: "the old secret", 2: "the new secret"}
    other = Client()

    mitid.walk(other, RESIDENT)

    assert other.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_account_is_kept_by_a_key(mitid: Desk, client: Client, settings: Any) -> None:
    signed_up(mitid, client)
    key = person_keys(mitid.issuer, mitid.subject(RESIDENT), settings.PERSON_KEYS)[0]

    assert SocialAccount.objects.get().uid == key.value


def test_an_address_that_is_taken_is_told_to_its_owner_only(mitid: Desk, client: Client, at: Any) -> None:
    owner = personas.unverified(at=at)

    answer = signed_up(mitid, client, email=owner.email)

    assert answer["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert not SocialAccount.objects.exists()
    assert mail.outbox[-1].to == [owner.email]
    client.force_login(owner)
    assert waiting(client) is None


def test_the_address_must_be_confirmed_though_mitid_was_shown(mitid: Desk, client: Client) -> None:
    signed_up(mitid, client)

    assert not EmailAddress.objects.get().verified


def test_a_provider_in_the_database_is_not_looked_at(mitid: Desk, client: Client) -> None:
    SocialApp.objects.create(provider="mitid", name="evil", client_id="evil", secret="evil")

    assert parse_qs(urlsplit(begin(client)).query)["client_id"] == ["civic-forum"]


def test_somebody_signed_in_verifies(mitid: Desk, client: Client, at: Any) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)

    came_back = mitid.walk(client, PROTECTED, "verify")

    assert came_back["Location"] == reverse("residency:verify")
    assert waiting(client).is_protected
    assert not Residency.objects.exists()
    assert not SocialAccount.objects.exists()
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_verification_needs_somebody_signed_in(mitid: Desk, client: Client) -> None:
    answer = client.post("/accounts/mitid/", {"process": "verify"})

    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('residency:verify')}"


def test_mitid_is_connected_only_by_who_showed_just_now_who_they_are(mitid: Desk, client: Client, at: Any) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)

    asked_again = client.post("/accounts/mitid/", {"process": "connect"})

    assert reverse("account_reauthenticate") in asked_again["Location"]


def test_a_connected_mitid_opens_the_account_and_can_be_removed(mitid: Desk, client: Client, at: Any) -> None:
    person = personas.unverified(at=at)
    client.force_login(person)

    came_back = connected(mitid, client)

    assert came_back["Location"] == reverse("socialaccount_connections")
    assert mail.outbox[-1].to == [person.email]
    page = client.get("/en/accounts/mitid/connection/").content.decode()
    assert "You can log in to this account with MitID" in page
    other = Client()
    mitid.walk(other, RESIDENT)
    assert other.session["_auth_user_id"] == str(person.pk)
    client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})
    assert not SocialAccount.objects.exists()


def test_a_mitid_opens_one_account_only(mitid: Desk, client: Client, at: Any) -> None:
    signed_up(mitid, client)
    confirm(client)
    other, person = Client(), personas.unverified(at=at)
    other.force_login(person)

    connected(mitid, other, "/en")

    assert SocialAccount.objects.get().user.email == "asta@example.org"
    page = other.get("/en/accounts/mitid/connection/").content.decode()
    assert "belongs to another account" in page


def test_who_is_signed_in_already_is_led_on(mitid: Desk, client: Client, at: Any) -> None:
    client.force_login(personas.unverified(at=at))

    answer = client.post("/accounts/mitid/", {"next": "/consultations/"})

    assert answer["Location"] == "/consultations/"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example",
        "http:///evil.example", "https:evil.example", "javascript:alert(1)", "/\t/evil.example", "\x00//evil.example",
        "http://testserver@evil.example/", "http://testserver.evil.example/", "data:text/html,x", "%2f%2fevil.example",
        "https://evil.example\\@testserver/", "/%09/evil.example", "http://[::1]/", "ftp://testserver/",
    ],
)  # fmt: skip
def test_a_login_ends_on_this_site(mitid: Desk, client: Client, at: Any, address: str) -> None:
    known = personas.unverified(at=at)
    client.force_login(known)
    direct = client.post("/accounts/mitid/", {"next": address})["Location"]
    client.logout()
    begin(client, next=address)
    (kept,) = [state[0].get("next") for state in client.session["socialaccount_states"].values()]

    for led_to in (direct, kept or "/"):
        assert not urlsplit(led_to).netloc or led_to == address == "/%09/evil.example"
        assert led_to.startswith(("/", "%2f%2f"))
        assert not led_to.startswith(("//", "/\\"))
