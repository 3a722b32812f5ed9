"""Residencies that ended long ago are cleared away, unless a hold is on their person."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.residency.actions import clear_residencies, end_own_residency
from apps.residency.models import Residency
from apps.residency.queries import ENDED_KEPT, residencies_to_clear
from tests import personas

pytestmark = pytest.mark.django_db

A_SECOND = timedelta(seconds=1)


def test_an_ended_one_goes_when_its_time_is_over_and_one_in_force_stays(at: datetime) -> None:
    gone, stays = personas.resident(at=at), personas.resident(at=at, email="ruth@example.org", display_name="Ruth Ry")
    end_own_residency(residency=Residency.objects.get(person=gone), by=gone, at=at)
    later = at + ENDED_KEPT

    assert clear_residencies(at=later) == 0
    assert clear_residencies(at=later + A_SECOND) == 1
    assert [row.person for row in Residency.objects.all()] == [stays]
    assert facts_of(Entry.objects.get(kind="residencies.cleared")) == {"count": 1}


def test_one_that_ran_out_long_ago_goes_too(at: datetime) -> None:
    personas.resident(at=at)
    residency = Residency.objects.get()

    assert list(residencies_to_clear(at=residency.expires_at + ENDED_KEPT)) == []
    assert list(residencies_to_clear(at=residency.expires_at + ENDED_KEPT + A_SECOND)) == [residency]


def test_a_hold_on_the_person_comes_first(at: datetime) -> None:
    person, administrator = personas.resident(at=at), personas.administrator(at=at)
    later = at + 3 * ENDED_KEPT
    review = (later + timedelta(days=30)).date()
    place_hold(held=HeldSubject.PERSON, held_id=person.pk, reason="A case.", review_on=review, by=administrator, at=at)

    assert clear_residencies(at=later) == 0
    assert Residency.objects.filter(person=person).exists()
