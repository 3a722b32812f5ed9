from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from apps.exchange.engine.times import read_stamp, read_time

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018-02-02T20:34:40.343Z", datetime(2018, 2, 2, 20, 34, 40, 343000, UTC)),
        ("2017-09-20T12:13:10+02:00", datetime(2017, 9, 20, 10, 13, 10, tzinfo=UTC)),
        ("2017-10-16 07:18:14 UTC", datetime(2017, 10, 16, 7, 18, 14, tzinfo=UTC)),
        ("2015-09-15T12:25:02", datetime(2015, 9, 15, 10, 25, 2, tzinfo=UTC)),
        ("2015-12-15 12:25:02", datetime(2015, 12, 15, 11, 25, 2, tzinfo=UTC)),
        ("2024-01-01", datetime(2024, 1, 1, 11, tzinfo=UTC)),
        ("2024-07-01", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        (" 2024-07-01 ", datetime(2024, 7, 1, 10, tzinfo=UTC)),
        ("2019-03-31T02:30:00", datetime(2019, 3, 31, 1, 30, tzinfo=UTC)),  # summer time skips this hour
        ("2019-10-27T02:30:00", datetime(2019, 10, 27, 0, 30, tzinfo=UTC)),  # this hour comes twice
    ],
)
def test_a_time_of_a_table_is_read(text: str, expected: datetime) -> None:
    assert read_time(text, COPENHAGEN) == expected


@pytest.mark.parametrize(
    "text",
    ["", "i går", "31-12-2024", "31/12/2024", "2024-02-30", "2024-13-01", "2024-01-01T25:00:00", "1651744336822",
     "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1899-01-01",
     "２０２４-01-01", "2024-01-01T00:00:00+99:00"],
)  # fmt: skip
def test_what_is_no_time_is_not_guessed(text: str) -> None:
    assert read_time(text, COPENHAGEN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1651744336822", datetime(2022, 5, 5, 9, 52, 16, 822000, UTC)),
        ("1651744336", datetime(2022, 5, 5, 9, 52, 16, tzinfo=UTC)),
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_stamps_are_seconds_or_milliseconds_by_their_size(text: str, expected: datetime) -> None:
    assert read_stamp(text) == expected


@pytest.mark.parametrize("text", ["", "-1", "1.5", "1e9", "x", "99999999999999", "9" * 400, "１６５１７４４３３６"])
def test_what_is_no_stamp_is_not_guessed(text: str) -> None:
    assert read_stamp(text) is None
