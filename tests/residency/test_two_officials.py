"""What one official alone may not do: deciding on a possible double, ending what they granted, and their own."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.queries import look_ups_of
from apps.accounts.rules import as_citizen
from apps.common.permissions import may
from apps.ledger.queries import facts_of
from apps.residency.actions import ShownAtDesk, grant_residency
from apps.residency.enums import EndReason, ResidencyStatus
from apps.residency.models import Residency
from apps.residency.queries import open_residency, residency_of, visible_waiting, waiting_residencies
from tests import factories, personas
from tests.personas import PERSONAS, Viewer, everyone
from tests.residency.verified import HOME, doubles

pytestmark = pytest.mark.django_db

WAITING = "/en/desk/residents/waiting/"


@pytest.fixture(autouse=True)
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def colleague(client: Client, at: datetime) -> Client:
    """The browser of an official who saw nobody."""
    client.force_login(personas.colleague(at=at))
    return client


def decide_at(residency: Residency) -> str:
    return f"{WAITING}{residency.pk}/"


def revoke_at(residency: Residency) -> str:
    return f"/en/desk/residents/{residency.pk}/end/"


def look_ups(person: User) -> list[str]:
    return [facts_of(entry)["reason"] for entry in look_ups_of(person)]


def staffed_town(at: datetime) -> dict[str, Viewer]:
    """Return everybody of the matrix and a second official."""
    return everyone(at=at) | {"colleague": personas.colleague(at=at)}


def cases(people: dict[str, Viewer], at: datetime) -> dict[str, Residency]:
    """Return waiting residencies: seen by one official or the other, of somebody or of people of the matrix."""
    _first, _second, ordinary = doubles(at)
    found = {"seen by the official": ordinary}
    shown = ShownAtDesk(document="passport", **HOME)
    by_colleague: Any = {"district": None, "by": people["colleague"], "at": at, "shown": shown}
    other = personas.unverified(at=at, email="other@example.org")
    found["seen by a colleague"] = grant_residency(person=other, **by_colleague)
    for name in ("unverified", "moderator", "administrator", "official"):
        found[f"of the {name}"] = grant_residency(person=people[name], **by_colleague)
    assert all(row.status == ResidencyStatus.PROPOSED for row in found.values())
    return found


# ------------------------------------------------------------ rules and lists say the same


@pytest.mark.parametrize("persona", [*PERSONAS, "colleague"])
def test_the_list_holds_what_the_rule_allows(persona: str, at: datetime) -> None:
    people = staffed_town(at)
    found, viewer = cases(people, at), people[persona]

    allowed = {name for name, row in found.items() if may("residency.confirm_residency", viewer, row)}

    assert {row.pk for row in visible_waiting(viewer)} == {found[name].pk for name in allowed}
    # The official's own is among those they would decide on, so they decide on none.
    assert allowed == ({"seen by the official"} if persona == "colleague" else set())


def test_an_official_without_a_part_in_it_decides_what_a_colleague_saw(at: datetime) -> None:
    _first, _second, waiting = doubles(at)
    seen_by_another = personas.colleague(at=at)

    assert list(visible_waiting(seen_by_another)) == [waiting]
    assert list(visible_waiting(factories.an_official(at))) == []
    assert list(waiting_residencies()) == [waiting]


@pytest.mark.parametrize("persona", [*PERSONAS, "colleague"])
def test_only_another_official_ends_a_residency(persona: str, at: datetime) -> None:
    people = staffed_town(at)
    residency = open_residency(people["resident"].pk or 0)

    assert may("residency.revoke_residency", people[persona], residency) == (persona == "colleague")


@pytest.mark.parametrize("persona", PERSONAS)
def test_everybody_but_organisations_may_verify_themselves(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]

    assert may("residency.verify_oneself", viewer) == (persona not in {"anonymous", "speaker"})


# ------------------------------------------------------------ the pages


@pytest.mark.parametrize("persona", [*PERSONAS, "colleague"])
def test_nobody_else_reaches_the_pages(persona: str, client: Client, at: datetime) -> None:
    viewer = staffed_town(at)[persona]
    _first, second, waiting = doubles(at)
    if isinstance(viewer, User):
        client.force_login(viewer)

    listed = client.get(WAITING)
    opened, ended = client.post(decide_at(waiting)), client.post(revoke_at(waiting))

    is_staff = persona in {"official", "colleague"}
    refused = 302 if persona == "anonymous" else 403
    assert listed.status_code == (200 if is_staff else refused)
    assert opened.status_code == ended.status_code == (200 if persona == "colleague" else refused)
    for response in (listed, opened, ended):
        assert persona == "colleague" or second.display_name not in response.content.decode()


def test_what_does_not_exist_is_told_to_nobody_but_officials(client: Client, at: datetime) -> None:
    client.force_login(factories.a_writer(at))
    assert {client.post(f"{WAITING}99/").status_code, client.post("/en/desk/residents/99/end/").status_code} == {403}

    client.force_login(personas.colleague(at=at))
    assert {client.post(f"{WAITING}99/").status_code, client.post("/en/desk/residents/99/end/").status_code} == {404}


def test_the_list_names_nobody_and_opening_one_can_be_read_of_by_both(colleague: Client, at: datetime) -> None:
    first, second, waiting = doubles(at)
    User.objects.filter(pk=first.pk).update(display_name="Ida Older")
    User.objects.filter(pk=second.pk).update(display_name="Ida Newer")

    listed = colleague.get(WAITING).content.decode()
    assert look_ups(first) == look_ups(second) == []
    opened = colleague.post(decide_at(waiting)).content.decode()

    assert "Compare and decide" in listed
    assert "Ida" not in listed
    for words in ("Ida Older", "Ida Newer", "15 September", "At the town-hall desk"):
        assert words in opened
    assert first.email not in opened
    assert HOME["address"] not in opened
    assert look_ups(first) == look_ups(second) == ["double"]


def test_a_colleague_confirms_on_the_page(colleague: Client, at: datetime) -> None:
    first, second, waiting = doubles(at)

    response = colleague.post(decide_at(waiting), {"decision": "confirm"}, follow=True)

    assert "The residency holds now" in response.content.decode()
    assert residency_of(second, at=at)
    assert residency_of(first, at=at)
    again = colleague.post(decide_at(waiting), {"decision": "decline", "sentence": "Too late."}, follow=True)
    assert "decided meanwhile" in again.content.decode()
    assert residency_of(second, at=at)


@pytest.mark.parametrize("sentence", ["", "   ", "x" * 501, "Her number is 010787-1234."])
def test_a_decline_needs_a_sentence_that_can_be_sent(sentence: str, colleague: Client, at: datetime) -> None:
    _first, _second, waiting = doubles(at)

    response = colleague.post(decide_at(waiting), {"decision": "decline", "sentence": sentence})

    assert response.status_code == 422
    assert "data-error-summary" in response.content.decode()
    waiting.refresh_from_db()
    assert waiting.status == ResidencyStatus.PROPOSED


def test_a_colleague_declines_with_a_sentence_that_the_person_reads(colleague: Client, at: datetime) -> None:
    _first, second, waiting = doubles(at)

    colleague.post(decide_at(waiting), {"decision": "decline", "sentence": "Use your first account."})
    colleague.force_login(second)

    waiting.refresh_from_db()
    assert waiting.end_reason == EndReason.DECLINED
    assert "Use your first account." in colleague.get("/en/me/verify/").content.decode()


def test_the_one_who_saw_the_person_decides_nothing(client: Client, at: datetime) -> None:
    _first, second, waiting = doubles(at)
    client.force_login(factories.an_official(at))

    listed = client.get(WAITING).content.decode()
    response = client.post(decide_at(waiting), {"decision": "confirm"})

    assert "1 more waits for a colleague" in listed
    assert response.status_code == 403
    assert "A colleague decides" in response.content.decode()
    assert residency_of(second, at=at) is None


# ------------------------------------------------------------ ending somebody's residency


def test_a_colleague_ends_it_after_a_page_that_asks_why(colleague: Client, at: datetime) -> None:
    person = personas.resident(at=at)
    residency = open_residency(person.pk)
    assert residency

    asked = colleague.post(revoke_at(residency)).content.decode()
    assert residency_of(person, at=at), "a page that asks changes nothing"
    unfit = colleague.post(revoke_at(residency), {"reason": "moved_out", "sentence": ""})
    unknown = colleague.post(revoke_at(residency), {"reason": "own_wish", "sentence": "They said so."})
    done = colleague.post(revoke_at(residency), {"reason": "moved_out", "sentence": "The register says so."})

    assert "Rita Rosendal" in asked
    assert (unfit.status_code, unknown.status_code, done.status_code) == (422, 422, 302)
    residency.refresh_from_db()
    assert (residency.end_reason, residency.end_sentence) == (EndReason.MOVED_AWAY, "The register says so.")
    assert look_ups(person) == ["desk"]
    again = colleague.post(revoke_at(residency), {"reason": "mistake", "sentence": "Once more."})
    assert "has been decided or ended already" in again.content.decode()


def test_the_desk_offers_to_end_it_to_those_who_may(client: Client, at: datetime) -> None:
    person = personas.resident(at=at)

    for official, offered in ((factories.an_official(at), False), (personas.colleague(at=at), True)):
        client.force_login(official)
        page = client.post("/en/desk/residents/", {"email": person.email}).content.decode()
        assert ("End this residency" in page) == offered


def test_a_protected_person_who_waits_is_named_to_who_decides_only(colleague: Client, at: datetime) -> None:
    _first, second, waiting = doubles(at)
    User.objects.filter(pk=second.pk).update(display_name="Hidden Holm")
    protect_name(person=second, by=as_citizen(second), at=at)

    for address in (WAITING, "/en/desk/residents/"):
        assert "Hidden Holm" not in colleague.get(address).content.decode()
    assert "Hidden Holm" in colleague.post(decide_at(waiting)).content.decode()
    colleague.post(decide_at(waiting), {"decision": "confirm"})
    assert "Hidden Holm" not in colleague.get("/en/desk/residents/").content.decode()
