"""What a form asks for is known again by its words, and by all of them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from apps.consultations.engine.second_clicks import stands_already
from apps.consultations.enums import TeamRole

ENDS = datetime(2026, 3, 2, 23, tzinfo=UTC)
KEY = UUID(int=7)
STANDING = [
    {"person": 7, "role": TeamRole.EDITOR, "ends": ENDS, "day": ENDS.date(), "key": KEY, "note": ""},
    {"person": 8, "role": TeamRole.OWNER, "ends": None, "day": None, "key": None, "note": "An owner"},
]


@pytest.mark.parametrize(
    ("asked", "stands"),
    [
        ({"person": "7", "role": "editor"}, True),
        ({"person": 7, "role": TeamRole.EDITOR}, True),
        ({"person": "7", "role": "owner"}, False),
        ({"person": "9"}, False),
        ({"ends": ENDS.isoformat(), "day": "2026-03-02"}, True),
        ({"key": KEY}, True),
        ({"key": None}, False),
        ({"person": None, "role": ""}, False),
        ({"person": "7", "note": ""}, True),
        ({"person": "8", "note": ""}, False),
        ({}, False),
    ],
)
def test_it_stands_where_all_of_it_does(asked: dict[str, Any], *, stands: bool) -> None:
    assert stands_already(asked, STANDING) is stands


def test_nothing_stands_among_nothing() -> None:
    assert not stands_already({"person": "7"}, [])
