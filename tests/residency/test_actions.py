"""Residency: one that holds a person, granted by somebody else, without any identity number."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps as installed

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import may
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import District
from apps.residency.actions import (
    ShownAtDesk,
    confirm_residency,
    decline_residency,
    grant_residency,
    revoke_residency,
)
from apps.residency.enums import EndReason, ResidencyStatus
from apps.residency.errors import AddressNotConfirmed, AlreadyEnded, AlreadyResident
from apps.residency.models import Residency
from apps.residency.queries import open_residency, recent_residencies, residency_of, why_not_now
from tests import factories, personas
from tests.personas import PERSONAS, everyone
from tests.residency.verified import HOME, NUMBER, doubles

pytestmark = pytest.mark.django_db

YEARS = timedelta(days=731)


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="residency").order_by("id").values_list("kind", flat=True))


def test_a_granted_residency_holds_for_two_years_and_leaves_one_entry(at: datetime) -> None:
    person, official = factories.a_writer(at), factories.an_official(at)
    district = District.objects.create(name="Klintmose")

    made = grant_residency(person=person, district=district, by=official, at=at)

    assert (made.district_name, made.verified_by, made.verified_at) == ("Klintmose", official, at)
    assert residency_of(person, at=at) == made
    assert residency_of(person, at=made.expires_at - timedelta(seconds=1)) == made
    assert residency_of(person, at=made.expires_at) is None
    assert abs(made.expires_at - at - YEARS) < timedelta(days=1)
    entry = Entry.objects.get(kind="residency.granted")
    assert facts_of(entry) == {"method": "desk"}


@pytest.mark.parametrize("persona", PERSONAS)
def test_only_officials_verify_and_nobody_themselves(persona: str, at: datetime) -> None:
    people = everyone(at=at)
    viewer, other = people[persona], factories.a_writer(at)

    assert may("residency.open_desk", viewer) == (persona == "official")
    assert may("residency.grant_residency", viewer, other) == (persona == "official")
    if isinstance(viewer, User):
        assert not may("residency.grant_residency", viewer, viewer)
        with pytest.raises(NotAllowed):
            grant_residency(person=viewer, district=None, by=viewer, at=at)


def test_one_that_holds_is_not_granted_again(at: datetime) -> None:
    person, official = personas.resident(at=at), factories.an_official(at)

    with pytest.raises(AlreadyResident):
        grant_residency(person=person, district=None, by=official, at=at)
    assert kinds() == ["residency.granted"]


def test_an_expired_one_is_ended_first(at: datetime) -> None:
    person, official = personas.resident(at=at - 2 * YEARS), factories.an_official(at)

    made = grant_residency(person=person, district=None, by=official, at=at)

    assert open_residency(person.pk) == made
    assert Residency.objects.filter(person=person).count() == 2
    assert kinds() == ["residency.granted", "residency.ended", "residency.granted"]


def test_an_address_that_nobody_confirmed_is_no_ground_to_stand_on(at: datetime) -> None:
    person, official = factories.a_writer(at), factories.an_official(at)
    installed.get_model("account", "EmailAddress").objects.filter(user=person).update(verified=False)

    with pytest.raises(AddressNotConfirmed):
        grant_residency(person=person, district=None, by=official, at=at)
    assert why_not_now(official, person, at=at) == AddressNotConfirmed().sentence
    assert not Residency.objects.exists()


def test_a_colleague_ends_it_once_and_with_a_reason(at: datetime) -> None:
    person, granted_it = personas.resident(at=at), factories.an_official(at)
    colleague = personas.colleague(at=at)
    residency = open_residency(person.pk)
    assert residency
    ended = {"residency": residency, "reason": EndReason.MOVED_AWAY, "sentence": "The register says so.", "at": at}

    with pytest.raises(NotAllowed):
        revoke_residency(**ended, by=granted_it)
    revoke_residency(**ended, by=colleague)
    with pytest.raises(AlreadyEnded):
        revoke_residency(**ended, by=colleague)

    assert residency_of(person, at=at) is None
    assert kinds().count("residency.ended") == 1


def test_one_that_runs_out_soon_is_renewed_and_not_before(at: datetime) -> None:
    official, person = factories.an_official(at), personas.resident(at=at - timedelta(days=731 - 61))
    later = at + timedelta(days=2)

    with pytest.raises(AlreadyResident):
        grant_residency(person=person, district=None, by=official, at=at)
    made = grant_residency(person=person, district=None, by=official, at=later)

    assert residency_of(person, at=later) == made
    assert [facts_of(entry) for entry in Entry.objects.filter(kind="residency.ended")] == [{"reason": "renewed"}]


def test_a_number_does_not_hide_a_double_that_was_verified_without_one(at: datetime) -> None:
    """A letter knows no number: whether it is the same person, only people can tell."""
    official, first, second = (
        factories.an_official(at),
        factories.a_writer(at),
        personas.unverified(at=at, email="b@b.dk"),
    )
    grant_residency(person=first, district=None, by=official, at=at, shown=ShownAtDesk(**HOME))

    made = grant_residency(
        person=second, district=None, by=official, at=at, shown=ShownAtDesk(identity_number=NUMBER, **HOME)
    )

    assert made.status == ResidencyStatus.PROPOSED


def test_who_was_found_to_be_somebody_else_need_not_wait_again(at: datetime) -> None:
    _first, second, waiting = doubles(at)
    confirm_residency(residency=waiting, by=personas.colleague(at=at), at=at)
    later = waiting.expires_at - timedelta(days=30)

    renewed = grant_residency(
        person=second, district=None, by=factories.an_official(at), at=later, shown=ShownAtDesk(**HOME)
    )

    assert renewed.status == ResidencyStatus.ACTIVE


def test_what_was_confirmed_is_not_declined_any_more(at: datetime) -> None:
    _first, second, waiting = doubles(at)
    colleague = personas.colleague(at=at)
    confirm_residency(residency=waiting, by=colleague, at=at)

    with pytest.raises(AlreadyEnded):
        decline_residency(residency=waiting, sentence="Too late.", by=colleague, at=at)

    assert residency_of(second, at=at)


def test_a_grant_that_fails_protects_nobody(at: datetime) -> None:
    person, official = personas.resident(at=at), factories.an_official(at)

    with pytest.raises(AlreadyResident):
        grant_residency(person=person, district=None, by=official, at=at, shown=ShownAtDesk(is_protected=True))

    person.refresh_from_db()
    assert not person.has_protected_name


def test_what_was_shown_is_left_out_where_it_is_printed() -> None:
    shown = repr(ShownAtDesk(document="passport", identity_number=NUMBER, **HOME))

    assert not [secret for secret in (NUMBER, *HOME.values()) if secret in shown]


def test_nobody_who_is_not_signed_in_is_a_resident(at: datetime) -> None:
    assert residency_of(personas.anonymous(at=at), at=at) is None


def test_the_latest_stand_first(at: datetime) -> None:
    first = personas.resident(at=at - timedelta(days=1), email="first@example.org")
    second = personas.resident(at=at, email="second@example.org")

    assert [row.person for row in recent_residencies().rows] == [second, first]
    assert [row.person for row in recent_residencies(limit=1).rows] == [second]


def test_no_column_could_hold_an_identity_number() -> None:
    names = {field.name for field in Residency._meta.get_fields()}

    assert not {name for name in names if any(word in name for word in ("cpr", "number", "birth", "born", "sub"))}
    assert not names & {"address", "name", "email"}
