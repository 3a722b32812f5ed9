"""Legal holds: only administrators, no text shown, placed and lifted once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.actions import erase_account, grant_role, lift_hold, place_hold, protect_name
from apps.accounts.enums import HeldSubject, LookUpReason, Role
from apps.accounts.errors import Held, NothingToHold, UnfitReviewDay
from apps.accounts.models import Hold, User
from apps.accounts.queries import held_ids, look_ups_of
from apps.accounts.rules import THE_SYSTEM
from apps.discussions.models import Contribution
from apps.ledger.queries import facts_of
from apps.portal.views import holds as view
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
HOLDS, ACCOUNT, CONTRIBUTION = "/en/desk/holds/", "/en/desk/holds/account/", "/en/desk/holds/contribution/"
WHY = {"reason": "Case 7/2026", "review_on": "2027-03-01"}


@pytest.fixture
def adam(at: datetime) -> User:
    return personas.administrator(at=at)


@pytest.fixture
def desk(as_seen_by: Browser, adam: User) -> Client:
    """An administrator's browser."""
    return as_seen_by(adam)


@pytest.fixture
def waiting(at: datetime) -> Contribution:
    topic = factories.the_topic(factories.a_hearing(at=at, title="Wind at sea"))
    return factories.a_contribution(topic, at=at, body="A secret that waits.")


def _hold(by: User, at: datetime, held_id: int, held: HeldSubject = HeldSubject.PERSON, **changes: Any) -> Hold:
    facts = {"reason": "Case 7/2026", "review_on": date(2027, 3, 1)} | changes
    return place_hold(held=held, held_id=held_id, by=by, at=at, **facts)


def test_an_account_is_held_after_a_look_that_its_owner_sees(desk: Client, at: datetime) -> None:
    una = personas.unverified(at=at)

    found = desk.post(ACCOUNT, {"email": una.email})
    assert "Una Underveis" in found.content.decode()
    assert not Hold.objects.exists()
    placed = desk.post(ACCOUNT, WHY | {"email": una.email, "place": "1"})

    assert placed.status_code == 302
    assert held_ids(HeldSubject.PERSON, [una.pk]) == {una.pk}
    assert [facts_of(entry) for entry in look_ups_of(una)] == [{"reason": LookUpReason.HOLD}]
    with pytest.raises(Held):
        erase_account(person=una, reason="own_wish", by=THE_SYSTEM, at=at)


@pytest.mark.parametrize("way", ["address", "address with more", "choice"])
def test_a_contribution_is_held_by_its_place_without_its_text(way: str, desk: Client, waiting: Contribution) -> None:
    slug = waiting.consultation.slug
    asked: dict[str, Any] = {
        "address": {"address": f"https://dialog.example/en/consultations/{slug}/c/1/"},
        "address with more": {"address": f" /consultations/{slug}/c/1?x=2#c1 "},
        "choice": {"slug": slug, "number": "1"},
    }[way]

    response = desk.post(CONTRIBUTION, WHY | asked, follow=True)

    assert held_ids(HeldSubject.CONTRIBUTION, [waiting.pk]) == {waiting.pk}
    page = response.content.decode()
    assert 'No. 1 in “<span lang="da">Wind at sea</span>”' in page
    lifting = desk.get(f"{HOLDS}{Hold.objects.get().pk}/lift/").content.decode()
    for text in (page, lifting, desk.get(HOLDS).content.decode()):
        assert "A secret that waits." not in text
        assert "Una Underveis" not in text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({}, "Give the address, or the hearing and the number."),
        ({"slug": "SLUG"}, "Give the address, or the hearing and the number."),
        ({"number": "1"}, "Give the address, or the hearing and the number."),
        ({"slug": "SLUG", "number": "2"}, "There is no contribution with this number"),
        ({"slug": "SLUG", "number": "-1"}, "greater than or equal to 1"),
        ({"slug": "SLUG", "number": "99999999999999999999"}, "less than or equal to"),
        ({"address": "https://dialog.example/consultations/elsewhere/c/1/"}, "This is not the address"),
        ({"address": "javascript:alert(1)"}, "This is not the address"),
        ({"address": "/consultations/SLUG/c/1/", "review_on": "2026-09-15"}, "Choose a later day"),
        ({"address": "/consultations/SLUG/c/1/", "review_on": ""}, "This field is required"),
        ({"address": "/consultations/SLUG/c/1/", "reason": ""}, "This field is required"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept(
    asked: dict[str, str], sentence: str, desk: Client, waiting: Contribution
) -> None:
    slug = waiting.consultation.slug
    typed = {name: value.replace("SLUG", slug) for name, value in (WHY | asked).items()}

    response = desk.post(CONTRIBUTION, typed)

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert typed["reason"] in page
    assert not Hold.objects.exists()


def test_a_draft_is_not_among_the_hearings_to_choose_from(desk: Client, at: datetime) -> None:
    factories.a_draft(at=at, title="Secret plan")

    assert "Secret plan" not in desk.get(CONTRIBUTION).content.decode()


def test_the_same_is_held_once(desk: Client, adam: User, waiting: Contribution, at: datetime) -> None:
    una = factories.a_writer(at)
    _hold(adam, at, una.pk)
    _hold(adam, at, waiting.pk, HeldSubject.CONTRIBUTION)

    answers = [
        desk.post(ACCOUNT, WHY | {"email": una.email, "place": "1"}),
        desk.post(CONTRIBUTION, WHY | {"slug": waiting.consultation.slug, "number": "1"}),
    ]

    for answer in answers:
        assert answer.status_code == 422
        assert "A legal hold is on this already" in answer.content.decode()
    assert Hold.objects.count() == 2


def test_an_unknown_address_is_said_and_kept(desk: Client) -> None:
    response = desk.post(ACCOUNT, {"email": "nobody@example.org"})

    assert response.status_code == 422
    assert "No account has this address" in response.content.decode()
    assert 'value="nobody@example.org"' in response.content.decode()


def test_holds_stand_by_their_review_and_overdue_ones_are_marked(desk: Client, adam: User, at: datetime) -> None:
    people = [personas.unverified(at=at, email=f"p{turn}@example.org", display_name=f"P. {turn}x") for turn in range(3)]
    for person, review in zip(people, ((2026, 12, 1), (2026, 9, 15), (2026, 9, 14)), strict=True):
        _hold(adam, at - timedelta(days=30), person.pk, review_on=date(*review))

    items = desk.get(HOLDS).context["items"]

    assert [(item.person.display_name, item.is_overdue) for item in items] == [
        ("P. 2x", True), ("P. 1x", False), ("P. 0x", False)
    ]  # fmt: skip


def test_a_protected_name_is_not_among_them(desk: Client, adam: User, at: datetime) -> None:
    una = personas.unverified(at=at)
    protect_name(person=una, by=THE_SYSTEM, at=at)
    _hold(adam, at, una.pk)

    page = desk.get(HOLDS).content.decode()

    assert "A person with a protected name" in page
    assert "Una Underveis" not in page


def test_the_list_is_paged_by_key_and_costs_the_same(
    desk: Client, adam: User, at: datetime, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    assert "There are no holds" in desk.get(HOLDS).content.decode()
    topic = factories.the_topic(factories.a_hearing(at=at))
    for turn in range(3):
        person = personas.unverified(at=at, email=f"p{turn}@example.org", display_name=f"P. {turn}x")
        _hold(adam, at, person.pk)
        _hold(adam, at, factories.a_contribution(topic, at=at, by=person).pk, HeldSubject.CONTRIBUTION)
    with django_assert_num_queries(6):
        whole = desk.get(HOLDS).context["items"]
    monkeypatch.setattr(view, "PAGE", 4)

    first = desk.get(HOLDS)
    second = desk.get(HOLDS + first.context["older"])

    shown = [item.hold.pk for page in (first, second) for item in page.context["items"]]
    assert shown == [item.hold.pk for item in whole]
    assert len(shown) == 6


def test_lifting_is_asked_about_once_more(desk: Client, adam: User, at: datetime) -> None:
    una = personas.unverified(at=at)
    hold = _hold(adam, at, una.pk)
    address = f"{HOLDS}{hold.pk}/lift/"

    assert "Una Underveis" in desk.get(address).content.decode()
    assert held_ids(HeldSubject.PERSON, [una.pk])
    assert "The hold is lifted." in desk.post(address, follow=True).content.decode()

    assert not held_ids(HeldSubject.PERSON, [una.pk])
    assert "lifted already" in desk.get(address).content.decode()
    assert "had been lifted already" in desk.post(address, follow=True).content.decode()
    assert desk.get(f"{HOLDS}999/lift/").status_code == 404


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"anonymous", "administrator"}])
def test_nobody_else_sees_places_or_lifts(
    persona: str, as_seen_by: Browser, adam: User, waiting: Contribution, at: datetime
) -> None:
    una = factories.a_writer(at)
    hold = _hold(adam, at, una.pk)
    viewer = una if persona == "unverified" else _someone(persona, at)
    browser = as_seen_by(viewer)
    lifting = f"{HOLDS}{hold.pk}/lift/"

    answers = [browser.get(address).status_code for address in (HOLDS, ACCOUNT, CONTRIBUTION, lifting)]
    answers += [browser.post(lifting).status_code, browser.post(ACCOUNT, {"email": una.email}).status_code]
    answers += [browser.post(CONTRIBUTION, WHY | {"slug": waiting.consultation.slug, "number": "1"}).status_code]

    assert answers == [403] * 7
    assert Hold.objects.get().lifted_at is None
    assert look_ups_of(una) == []


def _someone(persona: str, at: datetime) -> Any:
    known = {"official": factories.an_official, "moderator": factories.a_moderator}
    return known[persona](at) if persona in known else personas.PERSONAS[persona](at=at)


def test_who_placed_it_stands_there_by_their_post_where_the_name_is_protected(
    as_seen_by: Browser, adam: User, at: datetime
) -> None:
    _hold(adam, at, personas.unverified(at=at).pk)
    protect_name(person=adam, by=THE_SYSTEM, at=at)
    other = personas.unverified(at=at, email="anna@example.org", display_name="Anna Administrator")
    grant_role(person=other, role=Role.ADMINISTRATOR, by=THE_SYSTEM, at=at)

    page = as_seen_by(User.objects.get(pk=other.pk)).get(HOLDS).content.decode()

    assert "Placed by Medarbejder" in page
    assert adam.display_name not in page


def test_an_erased_account_is_not_held(adam: User, at: datetime) -> None:
    una = personas.unverified(at=at)
    erase_account(person=una, reason="own_wish", by=THE_SYSTEM, at=at)

    with pytest.raises(NothingToHold):
        _hold(adam, at, una.pk)
    assert not Hold.objects.exists()


def test_a_hold_is_reviewed_after_the_day_on_which_it_is_placed(adam: User, at: datetime) -> None:
    """Past midnight on the municipality's clock it is the next day, whatever universal time says."""
    una = personas.unverified(at=at)
    late = at.replace(hour=22, minute=30)

    with pytest.raises(UnfitReviewDay):
        _hold(adam, late, una.pk, review_on=date(2026, 9, 16))
    hold = _hold(adam, late, una.pk, review_on=date(2026, 9, 17), reason="Case\u202e  7\n")

    assert hold.reason == "Case 7"
    assert lift_hold(hold=hold, by=adam, at=at)
