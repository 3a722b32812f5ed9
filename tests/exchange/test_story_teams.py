"""What entries tell of a team: who has which place, by the id of the place."""

import pytest

from apps.exchange.engine.story import Disagreement
from tests.exchange.test_story import Step, step, tell


def added(row: int, role: str = "editor") -> Step:
    return step("team.member_added", row=row, role=role)


def changed(row: int, role: str) -> Step:
    return step("team.role_changed", row=row, role=role)


def removed(row: int, role: str) -> Step:
    return step("team.member_removed", row=row, role=role)


def test_a_team_is_told_place_by_place() -> None:
    story = tell(added(1, "owner"), added(2), added(3), changed(2, "owner"), removed(1, "owner"))

    assert story.team == {2: "owner", 3: "editor"}


def test_of_who_owned_it_before_there_were_teams_no_entry_need_tell() -> None:
    assert tell(changed(9, "editor"), removed(9, "editor")).team == {}


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([added(1), added(1)], "given twice"),
        ([added(1), changed(1, "editor")], "the same before"),
        ([added(1), removed(1, "owner")], "had another role"),
    ],
)
def test_a_team_that_cannot_have_been_is_a_disagreement(steps: list[Step], problem: str) -> None:
    with pytest.raises(Disagreement, match=problem):
        tell(*steps)
