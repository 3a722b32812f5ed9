"""A text of signs that nobody can see is no text."""

import pytest

from apps.common.richtext import is_unseen
from apps.discussions.actions import fit_text
from apps.discussions.errors import UnfitText

UNSEEN = ["", " \n", "\u200b", "\u2060\u00ad", "\u3164\u115f", "\u2800", "\u0301", "\u202e\ufeff", "\U000e0041"]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_shows_nothing_is_unseen_and_no_contribution(text: str) -> None:
    assert is_unseen(text)
    with pytest.raises(UnfitText):
        fit_text(text)


@pytest.mark.parametrize("text", ["a", "å\u0301", "👩\u200d🌾", "1", "–", "中", "\u200bx"])
def test_what_shows_something_is_seen(text: str) -> None:
    assert not is_unseen(text)
