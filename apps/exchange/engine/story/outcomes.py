"""What the entries about the end of a case tell: what is recommended, decided, told and promised."""

from apps.exchange.engine.story.shapes import Chapter, ConsultationStory, Told, expect
from apps.publications.enums import (
    CASE_MEETING_ADDED,
    CASE_MEETING_DRAFTED,
    CASE_MEETING_PUBLISHED,
    CASE_MEETING_REMOVED,
    MILESTONE_ADDED,
    MILESTONE_CHANGED,
    NOTICE_GIVEN,
    NOTICE_REROUTED,
    NOTICES_BEGUN,
    RECOMMENDATION_DRAFTED,
    RECOMMENDATION_PUBLISHED,
)


def _drafted(story: ConsultationStory, told: Told) -> None:
    known = story.outcome.recommendation
    expect(known in {None, told.subject_id}, told, "the hearing has a recommendation already")
    story.outcome.recommendation = told.subject_id


def _recommended(story: ConsultationStory, told: Told) -> None:
    outcome = story.outcome
    expect(outcome.recommendation == told.subject_id, told, "the recommendation was published, but never drafted")
    expect(told.facts["version"] == len(outcome.recommended) + 1, told, "a version is missing or told twice")
    outcome.recommended.append(told.facts["fingerprint"])


def _added(story: ConsultationStory, told: Told) -> None:
    number = told.facts["meeting"]
    expect(number not in story.outcome.meetings, told, "the meeting was noted twice")
    story.outcome.meetings[number] = (told.subject_id, [])


def _written_on(story: ConsultationStory, told: Told) -> None:
    _versions(story, told)


def _removed(story: ConsultationStory, told: Told) -> None:
    expect(not _versions(story, told), told, "a meeting that was published stays")
    del story.outcome.meetings[told.facts["meeting"]]


def _published(story: ConsultationStory, told: Told) -> None:
    versions = _versions(story, told)
    expect(told.facts["version"] == len(versions) + 1, told, "a version is missing or told twice")
    versions.append((told.facts["outcome"], told.facts["final"], told.facts["fingerprint"]))


def _begun(story: ConsultationStory, told: Told) -> None:
    versions = story.outcome.meetings.get(told.facts["meeting"], (0, []))[1]
    is_known = 1 <= told.facts["version"] <= len(versions) and versions[told.facts["version"] - 1][1] == "yes"
    expect(is_known, told, "notice is given of a decision that was never published")
    for number in told.facts["numbers"]:
        key = (told.facts["version"], number)
        expect(key not in story.outcome.notices, told, f"the author of no. {number} is told twice")
        story.outcome.notices[key] = False


def _given(story: ConsultationStory, told: Told) -> None:
    _of_notice(story, told, is_given=True)


def _rerouted(story: ConsultationStory, told: Told) -> None:
    _of_notice(story, told, is_given=False)


def _of_notice(story: ConsultationStory, told: Told, *, is_given: bool) -> None:
    key = (told.facts["version"], told.number or 0)
    expect(key in story.outcome.notices, told, "a notice is told of that was never begun")
    expect(not (is_given and story.outcome.notices[key]), told, "a notice was given twice")
    story.outcome.notices[key] = is_given


def _promised(story: ConsultationStory, told: Told) -> None:
    number = told.facts["milestone"]
    expect(number == len(story.outcome.promises) + 1, told, "a promise is missing or told twice")
    story.outcome.promises[number] = [_step(told)]


def _became(story: ConsultationStory, told: Told) -> None:
    steps = story.outcome.promises.get(told.facts["milestone"])
    expect(steps is not None, told, "the promise was never made")
    story.outcome.promises[told.facts["milestone"]].append(_step(told))


def _step(told: Told) -> tuple[str, str, str]:
    return told.facts["status"], told.facts["due"], told.facts["fingerprint"]


def _versions(story: ConsultationStory, told: Told) -> list[tuple[str, str, str]]:
    subject_id, versions = story.outcome.meetings.get(told.facts["meeting"], (0, []))
    expect(subject_id == told.subject_id, told, "the meeting was never noted")
    return versions


CHAPTERS: dict[str, Chapter] = {
    RECOMMENDATION_DRAFTED.name: _drafted,
    RECOMMENDATION_PUBLISHED.name: _recommended,
    CASE_MEETING_ADDED.name: _added,
    CASE_MEETING_DRAFTED.name: _written_on,
    CASE_MEETING_REMOVED.name: _removed,
    CASE_MEETING_PUBLISHED.name: _published,
    MILESTONE_ADDED.name: _promised,
    MILESTONE_CHANGED.name: _became,
    NOTICES_BEGUN.name: _begun,
    NOTICE_GIVEN.name: _given,
    NOTICE_REROUTED.name: _rerouted,
}
