"""What entries tell of meetings: each step where it can be, and nobody on a waiting list put before others."""

import pytest

from apps.exchange.engine.story import Disagreement
from tests.exchange.test_story import Step, step, tell

MEETING = 700


def announced(number: int = 1, row: int = MEETING) -> Step:
    return step("meeting.announced", row=row, meeting=number)


def revised(*moved_up: int, changed: str = "place") -> Step:
    return step("meeting.revised", row=MEETING, meeting=1, changed=changed, moved_up=list(moved_up))


def called_off() -> Step:
    return step("meeting.called_off", row=MEETING, meeting=1)


def came(row: int, *, waits: bool = False) -> Step:
    return step("meeting.signed_up", row=row, meeting=1, is_waiting=waits)


def left(row: int, *moved_up: int) -> Step:
    return step("meeting.signed_off", row=row, meeting=1, moved_up=list(moved_up))


def minutes(*topics: int) -> Step:
    return step("meeting.minutes_published", row=MEETING, meeting=1, topics=list(topics))


def test_a_meeting_is_told_from_its_announcement_to_its_minutes() -> None:
    story = tell(
        announced(), came(1), came(2, waits=True), came(3, waits=True), left(1, 2), left(3), revised(), minutes(11)
    )

    meeting = story.meetings[1]
    assert (meeting.subject_id, meeting.placed, meeting.waiting) == (MEETING, {2}, [])
    assert list(meeting.minutes or ()) == [11]


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([announced(), announced()], "announced twice"),
        ([announced(), called_off(), called_off()], "called off twice"),
        ([announced(), called_off(), revised()], "changed after"),
        ([announced(), called_off(), minutes()], "has minutes"),
        ([announced(), called_off(), came(1)], "called off"),
        ([announced(), came(1), came(1)], "twice"),
        ([announced(), left(1)], "was not signed up"),
        ([announced(), came(1), came(2, waits=True), came(3)], "while others waited"),
        ([announced(), came(1), came(2, waits=True), came(3, waits=True), left(1, 3)], "before others"),
        ([announced(), came(1), came(2, waits=True), came(3, waits=True), revised(3, 2)], "before others"),
        ([announced(), came(1), left(1, 9)], "before others"),
        ([announced(row=5), revised()], "another row"),
    ],
)
def test_what_cannot_be_is_named(steps: list[Step], problem: str) -> None:
    with pytest.raises(Disagreement, match=problem):
        tell(*steps)


def test_a_party_for_which_a_new_limit_is_too_low_is_passed_by() -> None:
    story = tell(announced(), came(1), came(2, waits=True), came(3, waits=True), revised(3, changed="places"), came(4))

    assert (story.meetings[1].placed, story.meetings[1].waiting) == ({1, 3, 4}, [2])


def test_meetings_from_before_they_had_entries_are_not_told_of() -> None:
    assert tell(revised(), came(1, waits=True), left(1)).meetings == {}
