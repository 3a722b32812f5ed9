"""What entries tell of reviews, of steps after the publication, and of what the clock did."""

from itertools import count

import pytest

from apps.exchange.engine.story import ConsultationStory, Disagreement, story_of
from tests.exchange.test_story import Step, step


def tell(*steps: Step) -> ConsultationStory:
    return story_of(made(pk) for pk, made in zip(count(1), steps, strict=False))


def review(what: str) -> Step:
    return step(f"review.{what}", row=1)


def reached(stage: str) -> Step:
    return step("consultation.stage_reached", row=9, stage=stage)


def noted(what: str, moment: str = "2026-09-15T08:30:00+00:00") -> Step:
    return step(f"phase.{what}", row=9, phase=1, moment=moment)


BEGUN = [step("consultation.drafted", row=9)]
PUBLISHED = [*BEGUN, review("asked"), review("approved"), step("consultation.published", row=9)]
CANCELLED = step("consultation.cancelled", row=9)


def test_the_way_is_told_to_its_end() -> None:
    story = tell(*PUBLISHED, noted("opened"), noted("closed"), reached("considered"), reached("decided"))

    assert story.status == "decided"
    assert {what for what, _when in story.told_phases} == {"opened", "closed"}


def test_a_draft_goes_back_and_may_be_cancelled() -> None:
    assert tell(*BEGUN, review("asked"), review("sent_back")).status == "draft"
    assert tell(*BEGUN, CANCELLED).status == "cancelled"


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([*BEGUN, review("approved")], "nobody had asked"),
        ([*BEGUN, review("sent_back")], "nobody had asked"),
        ([*PUBLISHED, review("asked")], "after the publication"),
        ([*PUBLISHED, reached("decided")], "cannot follow"),
        ([*PUBLISHED, CANCELLED, CANCELLED], "over was cancelled"),
        ([*PUBLISHED, noted("opened"), noted("opened")], "told twice"),
        ([*BEGUN, noted("opened")], "not published"),
        ([step("consultation.copied", row=9, source=3)], "never drafted"),
        ([*PUBLISHED, step("consultation.copied", row=9, source=3)], "not begun as a copy"),
        ([*BEGUN, step("consultation.copied", row=9, source=9)], "copy of itself"),
    ],
)
def test_a_way_that_cannot_have_been_is_a_disagreement(steps: list[Step], problem: str) -> None:
    with pytest.raises(Disagreement, match=problem):
        tell(*steps)
