"""Letters with codes: asking, entering the code, and what is left of them."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.utils.translation import override

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import DomainError, NotAllowed
from apps.ledger.models import Entry
from apps.municipality.actions import set_up_municipality
from apps.municipality.models import District
from apps.residency.actions import (
    cancel_letter,
    cancel_own_letter,
    clear_letters,
    enter_code,
    grant_residency,
    request_letter,
)
from apps.residency.enums import LetterStatus, Method, ResidencyStatus
from apps.residency.errors import (
    AddressNotConfirmed,
    AlreadyResident,
    CodeExpired,
    CodeLocked,
    CodeUsed,
    LetterEnded,
    LetterNotPosted,
    LetterUnderWay,
    NoLetterUnderWay,
    NotACode,
    TooManyLettersToAddress,
    TooManyLettersToPerson,
    UnfitLetterName,
    WaitsForColleague,
    WrongCode,
)
from apps.residency.models import Letter, LetterBatch, Residency
from apps.residency.queries import letters_to_address, residency_of
from tests import factories, personas
from tests.residency.posted import home, posted, requested
from tests.residency.verified import OLD, account

pytestmark = pytest.mark.django_db

WRONG = "ACDEF34779"
DAY = timedelta(days=1)


@pytest.fixture
def ida(at: datetime) -> User:
    return account(at)


def refused(kind: type[DomainError], typed: str, by: User, at: datetime) -> DomainError:
    """Return the refusal of a code."""
    with pytest.raises(kind) as found:
        enter_code(typed=typed, by=by, at=at)
    return found.value


def kinds() -> list[str]:
    rows = Entry.objects.filter(kind__startswith="letter").order_by("id")
    return list(rows.values_list("kind", flat=True))


# ------------------------------------------------------------------ asking


def test_neither_organisations_nor_unconfirmed_accounts_ask_for_letters(at: datetime, ida: User) -> None:
    with pytest.raises(NotAllowed):
        requested(personas.speaker(at=at), at)
    unconfirmed = User.objects.create_user("new@example.org", display_name="Ny")
    with pytest.raises(AddressNotConfirmed):
        requested(unconfirmed, at)

    assert not Letter.objects.exists()


def test_residents_need_no_letter_until_theirs_runs_out_soon(at: datetime, ida: User) -> None:
    grant_residency(person=ida, district=None, by=factories.an_official(at), at=at)
    ends = Residency.objects.get(person=ida).expires_at

    with pytest.raises(AlreadyResident):
        requested(ida, at)
    letter, code = posted(ida, ends - 30 * DAY)
    renewed = enter_code(typed=code, by=ida, at=ends - 20 * DAY)

    assert letter.status == LetterStatus.POSTED
    assert renewed.status == ResidencyStatus.ACTIVE
    assert renewed.expires_at > ends


@pytest.mark.parametrize("name", ["", "   ", "1234", "Ida\u202eHolm", "https://x.example", "Kommunen"])
def test_a_name_that_is_none_gets_no_letter(name: str, at: datetime, ida: User) -> None:
    with pytest.raises(UnfitLetterName):
        requested(ida, at, name=name)


def test_one_letter_at_a_time(at: datetime, ida: User) -> None:
    requested(ida, at)

    with pytest.raises(LetterUnderWay):
        requested(ida, at + DAY, to=home(2))
    assert Letter.objects.count() == 1


def test_a_new_letter_after_one_that_ran_out_was_locked_or_cancelled(at: datetime, ida: User) -> None:
    first, _code = posted(ida, at)
    second, _code = posted(ida, at + 31 * DAY, to=home(2))
    Letter.objects.filter(pk=second.pk).update(tries=5)
    third = requested(ida, at + 32 * DAY, to=home(3))
    assert cancel_own_letter(letter=third, by=ida, at=at + 33 * DAY)
    fourth = requested(ida, at + 34 * DAY, to=home(4))

    states = dict(Letter.objects.values_list("pk", "status"))
    assert [states[row.pk] for row in (first, second, third, fourth)] == ["expired", "locked", "cancelled", "requested"]


def test_four_letters_a_year_to_one_person(at: datetime, ida: User) -> None:
    for number in range(4):
        letter = requested(ida, at + number * DAY, to=home(number + 1))
        cancel_own_letter(letter=letter, by=ida, at=at + number * DAY)

    with pytest.raises(TooManyLettersToPerson, match="4"):
        requested(ida, at + 5 * DAY, to=home(9))
    assert requested(ida, at + 366 * DAY, to=home(9))


def test_the_cap_counts_every_letter_to_an_address_whatever_became_of_it(
    at: datetime, ida: User, settings: Any
) -> None:
    set_up_municipality(facts={"letters_per_address": 3}, district_names=[], by=THE_SYSTEM, at=at)
    cache.clear()
    settings.PERSON_KEYS = {1: OLD}
    cancel_own_letter(letter=requested(ida, at), by=ida, at=at)
    posted(account(at, number=2), at)
    settings.PERSON_KEYS = {1: OLD, 2: "n" * 40}
    used, code = posted(account(at, number=3), at)
    enter_code(typed=code, by=used.person, at=at)

    fourth = account(at, number=4)
    with pytest.raises(TooManyLettersToAddress):
        requested(fourth, at)
    assert letters_to_address("fiskergade 1, 9982 HAVBY", at=at) == 3
    assert not Letter.objects.exclude(address="").exists()
    assert requested(fourth, at, to=home(1, floor="1"))
    assert requested(account(at, number=5), at + 366 * DAY)


def test_a_letter_holds_where_it_goes_and_the_ledger_does_not(at: datetime, ida: User) -> None:
    district = District.objects.create(name="Havby")

    letter = requested(ida, at, name="  Ida   Holm ", to=home(2, floor="1", door="tv"))

    assert (letter.name, letter.address, letter.postal_line) == ("Ida Holm", "Fiskergade 2, 1. tv", "9982 Havby")
    assert letter.district == district
    entry = Entry.objects.get(kind="letter.requested")
    assert (entry.payload, entry.actor_role, entry.subject_id) == ("{}", "citizen", letter.pk)


def test_the_district_is_the_registers_or_the_postal_codes_or_none(at: datetime, ida: User) -> None:
    by_code = District.objects.create(name="Elsewhere", postal_codes="9981 9982")

    assert requested(ida, at, to=home(2, district="Unknown")).district == by_code
    District.objects.create(name="Also elsewhere", postal_codes="9982")
    assert requested(account(at, number=2), at, to=home(3, district="")).district is None


# ------------------------------------------------------------------ the code


def test_a_wrong_code_costs_a_try_and_the_fifth_locks(at: datetime, ida: User) -> None:
    letter, code = posted(ida, at)

    with override("en"):
        left = [str(refused(WrongCode, WRONG, ida, at)) for _ in range(4)]
        fifth = str(refused(CodeLocked, WRONG, ida, at))
        after = str(refused(CodeLocked, code, ida, at))

    letter.refresh_from_db()
    assert [f"{tries} more tr" in sentence for tries, sentence in zip((4, 3, 2, 1), left, strict=True)] == [True] * 4
    assert "new letter" in fifth
    assert "new letter" in after
    assert (letter.tries, letter.status, letter.code_hash) == (5, LetterStatus.LOCKED, "")
    assert kinds()[-1] == "letter.locked"
    assert not Residency.objects.exists()


def test_what_cannot_be_a_code_costs_no_try(at: datetime, ida: User) -> None:
    letter, code = posted(ida, at)

    refused(NotACode, "12345", ida, at)
    letter.refresh_from_db()

    assert letter.tries == 0
    assert enter_code(typed=f" {code[:5].lower()} - {code[5:]}", by=ida, at=at)


def test_the_code_of_another_person_is_a_wrong_one(at: datetime, ida: User) -> None:
    other = account(at, number=2)
    _mine, _code = posted(ida, at)
    _theirs, code = posted(other, at, to=home(2))

    refused(WrongCode, code, ida, at)
    refused(NoLetterUnderWay, code, account(at, number=3), at)

    assert enter_code(typed=code, by=other, at=at)
    assert not Residency.objects.filter(person=ida).exists()


def test_a_late_code_says_so_and_costs_no_try(at: datetime, ida: User) -> None:
    letter, code = posted(ida, at)

    refused(CodeExpired, code, ida, at + 30 * DAY)
    letter.refresh_from_db()

    assert letter.tries == 0
    assert enter_code(typed=code, by=ida, at=at + 30 * DAY - timedelta(seconds=1))


def test_a_code_works_once(at: datetime, ida: User) -> None:
    _letter, code = posted(ida, at)
    residency = enter_code(typed=code, by=ida, at=at)

    refused(AlreadyResident, code, ida, at)
    Residency.objects.filter(pk=residency.pk).update(status="ended", ended_at=at)
    refused(CodeUsed, code, ida, at)


def test_a_letter_that_was_not_posted_or_was_cancelled_opens_nothing(at: datetime, ida: User) -> None:
    refused(NoLetterUnderWay, WRONG, ida, at)
    letter = requested(ida, at)
    refused(LetterNotPosted, WRONG, ida, at)
    cancel_own_letter(letter=letter, by=ida, at=at)
    refused(NoLetterUnderWay, WRONG, ida, at)
    cancelled, code = posted(ida, at, to=home(2))
    cancel_own_letter(letter=cancelled, by=ida, at=at)
    refused(NoLetterUnderWay, code, ida, at)


def test_an_emptied_cache_gives_no_more_tries(at: datetime, ida: User) -> None:
    posted(ida, at)
    for _ in range(4):
        refused(WrongCode, WRONG, ida, at)
        cache.clear()

    refused(CodeLocked, WRONG, ida, at)


def test_a_code_makes_a_resident_of_the_letters_district(at: datetime, ida: User) -> None:
    district = District.objects.create(name="Havby")
    letter, code = posted(ida, at)

    enter_code(typed=code, by=ida, at=at + 3 * DAY)

    held = residency_of(ida, at=at + 3 * DAY)
    letter.refresh_from_db()
    assert held
    assert (held.method, held.district, held.person_key) == (Method.LETTER, district, "")
    assert (held.address_key, held.name_address_key) == (letter.address_key, letter.name_address_key)
    assert (letter.status, letter.closed_at, letter.code_hash) == (LetterStatus.USED, at + 3 * DAY, "")
    assert Entry.objects.get(kind="residency.granted").payload == '{"method":"letter"}'


def test_the_same_name_at_the_same_address_waits_for_a_second_official(at: datetime, ida: User) -> None:
    _letter, code = posted(ida, at)
    enter_code(typed=code, by=ida, at=at)
    other = account(at, number=2)
    _second, again = posted(other, at, name="IDA HOLM")

    residency = enter_code(typed=again, by=other, at=at)

    assert residency.status == ResidencyStatus.PROPOSED
    assert residency_of(other, at=at) is None
    refused(WaitsForColleague, again, other, at)


# ------------------------------------------------------------------ calling off and clearing away


def test_who_showed_otherwise_where_they_live_gets_no_letter_any_more(at: datetime, ida: User) -> None:
    letter = requested(ida, at)

    grant_residency(person=ida, district=None, by=factories.an_official(at), at=at)

    letter.refresh_from_db()
    assert (letter.status, letter.name, letter.address) == (LetterStatus.CANCELLED, "", "")
    assert kinds() == ["letter.requested", "letter.cancelled"]


def test_nobody_cancels_the_letter_of_another(at: datetime, ida: User) -> None:
    letter = requested(ida, at)

    assert not cancel_own_letter(letter=letter, by=account(at, number=2), at=at)
    for persona in (personas.moderator, personas.administrator, personas.resident):
        with pytest.raises(NotAllowed):
            cancel_letter(letter=letter, sentence="No.", by=persona(at=at), at=at)
    own = requested(factories.an_official(at), at, to=home(2))
    with pytest.raises(NotAllowed):
        cancel_letter(letter=own, sentence="No.", by=factories.an_official(at), at=at)

    assert set(Letter.objects.values_list("status", flat=True)) == {LetterStatus.REQUESTED}


def test_a_cancelled_letter_loses_where_it_goes_and_keeps_the_sentence(at: datetime, ida: User) -> None:
    letter = requested(ida, at)
    official = factories.an_official(at)

    cancel_letter(letter=letter, sentence="Nobody of that name lives there.", by=official, at=at)

    letter.refresh_from_db()
    assert (letter.name, letter.address, letter.postal_line, letter.code_hash) == ("", "", "", "")
    assert (letter.status, letter.sentence) == (LetterStatus.CANCELLED, "Nobody of that name lives there.")
    with pytest.raises(LetterEnded):
        cancel_letter(letter=letter, sentence="Again.", by=official, at=at)
    assert kinds() == ["letter.requested", "letter.cancelled"]


def test_clearing_cancels_what_nobody_posted_and_deletes_what_ended_long_ago(at: datetime, ida: User) -> None:
    ended, _code = posted(ida, at)
    fresh, _code = posted(account(at, number=2), at + 380 * DAY)
    unposted = requested(account(at, number=3), at + 400 * DAY)
    now = at + 431 * DAY

    assert clear_letters(at=now, dry_run=True) == 2
    assert Letter.objects.count() == 3
    assert clear_letters(at=now) == 2
    assert clear_letters(at=now) == 0

    unposted.refresh_from_db()
    assert set(Letter.objects.values_list("pk", flat=True)) == {fresh.pk, unposted.pk}
    assert (unposted.status, unposted.name, unposted.address) == (LetterStatus.CANCELLED, "", "")
    assert unposted.sentence
    assert LetterBatch.objects.count() == 1
    assert Entry.objects.filter(kind="letters.cleared").values_list("payload", flat=True).get() == '{"count":2}'
    assert ended.pk not in Letter.objects.values_list("pk", flat=True)


def test_a_letter_is_kept_as_long_as_the_cap_counts_it(at: datetime, ida: User) -> None:
    letter = requested(ida, at)
    cancel_own_letter(letter=letter, by=ida, at=at)

    assert clear_letters(at=at + 395 * DAY) == 0
    assert clear_letters(at=at + 397 * DAY) == 1


def test_a_hold_on_the_person_keeps_their_letters(at: datetime, ida: User) -> None:
    letter = requested(ida, at)
    admin = personas.administrator(at=at)
    place_hold(
        held=HeldSubject.PERSON,
        held_id=ida.pk,
        reason="A complaint.",
        review_on=(at + 90 * DAY).date(),
        by=admin,
        at=at,
    )

    assert clear_letters(at=at + 500 * DAY, dry_run=True) == 0
    assert clear_letters(at=at + 500 * DAY) == 0

    letter.refresh_from_db()
    assert letter.address == "Fiskergade 1"


def test_request_letter_needs_the_register_to_have_found_the_home(at: datetime, ida: User) -> None:
    """What is stored is the register's spelling, never what was typed."""
    letter = request_letter(name="Ida Holm", home=home(4), by=ida, at=at)

    assert f"{letter.address}, {letter.postal_line}" == str(home(4))
