"""What entries tell of a white paper: nothing is changed while it is read, and every voice is accounted for."""

from datetime import datetime

import pytest

from apps.consultations.models import Consultation
from apps.exchange.engine.story import Disagreement
from apps.exchange.queries import check_ledger
from apps.publications.actions import note_contributions
from apps.publications.models import PaperStatement, PaperVersion, Point, Treated, Weighing, WhitePaper
from tests import factories
from tests.exchange.test_story import Step, published, received, refused, step, tell
from tests.factories.whitepapers import a_paper, a_statement, marked, publish_paper

PAPER, KEY = 70, 5
BEGUN = step("whitepaper.begun", row=PAPER)
ADDED = step("statement.added", row=KEY, statement=KEY, fingerprint="a")
WEIGHED = step("statement.changed", row=KEY, statement=KEY, disposition="partly", fingerprint="b")
REMOVED = step("statement.removed", row=KEY, statement=KEY)
ASKED = step("whitepaper.review_asked", row=PAPER)
BACK = step("whitepaper.sent_back", row=PAPER)
REOPENED = step("whitepaper.reopened", row=PAPER, version=1)
VOICES = [received(1), published(1), received(2), refused(2)]
WRITTEN = [*VOICES, BEGUN, ADDED, WEIGHED]


def point(number: int = 1, points: int = 1) -> Step:
    return step("point.marked", number=number, row=KEY, statement=KEY, points=points)


def unmarked(points: int = 0) -> Step:
    return step("point.unmarked", number=1, row=KEY, statement=KEY, points=points)


def noted(*numbers: int) -> Step:
    return step("whitepaper.noted", row=PAPER, numbers=list(numbers))


def left_out(number: int = 2, same_as: int | None = None) -> Step:
    return step("whitepaper.left_out", number=number, ground="double" if same_as else "spam", same_as=same_as)


def out(version: int = 1, **changes: object) -> Step:
    facts = {"scope": "received", "received": 2, "left_out": 0, "statements": 1, "checksum": "c"} | changes
    return step("whitepaper.published", row=PAPER, version=version, **facts)


def test_it_is_told_from_its_beginning_to_a_correction() -> None:
    story = tell(*WRITTEN, point(), noted(2), ASKED, BACK, ASKED, out(), REOPENED)

    paper = story.white_paper
    assert paper is not None
    assert (paper.status, paper.statements, paper.points) == ("draft", {KEY: ("partly", "b")}, {(KEY, 1): 1})
    assert (paper.noted, paper.versions) == ({2}, {1: ("c", 2, 0, 1)})


def test_what_is_left_out_is_told_apart() -> None:
    story = tell(*WRITTEN, point(), left_out(2, 1), ASKED, out(received=1, left_out=1))

    assert story.white_paper is not None
    assert story.white_paper.left_out == {2: ("double", 1)}


def test_elsewhere_than_in_a_hearing_only_what_is_published_is_counted() -> None:
    story = tell(*WRITTEN, point(), ASKED, out(scope="published", received=1))

    assert story.white_paper is not None
    assert story.white_paper.status == "published"


@pytest.mark.parametrize(
    ("steps", "problem"),
    [
        ([ADDED], "never begun"),
        ([BEGUN, BEGUN], "begun twice"),
        ([*WRITTEN, ADDED], "added twice"),
        ([BEGUN, WEIGHED], "never added"),
        ([*WRITTEN, point(), REMOVED], "points stood under"),
        ([*VOICES, BEGUN, point()], "never added"),
        ([*WRITTEN, point(2)], "not public"),
        ([*WRITTEN, point(9)], "not public"),
        ([*WRITTEN, left_out(1), point(1)], "left out"),
        ([*WRITTEN, point(), left_out(1)], "rests on it"),
        ([*WRITTEN, unmarked()], "another number of points"),
        ([*WRITTEN, point(1, 3), unmarked()], "another number of points"),
        ([*WRITTEN, noted(9)], "never received"),
        ([*WRITTEN, step("whitepaper.unweighed", number=1)], "neither noted nor left out"),
        ([*WRITTEN, ASKED, point()], "nothing of the white paper could be changed"),
        ([*WRITTEN, BACK], "nobody read it"),
        ([*WRITTEN, point(), noted(2), out()], "no second official"),
        ([*WRITTEN, point(), ASKED, out()], "no. 2 is neither treated nor noted"),
        ([*WRITTEN, point(), noted(2), ASKED, out(2)], "version is missing"),
        ([*WRITTEN, point(), noted(2), ASKED, out(received=1)], "2 were received"),
        ([*WRITTEN, point(), noted(2), ASKED, out(left_out=1)], "0 were left out"),
        ([*WRITTEN, point(), noted(2), ASKED, out(statements=2)], "1 statements"),
        ([*VOICES, BEGUN, ADDED, noted(1, 2), ASKED, out()], "has no reply"),
        ([*WRITTEN, REOPENED], "no such version"),
        ([*WRITTEN, step("whitepaper.sung", row=PAPER)], "nobody knows"),
    ],
)
def test_a_white_paper_that_cannot_have_been_is_a_disagreement(steps: list[Step], problem: str) -> None:
    with pytest.raises(Disagreement, match=problem):
        tell(*steps)


def _change(rows: type, **changes: object) -> object:
    return lambda: rows.objects.update(**changes)  # type: ignore[attr-defined]


def _rewrite() -> None:
    version = PaperVersion.objects.get()
    version.content["chapters"][0]["statements"][0]["reply"] = "No."
    PaperVersion.objects.filter(pk=version.pk).update(content=version.content)


TAMPERED = {
    "a disposition": (_change(PaperStatement, disposition="noted"), "The statements of the white paper"),
    "a reply": (_change(PaperStatement, reply="No."), "The statements of the white paper"),
    "a point": (lambda: Point.objects.all().delete(), "The points of the white paper"),
    "a note": (lambda: Weighing.objects.all().delete(), "What the white paper notes"),
    "the version": (_change(WhitePaper, version=2), "The white paper's version"),
    "its state": (_change(WhitePaper, status="draft"), "Where the white paper stands"),
    "its content": (_rewrite, "is not the one in the ledger"),
    "its checksum": (_change(PaperVersion, checksum="0" * 64), "The versions of the white paper"),
    "its figures": (_change(PaperVersion, received=1), "The versions of the white paper"),
    "where it treats": (_change(Treated, label="9.9"), "treats other numbers"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERED)
def test_rows_that_were_changed_behind_the_houses_back_are_named(at: datetime, what: str) -> None:
    change, problem = TAMPERED[what]
    hearing: Consultation = factories.a_hearing(at=at)
    topic = factories.the_topic(hearing)
    one, two = factories.a_published(topic, at=at), factories.a_refused(topic, at=at)
    paper = a_paper(hearing, at=at)
    marked(a_statement(paper, topic, at=at), one, at=at)
    note_contributions(paper=paper, numbers=[two.number], sentence="Why.", by=factories.an_official(at), at=at)
    publish_paper(paper, at=at)
    assert check_ledger().problem == ""

    change()  # type: ignore[operator]

    assert problem in check_ledger().problem
