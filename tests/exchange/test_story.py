"""The story that entries tell: each step once and only where it can be, or a sentence that names the entry."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest

from apps.exchange.engine.story import ConsultationStory, Disagreement, Told, story_of

START = datetime(2026, 9, 15, 8, tzinfo=UTC)
HEARING, WIND, FOREST = 1, 11, 12
TOPICS = {WIND: "wind", FOREST: "forest"}
Step = Callable[[int], Told]


def step(
    name: str, /, *, number: int | None = None, topic: int | None = None, row: int | None = None, **facts: Any
) -> Step:
    """Return an entry that waits for its id; the row of a number is a hundred and that number."""
    subject = row if row is not None else 100 + number if number else topic or HEARING
    return lambda pk: Told(pk, name, START + timedelta(minutes=pk), subject, topic, number, facts)


def received(number: int, topic: int = WIND, to: int | None = None, **changes: Any) -> Step:
    facts = {"kind": "question", "in_reply_to": to, "fingerprint": f"f{number}"} | changes
    return step("contribution.received", number=number, topic=topic, **facts)


def published(number: int, topic: int = WIND, version: int = 1, fingerprint: str = "") -> Step:
    facts = {"version": version, "fingerprint": fingerprint or f"f{number}"}
    return step("contribution.published", number=number, topic=topic, **facts)


def refused(number: int, topic: int = WIND, version: int = 1) -> Step:
    return step("contribution.refused", number=number, topic=topic, version=version, reason="spam")


def revised(number: int, version: int = 2, fingerprint: str = "g") -> Step:
    return step("contribution.revised", number=number, topic=WIND, version=version, fingerprint=fingerprint)


def withdrawn(number: int) -> Step:
    return step("contribution.withdrawn", number=number, topic=WIND)


def erased(number: int, topic: int = WIND) -> Step:
    return step("contribution.erased", number=number, topic=topic, ground="order")


def cleared(number: int) -> Step:
    return step("contribution.cleared", number=number, topic=WIND)


def moved(number: int, *replies: int, left: int = WIND, to: int = FOREST, **changes: Any) -> Step:
    facts = {"from": TOPICS[left], "to": TOPICS[to], "replies": list(replies)}
    facts |= {"stayed": [], "root": number, "rejoined": []} | changes
    return step("contribution.moved", number=number, topic=to, **facts)


def moved_away(number: int, *stayed: int, topic: int = WIND) -> Step:
    return step("contribution.moved_out", number=number, topic=topic, to="park", to_number=9, stayed=list(stayed))


def moved_here(number: int, root: int | None = None, to: int | None = None, **changes: Any) -> Step:
    facts = {"from": "park", "from_number": 7, "kind": "question", "status": "published", "version": 1}
    facts |= {"root": root or number, "in_reply_to": to, "received_at": START.isoformat()}
    facts |= {"fingerprint": f"f{number}", "former": "", "unread_since": None} | changes
    return step("contribution.moved_in", number=number, topic=WIND, **facts)


def answered(number: int, to: int | None) -> Step:
    return step("answer.published", number=number, topic=WIND, in_reply_to=to, fingerprint=f"f{number}")


OPENING = [
    step("consultation.drafted"),
    step("topic.added", topic=WIND, slug="wind"),
    step("topic.added", topic=FOREST, slug="forest"),
    step("phase.set", phases=2),
    step("document.added", row=9, sha256="d"),
    step("consultation.published"),
]


def tell(*steps: Step) -> ConsultationStory:
    return story_of(made(pk) for pk, made in zip(count(1), [*OPENING, *steps], strict=False))


def test_a_consultation_is_opened() -> None:
    story = tell()

    assert (story.subject_id, story.topics, story.phases, story.documents) == (HEARING, TOPICS, 2, {9: ["d"]})
    assert story.published_at == START + timedelta(minutes=6)


def test_a_document_is_replaced_and_held_back() -> None:
    replaced = step("document.replaced", row=9, sha256="e", version=2)
    held, released = step("document.held", row=9, version=1), step("document.released", row=9, version=1)

    assert tell(replaced).documents == {9: ["d", "e"]}
    assert tell(held).held == {(9, 1)}
    assert tell(held, released).held == set()


def test_a_text_is_revised_published_and_answered() -> None:
    story = tell(
        received(1), revised(1), published(1, version=2, fingerprint="g"), answered(2, to=1), answered(3, to=1)
    )

    asked, answer = story.numbers[1], story.numbers[2]
    assert (asked.status, asked.version, asked.fingerprints) == ("published", 2, ["f1", "g"])
    assert (asked.received_at, asked.decided_at) == (START + timedelta(minutes=7), START + timedelta(minutes=9))
    assert asked.answered_at == START + timedelta(minutes=10), "the first answer counts"
    assert (answer.status, answer.kind, answer.root, answer.in_reply_to) == ("published", "answer", 1, 1)
    assert (story.published_in(WIND), story.published_in(FOREST)) == ((1, 2), (0, 0))


def test_a_refusal_and_a_withdrawal_leave_their_number() -> None:
    story = tell(received(1), received(2), refused(1), withdrawn(2))

    assert [(told.status, told.reason) for told in story.numbers.values()] == [
        ("refused", "spam"),
        ("withdrawn", None),
    ]


def test_replies_stand_under_their_root_and_follow_it() -> None:
    story = tell(received(1), published(1), received(2, to=1), published(2), received(3, to=2), moved(1, 2, 3))

    assert [(told.root, told.topic_id, told.in_reply_to) for told in story.numbers.values()] == [
        (1, FOREST, None),
        (1, FOREST, 1),
        (1, FOREST, 2),
    ]
    assert story.signposts == {(1, WIND): 1, (2, WIND): 1, (3, WIND): 1}


def test_replies_that_stay_become_roots() -> None:
    story = tell(received(1), published(1), received(2, to=1), moved(1, stayed=[2]))

    assert [(told.root, told.topic_id) for told in story.numbers.values()] == [(1, FOREST), (2, WIND)]
    assert story.signposts == {(1, WIND): 1}


def test_what_is_moved_away_keeps_its_number_and_lets_go_of_what_stays() -> None:
    story = tell(
        received(1), published(1), received(2, to=1), received(3, to=1), moved_away(2), moved_away(1, 3), received(4)
    )

    assert {number: (told.root, told.status) for number, told in story.numbers.items()} == {
        1: (1, "moved"), 2: (1, "moved"), 3: (3, "waiting"), 4: (4, "waiting"),
    }  # fmt: skip
    assert story.published_in(WIND) == (0, 0)


def test_what_is_moved_here_takes_the_next_number_and_is_no_receipt() -> None:
    answer = moved_here(3, root=2, to=2, kind="answer")
    story = tell(received(1), moved_here(2, version=3, former="h"), answer, received(4, to=2), published(4))

    two = story.numbers[2]
    assert (two.version, two.fingerprints, two.former) == (3, [None, None, "f2"], "h")
    assert (two.received_at, two.answered_at, two.replies) == (START, START, [3, 4])
    assert story.published_in(WIND) == (2, 1)
    assert story.last_received_at == START + timedelta(minutes=10)


def test_a_moved_reply_becomes_a_root_and_its_signpost_stands_where_it_stood() -> None:
    story = tell(received(1), published(1), received(2, to=1), moved(2))

    assert (story.numbers[2].root, story.numbers[1].replies) == (2, [])
    assert story.signposts == {(2, WIND): 1}


def test_where_a_number_returns_its_signpost_goes() -> None:
    story = tell(received(1), moved(1), moved(1, left=FOREST, to=WIND))

    assert story.signposts == {(1, FOREST): 1}


def test_a_summary_is_drafted_and_published_again_and_again() -> None:
    def drafted(statements: int) -> Step:
        return step("summary.drafted", row=5, statements=statements)

    def shown(version: int, *numbers: int) -> Step:
        return step(
            "summary.published", row=5, version=version, cited=1, numbers=list(numbers), fingerprint=f"s{version}"
        )

    summary = tell(drafted(1), shown(1, 1), drafted(3), shown(2, 1, 2)).summary

    assert summary is not None
    assert (summary.subject_id, summary.drafts, summary.version) == (5, 3, 2)
    assert (summary.numbers, summary.fingerprint) == ([1, 2], "s2")


def test_other_entries_tell_nothing_of_contributions() -> None:
    assert (
        tell(step("deadline.extended", old="a", new="b"), step("topic.revised", topic=WIND, slug="wind")).topics
        == TOPICS
    )


CONTRADICTIONS: dict[str, tuple[list[Step], str]] = {
    "drafted twice": ([step("consultation.drafted")], "Entry 7 .*drafted twice"),
    "published twice": ([step("consultation.published")], "Entry 7 .*published twice"),
    "topic added twice": ([step("topic.added", topic=WIND, slug="x")], "Entry 7 .*added twice"),
    "number missing": ([received(2)], r"Entry 7 \(contribution.received, no. 2\): the next number was 1"),
    "number given twice": ([received(1), received(1)], "Entry 8 .*given twice"),
    "answer takes a number": ([received(1), published(1), answered(1, to=1)], "Entry 9 .*given twice"),
    "unknown topic": ([received(1, topic=99)], "Entry 7 .*topic was never added"),
    "reply to nothing": ([received(1, to=9)], "Entry 7 .*never received"),
    "reply to itself": ([received(1, to=1)], "Entry 7 .*never received"),
    "reply in another topic": ([received(1), received(2, FOREST, to=1)], "Entry 8 .*another topic"),
    "published unseen": ([published(1)], "Entry 7 .*no. 1 was never received"),
    "published twice over": ([received(1), published(1), published(1)], "Entry 9 .*it was published before"),
    "published after refusal": ([received(1), refused(1), published(1)], "Entry 9 .*it was refused before"),
    "refused after withdrawal": ([received(1), withdrawn(1), refused(1)], "Entry 9 .*it was withdrawn before"),
    "revised after publication": ([received(1), published(1), revised(1)], "Entry 9 .*it was published before"),
    "withdrawn after refusal": ([received(1), refused(1), withdrawn(1)], "Entry 9 .*it was refused before"),
    "answer withdrawn": ([received(1), published(1), answered(2, 1), withdrawn(2)], "the municipality's answer"),
    "erased while it waited": ([received(1), erased(1)], "it was waiting before"),
    "erased twice": ([received(1), published(1), erased(1), erased(1)], "it was erased before"),
    "erased elsewhere": ([received(1), published(1), erased(1, FOREST)], "it stands in another topic"),
    "cleared though published": ([received(1), published(1), cleared(1)], "it was published before"),
    "cleared twice": ([received(1), refused(1), cleared(1), cleared(1)], "its text was erased before"),
    "erased after it was cleared": ([received(1), refused(1), cleared(1), erased(1)], "its text was erased before"),
    "withdrawn after it was erased": ([received(1), published(1), erased(1), withdrawn(1)], "it was erased before"),
    "version skipped": ([received(1), revised(1, version=3)], "Entry 8 .*version is missing"),
    "old version published": ([received(1), revised(1), published(1)], "Entry 9 .*another version"),
    "old version refused": ([received(1), revised(1), refused(1)], "Entry 9 .*another version"),
    "other text published": ([received(1), published(1, fingerprint="x")], "Entry 8 .*another text"),
    "published elsewhere": ([received(1), published(1, topic=FOREST)], "Entry 8 .*another topic"),
    "another row": (
        [received(1), step("contribution.withdrawn", number=1, topic=WIND, row=7)],
        "Entry 8 .*another row",
    ),
    "moved unseen": ([moved(1)], "Entry 7 .*never received"),
    "moved after refusal": ([received(1), refused(1), moved(1)], "Entry 9 .*it was refused before"),
    "moved from elsewhere": ([received(1), moved(1, left=FOREST, to=WIND)], "Entry 8 .*not in the topic"),
    "moved nowhere": ([received(1), moved(1, to=WIND)], "Entry 8 .*no other topic"),
    "half the replies": (
        [received(1), published(1), received(2, to=1), received(3, to=1), moved(1, 2)],
        "Entry 11 .*neither all followed",
    ),
    "moved away unseen": ([moved_away(1)], "Entry 7 .*never received"),
    "moved away after refusal": ([received(1), refused(1), moved_away(1)], "Entry 9 .*it was refused before"),
    "moved away twice": ([received(1), moved_away(1), moved_away(1)], "Entry 9 .*it was moved before"),
    "moved away from elsewhere": ([received(1), moved_away(1, topic=FOREST)], "Entry 8 .*another topic"),
    "published after it left": ([received(1), moved_away(1), published(1)], "Entry 9 .*it was moved before"),
    "moved here over a gap": ([moved_here(2)], "Entry 7 .*the next number was 1"),
    "moved here refused": ([moved_here(1, status="refused")], "Entry 7 .*nobody moves what is refused"),
    "moved here under nothing": ([moved_here(1, root=5)], "Entry 7 .*no. 5, under which it stands"),
    "moved here in reply to nothing": ([moved_here(1, to=5)], "Entry 7 .*never received"),
    "strangers followed": ([received(1), received(2), moved(1, 2)], "Entry 9 .*neither all followed"),
    "answer to what waits": ([received(1), answered(2, to=1)], "Entry 8: no. 2 answers what was not published"),
    "answer to nothing": ([answered(1, to=None)], "Entry 7: no. 1 answers what was not published"),
    "summary out of nothing": (
        [step("summary.published", row=5, version=1, cited=1, numbers=[1], fingerprint="s")],
        "Entry 7: the summary was published, but never drafted",
    ),
    "summary's version skipped": (
        [
            step("summary.drafted", row=5, statements=1),
            step("summary.published", row=5, version=2, cited=1, numbers=[1], fingerprint="s"),
        ],
        "Entry 8 .*version is missing",
    ),
    "a kind nobody knows": (
        [step("contribution.vanished", number=1)],
        "Entry 7: nobody knows what contribution.vanished",
    ),
}


@pytest.mark.parametrize(("steps", "sentence"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_story_that_contradicts_itself_is_named(steps: list[Step], sentence: str) -> None:
    with pytest.raises(Disagreement, match=sentence):
        tell(*steps)


def test_a_publication_needs_a_draft() -> None:
    with pytest.raises(Disagreement, match="never drafted"):
        story_of([step("consultation.published")(1)])
