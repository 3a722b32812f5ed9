"""One person, one residency, whatever the method, the account, the secret and the moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.utils import translation

from apps.accounts.actions import confirm_organisation, protect_name, request_organisation
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import District, Municipality
from apps.residency.actions import (
    ShownAtDesk,
    end_own_residency,
    grant_residency,
    revoke_residency,
    verify_with_mitid,
)
from apps.residency.engine.person_keys import NATIONAL
from apps.residency.enums import EndReason, Method, ResidencyStatus
from apps.residency.errors import (
    AccountOfAnother,
    AddressNotConfirmed,
    LivesElsewhere,
    PersonHasResidency,
)
from apps.residency.models import Residency
from apps.residency.queries import national_keys, residence_of, residency_of
from tests import factories, personas
from tests.residency.verified import (
    ANOTHER_NUMBER,
    BROKER,
    CODE,
    CVR,
    HOME,
    NEW,
    NUMBER,
    OLD,
    YEARS,
    account,
    evidence,
    kinds,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def municipality(request: pytest.FixtureRequest) -> Municipality:
    """The town of the tests."""
    request.getfixturevalue("transactional_db" if "tmp_path" in request.fixturenames else "db")
    return Municipality.objects.create(name="Vesterhav Kommune", site_name="Vesterhav", code=CODE)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


# ------------------------------------------------------------ what is kept


def test_the_word_of_mitid_makes_a_resident_and_keeps_what_the_badge_needs(at: datetime) -> None:
    person, district = account(at), District.objects.create(name="Klintmose")

    made = verify_with_mitid(person=person, evidence=evidence(district_id=district.pk, age_band="18_29"), at=at)

    assert residency_of(person, at=at) == made
    assert (made.method, made.status, made.district) == (Method.MITID, ResidencyStatus.ACTIVE, district)
    assert (made.assurance_level, made.key_version, made.key_issuer) == ("substantial", 1, BROKER)
    assert made.age_band == "", "nobody asked for it"
    assert (made.verified_by, made.shown_document) == (None, "")
    entry = Entry.objects.get(kind="residency.granted")
    assert (facts_of(entry), entry.actor_role) == ({"method": "mitid"}, "citizen")


def test_the_age_band_is_kept_where_the_municipality_asks_for_it(municipality: Municipality, at: datetime) -> None:
    municipality.asks_age_band = True
    municipality.save()

    made = verify_with_mitid(person=account(at), evidence=evidence(age_band="18_29"), at=at)

    assert made.age_band == "18_29"


@pytest.mark.parametrize("months", [1, 12, 24])
def test_it_holds_as_long_as_the_municipality_says(months: int, municipality: Municipality, at: datetime) -> None:
    municipality.residency_months = months
    municipality.save()
    person = account(at)

    made = verify_with_mitid(person=person, evidence=evidence(), at=at)

    assert abs((made.expires_at - at) - timedelta(days=months * 30.44)) < timedelta(days=1)
    assert residency_of(person, at=made.expires_at - timedelta(seconds=1))
    assert residency_of(person, at=made.expires_at) is None


def test_where_no_municipality_is_set_up_nobody_lives(municipality: Municipality, at: datetime) -> None:
    municipality.code = ""
    municipality.save()

    with pytest.raises(LivesElsewhere):
        verify_with_mitid(person=account(at), evidence=evidence(municipality_code=""), at=at)


# ------------------------------------------------------------ the same person on two accounts


def test_a_second_account_of_the_same_person_is_told_so_and_gets_nothing(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    held = verify_with_mitid(person=first, evidence=evidence(), at=at)

    with pytest.raises(PersonHasResidency, match="another account"):
        verify_with_mitid(person=second, evidence=evidence(), at=at)

    assert residency_of(first, at=at) == held
    assert residency_of(second, at=at) is None
    assert kinds() == ["residency.granted"]


def test_it_moves_when_the_person_says_so_and_never_holds_on_both(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)

    made = verify_with_mitid(person=second, evidence=evidence(), at=at, moves=True)

    assert residency_of(first, at=at) is None
    assert residency_of(second, at=at) == made
    former = Residency.objects.get(person=first)
    assert (former.status, former.end_reason, former.ended_at) == (ResidencyStatus.ENDED, EndReason.MOVED_ACCOUNT, at)
    assert kinds() == ["residency.granted", "residency.ended", "residency.granted"]


def test_it_can_move_back(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)
    verify_with_mitid(person=second, evidence=evidence(), at=at, moves=True)

    with pytest.raises(PersonHasResidency):
        verify_with_mitid(person=first, evidence=evidence(), at=at)
    verify_with_mitid(person=first, evidence=evidence(), at=at, moves=True)

    assert residency_of(first, at=at)
    assert residency_of(second, at=at) is None


def test_one_that_ran_out_on_another_account_is_in_nobodys_way(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at - YEARS)

    made = verify_with_mitid(person=second, evidence=evidence(), at=at)

    assert residency_of(second, at=at) == made
    assert Residency.objects.get(person=first).end_reason == EndReason.EXPIRED


def test_a_new_secret_still_knows_who_was_verified_under_the_former(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(secrets={1: OLD}), at=at)
    both = evidence(secrets={1: OLD, 2: NEW})

    with pytest.raises(PersonHasResidency):
        verify_with_mitid(person=second, evidence=both, at=at)
    made = verify_with_mitid(person=second, evidence=both, at=at, moves=True)

    assert made.key_version == 2, "the key moves on to the newest secret"
    assert residency_of(first, at=at) is None


def test_a_renewal_brings_the_key_to_the_newest_secret(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(secrets={1: OLD}), at=at)

    made = verify_with_mitid(person=person, evidence=evidence(secrets={1: OLD, 2: NEW}), at=at)

    assert (made.key_version, residency_of(person, at=at)) == (2, made)


def test_the_same_subject_at_another_broker_is_another_person(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(issuer=BROKER), at=at)

    verify_with_mitid(person=second, evidence=evidence(issuer="https://other.example"), at=at)

    assert residency_of(first, at=at)
    assert residency_of(second, at=at)


def test_the_identity_number_is_one_key_for_desk_and_mitid(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    official, number = factories.an_official(at), NUMBER
    told = evidence(keys=national_keys(number))
    verify_with_mitid(person=first, evidence=told, at=at)

    with pytest.raises(PersonHasResidency):
        grant_residency(
            person=second, district=None, by=official, at=at, shown=ShownAtDesk(identity_number=number, **HOME)
        )
    made = grant_residency(
        person=second, district=None, by=official, at=at, shown=ShownAtDesk(identity_number=number, **HOME), moves=True
    )

    assert made.key_issuer == NATIONAL
    assert residency_of(first, at=at) is None
    with pytest.raises(PersonHasResidency):
        verify_with_mitid(person=first, evidence=told, at=at)


# ------------------------------------------------------------ the account of another


def test_an_account_verified_for_one_person_is_never_anothers(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence("ida"), at=at)

    with pytest.raises(AccountOfAnother):
        verify_with_mitid(person=person, evidence=evidence("bo"), at=at)
    with pytest.raises(AccountOfAnother):
        verify_with_mitid(person=person, evidence=evidence("bo"), at=at, moves=True)

    assert kinds() == ["residency.granted"]


def test_not_even_after_it_ended(at: datetime) -> None:
    person = account(at)
    residency = verify_with_mitid(person=person, evidence=evidence("ida"), at=at)
    end_own_residency(residency=residency, by=person, at=at)

    with pytest.raises(AccountOfAnother):
        verify_with_mitid(person=person, evidence=evidence("bo"), at=at)


def test_who_lives_elsewhere_does_not_learn_more_than_that_it_is_anothers_account(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence("ida"), at=at)

    with pytest.raises(AccountOfAnother):
        verify_with_mitid(person=person, evidence=evidence("bo", municipality_code="0101", is_protected=True), at=at)

    person.refresh_from_db()
    assert not person.has_protected_name, "it was not this account's person who is protected"


def test_one_granted_by_mistake_does_not_shut_out_whose_account_it_is(at: datetime) -> None:
    """The desk took the wrong card: what was granted by mistake says nothing of who owns the account."""
    person, official, colleague = account(at), factories.an_official(at), personas.colleague(at=at)
    wrong = grant_residency(
        person=person, district=None, by=official, at=at, shown=ShownAtDesk(identity_number=NUMBER, **HOME)
    )
    revoke_residency(residency=wrong, reason=EndReason.MISTAKE, sentence="The wrong card.", by=colleague, at=at)

    made = verify_with_mitid(person=person, evidence=evidence(keys=national_keys(ANOTHER_NUMBER)), at=at)

    assert residency_of(person, at=at) == made


def test_the_desk_does_not_give_the_account_of_one_person_to_another(at: datetime) -> None:
    person, official = account(at), factories.an_official(at)
    residency = verify_with_mitid(person=person, evidence=evidence(keys=national_keys(NUMBER)), at=at)
    end_own_residency(residency=residency, by=person, at=at)

    with pytest.raises(AccountOfAnother):
        grant_residency(
            person=person, district=None, by=official, at=at, shown=ShownAtDesk(identity_number=ANOTHER_NUMBER, **HOME)
        )

    assert residency_of(person, at=at) is None


# ------------------------------------------------------------ elsewhere, protected, organisations


@pytest.mark.parametrize("code", ["0101", "", "661"])
def test_who_lives_elsewhere_keeps_an_account_and_gets_no_badge(code: str, at: datetime) -> None:
    person = account(at)

    with pytest.raises(LivesElsewhere, match="no resident's badge"):
        verify_with_mitid(person=person, evidence=evidence(municipality_code=code), at=at)

    assert not Residency.objects.exists()
    assert kinds() == []


def test_a_protected_name_stays_protected_whatever_comes_of_the_residency(at: datetime) -> None:
    person = account(at)

    with pytest.raises(LivesElsewhere):
        verify_with_mitid(person=person, evidence=evidence(municipality_code="0101", is_protected=True), at=at)
    verify_with_mitid(person=person, evidence=evidence(is_protected=False), at=at)

    person.refresh_from_db()
    assert person.has_protected_name
    assert person.name_protected_at == at
    assert Entry.objects.filter(kind="name.protected").count() == 1
    assert not protect_name(person=person, by=THE_SYSTEM, at=at + YEARS)


def test_an_organisation_is_nobodys_residency(at: datetime) -> None:
    person, official = account(at), factories.an_official(at)
    held = verify_with_mitid(person=person, evidence=evidence(), at=at)
    asked = request_organisation(name="Klintmose Vand", cvr=CVR, speaker="Ida Holm", by=person, at=at)
    assert residency_of(person, at=at) == held, "asking changes nothing"

    confirm_organisation(organisation=asked, by=official, at=at)
    person = User.objects.get(pk=person.pk)

    assert residency_of(person, at=at) is None
    counted = User.objects.filter(pk=person.pk).annotate(lives=residence_of(person, at=at)).get()
    assert vars(counted)["lives"] is None
    with pytest.raises(NotAllowed, match="organisation"):
        verify_with_mitid(person=person, evidence=evidence(), at=at)
    with pytest.raises(NotAllowed, match="organisation"):
        grant_residency(person=person, district=None, by=official, at=at)


def test_an_address_nobody_confirmed_is_no_ground_for_mitid_either(at: datetime) -> None:
    person = account(at)
    User.objects.filter(pk=person.pk).update(email="typed@example.org")
    person.refresh_from_db()

    with pytest.raises(AddressNotConfirmed):
        verify_with_mitid(person=person, evidence=evidence(), at=at)
    assert not Residency.objects.exists()


def test_nobody_who_is_not_signed_in_or_may_not_be_verifies(at: datetime) -> None:
    person = account(at)
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.refresh_from_db()

    with pytest.raises(NotAllowed):
        verify_with_mitid(person=person, evidence=evidence(), at=at)
    with pytest.raises(NotAllowed):
        verify_with_mitid(person=personas.anonymous(at=at), evidence=evidence(), at=at)  # type: ignore[arg-type]
