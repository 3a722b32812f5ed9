"""Letters and codes at the same instant: guesses are counted, and nobody gets one letter too many."""

from datetime import datetime
from pathlib import Path

import pytest

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.municipality.actions import set_up_municipality
from apps.residency.actions import enter_code, make_codes, post_letters
from apps.residency.enums import LetterStatus
from apps.residency.errors import BatchPosted, CodeLocked, LetterUnderWay, TooManyLettersToAddress, WrongCode
from apps.residency.models import Letter, Residency
from tests import factories
from tests.concurrency import Work, at_once, shared_database
from tests.residency.posted import batched, home, posted, requested
from tests.residency.verified import account

pytestmark = pytest.mark.django_db(transaction=True)
GUESSES = 50


def test_fifty_guesses_at_once_are_five_tries(at: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ida = account(at)
    letter, _code = posted(ida, at)
    compared: list[str] = []

    def fits(code: str, stored: str) -> bool:
        compared.append(code)
        return False

    monkeypatch.setattr("apps.residency.actions.codes.fits", fits)

    def guessing() -> None:
        enter_code(typed="ACDEF34779", by=User.objects.get(pk=ida.pk), at=at)

    with shared_database(tmp_path):
        raised = at_once(*[guessing] * GUESSES)
        letter.refresh_from_db()

    assert len(compared) == 5
    assert {type(problem) for problem in raised} <= {WrongCode, CodeLocked}
    assert len(raised) == GUESSES
    assert (letter.tries, letter.status) == (5, LetterStatus.LOCKED)


def test_the_right_code_at_once_makes_one_residency(at: datetime, tmp_path: Path) -> None:
    ida = account(at)
    _letter, code = posted(ida, at)

    def entering() -> None:
        enter_code(typed=code, by=User.objects.get(pk=ida.pk), at=at)

    with shared_database(tmp_path):
        raised = at_once(*[entering] * 4)
        assert Residency.objects.filter(person=ida).count() == 1

    assert len(raised) == 3


def test_two_requests_at_once_are_one_letter(at: datetime, tmp_path: Path) -> None:
    ida = account(at)

    with shared_database(tmp_path):
        raised = at_once(*[lambda: requested(ida, at)] * 3)
        assert Letter.objects.count() == 1

    assert [type(problem) for problem in raised] == [LetterUnderWay] * 2


def test_the_cap_of_an_address_holds_at_once(at: datetime, tmp_path: Path) -> None:
    set_up_municipality(facts={"letters_per_address": 2}, district_names=[], by=THE_SYSTEM, at=at)
    people = [account(at, number=number) for number in range(5)]

    def asking(person: User) -> Work:
        return lambda: requested(person, at, to=home())

    with shared_database(tmp_path):
        raised = at_once(*[asking(person) for person in people])
        assert Letter.objects.count() == 2

    assert [type(problem) for problem in raised] == [TooManyLettersToAddress] * 3


def test_letters_are_posted_with_the_codes_that_were_printed_last(at: datetime, tmp_path: Path) -> None:
    ida, official = account(at), factories.an_official(at)
    batch, _printed = batched(at, requested(ida, at))
    made: list[str] = []

    def printing() -> None:
        made.extend(letter.code for letter in make_codes(batch=batch, by=official, at=at))

    with shared_database(tmp_path):
        raised = at_once(printing, lambda: post_letters(batch=batch, by=official, at=at))
        assert Letter.objects.get().status == LetterStatus.POSTED

    assert [type(problem) for problem in raised] == ([] if made else [BatchPosted])
