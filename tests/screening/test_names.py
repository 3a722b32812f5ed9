"""Protected names: how many are found and how many texts wait for nothing, measured on labelled cases; and rules."""

import pytest

from apps.screening.engine.name_index import Listed
from apps.screening.engine.names import find_names
from apps.screening.engine.tokens import tokens_of
from tests.screening.name_cases import Cases, is_held, read_cases

HOLM = Listed(1, "Mette Kirstine Holm", ("MKH",), "Teknik og Miljø", "Byplanlægger")
AAGAARD = Listed(2, "Søren Aagaard")
MAYOR = Listed(3, "Birgitte Holm", is_elected=True)


@pytest.fixture(scope="module")
def cases() -> Cases:
    return read_cases()


def found(text: str, *people: Listed) -> list[str]:
    return [text[one.start : one.end] for one in find_names(tokens_of(text), people or (HOLM, AAGAARD))]


def test_there_are_cases_enough_and_none_twice(cases: Cases) -> None:
    texts = [*cases.hold, *cases.let_pass]

    assert len(texts) >= 400
    assert len(set(texts)) == len(texts)


def test_measured_recall(cases: Cases) -> None:
    """Measured: 245 of 256 are found, 95.7 of a hundred. Those missed are misspelled, masked or need a reader."""
    missed = [text for text in cases.hold if not is_held(text, cases.people)]

    assert 1 - len(missed) / len(cases.hold) >= 0.955, "\n".join(missed)


def test_measured_false_holds(cases: Cases) -> None:
    """Measured: 1 of 162 waits for nothing, 0.6 of a hundred: `Fru Jensen` may be the employee of that name."""
    held = [text for text in cases.let_pass if is_held(text, cases.people)]

    assert len(held) / len(cases.let_pass) <= 0.01, "\n".join(held)


def test_what_is_known_to_be_missed_is_missed(cases: Cases) -> None:
    """So that the figure is of a list that has hard cases in it, and who mends one moves it."""
    hard = {"Mete Holm har ikke svaret.", "Mette H*lm har ikke svaret.", "Kirstine Holm har ikke svaret."}

    assert hard <= set(cases.hold)
    assert not [text for text in hard if is_held(text, cases.people)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Det er Mette Holms skyld.", ["Mette Holms"]),
        ("Mette K. Holm, og Søren Aagaard.", ["Mette K. Holm", "Søren Aagaard"]),
        ("Sagsbehandler Holm svarer ikke.", ["Holm"]),
        ("Se  M e t t e  H o l m  her", ["M e t t e  H o l m"]),
        ("Met\u200bte\u00ad Ho\u200blm.", ["Met\u200bte\u00ad Ho\u200blm"]),
        ("Mette Holm, Mette Holm", ["Mette Holm", "Mette Holm"]),
        ("So\u0308ren Aagaard", ["So\u0308ren Aagaard"]),
        ("", []),
    ],
)
def test_the_place_is_that_of_the_words_in_the_text(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_a_finding_tells_whom_and_how() -> None:
    [whole] = find_names(tokens_of("Mette Holm"), (AAGAARD, HOLM))
    [by_post] = find_names(tokens_of("sagsbehandler Holm"), (AAGAARD, HOLM))
    [by_letters] = find_names(tokens_of("spørg MKH"), (AAGAARD, HOLM))

    assert [(one.subject_id, one.detail) for one in (whole, by_post, by_letters)] == [
        (1, "whole"),
        (1, "title"),
        (1, "initials"),
    ]


@pytest.mark.parametrize(
    ("text", "means_the_employee"),
    [
        ("Borgmester Holm svigter.", False),
        ("Sagsbehandler Holm svigter.", True),
        ("Fru Holm svigter.", True),
        ("Borgmester Birgitte Holm svigter. Fru Holm må gå.", False),
        ("Birgitte Holm svigter. Fru Holm må gå.", False),
        ("Birgitte Holm svigter. Sagsbehandler Holm må gå.", True),
        ("Birgitte Holm og Mette Holm svigter.", True),
        ("B. Holm svigter.", False),
        ("M. Holm svigter.", True),
    ],
)
def test_an_employee_and_a_politician_of_one_surname_are_told_apart(text: str, means_the_employee: bool) -> None:
    assert bool(found(text, HOLM, MAYOR)) == means_the_employee


def test_an_employee_and_a_politician_of_one_name_are_told_apart_by_the_office() -> None:
    namesakes = (HOLM, Listed(3, "Mette Holm", is_elected=True))

    assert found("Borgmester Mette Holm svigter.", *namesakes) == []
    assert found("Byplanlægger Mette Holm svigter.", *namesakes) == ["Mette Holm"]
    assert found("Mette Holm svigter.", *namesakes) == ["Mette Holm"], "nobody can tell: a moderator looks"


@pytest.mark.parametrize(
    "name",
    ["", " ", "-", "Holm", "M", "Holm,", ",", "Mette-Holm", "Holm, Mette", "A B", "１ ２", "van der", "O'", "J. P."],
)
def test_any_name_can_stand_on_the_list(name: str) -> None:
    assert isinstance(found("Mette Holm og sagsbehandler Holm", Listed(1, name, (name,))), list)


def test_the_list_may_hold_names_that_are_turned_round() -> None:
    assert found("Mette Holm", Listed(1, "Holm, Mette")) == ["Mette Holm"]


def test_a_department_finds_its_own_people_only() -> None:
    other = Listed(4, "Mette Lund", department="Natur")

    [one] = find_names(tokens_of("Mette fra Natur kom."), (HOLM, other))

    assert one.subject_id == 4
