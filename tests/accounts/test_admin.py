"""The technical window: who may look through it, and what can be seen there."""

from datetime import datetime
from inspect import Parameter, signature

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import RoleAssignment, User
from apps.common.admin import ReadOnlyAdmin
from apps.common.permissions import Rule, _rules, may, registered
from tests import personas
from tests.accounts.with_app import log_in

pytestmark = pytest.mark.django_db

# Apps whose tables hold what people wrote, what they are called, or where they live.
WITH_PEOPLE = {"discussions", "moderation", "publications", "consultations", "notifications", "residency"}
# Tables of packages that hold addresses, networks, secrets or whole sessions.
OF_PACKAGES = {"account", "mfa", "usersessions", "socialaccount", "sessions", "auth", "admin", "contenttypes"}
TABLES = [model._meta for model in admin.site._registry]
INDEX = "/en/admin/"


def test_it_shows_no_table_with_texts_names_or_addresses() -> None:
    assert TABLES
    shown = {meta.app_label for meta in TABLES}

    assert not shown & (WITH_PEOPLE | OF_PACKAGES)
    assert User not in admin.site._registry
    for model, shower in admin.site._registry.items():
        words = {*map(str, shower.list_display), *map(str, shower.get_fields(RequestFactory().get("/")))}
        assert not words & {"person", "user", "granted_by", "by", "display_name"}, model


def test_nothing_can_be_changed_there(at: datetime) -> None:
    request = RequestFactory().get(INDEX)
    request.user = personas.superuser(at=at)
    for model, shower in admin.site._registry.items():
        assert isinstance(shower, ReadOnlyAdmin)
        allowed = shower.get_model_perms(request)
        assert allowed == {"add": False, "change": False, "delete": False, "view": True}, model
        assert shower.actions is None
        assert [pattern.name.rpartition("_")[2] for pattern in shower.get_urls()] == ["changelist", "change"]


@pytest.mark.parametrize("table", TABLES, ids=lambda meta: meta.label_lower)
def test_a_superuser_looks_at_every_table_and_posts_are_refused(table: object, client: Client, at: datetime) -> None:
    official = personas.official(at=at)
    client.force_login(personas.superuser(at=at))
    names = f"admin:{table.app_label}_{table.model_name}"  # type: ignore[attr-defined]
    rows = table.model._default_manager.all()  # type: ignore[attr-defined]

    page = client.get(reverse(f"{names}_changelist"))
    assert page.status_code == 200
    assert official.display_name not in page.content.decode()
    for row in rows[:2]:
        address = reverse(f"{names}_change", args=[row.pk])
        shown = client.get(address)
        assert shown.status_code == 200
        assert official.display_name not in shown.content.decode()
        assert client.post(address, {"name": "changed", "role": Role.ADMINISTRATOR}).status_code == 403
    assert client.get(INDEX).status_code == 200


def test_the_window_shows_who_has_roles_by_number_only(client: Client, at: datetime) -> None:
    row = RoleAssignment.objects.get(person=personas.official(at=at))
    client.force_login(personas.superuser(at=at))

    page = client.get(reverse("admin:accounts_roleassignment_change", args=[row.pk])).content.decode()

    assert "Overgaard" not in page
    assert "olaf@example.org" not in page


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"anonymous", "superuser"}])
def test_no_role_opens_it(persona: str, client: Client, at: datetime) -> None:
    client.force_login(personas.PERSONAS[persona](at=at))

    assert client.get(INDEX).status_code == 403
    assert client.get(f"{INDEX}accounts/user/").status_code == 403


def test_djangos_staff_flag_does_not_either(client: Client, at: datetime) -> None:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(is_staff=True)
    client.force_login(User.objects.get(pk=person.pk))

    assert client.get(INDEX).status_code == 403


def test_strangers_are_led_to_our_own_log_in(client: Client) -> None:
    for address in (INDEX, f"{INDEX}login/", f"{INDEX}accounts/roleassignment/", f"{INDEX}password_change/"):
        assert client.get(address)["Location"].startswith("/en/accounts/login/?next=/en/admin/")


def test_a_superuser_without_a_second_step_is_led_to_it(client: Client, at: datetime) -> None:
    log_in(client, personas.superuser(at=at))

    for address in (INDEX, f"{INDEX}accounts/roleassignment/"):
        assert client.get(address, follow=True).redirect_chain[-1][0] == "/en/accounts/second-step/"


def test_a_closed_superuser_sees_nothing(client: Client, at: datetime) -> None:
    person = personas.superuser(at=at)
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(INDEX).status_code == 302


def test_the_flag_opens_no_permission(at: datetime) -> None:
    """Those that need no object; the matrices of the apps have a superuser among their personas."""
    root, ordinary = personas.superuser(at=at), personas.unverified(at=at)
    for_nothing = [name for name in registered() if len(_needed(_rules[name])) == 1]

    assert for_nothing
    assert [name for name in for_nothing if may(name, root) != may(name, ordinary)] == []


def _needed(rule: Rule) -> list[Parameter]:
    return [part for part in signature(rule).parameters.values() if part.default is Parameter.empty]


@pytest.mark.parametrize("address", ["moderation/", "moderation/decisions/", "desk/", "desk/residents/"])
def test_the_flag_opens_no_page_of_staff(address: str, client: Client, at: datetime) -> None:
    client.force_login(personas.superuser(at=at))

    assert client.get(f"/en/{address}").status_code in {403, 404}
