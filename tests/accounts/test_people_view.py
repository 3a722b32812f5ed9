"""The administrators' page of staff: who is on it, giving a role, ending one, and what nobody may do there."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from apps.accounts.actions import grant_role, request_organisation
from apps.accounts.enums import LookUpReason, Role, RoleStatus
from apps.accounts.models import RoleAssignment, User
from apps.accounts.queries import look_ups_of
from apps.accounts.rules import THE_SYSTEM
from apps.accounts.views import people as view
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import personas
from tests.accounts.conftest import Browser

pytestmark = pytest.mark.django_db

PEOPLE, GIVE = "/en/desk/people/", "/en/desk/people/role/"


@pytest.fixture
def desk(as_seen_by: Browser, at: datetime) -> Client:
    """An administrator's browser."""
    return as_seen_by(personas.administrator(at=at))


@pytest.fixture
def una(at: datetime) -> User:
    return personas.unverified(at=at)


def _asked(person: User, **changes: Any) -> dict[str, Any]:
    form = {"email": person.email, "role": "official", "department": "Planning", "title": "Planner"}
    return form | {"first_day": "2026-09-15", "last_day": "", "grant": "1"} | changes


def test_addresses_of_staff_are_not_asked_for_in_addresses_of_pages(desk: Client, at: datetime) -> None:
    mona = personas.moderator(at=at)

    found = desk.post(PEOPLE, {"words": "MONA@example"})
    by_address = desk.get(f"{PEOPLE}?words=mona")

    assert [row["person"] for row in found.context["rows"]] == [mona]
    assert len(by_address.context["rows"]) == 2


def test_everybody_with_a_role_is_shown_with_their_roles_and_nobody_else(desk: Client, una: User, at: datetime) -> None:
    mona = personas.moderator(at=at)
    grant_role(
        person=mona, role=Role.OFFICIAL, by=THE_SYSTEM, at=at, department="Roads", title="Engineer",
        starts_at=at + timedelta(days=17), ends_at=datetime(2026, 12, 31, 23, tzinfo=UTC),
    )  # fmt: skip

    response = desk.get(PEOPLE)

    page = " ".join(response.content.decode().split())
    assert [row["person"].display_name for row in response.context["rows"]] == ["Adam Ager", "Mona Munk"]
    assert una.display_name not in page
    assert "Engineer, Roads" in page
    assert "begins 2 October" in page
    assert "last day 31 December" in page
    assert page.count("No second step yet") == 2


def test_who_has_a_second_factor_is_told_apart(desk: Client, at: datetime) -> None:
    mona = personas.moderator(at=at)
    Authenticator.objects.create(user=mona, type="recovery_codes", data={})
    assert [row["has_factor"] for row in desk.get(PEOPLE).context["rows"]] == [False, False]

    Authenticator.objects.create(user=mona, type="webauthn", data={})

    assert [row["has_factor"] for row in desk.get(PEOPLE).context["rows"]] == [False, True]


def test_the_list_is_paged_by_key(desk: Client, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    for name in ("Bo", "Carl", "Dorte"):
        person = personas.unverified(at=at, email=f"{name}@example.org", display_name=name)
        grant_role(person=person, role=Role.MODERATOR, by=THE_SYSTEM, at=at)

    first = desk.get(PEOPLE)
    second = desk.get(PEOPLE + first.context["older"])

    shown = [row["person"].display_name for page in (first, second) for row in page.context["rows"]]
    assert shown == ["Adam Ager", "Bo", "Carl", "Dorte"]
    assert second.context["older"] == ""
    assert desk.get(f"{PEOPLE}?after=999999").status_code == 200


@pytest.mark.parametrize("staff", [1, 4])
def test_the_list_costs_the_same_for_few_and_many(
    staff: int, desk: Client, at: datetime, django_assert_num_queries: Any
) -> None:
    for turn in range(staff):
        person = personas.unverified(at=at, email=f"p{turn}@example.org", display_name=f"Person {turn}x")
        grant_role(person=person, role=Role.MODERATOR, by=THE_SYSTEM, at=at)
    desk.get(PEOPLE)

    with django_assert_num_queries(6):
        desk.get(PEOPLE)


def test_a_role_is_given_with_its_dates_in_local_days(desk: Client, una: User, at: datetime) -> None:
    response = desk.post(GIVE, _asked(una, first_day="2026-10-01", last_day="2026-10-31"))

    assert response.status_code == 302
    given = una.assignments.get()
    assert (given.role, given.department, given.title) == ("official", "Planning", "Planner")
    # The night before 1 October is summer time, the night after 31 October is not.
    assert given.starts_at == datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert given.ends_at == datetime(2026, 10, 31, 23, tzinfo=UTC)
    assert given.status == RoleStatus.PLANNED
    assert given.granted_by == User.objects.get(email="adam@example.org")


def test_one_that_begins_today_is_in_force_at_once(desk: Client, una: User, at: datetime) -> None:
    desk.post(GIVE, _asked(una))

    assert una.assignments.get().starts_at == at
    assert User.objects.get(pk=una.pk).roles == {"official"}
    assert facts_of(Entry.objects.filter(kind="role.granted").latest("pk")) == {"role": "official"}


def test_the_person_can_see_that_they_were_looked_up_and_once_a_day_is_enough(
    desk: Client, una: User, at: datetime
) -> None:
    page = desk.post(GIVE, {"email": una.email.upper()})
    desk.post(GIVE, _asked(una))

    assert page.status_code == 200
    assert "Una Underveis" in page.content.decode()
    assert [facts_of(entry) for entry in look_ups_of(una)] == [{"reason": LookUpReason.ROLE}]


def test_who_skips_the_first_step_has_looked_all_the_same(desk: Client, una: User) -> None:
    desk.post(GIVE, _asked(una, role="mayor"))

    assert len(look_ups_of(una)) == 1


def test_an_unknown_address_gives_nothing_and_keeps_what_was_typed(desk: Client) -> None:
    response = desk.post(GIVE, {"email": "nobody@example.org"})

    assert response.status_code == 422
    page = response.content.decode()
    assert "No account has this address" in page
    assert 'value="nobody@example.org"' in page
    assert not Entry.objects.filter(kind="person.looked_up").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"first_day": "2026-10-02", "last_day": "2026-10-01"}, "The last day lies before the first"),
        ({"first_day": "2026-09-14"}, "That day has gone by"),
        ({"last_day": "2026-09-14"}, "The last day lies before the first"),
        ({"first_day": "soon"}, "Enter a valid date"),
        ({"last_day": "9999-12-31"}, "Choose a day between"),
        ({"role": "mayor"}, "is not one of the available choices"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(
    changes: dict[str, str], sentence: str, desk: Client, una: User
) -> None:
    response = desk.post(GIVE, _asked(una, **changes))

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert 'value="Planning"' in page
    assert not una.assignments.exists()


def test_a_role_that_is_held_is_offered_to_be_ended_first(desk: Client, at: datetime) -> None:
    mona = personas.moderator(at=at)

    response = desk.post(GIVE, _asked(mona, role="moderator"))

    assert response.status_code == 422
    page = response.content.decode()
    assert "The person has this role already" in page
    assert f'href="/en/desk/people/roles/{mona.assignments.get().pk}/end/"' in page
    assert mona.assignments.count() == 1


def test_nobody_changes_their_own_roles(desk: Client, at: datetime) -> None:
    adam = User.objects.get(email="adam@example.org")

    given = desk.post(GIVE, _asked(adam, role="moderator"))
    ended = desk.post(f"/en/desk/people/roles/{adam.assignments.get().pk}/end/")

    assert (given.status_code, ended.status_code) == (422, 403)
    for page in (given, ended):
        assert "You cannot change your own roles" in page.content.decode()
    assert User.objects.get(pk=adam.pk).roles == {"administrator"}
    assert look_ups_of(adam) == []


def test_an_account_whose_owner_has_not_shown_the_address_gets_no_role(desk: Client, at: datetime) -> None:
    """Somebody else may have signed up with it, and wait for that."""
    guessed = User.objects.create_user("mayor@example.org", "x", display_name="Mayor to be")

    response = desk.post(GIVE, _asked(guessed))

    assert response.status_code == 422
    assert "has not confirmed the e-mail address" in response.content.decode()
    assert not guessed.assignments.exists()


@pytest.mark.parametrize("is_confirmed", [True, False])
def test_the_account_of_an_organisation_gets_no_role(is_confirmed: bool, desk: Client, una: User, at: datetime) -> None:
    if is_confirmed:
        una = personas.speaker(at=at)
    else:
        request_organisation(name="Boat Club", cvr="12345674", speaker="Una", by=una, at=at)

    response = desk.post(GIVE, _asked(una))

    assert response.status_code == 422
    assert "This is the account of an organisation" in response.content.decode()
    assert not una.assignments.exists()


def test_ending_is_asked_about_once_more(desk: Client, at: datetime) -> None:
    mona = personas.moderator(at=at)
    address = f"/en/desk/people/roles/{mona.assignments.get().pk}/end/"

    asked = desk.get(address)
    assert "End the role of Mona Munk?" in asked.content.decode()
    assert User.objects.get(pk=mona.pk).roles == {"moderator"}

    ended = desk.post(address, follow=True)

    assert "is no longer moderator" in ended.content.decode()
    assert User.objects.get(pk=mona.pk).roles == frozenset()
    assert "was no longer moderator already" in desk.post(address, follow=True).content.decode()
    assert Entry.objects.filter(kind="role.ended").count() == 1


def test_what_has_not_begun_is_taken_back(desk: Client, una: User, at: datetime) -> None:
    grant_role(person=una, role=Role.OFFICIAL, by=THE_SYSTEM, at=at, starts_at=at + timedelta(days=3))
    address = f"/en/desk/people/roles/{una.assignments.get().pk}/end/"

    assert "has not begun" in desk.get(address).content.decode()
    assert "will not be official" in desk.post(address, follow=True).content.decode()
    assert una.assignments.get().status == RoleStatus.ENDED


def test_a_role_that_does_not_exist_is_nowhere(desk: Client) -> None:
    assert desk.get("/en/desk/people/roles/999/end/").status_code == 404


def test_ending_a_role_on_the_page_logs_the_person_out(desk: Client, as_seen_by: Browser, at: datetime) -> None:
    mona = personas.moderator(at=at)
    browser = as_seen_by(mona)
    assert browser.get("/en/me/").status_code == 200

    desk.post(f"/en/desk/people/roles/{mona.assignments.get().pk}/end/")

    assert browser.get("/en/me/").status_code == 302


def test_giving_a_role_on_the_page_logs_the_person_out(
    desk: Client, as_seen_by: Browser, una: User, at: datetime
) -> None:
    browser = as_seen_by(una)
    assert browser.get("/en/me/").status_code == 200

    desk.post(GIVE, _asked(una))

    assert browser.get("/en/me/").status_code == 302


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"anonymous", "administrator"}])
def test_nobody_else_gives_or_ends_or_feels_for_accounts(
    persona: str, as_seen_by: Browser, una: User, at: datetime
) -> None:
    viewer = personas.unverified(at=at, email="other@example.org") if persona == "unverified" else None
    browser = as_seen_by(viewer or personas.PERSONAS[persona](at=at))
    role = RoleAssignment.objects.exclude(status=RoleStatus.ENDED).order_by("pk").first()
    addresses = [PEOPLE, GIVE, f"/en/desk/people/roles/{role.pk if role else 1}/end/"]

    answers = [browser.post(address, _asked(una)).status_code for address in addresses]
    answers += [browser.post(GIVE, {"email": "nobody@example.org"}).status_code]

    assert answers == [403] * 4
    assert not una.assignments.exists()
    assert look_ups_of(una) == []


def test_dates_on_the_page_are_those_of_the_municipality(desk: Client, una: User) -> None:
    """The form proposes today as it is on the municipality's clock."""
    page = desk.post(GIVE, {"email": una.email})

    assert page.context["form"]["first_day"].value() == date(2026, 9, 15)


def test_an_open_session_alone_changes_no_role(una: User, at: datetime) -> None:
    administrator, mona = personas.administrator(at=at), personas.moderator(at=at)
    Authenticator.objects.create(user=administrator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    desk = Client()
    desk.force_login(administrator)
    held = mona.assignments.get()

    given = desk.post(GIVE, _asked(una, first_day=f"{timezone.localdate():%Y-%m-%d}"))
    ended = desk.post(f"/en/desk/people/roles/{held.pk}/end/")

    assert given["Location"].startswith("/en/accounts/second-step/reauthenticate/")
    assert ended["Location"].startswith("/en/accounts/second-step/reauthenticate/")
    assert not una.assignments.exists()
    held.refresh_from_db()
    assert held.status == RoleStatus.ACTIVE
