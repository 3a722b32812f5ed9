"""Asking for an organisation's account, and the officials who confirm, refuse and end them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.actions import (
    confirm_organisation,
    end_organisation,
    grant_role,
    refuse_organisation,
    request_organisation,
)
from apps.accounts.enums import LookUpReason, OrganisationList, OrganisationStatus, Role
from apps.accounts.models import Organisation, User
from apps.accounts.queries import look_ups_of, organisation_of, visible_organisations
from apps.accounts.rules import THE_SYSTEM
from apps.accounts.views import organisations as view
from apps.common.permissions import may
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.accounts.conftest import Browser

pytestmark = pytest.mark.django_db

ASK, DESK = "/en/me/organisation/", "/en/desk/organisations/"
CLUB = {"name": "Boat Club", "cvr": "DK 12 34 56 74", "speaker": "Una Underveis, chair"}
OTHER_CVR = "10103940"


@pytest.fixture
def una(at: datetime) -> User:
    return personas.unverified(at=at)


@pytest.fixture
def desk(as_seen_by: Browser, at: datetime) -> Client:
    """An official's browser."""
    return as_seen_by(factories.an_official(at))


def _asked(by: User, at: datetime, **changes: str) -> Organisation:
    return request_organisation(**(CLUB | changes), by=by, at=at)


def _decision(organisation: Organisation, decision: str, **more: str) -> dict[str, Any]:
    return {"decision": decision, "asked": organisation.requested_at.isoformat()} | more


def test_the_page_says_beforehand_what_an_organisation_is(as_seen_by: Browser, una: User) -> None:
    page = as_seen_by(una).get(ASK).content.decode()

    for told in ("an account of its own", "It never counts as a resident", "speaks for the organisation"):
        assert told in page


def test_a_request_is_taken_and_then_waits(as_seen_by: Browser, una: User) -> None:
    browser = as_seen_by(una)

    assert browser.post(ASK, CLUB).status_code == 302

    asked = Organisation.objects.get()
    assert (asked.account, asked.name, asked.cvr) == (una, "Boat Club", "12345674")
    page = browser.get(ASK)
    assert "Your request waits" in page.content.decode()
    assert "form" not in page.context
    assert organisation_of(una) is None
    again = browser.post(ASK, CLUB)
    assert again.status_code == 422
    assert Entry.objects.filter(kind="organisation.requested").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"cvr": "12345675"}, "cvr", "This is not a CVR number"),
        ({"cvr": "1234567"}, "cvr", "This is not a CVR number"),
        ({"cvr": "١٢٣٤٥٦٧٤"}, "cvr", "This is not a CVR number"),
        ({"cvr": ""}, "cvr", "This field is required"),
        ({"name": "Vesterhav Kommune"}, "name", "could be taken for the municipality"),
        ({"name": "Boat\u202e Club"}, "name", "cannot be seen or read"),
        ({"speaker": ""}, "speaker", "This field is required"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field_and_kept(
    changes: dict[str, str], field: str, sentence: str, as_seen_by: Browser, una: User
) -> None:
    response = as_seen_by(una).post(ASK, CLUB | {"speaker": "Somebody known"} | changes)

    assert response.status_code == 422
    assert sentence in " ".join(response.context["form"].errors[field])
    assert field == "speaker" or "Somebody known" in response.content.decode()
    assert not Organisation.objects.exists()


def test_a_number_that_another_account_speaks_for_is_refused(as_seen_by: Browser, una: User, at: datetime) -> None:
    personas.speaker(at=at)

    response = as_seen_by(una).post(ASK, CLUB)

    assert response.status_code == 422
    assert "Another account speaks for this CVR number already" in response.content.decode()


def test_staff_and_those_who_will_be_are_sent_to_another_account(as_seen_by: Browser, una: User, at: datetime) -> None:
    grant_role(person=una, role=Role.OFFICIAL, by=THE_SYSTEM, at=at, starts_at=at + timedelta(days=9))

    for person in (una, personas.moderator(at=at)):
        browser = as_seen_by(person)
        assert "Make another account for the organisation" in browser.get(ASK).content.decode()
        assert browser.post(ASK, CLUB).status_code == 403
    assert not Organisation.objects.exists()


def test_a_refused_request_shows_the_reason_and_can_be_sent_again(as_seen_by: Browser, una: User, at: datetime) -> None:
    refuse_organisation(
        organisation=_asked(una, at),
        sentence="The register names <another> chair.",
        by=factories.an_official(at),
        at=at,
    )
    browser = as_seen_by(una)

    page = browser.get(ASK)

    assert "The register names &lt;another&gt; chair." in page.content.decode()
    assert page.context["form"]["cvr"].value() == "12345674"
    assert browser.post(ASK, CLUB | {"speaker": "Bo, chair"}).status_code == 302
    assert Organisation.objects.get().status == OrganisationStatus.REQUESTED
    assert Organisation.objects.get().sentence == ""


def test_the_states_confirmed_and_ended_are_shown(as_seen_by: Browser, at: datetime) -> None:
    account = personas.speaker(at=at)
    browser = as_seen_by(account)
    assert "This account writes for Vesterhav Boat Club" in browser.get(ASK).content.decode()

    end_organisation(
        organisation=account.organisation, sentence="The club is dissolved.", by=factories.an_official(at), at=at
    )

    page = browser.get(ASK)
    assert "The club is dissolved." in page.content.decode()
    assert "form" in page.context


@pytest.mark.parametrize("persona", personas.PERSONAS)
def test_the_rule_for_one_and_the_list_of_many_agree(persona: str, at: datetime) -> None:
    people = personas.everyone(at=at)
    _asked(personas.unverified(at=at, email="new@example.org"), at, cvr=OTHER_CVR)
    viewer = people[persona]
    organisations = list(Organisation.objects.all())

    allowed = {row.pk for row in organisations if may("accounts.decide_organisation", viewer, row)}

    assert set(visible_organisations(viewer).values_list("pk", flat=True)) == allowed
    assert len(allowed) == (2 if persona == "official" else 0)


def test_lists_are_in_order_searchable_and_paged_by_key(
    desk: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    official = factories.an_official(at)
    made = []
    for turn, name in enumerate(("Østerby Lug", "Art Guild", "Choir")):
        person = personas.unverified(at=at, email=f"o{turn}@example.org", display_name=f"Owner {turn}x")
        made.append(_asked(person, at + timedelta(minutes=turn), name=name))

    def shown(query: str = "") -> list[str]:
        return [row.name for row in desk.get(DESK + query).context["organisations"]]

    assert shown() == ["Østerby Lug", "Art Guild"]
    assert shown(f"?after={made[1].pk}") == ["Choir"]
    assert shown("?q=ØSTERBY") == ["Østerby Lug"]
    assert shown("?q=12345674") == ["Østerby Lug", "Art Guild"]
    assert shown("?show=confirmed") == []
    confirm_organisation(organisation=made[2], by=official, at=at)
    refuse_organisation(organisation=made[1], sentence="No.", by=official, at=at)
    assert shown("?show=confirmed") == ["Choir"]
    assert shown("?show=closed") == ["Art Guild"]
    assert shown("?show=nonsense&after=x") == ["Østerby Lug"]


@pytest.mark.parametrize("listed", OrganisationList)
def test_an_empty_list_says_so(listed: str, desk: Client) -> None:
    assert 'class="empty"' in desk.get(f"{DESK}?show={listed}").content.decode()
    assert "Nothing found" in desk.get(f"{DESK}?show={listed}&q=xyz").content.decode()


def test_opening_one_is_a_look_up_that_the_applicant_sees_once_a_day(desk: Client, una: User, at: datetime) -> None:
    asked = _asked(una, at)

    for _turn in range(2):
        assert desk.get(f"{DESK}{asked.pk}/").status_code == 200
    assert [facts_of(entry) for entry in look_ups_of(una)] == [{"reason": LookUpReason.ORGANISATION}]

    # Past midnight on the municipality's clock; in universal time it is still the same day.
    with time_machine.travel(datetime.fromisoformat("2026-09-15T22:30+00:00"), tick=False):
        desk.get(f"{DESK}{asked.pk}/")
    assert len(look_ups_of(una)) == 2


def test_a_colleague_who_looks_is_another_look_up(desk: Client, as_seen_by: Browser, una: User, at: datetime) -> None:
    asked = _asked(una, at)

    for browser in (desk, as_seen_by(personas.colleague(at=at))):
        browser.get(f"{DESK}{asked.pk}/")

    assert len(look_ups_of(una)) == 2


def test_an_official_confirms(desk: Client, una: User, at: datetime) -> None:
    asked = _asked(una, at)

    response = desk.post(f"{DESK}{asked.pk}/", _decision(asked, "confirm"))

    assert response.status_code == 302
    assert organisation_of(una) == asked
    assert Organisation.objects.get().decided_by == factories.an_official(at)


@pytest.mark.parametrize("decision", ["refuse", "end"])
def test_a_refusal_and_an_end_need_a_sentence(decision: str, desk: Client, una: User, at: datetime) -> None:
    asked = _asked(una, at)
    if decision == "end":
        confirm_organisation(organisation=asked, by=factories.an_official(at), at=at)
    before = Organisation.objects.get().status

    for sentence in ("", "x" * 501):
        response = desk.post(f"{DESK}{asked.pk}/", _decision(asked, decision, sentence=sentence))
        assert response.status_code == 422
        assert Organisation.objects.get().status == before

    response = desk.post(f"{DESK}{asked.pk}/", _decision(asked, decision, sentence="The club \n is dissolved."))

    assert response.status_code == 302
    assert Organisation.objects.get().sentence == "The club is dissolved."
    assert Organisation.objects.get().status not in {before, OrganisationStatus.CONFIRMED}


@pytest.mark.parametrize("decision", ["", "publish"])
def test_no_decision_changes_nothing(decision: str, desk: Client, una: User, at: datetime) -> None:
    asked = _asked(una, at)

    assert desk.post(f"{DESK}{asked.pk}/", _decision(asked, decision)).status_code == 422
    assert Organisation.objects.get().status == OrganisationStatus.REQUESTED


def test_a_decision_on_what_was_sent_before_does_not_hit_what_was_sent_since(
    desk: Client, una: User, at: datetime
) -> None:
    """An official's page still shows a request that a colleague refused, and that came again with another name."""
    first = _asked(una, at)
    colleague = personas.colleague(at=at)
    refuse_organisation(organisation=first, sentence="Who are you?", by=colleague, at=at)
    _asked(una, at + timedelta(hours=1), name="Somebody Else", cvr=OTHER_CVR)

    response = desk.post(f"{DESK}{first.pk}/", _decision(first, "confirm"))

    assert response.status_code == 422
    assert "This has been decided already" in response.content.decode()
    assert "Somebody Else" in response.content.decode()
    assert organisation_of(una) is None


def test_one_number_one_account(desk: Client, una: User, at: datetime) -> None:
    asked = _asked(una, at)
    personas.speaker(at=at)

    response = desk.post(f"{DESK}{asked.pk}/", _decision(asked, "confirm"))

    assert response.status_code == 422
    page = response.content.decode()
    assert "Another account speaks for this CVR number" in page
    assert f'href="/en/desk/organisations/{Organisation.objects.get(name="Vesterhav Boat Club").pk}/"' in page
    assert organisation_of(una) is None


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"anonymous", "official"}])
def test_nobody_else_decides_or_looks(persona: str, as_seen_by: Browser, una: User, at: datetime) -> None:
    asked = _asked(una, at, cvr=OTHER_CVR)
    viewer = una if persona == "unverified" else personas.PERSONAS[persona](at=at)
    browser = as_seen_by(viewer)

    answers = [
        browser.get(DESK).status_code,
        browser.get(f"{DESK}{asked.pk}/").status_code,
        browser.get(f"{DESK}999999/").status_code,
        browser.post(f"{DESK}{asked.pk}/", _decision(asked, "confirm")).status_code,
    ]

    assert answers == [403] * 4
    assert organisation_of(una) is None
    assert look_ups_of(una) == []


def test_an_organisation_that_is_none_is_nowhere(desk: Client) -> None:
    assert desk.get(f"{DESK}999999/").status_code == 404
