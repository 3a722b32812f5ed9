"""Names that people go by."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from apps.common.names import why_not_a_name


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    "name",
    [
        "Birgit Aagaard",
        "Åse Bjørn-Hansen",
        "José Ñuñez",
        "Nguyễn Thị Minh",
        "Ольга Петрова",
        "Γιώργος",
        "محمد علي",
        "李小龙",
        "Ed",
        "X Æ A-12",
        "Kommunikationsforeningen Havby",
        "Rådmand Jensens Vej 4, beboerforening",
        "d'Artagnan",
    ],
)
def test_ordinary_names_pass(name: str) -> None:
    assert why_not_a_name(name) is None


@pytest.mark.parametrize(
    "name",
    [
        "Vesterhav Kommune",
        "kommune",
        "KOMMUNEN",
        "Kommune, Teknik",
        "(Kommunen)",
        "Kommunens svar",
        "Vesterhav-Kommune",
        "Vesterhav_Kommune",
        "Ｋｏｍｍｕｎｅ",
        "Kömmune",
        "K o m m u n e",
        "Moderator 2",
        "Admin",
        "Borgmesteren",
        "Byrådet",
        "Byraadet",
        "the Municipality",
    ],
)
def test_names_of_office_are_refused(name: str) -> None:
    assert "municipality" in str(why_not_a_name(name))


@pytest.mark.parametrize("name", ["Kоmmune", "Vesterhаv", "Οlga Hansen"])
def test_look_alike_letters_of_two_alphabets_are_refused(name: str) -> None:
    assert "alphabets" in str(why_not_a_name(name))


@pytest.mark.parametrize(
    "name",
    ["Peter\u202eretep", "Kom\u200bmune", "Peter\x00", "a\ufeff", "a\u2028b", "Z\u0351\u0352\u0353a", "\ue000x"],
)
def test_signs_that_cannot_be_seen_are_refused(name: str) -> None:
    assert "cannot be seen" in str(why_not_a_name(name))


@pytest.mark.parametrize("name", ["", " ", "123", "…", "☃☃", "Jens 010190-1234", "Jens ٠١٠١٩٠١٢٣٤", "Bo 12 34 5"])
def test_a_name_has_letters(name: str) -> None:
    assert "letters" in str(why_not_a_name(name))


@pytest.mark.parametrize("name", ["peter@example.org", "see https://spam.example"])
def test_an_address_is_no_name(name: str) -> None:
    assert "not an address" in str(why_not_a_name(name))
