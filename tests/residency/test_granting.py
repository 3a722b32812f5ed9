"""Renewing, the second official, ending, and what the database holds when two come at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import Municipality
from apps.residency.actions import (
    ShownAtDesk,
    confirm_residency,
    decline_residency,
    end_own_residency,
    grant_residency,
    revoke_residency,
    verify_with_mitid,
)
from apps.residency.engine.evidence import Evidence
from apps.residency.enums import EndReason, Method, ResidencyStatus
from apps.residency.errors import (
    AlreadyEnded,
    AlreadyResident,
    PersonHasResidency,
    WaitsForColleague,
)
from apps.residency.models import Residency
from apps.residency.queries import open_residency, possible_doubles, residency_of
from tests import factories, personas
from tests.concurrency import Work, at_once, shared_database
from tests.residency.verified import (
    ANOTHER_NUMBER,
    CODE,
    HOME,
    NUMBER,
    YEARS,
    account,
    doubles,
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


# ------------------------------------------------------------ renewing


def test_mitid_renews_what_still_holds(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(), at=at)

    later = at + timedelta(days=700)
    made = verify_with_mitid(person=person, evidence=evidence(), at=later)

    assert residency_of(person, at=later) == made
    assert made.expires_at > later + timedelta(days=700)
    assert [row.end_reason for row in Residency.objects.filter(person=person).order_by("pk")] == ["renewed", ""]


def test_a_renewal_that_fails_takes_nothing_away(at: datetime) -> None:
    """All or nothing: what holds on this account is not ended for a person who is resident on another one."""
    first, second = account(at), account(at, number=2)
    by_desk = grant_residency(person=second, district=None, by=factories.an_official(at), at=at)
    verify_with_mitid(person=first, evidence=evidence(), at=at)

    with pytest.raises(PersonHasResidency):
        verify_with_mitid(person=second, evidence=evidence(), at=at)

    assert residency_of(second, at=at) == by_desk
    assert kinds() == ["residency.granted", "residency.granted"]


def test_the_desk_does_not_renew_what_holds(at: datetime) -> None:
    person = account(at)
    verify_with_mitid(person=person, evidence=evidence(), at=at)

    with pytest.raises(AlreadyResident):
        grant_residency(person=person, district=None, by=factories.an_official(at), at=at)


def test_mitid_overtakes_what_waits_for_a_second_official(at: datetime) -> None:
    _first, second, waiting = doubles(at)

    made = verify_with_mitid(person=second, evidence=evidence(), at=at)

    waiting.refresh_from_db()
    assert (waiting.status, waiting.end_reason) == (ResidencyStatus.ENDED, EndReason.RENEWED)
    assert residency_of(second, at=at) == made


# ------------------------------------------------------------ the second official


def test_the_same_name_at_the_same_address_waits_for_a_second_official(at: datetime) -> None:
    first, second, waiting = doubles(at)

    assert waiting.status == ResidencyStatus.PROPOSED
    assert residency_of(first, at=at)
    assert residency_of(second, at=at) is None, "what waits is no badge"
    assert [row.person for row in possible_doubles(second, waiting.name_address_key)] == [first]
    assert kinds() == ["residency.granted", "residency.proposed"]
    with pytest.raises(WaitsForColleague):
        grant_residency(person=second, district=None, by=personas.colleague(at=at), at=at)


def test_a_colleague_confirms_and_not_the_one_who_saw_the_person(at: datetime) -> None:
    _first, second, waiting = doubles(at)
    official, colleague = factories.an_official(at), personas.colleague(at=at)

    with pytest.raises(NotAllowed, match="A colleague"):
        confirm_residency(residency=waiting, by=official, at=at)
    confirm_residency(residency=waiting, by=colleague, at=at)
    with pytest.raises(AlreadyEnded):
        confirm_residency(residency=waiting, by=colleague, at=at)
    with pytest.raises(AlreadyEnded):
        decline_residency(residency=waiting, sentence="Too late.", by=colleague, at=at)

    held = residency_of(second, at=at)
    assert held
    assert held.confirmed_by == colleague
    assert kinds().count("residency.granted") == 2


def test_a_colleague_declines_with_a_sentence(at: datetime) -> None:
    _first, second, waiting = doubles(at)
    official, colleague = factories.an_official(at), personas.colleague(at=at)

    with pytest.raises(NotAllowed):
        decline_residency(residency=waiting, sentence="No.", by=official, at=at)
    decline_residency(residency=waiting, sentence="They are one person.", by=colleague, at=at)
    with pytest.raises(AlreadyEnded):
        confirm_residency(residency=waiting, by=colleague, at=at)

    assert residency_of(second, at=at) is None
    assert Residency.objects.get(pk=waiting.pk).end_sentence == "They are one person."


def test_nobody_confirms_their_own(at: datetime) -> None:
    colleague, official, first = personas.colleague(at=at), factories.an_official(at), account(at)
    shown = ShownAtDesk(**HOME)
    grant_residency(person=first, district=None, by=official, at=at, shown=shown)
    own = grant_residency(person=colleague, district=None, by=official, at=at, shown=shown)

    with pytest.raises(NotAllowed, match="yourself"):
        confirm_residency(residency=own, by=colleague, at=at)
    assert residency_of(colleague, at=at) is None


def test_with_a_key_there_is_no_doubt_and_nobody_waits(at: datetime) -> None:
    first, second, official = account(at), account(at, number=2), factories.an_official(at)
    for person, number in ((first, NUMBER), (second, ANOTHER_NUMBER)):
        shown = ShownAtDesk(identity_number=number, **HOME)
        made = grant_residency(person=person, district=None, by=official, at=at, shown=shown)
        assert made.status == ResidencyStatus.ACTIVE


def test_ended_ones_are_no_doubles(at: datetime) -> None:
    first, second, official = account(at), account(at, number=2), factories.an_official(at)
    shown = ShownAtDesk(**HOME)
    former = grant_residency(person=first, district=None, by=official, at=at, shown=shown)
    end_own_residency(residency=former, by=first, at=at)

    assert grant_residency(person=second, district=None, by=official, at=at, shown=shown).status == "active"


# ------------------------------------------------------------ ending


def test_people_end_their_own_and_no_one_elses(at: datetime) -> None:
    first, second = account(at), account(at, "bo", number=2)
    residency = verify_with_mitid(person=first, evidence=evidence(), at=at)

    assert not end_own_residency(residency=residency, by=second, at=at)
    assert residency_of(first, at=at)
    assert end_own_residency(residency=residency, by=first, at=at)
    assert not end_own_residency(residency=residency, by=first, at=at)
    assert facts_of(Entry.objects.get(kind="residency.ended")) == {"reason": "own_wish"}


def test_nobody_revokes_their_own(at: datetime) -> None:
    colleague = personas.colleague(at=at)
    own = verify_with_mitid(person=colleague, evidence=evidence(), at=at)

    with pytest.raises(NotAllowed, match="Use your own page"):
        revoke_residency(residency=own, reason=EndReason.MISUSE, sentence="x", by=colleague, at=at)


# ------------------------------------------------------------ what the database holds


def test_the_database_holds_one_unended_residency_of_an_account_and_of_a_person(at: datetime) -> None:
    first, second = account(at), account(at, number=2)
    held = verify_with_mitid(person=first, evidence=evidence(), at=at)
    facts = {
        "method": Method.DESK,
        "municipality_code": CODE,
        "verified_at": at,
        "expires_at": at + YEARS,
    }

    for offence in (
        {"person": first},
        {"person": second, "person_key": held.person_key},
        {"person": second, "person_key": held.person_key, "status": ResidencyStatus.PROPOSED},
        {"person": second, "expires_at": at},
        {"person": second, "status": ResidencyStatus.ENDED},
        {"person": second, "ended_at": at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Residency.objects.create(**facts | offence)
    Residency.objects.create(**facts, person=second)
    assert open_residency(second.pk)


def by_mitid(person: User, told: Evidence, at: datetime, *, moves: bool = False) -> Work:
    def work() -> None:
        verify_with_mitid(person=person, evidence=told, at=at, moves=moves)

    return work


@pytest.mark.django_db(transaction=True)
def test_of_two_accounts_at_once_one_is_verified(at: datetime, tmp_path: Path) -> None:
    told = evidence()
    clicks = [by_mitid(account(at, number=number), told, at) for number in (1, 2)]

    with shared_database(tmp_path):
        raised = at_once(*clicks)
        assert [type(problem) for problem in raised] == [PersonHasResidency]
        assert Residency.objects.exclude(status=ResidencyStatus.ENDED).count() == 1
        assert kinds() == ["residency.granted"]


@pytest.mark.django_db(transaction=True)
def test_of_two_moves_at_once_one_account_holds_it(at: datetime, tmp_path: Path) -> None:
    told, former = evidence(), account(at)
    verify_with_mitid(person=former, evidence=told, at=at)
    clicks = [by_mitid(account(at, number=number), told, at, moves=True) for number in (2, 3)]

    with shared_database(tmp_path):
        raised = at_once(*clicks)
        assert {type(problem) for problem in raised} <= {PersonHasResidency}
        assert Residency.objects.exclude(status=ResidencyStatus.ENDED).count() == 1
        assert residency_of(former, at=at) is None
        assert kinds().count("residency.granted") - kinds().count("residency.ended") == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_click_twice_leaves_one_residency(at: datetime, tmp_path: Path) -> None:
    click = by_mitid(account(at), evidence(), at)

    with shared_database(tmp_path):
        raised = at_once(click, click)
        assert not raised, raised
        assert Residency.objects.exclude(status=ResidencyStatus.ENDED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_at_once_one_decides(at: datetime, tmp_path: Path) -> None:
    _first, second, waiting = doubles(at)
    colleague = personas.colleague(at=at)

    with shared_database(tmp_path):
        raised = at_once(
            lambda: confirm_residency(residency=waiting, by=colleague, at=at),
            lambda: decline_residency(residency=waiting, sentence="One person.", by=colleague, at=at),
        )
        waiting.refresh_from_db()
        assert len(raised) <= 1
        assert (residency_of(second, at=at) is None) == (waiting.status == ResidencyStatus.ENDED)
        if not raised:  # confirmed first, and then ended by the other: both happened, in that order
            assert kinds()[-2:] == ["residency.granted", "residency.ended"]
