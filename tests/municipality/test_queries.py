"""The municipality, read seldom and never stale after a change."""

from datetime import datetime

import pytest
from django.utils.translation import override

from apps.accounts.rules import THE_SYSTEM
from apps.ledger.models import Entry
from apps.municipality.actions import set_up_municipality
from apps.municipality.enums import EMPTY_IN_SOURCE, MODERATED_IN_SOURCE
from apps.municipality.models import Municipality
from apps.municipality.queries import districts, reasons_by_code, selectable_reasons, the_municipality

pytestmark = pytest.mark.django_db


def set_up(name: str, *names: str, at: datetime) -> Municipality:
    facts = {"name": name, "site_name": f"{name} in dialogue", "code": "0999"}
    return set_up_municipality(facts=facts, district_names=names, by=THE_SYSTEM, at=at)


def test_before_it_is_set_up_the_pages_have_neutral_names() -> None:
    assert the_municipality().name == "Civic Forum"
    assert the_municipality().pk is None


def test_setting_up_twice_changes_the_one_and_keeps_districts(
    at: datetime, django_capture_on_commit_callbacks: object
) -> None:
    the_municipality()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        set_up("Vesterhav", "Klintmose", "Havby", at=at)
    assert the_municipality().name == "Vesterhav"
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        set_up("Østerhav", "Havby", "Ålum", at=at)

    assert the_municipality().name == "Østerhav"
    assert Municipality.objects.count() == 1
    assert [district.name for district in districts()] == ["Havby", "Klintmose", "Ålum"]
    assert Entry.objects.filter(kind="municipality.set_up").count() == 2


def test_the_municipality_and_the_reasons_are_read_once(django_assert_num_queries: object) -> None:
    the_municipality(), reasons_by_code()

    with django_assert_num_queries(0):  # type: ignore[operator]
        the_municipality(), reasons_by_code()


def test_moderators_choose_among_the_six_house_rules_in_order() -> None:
    reasons = selectable_reasons()

    assert [reason.rule_number for reason in reasons] == [1, 2, 3, 4, 5, 6]
    assert not {reason.code for reason in reasons} & {MODERATED_IN_SOURCE, EMPTY_IN_SOURCE}
    assert {MODERATED_IN_SOURCE, EMPTY_IN_SOURCE} < set(reasons_by_code())


def test_a_reason_is_told_in_the_language_of_the_page() -> None:
    reason = reasons_by_code()["personal_attack"]

    with override("en"):
        assert reason.title == "Personal attack"
    with override("da"):
        assert reason.title == "Personangreb"
