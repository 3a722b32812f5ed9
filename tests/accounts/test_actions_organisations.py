"""Organisations' accounts and legal holds: who asks, who decides, and what is decided once."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import translation

from apps.accounts.actions import (
    confirm_organisation,
    end_organisation,
    erase_account,
    lift_hold,
    place_hold,
    refuse_organisation,
    request_organisation,
)
from apps.accounts.engine.cvr import is_cvr
from apps.accounts.enums import HeldSubject, OrganisationStatus
from apps.accounts.errors import (
    AlreadyDecided,
    AlreadyHeld,
    Held,
    OrganisationHasAccount,
    UnfitCvr,
    UnfitName,
)
from apps.accounts.models import Hold, Organisation, User
from apps.accounts.queries import held_ids, organisation_of
from apps.accounts.rules import as_citizen
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from tests import factories, personas
from tests.concurrency import at_once, shared_database

pytestmark = pytest.mark.django_db

CVR, ANOTHER_CVR = "10150817", "25313763"


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def ask(by: User, at: datetime, **other: str) -> Organisation:
    asked = {"name": "Klintmose Vand", "cvr": CVR, "speaker": "Ida Holm"} | other
    return request_organisation(**asked, by=by, at=at)


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="organisation").order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("digits", [CVR, ANOTHER_CVR, "13612870", "61056416", "24256790"])
def test_numbers_that_companies_have_are_cvr_numbers(digits: str) -> None:
    assert is_cvr(digits)


@pytest.mark.parametrize(
    "digits",
    [
        "",
        "0",
        "1015081",
        "101508170",
        "10150818",
        "01050817",
        "00000000",
        "1015081a",
        " 10150817",
        "10150817\n",
        "１０１５０８１７",
        "٠١٢٣٤٥٦٧",
        "-1015081",
    ],
)
def test_other_digits_are_none(digits: str) -> None:
    assert not is_cvr(digits)


def test_one_wrong_digit_is_noticed() -> None:
    """The check finds every single wrong digit of a number."""
    wrong = (CVR[:place] + digit + CVR[place + 1 :] for place in range(8) for digit in "0123456789")

    assert [digits for digits in wrong if is_cvr(digits) and digits != CVR] == []


def test_a_request_waits_and_gives_nothing(at: datetime) -> None:
    person = personas.unverified(at=at)

    asked = ask(person, at, name="  Klintmose   Vand ", cvr="10 15 08 17")

    assert (asked.name, asked.cvr, asked.status) == ("Klintmose Vand", CVR, OrganisationStatus.REQUESTED)
    assert organisation_of(person) is None
    [entry] = Entry.objects.filter(kind="organisation.requested")
    assert "Klintmose" not in entry.payload
    assert CVR not in entry.payload


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [("cvr", "10150818", UnfitCvr), ("cvr", "", UnfitCvr), ("name", "", UnfitName), ("name", "a\u202eb", UnfitName)],
)
def test_unfit_requests_are_refused(field: str, value: str, error: type[Exception], at: datetime) -> None:
    with pytest.raises(error):
        ask(personas.unverified(at=at), at, **{field: value})
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("persona", ["moderator", "official", "administrator"])
def test_staff_are_no_organisation(persona: str, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="staff role"):
        ask(personas.PERSONAS[persona](at=at), at)  # type: ignore[arg-type]


@pytest.mark.parametrize("persona", ["unverified", "resident", "moderator", "administrator"])
def test_only_officials_decide(persona: str, at: datetime) -> None:
    asked = ask(personas.unverified(at=at, email="ida@example.org"), at)
    viewer = personas.PERSONAS[persona](at=at)
    assert isinstance(viewer, User)

    with pytest.raises(NotAllowed):
        confirm_organisation(organisation=asked, by=viewer, at=at)
    with pytest.raises(NotAllowed):
        refuse_organisation(organisation=asked, sentence="No.", by=viewer, at=at)
    with pytest.raises(NotAllowed):
        end_organisation(organisation=asked, sentence="No.", by=viewer, at=at)
    assert kinds() == ["organisation.requested"]


def test_an_official_does_not_decide_on_the_own_one(at: datetime) -> None:
    person = personas.unverified(at=at)
    asked = ask(person, at)
    official = factories.an_official(at)
    Organisation.objects.filter(pk=asked.pk).update(account=official)
    asked.refresh_from_db()

    with pytest.raises(NotAllowed, match="your own"):
        confirm_organisation(organisation=asked, by=official, at=at)


def test_the_way_of_a_request_each_step_once(at: datetime) -> None:
    person, official = personas.unverified(at=at), factories.an_official(at)
    asked = ask(person, at)

    with pytest.raises(AlreadyDecided):
        end_organisation(organisation=asked, sentence="x", by=official, at=at)
    with pytest.raises(AlreadyDecided):
        ask(person, at)
    refuse_organisation(organisation=asked, sentence="We could not reach you.", by=official, at=at)
    with pytest.raises(AlreadyDecided):
        confirm_organisation(organisation=asked, by=official, at=at)
    asked_again = ask(person, at)
    assert asked_again.sentence == ""
    confirm_organisation(organisation=asked_again, by=official, at=at)
    assert organisation_of(person)
    with pytest.raises(AlreadyDecided):
        ask(person, at)
    with pytest.raises(AlreadyDecided):
        refuse_organisation(organisation=asked_again, sentence="x", by=official, at=at)
    end_organisation(organisation=asked_again, sentence="Closed down.", by=official, at=at)

    assert organisation_of(person) is None
    assert [kind.removeprefix("organisation.") for kind in kinds()] == [
        "requested",
        "refused",
        "requested",
        "confirmed",
        "ended",
    ]


def test_one_account_speaks_for_a_cvr_number(at: datetime) -> None:
    official = factories.an_official(at)
    first, second = (personas.unverified(at=at, email=f"p{number}@example.org") for number in (1, 2))
    asked, other = ask(first, at), ask(second, at)
    confirm_organisation(organisation=asked, by=official, at=at)

    with pytest.raises(OrganisationHasAccount):
        confirm_organisation(organisation=other, by=official, at=at)
    assert organisation_of(second) is None
    end_organisation(organisation=Organisation.objects.get(account=first), sentence="Moves.", by=official, at=at)
    confirm_organisation(organisation=other, by=official, at=at)
    assert organisation_of(second)


@pytest.mark.django_db(transaction=True)
def test_two_officials_at_once_decide_once(at: datetime, tmp_path: Path) -> None:
    asked = ask(personas.unverified(at=at), at)
    one, other = factories.an_official(at), personas.colleague(at=at)

    with shared_database(tmp_path):
        raised = at_once(
            lambda: confirm_organisation(organisation=asked, by=one, at=at),
            lambda: refuse_organisation(organisation=asked, sentence="No.", by=other, at=at),
        )
        assert [type(problem) for problem in raised] == [AlreadyDecided]
        assert len(kinds()) == 2


# ------------------------------------------------------------ holds


def hold(person: User, by: User, at: datetime, held: HeldSubject = HeldSubject.PERSON) -> Hold:
    return place_hold(held=held, held_id=person.pk, reason="A case at court.", review_on=date(2027, 1, 1), by=by, at=at)


@pytest.mark.parametrize("persona", ["unverified", "resident", "moderator", "official"])
def test_only_administrators_place_and_lift_holds(persona: str, at: datetime) -> None:
    person, viewer = personas.unverified(at=at, email="ida@example.org"), personas.PERSONAS[persona](at=at)
    placed = hold(person, personas.administrator(at=at), at)
    assert isinstance(viewer, User)

    with pytest.raises(NotAllowed):
        hold(viewer, viewer, at)
    with pytest.raises(NotAllowed):
        lift_hold(hold=placed, by=viewer, at=at)
    assert held_ids(HeldSubject.PERSON, [person.pk, viewer.pk]) == {person.pk}


def test_a_hold_is_placed_and_lifted_once_and_says_no_reason_in_public(at: datetime) -> None:
    person, administrator = personas.unverified(at=at), personas.administrator(at=at)
    placed = hold(person, administrator, at)

    with pytest.raises(AlreadyHeld):
        hold(person, administrator, at)
    hold(person, administrator, at, HeldSubject.CONTRIBUTION)  # a contribution of that id is another thing
    assert lift_hold(hold=placed, by=administrator, at=at)
    assert not lift_hold(hold=placed, by=administrator, at=at)
    assert held_ids(HeldSubject.PERSON, [person.pk]) == frozenset()
    hold(person, administrator, at)  # after that a new one
    entries = Entry.objects.filter(kind__startswith="hold.").order_by("pk")
    assert [entry.kind for entry in entries] == ["hold.placed", "hold.placed", "hold.lifted", "hold.placed"]
    assert not any("court" in entry.payload for entry in entries)


def test_a_hold_keeps_an_account_from_being_erased(at: datetime) -> None:
    person, administrator = personas.unverified(at=at), personas.administrator(at=at)
    placed = hold(person, administrator, at)

    with pytest.raises(Held):
        erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at)
    assert User.objects.get(pk=person.pk).email == person.email
    lift_hold(hold=placed, by=administrator, at=at)
    assert erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at + timedelta(days=1))
