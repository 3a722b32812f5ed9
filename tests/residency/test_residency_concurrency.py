"""Residencies at the same instant: two of one name at one address, and somebody who leaves meanwhile."""

from datetime import datetime
from pathlib import Path

import pytest
from django.db import transaction

from apps.accounts.actions import erase_account
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_citizen
from apps.municipality.actions import set_up_municipality
from apps.residency.actions import enter_code, forget_resident, verify_with_mitid
from apps.residency.enums import ResidencyStatus
from apps.residency.models import Residency
from tests.concurrency import Work, at_once, shared_database
from tests.residency.posted import posted
from tests.residency.verified import CODE, account, evidence

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_codes_at_once_of_one_name_at_one_address_are_looked_at_by_a_second_official(
    at: datetime, tmp_path: Path
) -> None:
    set_up_municipality(facts={}, district_names=[], by=THE_SYSTEM, at=at)
    codes = [(person, posted(person, at)[1]) for person in (account(at, number=number) for number in range(3))]

    def entering(person: User, code: str) -> Work:
        return lambda: _ignore(enter_code(typed=code, by=User.objects.get(pk=person.pk), at=at))

    with shared_database(tmp_path):
        raised = at_once(*[entering(person, code) for person, code in codes])
        states = sorted(Residency.objects.values_list("status", flat=True))

    assert raised == []
    assert states == [ResidencyStatus.ACTIVE, ResidencyStatus.PROPOSED, ResidencyStatus.PROPOSED]


def test_nobody_who_leaves_at_that_instant_stays_a_resident(at: datetime, tmp_path: Path) -> None:
    set_up_municipality(facts={"code": CODE}, district_names=[], by=THE_SYSTEM, at=at)
    ida = account(at)

    def verifying() -> None:
        verify_with_mitid(person=User.objects.get(pk=ida.pk), evidence=evidence(), at=at)

    @transaction.atomic
    def leaving() -> None:
        person = User.objects.select_for_update().get(pk=ida.pk)
        forget_resident(person=person, by=as_citizen(person), at=at)
        erase_account(person=person, reason="own_wish", by=as_citizen(person), at=at)

    with shared_database(tmp_path):
        raised = at_once(verifying, leaving)
        held = Residency.objects.exclude(person_key="")

        assert User.objects.get(pk=ida.pk).erased_at == at
        assert not held.exists()
    assert len(raised) <= 1


def _ignore(_residency: Residency) -> None:
    return
