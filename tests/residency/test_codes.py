"""Codes of letters: what is drawn, typed and stored."""

import pytest

from apps.residency.engine.codes import ALPHABET, LENGTH, CodedLetter, fits, hashed, new_code, read_code, shown


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ACDEF3477",
        "ACDEF347799",
        "ACDEF-3477O",
        "ACDEF-3477l",
        "0000000000",
        "AÇDEF34779",
        "ACDEF 3477\x00",
        "x" * 4000,
    ],
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["ACDEF34779", "acdef-34779", " ACDEF – 34779 ", "A C D E F 3 4 7 7 9", "acdef\u00a034779", "ＡＣＤＥＦ34779"],
)
def test_a_code_is_the_same_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ACDEF34779"


def test_codes_have_no_signs_that_look_alike() -> None:
    assert not set(ALPHABET) & set("0OQ1IL2Z5S6G8BUV")
    assert len(set(ALPHABET)) == len(ALPHABET) == 20


def test_codes_are_read_as_they_are_shown() -> None:
    codes = {new_code() for _ in range(500)}

    assert len(codes) == 500
    assert all(len(code) == LENGTH and read_code(shown(code).lower()) == code for code in codes)


def test_only_the_code_fits_what_is_stored_of_it() -> None:
    stored = hashed("ACDEF34779")

    assert fits("ACDEF34779", stored)
    assert not fits("ACDEF34777", stored)
    assert not fits("ACDEF34779", "")


def test_what_is_stored_is_slow_salted_and_short_enough() -> None:
    one, other = hashed("ACDEF34779"), hashed("ACDEF34779")

    assert one != other
    assert one.startswith("pbkdf2_sha256$50000$")
    assert "ACDEF" not in one
    assert len(one) <= 128


def test_a_letter_shows_nothing_to_a_log() -> None:
    letter = CodedLetter(name="Ida", address="Havnegade 1", postal_line="9982 Havby", code="ACDEF34779")

    assert repr(letter) == "CodedLetter()"
