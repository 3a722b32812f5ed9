import pytest

from apps.publications.engine.citations import Numbers, read_numbers, written_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("#12, #16, 20", (12, 16, 20)),
        ("20 16;12", (12, 16, 20)),
        ("12,12,#12", (12,)),
        ("nr. 12 og nr.16", (12, 16)),
        ("no. 12 and No.16 & # 20", (12, 16, 20)),
        ("20-22, #30–#31", (20, 21, 22, 30, 31)),
        ("20 - 22", (20, 21, 22)),
        ("7–7", (7,)),
        ("\n#12,\r\n,, #16 ;", (12, 16)),
        ("", ()),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, found: tuple[int, ...]) -> None:
    assert read_numbers(text) == Numbers(found)


@pytest.mark.parametrize(
    ("text", "unread"),
    [
        ("#12, tolv", ("tolv",)),
        ("12a #b", ("12a", "#b")),
        ("0", ("0",)),
        ("-3", ("-3",)),
        ("22-20", ("22-20",)),
        ("1-1000000", ("1-1000000",)),
        ("1.5", ("1.5",)),
        ("9" * 10, ("9" * 10,)),
        ("١٢", ("١٢",)),
        ("12-14-16", ("12-14-16",)),
    ],
)
def test_what_cannot_be_read_is_given_back(text: str, unread: tuple[str, ...]) -> None:
    assert read_numbers(text).unread == unread


def test_there_is_a_limit() -> None:
    assert read_numbers(", ".join(map(str, range(1, 502)))).are_too_many
    assert not read_numbers(", ".join(map(str, range(1, 501)))).are_too_many


def test_what_is_written_is_read_again() -> None:
    assert read_numbers(written_numbers([3, 12])).found == (3, 12)
    assert written_numbers([3, 12]) == "#3, #12"
