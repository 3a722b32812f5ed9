"""The register and the words: who changes them, what the ledger tells, and what is read of them."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.screening.actions import (
    EmployeeFacts,
    add_word,
    change_employee,
    change_word,
    end_employee,
    end_word,
    forget_employees,
    protect_employee,
    protect_employees,
)
from apps.screening.enums import HOLDS, NARROWER, NUDGE_WORDS, NUDGES, REASONS, Flag, WordLanguage
from apps.screening.errors import AlreadyEnded, AlreadyListed, UnfitName, UnfitPeriod
from apps.screening.models import ListedWord, ProtectedEmployee
from apps.screening.queries import listed_employees, listed_people, listed_words, look
from tests import factories, personas

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOLM = EmployeeFacts(name="Mette  Kirstine Holm", spellings="MKH\n\nmetteh\nMKH", title="Planlægger", department="Plan")


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def entries() -> list[str]:
    return list(Entry.objects.filter(kind__regex="^(employee|word)").order_by("pk").values_list("kind", flat=True))


def test_a_protected_name_is_looked_for(official: User, at: datetime) -> None:
    row = protect_employee(facts=HOLM, by=official, at=at)

    assert (row.name, row.spellings, row.added_by, row.added_at) == ("Mette Kirstine Holm", "MKH\nmetteh", official, at)
    [finding] = look("Mette Holm svarer ikke.", at=at)
    assert (finding.flag, finding.start, finding.end, finding.subject_id) == (Flag.PROTECTED_NAME, 0, 10, row.pk)


def test_the_ledger_holds_no_name(official: User, at: datetime) -> None:
    row = protect_employee(facts=HOLM, by=official, at=at)
    change_employee(employee=row, facts=EmployeeFacts(name="Mette Holm Lund"), by=official, at=at)
    end_employee(employee=row, by=official, at=at)
    protect_employees(rows=[EmployeeFacts(name="Søren Aagaard"), EmployeeFacts(name="Bo Rose")], by=official, at=at)

    told = Entry.objects.filter(kind__startswith="employee.").order_by("pk")
    assert entries() == ["employee.protected", "employee.changed", "employee.ended", *["employee.protected"] * 2]
    assert {(entry.payload, entry.actor_role) for entry in told} == {("{}", "official")}


def test_an_administrator_acts_as_one(at: datetime) -> None:
    protect_employee(facts=HOLM, by=personas.administrator(at=at), at=at)

    assert Entry.objects.get(kind="employee.protected").actor_role == "administrator"


@pytest.mark.parametrize("persona", ["moderator", "resident", "unverified"])
def test_nobody_else_changes_the_lists(persona: str, official: User, at: datetime) -> None:
    row = protect_employee(facts=HOLM, by=official, at=at)
    word = add_word(word="bandeord", language=WordLanguage.DANISH, by=official, at=at)
    person, before = personas.PERSONAS[persona](at=at), entries()
    assert isinstance(person, User)

    for attempt in (
        lambda: protect_employee(facts=HOLM, by=person, at=at),
        lambda: protect_employees(rows=[HOLM], by=person, at=at),
        lambda: change_employee(employee=row, facts=HOLM, by=person, at=at),
        lambda: end_employee(employee=row, by=person, at=at),
        lambda: add_word(word="x", language=WordLanguage.DANISH, by=person, at=at),
        lambda: change_word(listed=word, word="x", language=WordLanguage.DANISH, by=person, at=at),
        lambda: end_word(listed=word, by=person, at=at),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert entries() == before
    assert not listed_employees(person).exists()


@pytest.mark.parametrize("name", ["Holm", "", "  ", "Holm 2 Mette", "- -"])
def test_half_a_name_is_not_protected(name: str, official: User, at: datetime) -> None:
    with pytest.raises(UnfitName):
        protect_employee(facts=EmployeeFacts(name=name), by=official, at=at)


def test_one_unfit_name_keeps_the_whole_list_off(official: User, at: datetime) -> None:
    with pytest.raises(UnfitName):
        protect_employees(rows=[EmployeeFacts(name="Bo Rose"), EmployeeFacts(name="Holm")], by=official, at=at)

    assert not ProtectedEmployee.objects.exists()


def test_names_that_are_there_stay_as_they_are(official: User, at: datetime) -> None:
    protect_employee(facts=HOLM, by=official, at=at)
    rows = [EmployeeFacts(name=name) for name in ("mette kirstine holm", "Bo Rose", "BO ROSE")]

    made = protect_employees(rows=rows, by=official, at=at)

    assert [row.name for row in made] == ["Bo Rose"]
    assert ProtectedEmployee.objects.get(name="Mette Kirstine Holm").title == "Planlægger"


def test_a_namesake_needs_another_department(official: User, at: datetime) -> None:
    protect_employee(facts=HOLM, by=official, at=at)

    with pytest.raises(AlreadyListed):
        protect_employee(facts=HOLM, by=official, at=at)
    protect_employee(facts=EmployeeFacts(name="Mette Kirstine Holm", department="Natur"), by=official, at=at)


def test_a_name_is_in_force_from_its_first_to_its_last_moment(official: User, at: datetime) -> None:
    facts = EmployeeFacts(name="Bo Rose", active_from=at + DAY, active_until=at + 2 * DAY)
    protect_employee(facts=facts, by=official, at=at)

    moments = [at, at + DAY, at + 2 * DAY - timedelta(seconds=1), at + 2 * DAY]
    assert [len(listed_people(at=moment)) for moment in moments] == [0, 1, 1, 0]


def test_an_end_before_the_beginning_is_refused(official: User, at: datetime) -> None:
    with pytest.raises(UnfitPeriod):
        protect_employee(facts=EmployeeFacts(name="Bo Rose", active_until=at - DAY), by=official, at=at)


def test_an_ended_name_is_looked_for_no_longer_and_goes_in_time(official: User, at: datetime) -> None:
    row = protect_employee(facts=HOLM, by=official, at=at)
    end_employee(employee=row, by=official, at=at + DAY)

    assert look("Mette Holm", at=at + DAY) == ()
    with pytest.raises(AlreadyEnded):
        end_employee(employee=row, by=official, at=at + DAY)
    assert forget_employees(at=at + 401 * DAY) == 0
    assert forget_employees(at=at + 402 * DAY) == 1


def test_who_has_not_begun_never_does_when_ended(official: User, at: datetime) -> None:
    facts = EmployeeFacts(name="Bo Rose", active_from=at + DAY)
    row = protect_employee(facts=facts, by=official, at=at)

    end_employee(employee=row, by=official, at=at)

    assert listed_people(at=at + 2 * DAY) == ()


def test_changing_nothing_is_no_change(official: User, at: datetime) -> None:
    row = protect_employee(facts=HOLM, by=official, at=at)

    assert change_employee(employee=row, facts=HOLM, by=official, at=at + DAY) is False
    assert entries() == ["employee.protected"]
    assert change_employee(employee=row, facts=EmployeeFacts(name="Mette Lund"), by=official, at=at) is True
    assert [person.name for person in listed_people(at=at)] == ["Mette Lund"]


def test_words_are_added_changed_taken_off_and_come_back(official: User, at: datetime) -> None:
    danish, english = WordLanguage.DANISH, WordLanguage.ENGLISH
    word = add_word(word=" Bandeord ", language=danish, by=official, at=at)
    assert word.word == "bandeord"
    with pytest.raises(AlreadyListed):
        add_word(word="bandeord", language=danish, by=official, at=at)
    other = add_word(word="andet", language=danish, by=official, at=at)
    with pytest.raises(AlreadyListed):
        change_word(listed=other, word="bandeord", language=danish, by=official, at=at)
    assert change_word(listed=other, word="andet", language=danish, by=official, at=at) is False
    assert change_word(listed=other, word="andet", language=english, by=official, at=at) is True
    end_word(listed=word, by=official, at=at)
    with pytest.raises(AlreadyEnded):
        end_word(listed=word, by=official, at=at)
    assert "bandeord" not in listed_words()
    assert add_word(word="bandeord", language=danish, by=official, at=at).pk == word.pk
    assert "bandeord" in listed_words()
    assert entries() == ["word.added", "word.added", "word.changed", "word.ended", "word.added"]


def test_there_is_a_first_list_in_both_languages() -> None:
    assert {language: ListedWord.objects.filter(language=language).count() > 30 for language in ("da", "en")} == {
        "da": True,
        "en": True,
    }
    assert "son of a bitch" in listed_words()


def test_every_flag_has_its_words() -> None:
    assert set(REASONS) == set(Flag)
    assert set(NUDGE_WORDS) == NUDGES
    assert {flag for flag, _detail in NARROWER} <= set(Flag)
    assert Flag.PROTECTED_NAME in HOLDS & NUDGES
    assert Flag.NEAR_DUPLICATE not in HOLDS, "many send the same letter, and each is answered"
