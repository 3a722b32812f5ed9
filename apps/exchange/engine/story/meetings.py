"""What the entries about public meetings tell: also that nobody on a waiting list was put before others."""

from apps.consultations.enums import (
    MEETING_ANNOUNCED,
    MEETING_CALLED_OFF,
    MEETING_REVISED,
    MEETING_SIGNED_OFF,
    MEETING_SIGNED_UP,
    MINUTES_PUBLISHED,
)
from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Disagreement, MeetingStory, Told, expect


def _announced(story: ConsultationStory, told: Told) -> None:
    expect(told.facts["meeting"] not in story.meetings, told, "the meeting was announced twice")
    story.meetings[told.facts["meeting"]] = MeetingStory(told.subject_id)


def _revised(story: ConsultationStory, told: Told) -> None:
    meeting = _about(story, told)
    if meeting is None:
        return
    expect(not meeting.is_called_off, told, "the meeting was changed after it was called off")
    meeting.has_new_limit |= "places" in told.facts["changed"].split(",")
    _moved_up(meeting, told)


def _called_off(story: ConsultationStory, told: Told) -> None:
    meeting = _about(story, told)
    if meeting is not None:
        expect(not meeting.is_called_off, told, "the meeting was called off twice")
        meeting.is_called_off = True


def _minutes_published(story: ConsultationStory, told: Told) -> None:
    meeting = _about(story, told)
    if meeting is not None:
        expect(not meeting.is_called_off, told, "a meeting that was called off has minutes")
        meeting.minutes = told.facts["topics"]


def _signed_up(story: ConsultationStory, told: Told) -> None:
    meeting = _of_sign_up(story, told)
    if meeting is None:
        return
    expect(not meeting.is_called_off, told, "somebody signed up for a meeting that was called off")
    known = told.subject_id in meeting.placed or told.subject_id in meeting.waiting
    expect(not known, told, "somebody signed up twice")
    if told.facts["is_waiting"]:
        meeting.waiting.append(told.subject_id)
        return
    passed = bool(meeting.waiting) and not meeting.has_new_limit
    expect(not passed, told, "somebody got a place while others waited")
    meeting.placed.add(told.subject_id)


def _signed_off(story: ConsultationStory, told: Told) -> None:
    meeting = _of_sign_up(story, told)
    if meeting is None:
        return
    if told.subject_id in meeting.waiting:
        meeting.waiting.remove(told.subject_id)
    else:
        expect(told.subject_id in meeting.placed, told, "somebody signed off who was not signed up")
        meeting.placed.remove(told.subject_id)
    _moved_up(meeting, told)


def _moved_up(meeting: MeetingStory, told: Told) -> None:
    """Whoever moves up is the first who waits; under a new limit those for whom it is too low are passed by."""
    moved_up = told.facts["moved_up"]
    ahead = [pk for pk in meeting.waiting if pk in moved_up] if meeting.has_new_limit else meeting.waiting
    expect(ahead[: len(moved_up)] == moved_up, told, "somebody on the waiting list was put before others")
    meeting.placed.update(moved_up)
    meeting.waiting = [pk for pk in meeting.waiting if pk not in moved_up]


def _about(story: ConsultationStory, told: Told) -> MeetingStory | None:
    """Return the meeting that the entry is about. What stood there before meetings had entries is not told of."""
    meeting = story.meetings.get(told.facts["meeting"])
    if meeting is not None and meeting.subject_id != told.subject_id:
        raise Disagreement(f"Entry {told.entry}: it tells of another row than the announcement")
    return meeting


def _of_sign_up(story: ConsultationStory, told: Told) -> MeetingStory | None:
    return story.meetings.get(told.facts["meeting"])


CHAPTERS: dict[str, Chapter] = {
    MEETING_ANNOUNCED.name: _announced,
    MEETING_REVISED.name: _revised,
    MEETING_CALLED_OFF.name: _called_off,
    MEETING_SIGNED_UP.name: _signed_up,
    MEETING_SIGNED_OFF.name: _signed_off,
    MINUTES_PUBLISHED.name: _minutes_published,
}
