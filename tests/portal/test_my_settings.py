"""What people choose about themselves: name, language, and how they log in."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.discussions.models import Contribution
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
SETTINGS, SECURITY = "/en/me/settings/", "/en/me/security/"


def test_a_new_name_is_shown_from_now_on_and_what_was_written_keeps_the_former(
    as_seen_by: Browser, at: datetime
) -> None:
    person = personas.unverified(at=at)
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at, by=person)

    response = as_seen_by(person).post(SETTINGS, {"display_name": "  Una   Andersen "}, follow=True)

    assert "Your name is changed." in response.content.decode()
    assert User.objects.get(pk=person.pk).display_name == "Una Andersen"
    assert Contribution.stored.get(pk=text.pk).author_name == "Una Underveis"


@pytest.mark.parametrize("name", ["", "x" * 81, "Una\u202eAdmin"])
def test_a_name_that_does_not_do_is_refused_and_kept_in_the_form(name: str, as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)

    response = as_seen_by(person).post(SETTINGS, {"display_name": name})

    assert response.status_code == 422
    assert name in response.context["name_form"]["display_name"].value()
    assert "Error:" in response.content.decode()
    assert User.objects.get(pk=person.pk).display_name == person.display_name


def test_what_else_is_posted_changes_nothing(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    sent = {"display_name": "Una Andersen", "email": "x@example.org", "is_staff": "1", "name_protected_at": ""}

    as_seen_by(person).post(SETTINGS, sent)

    stored = User.objects.get(pk=person.pk)
    assert (stored.email, stored.is_staff) == (person.email, False)


def test_the_pages_follow_the_language_that_was_chosen(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser = as_seen_by(person)

    danish = browser.post(SETTINGS, {"language": "da"})
    assert danish["Location"] == "/me/settings/"
    english = browser.post("/me/settings/", {"language": "en"})

    assert english["Location"] == SETTINGS
    assert User.objects.get(pk=person.pk).language == "en"


def test_a_language_there_is_not_is_refused(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)

    assert as_seen_by(person).post(SETTINGS, {"language": "xx"}).status_code == 422
    assert User.objects.get(pk=person.pk).language == "da"


def test_protected_people_read_how_they_appear(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser = as_seen_by(person)
    assert "name and address protection" not in browser.get(SETTINGS).content.decode()

    protect_name(person=person, by=THE_SYSTEM, at=at)

    assert "name and address protection" in browser.get(SETTINGS).content.decode()


@pytest.mark.parametrize(
    "name", ["portal:my-settings", "portal:my-security", "portal:my-data", "portal:account-delete"]
)
def test_who_is_not_signed_in_is_led_to_log_in_and_back(name: str, client: Client) -> None:
    with override("en"):
        address = reverse(name)

    assert client.get(address)["Location"] == f"/en/accounts/login/?next={address}"


def test_the_page_of_security_leads_to_all_that_keeps_the_account_ones_own(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(personas.unverified(at=at)).get(SECURITY).content.decode()

    with override("en"):
        ways = [
            reverse(name) for name in ("account_change_password", "mfa_index", "usersessions_list", "account_email")
        ]
    for way in ways:
        assert f'href="{way}"' in page


def test_somebody_without_a_password_is_led_to_choose_one(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    person.set_unusable_password()
    person.save()

    page = as_seen_by(person).get(SECURITY).content.decode()

    assert "Choose a password" in page
    with override("en"):
        assert reverse("account_set_password") in page
