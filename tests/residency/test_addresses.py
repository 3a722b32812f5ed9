"""Addresses: reading what is typed, finding it in a register, and registers that are broken."""

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from apps.residency.engine.address_files import BadRegister, read_homes
from apps.residency.engine.addresses import MemoryRegister, RegisteredAddress, plain_address, read_address, read_home
from apps.residency.engine.person_keys import address_key, name_address_key
from apps.residency.errors import RegisterUnreadable
from apps.residency.registers import check_register, read_file, the_register

HEAD = "street;house_number;floor;door;postal_code;city;district\n"
TOWN = """\
Havnegade;12;st;tv;9982;Havby;Havby
Havnegade;12;st;th;9982;Havby;Havby
Havnegade;12;1;tv;9982;Havby;Havby
Havnegade;12;1;th;9982;Havby;Havby
Havnegade;12;2;;9982;Havby;Havby
Havnegade;14B;;;9982;Havby;Havby
Strandvejen;3;;;9982;Havby;Havby
Strandvejen;3;;;9983;Nørre Klint;Nørre Klint
Skt. Jørgens Allé;5;;;9983;Nørre Klint;Nørre Klint
10. Februar Vej;7;;;9984;Sandgård;Sandgård
Åvej;9;;;9984;Sandgård;Sandgård
Aavej;9;;;9984;Sandgård;Sandgård
"""


@pytest.fixture
def register() -> MemoryRegister:
    return MemoryRegister(read_homes((HEAD + TOWN).splitlines(keepends=True)))


def found(register: MemoryRegister, line: str, home: str = "", postal_code: str = "") -> str | None:
    wanted = read_address(line, home, postal_code)
    address = register.find(wanted) if wanted else None
    return str(address) if address else None


@pytest.mark.parametrize(
    ("line", "home", "postal_code"),
    [
        ("Havnegade 12", "", "9982"),  # five homes
        ("Havnegade 12", "1", "9982"),  # two on that floor
        ("Havnegade 12", "3. tv", "9982"),
        ("Havnegade 12", "1. tv hos Hansen", "9982"),
        ("Havnegade 13", "", "9982"),
        ("Havnegade 14", "", "9982"),
        ("Havnegaden 14B", "", "9982"),
        ("Havnegade 14B", "", "2100"),
        ("Havnegade 14B", "", ""),
        ("Strandvejen 3", "", ""),
    ],
)
def test_what_could_be_several_homes_or_none_is_not_guessed(
    line: str, home: str, postal_code: str, register: MemoryRegister
) -> None:
    assert found(register, line, home, postal_code) is None


@pytest.mark.parametrize("line", ["", "Havnegade", "12", "7999 Vesterhav", "?", "\x00", "a" * 5000, "1 " * 2000])
def test_what_is_no_address_is_none(line: str) -> None:
    assert read_address(line) is None


@pytest.mark.parametrize(
    ("line", "home"),
    [
        ("Havnegade 12", "1. tv"),
        ("havnegade 12", "1.tv"),
        ("HAVNEGADE  12", "1 TV"),
        ("Havnegade 12, 1. tv.", ""),
        ("Havnegade 12 1 tv", ""),
        ("Havnegade12, 1. sal t.v.", ""),
        ("Havnegade 12, 1. tv, 9982 Havby", ""),
        ("Havne gade 012", "1. sal, tv"),
    ],
)
def test_floor_and_door_are_found_however_they_are_written(line: str, home: str, register: MemoryRegister) -> None:
    assert found(register, line, home, "9982") == "Havnegade 12, 1. tv, 9982 Havby"


@pytest.mark.parametrize("home", ["st tv", "st. tv", "St.tv", "stuen tv"])
def test_the_ground_floor_has_several_names(home: str, register: MemoryRegister) -> None:
    assert found(register, "Havnegade 12", home, "9982") == "Havnegade 12, st. tv, 9982 Havby"


@pytest.mark.parametrize(
    ("line", "postal_code", "expected"),
    [
        ("skt jørgens alle 5", "9983", "Skt. Jørgens Allé 5, 9983 Nørre Klint"),
        ("Sankt Joergens Allé 5", "9983", "Skt. Jørgens Allé 5, 9983 Nørre Klint"),
        ("havnegade 14 b", "9982", "Havnegade 14B, 9982 Havby"),
        ("Havnegade 12, 2.", "9982", "Havnegade 12, 2., 9982 Havby"),  # one home on the floor
        ("10. februar vej 7", "9984", "10. Februar Vej 7, 9984 Sandgård"),
        ("Strandvejen 3", "9983", "Strandvejen 3, 9983 Nørre Klint"),
        ("Åvej 9", "9984", "Åvej 9, 9984 Sandgård"),  # two streets that fold alike: the one that is spelled so
        ("aavej 9", "9984", "Aavej 9, 9984 Sandgård"),
    ],
)
def test_spellings_of_streets_are_one(line: str, postal_code: str, expected: str, register: MemoryRegister) -> None:
    assert found(register, line, "", postal_code) == expected


@pytest.mark.parametrize(
    ("line", "postal_code", "expected"),
    [
        ("Havnegade 12", "9982", ["st. th", "st. tv", "1. th", "1. tv", "2."]),
        ("Havnegade 12, 1.", "9982", ["1. th", "1. tv"]),
        ("Havnegade 14B, st. tv", "9982", ["Havnegade 14B"]),
        ("Strandvejen 3", "9999", ["9982", "9983"]),
        ("Havnegde 14B", "9982", ["Havnegade 14B"]),
        ("Langtbortvej 1", "9982", []),
        ("Havnegade 99", "9982", []),
    ],
)
def test_what_may_have_been_meant_is_suggested(
    line: str, postal_code: str, expected: list[str], register: MemoryRegister
) -> None:
    wanted = read_address(line, "", postal_code)
    assert wanted

    homes = register.suggest(wanted, 20)

    assert len(homes) == len(expected)
    assert all(part in str(home) for part, home in zip(expected, homes, strict=True))


def test_every_address_is_found_by_the_way_it_is_written(register: MemoryRegister) -> None:
    homes = list(read_homes((HEAD + TOWN).splitlines(keepends=True)))

    assert [found(register, str(home)) for home in homes] == [str(home) for home in homes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kl. 2", ("kl", "2", "")),
        ("k2 th", ("k2", "th", "")),
        ("10. 1204", ("10", "1204", "")),
        ("mf", ("", "mf", "")),
        ("1. m.f.", ("1", "mf", "")),
        ("2 a12", ("2", "a12", "")),
        ("", ("", "", "")),
    ],
)
def test_homes_in_a_house_are_read(text: str, expected: tuple[str, str, str]) -> None:
    assert read_home(text) == expected


def test_keys_are_equal_for_all_spellings_and_for_nothing_else() -> None:
    spellings = ["Havnegade 12, 1. tv, 9982 Havby", "havnegade 12 1.tv., 9982 HAVBY", "Havnegade 12, 1. sal t.v., 9982"]

    assert len({address_key(text, "s") for text in spellings}) == 1
    assert len({name_address_key("Ida Holm", text, "s") for text in spellings}) == 1
    assert (
        len({plain_address(f"Havnegade {house}, 9982 Havby") for house in ("1", "11", "1A", "1, 1.", "1, 1. tv")}) == 5
    )
    assert address_key(spellings[0], "s") != address_key(spellings[0].replace("9982", "9983"), "s")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "Line 1: the head line lacks street"),
        ("street;house_number\n", "Line 1: the head line lacks floor"),
        (HEAD + "Havnegade;12;1;tv;9982;Havby\n", "Line 2: it has 6 columns"),
        (HEAD + TOWN + ";12;1;tv;9982;Havby;Havby\n", "Line 14: street is empty"),
        (HEAD + "Havnegade;12-14;1;tv;9982;Havby;\n", "Line 2: house_number"),
        (HEAD + "Havnegade;12;1;tv;998;Havby;\n", "Line 2: postal_code"),
        (HEAD + "Havnegade;12;oppe;tv;9982;Havby;\n", "Line 2: floor or door"),
        (HEAD + "Havnegade;12;1;tv;9982;Havby;\n" + 'Havnegade;"12;;;9982;Havby;\n', "Line 3: "),
    ],
)
def test_a_broken_table_is_refused_with_the_line(text: str, complaint: str) -> None:
    with pytest.raises(BadRegister) as refused:
        list(read_homes(text.splitlines(keepends=True)))

    assert str(refused.value).startswith(complaint)
    assert "Havnegade" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + "Havnegade;12;1;tv;9982;Havby;Havby\n",
        HEAD.replace(";", ",") + '"Havnegade",12,1.,TV,9982,Havby,Havby\n',
        "district;city;postal_code;door;floor;house_number;street\r\nHavby;Havby;9982;tv;1;012;Havnegade\r\n\r\n",
    ],
)
def test_tables_with_a_mark_commas_or_another_order_are_read(text: str) -> None:
    home = RegisteredAddress(
        street="Havnegade", house_number="12", floor="1", door="tv", postal_code="9982", city="Havby", district="Havby"
    )

    assert list(read_homes(text.splitlines(keepends=True))) == [home]


@pytest.fixture
def file(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A register on disk that the installation names."""
    path = tmp_path / "addresses.csv"
    path.write_text(HEAD + TOWN, encoding="utf-8")
    settings.ADDRESS_REGISTER = path
    yield path
    path.unlink(missing_ok=True)


def changed(path: Path, data: bytes) -> None:
    """Write the file anew, a second later."""
    later = path.stat().st_mtime + 1 if path.exists() else time.time()
    path.write_bytes(data)
    os.utime(path, (later, later))


def test_without_a_register_there_is_none(settings: Any) -> None:
    settings.ADDRESS_REGISTER = None

    assert the_register() is None
    assert check_register() == []


def test_a_register_that_cannot_be_read_is_said_to_be_so(file: Path) -> None:
    changed(file, b"street;house\n")

    with pytest.raises(RegisterUnreadable):
        the_register()


def test_a_changed_file_is_read_again_and_a_broken_one_leaves_the_former(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever another test's program did to logging.
    logger = logging.getLogger("apps.residency.registers")
    monkeypatch.setattr(logger, "disabled", False)
    monkeypatch.setattr(logger, "handlers", [caplog.handler])
    wanted = read_address("Nygade 1, 9982 Havby")
    assert wanted
    first = the_register()
    assert first
    assert first.find(wanted) is None
    assert the_register() is first

    changed(file, (HEAD + TOWN + "Nygade;1;;;9982;Havby;\n").encode())
    second = the_register()
    changed(file, (HEAD + "Nygade;1;;;\n").encode())
    third = the_register()

    assert second
    assert second.find(wanted)
    assert third is second
    assert "Line 2" in caplog.text
    assert "Nygade" not in caplog.text


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (None, "No such file"),
        (b"", "Line 1"),
        (HEAD.encode(), "holds no address"),
        ((HEAD + TOWN).encode() + "Nøgade;1;;;9982;Havby;\n".encode("latin-1"), "Line 14: it is not written in UTF-8"),
    ],
)
def test_the_check_names_what_is_wrong(data: bytes | None, complaint: str, file: Path) -> None:
    changed(file, data) if data is not None else file.unlink()

    with pytest.raises(SystemCheckError, match=complaint):
        call_command("check")


def test_a_hundred_thousand_addresses_are_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    homes = ("st;tv", "st;th", "1;tv", "1;th", ";")
    rows = (
        f"Vej {street};{house};{home};9982;Havby;Havby"
        for street in range(1000)
        for house in range(1, 21)
        for home in homes
    )
    path.write_text(HEAD + "\n".join(rows), encoding="utf-8")

    begun = time.process_time()
    register = read_file(path)
    seconds = time.process_time() - begun

    assert len(register) == 100_000
    assert seconds < 10
