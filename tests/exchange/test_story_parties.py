"""What entries tell of hearing parties, by the id of the party."""

import pytest

from apps.exchange.engine.story import Disagreement, PartyStory
from tests.exchange.test_story import Step, step, tell

ADDED = step("party.added", row=1, kind="group")
REMOVED = step("party.removed", row=1)


def invited(row: int = 1) -> Step:
    return step("party.invited", row=row, way="letter", day="2026-09-15", invitation=7)


def answered(said: str) -> Step:
    return step("party.answered", row=1, answered=said)


def test_a_party_is_told_from_listing_to_answer() -> None:
    story = tell(ADDED, step("party.revised", row=1, kind="authority"), invited(), answered("yes"))

    assert story.parties == {1: PartyStory("authority", {7: ("letter", "2026-09-15")}, has_answered=True)}


def test_one_that_was_never_invited_can_go() -> None:
    assert tell(ADDED, REMOVED).parties == {}


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([ADDED, ADDED], "listed twice"),
        ([invited()], "never listed"),
        ([ADDED, invited(), invited()], "noted twice"),
        ([ADDED, invited(), REMOVED], "stays listed"),
    ],
)
def test_a_list_that_cannot_have_been_is_a_disagreement(steps: list[Step], problem: str) -> None:
    with pytest.raises(Disagreement, match=problem):
        tell(*steps)
