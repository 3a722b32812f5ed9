"""Whatever becomes of the texts: the coverage shown is the one in the raw rows, and no hidden word comes out."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.richtext import plain
from apps.consultations.models import Consultation
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import CannotLeave
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.publications import actions
from apps.publications.engine.passages import passages_of
from apps.publications.models import PaperStatement, PaperVersion, Point, Treated, Weighing, WhitePaper
from apps.publications.queries import (
    account_of,
    content_of,
    coverage_of,
    missing_page,
    outline_of,
    points_of,
    supplement_due,
    treated_in,
)
from tests.discussions.deeds import DEEDS, World
from tests.discussions.deeds.deciding import approve, erase, hide, redact, restore
from tests.discussions.deeds.letters import confirm, divide, submit_letter
from tests.discussions.deeds.moving import move_elsewhere
from tests.discussions.deeds.writing import submit, withdraw
from tests.discussions.test_property import a_world
from tests.factories import a_contribution, the_topic
from tests.factories.standing import a_box, a_suggestion
from tests.factories.whitepapers import a_colleague, a_paper, weigh

RECOMPUTED = """
WITH received AS (
    SELECT id, number, cluster_id FROM discussions_contribution
    WHERE consultation_id = %(hearing)s AND kind <> 'answer' AND status <> 'moved'
), left_out AS (
    SELECT received.id FROM received JOIN publications_weighing AS w
      ON w.contribution_id = received.id AND w.number = received.number
    WHERE w.paper_id = %(paper)s AND w.weight = 'left_out'
      AND (w.same_as_number IS NULL OR w.same_as_number IN (SELECT number FROM received))
), cited AS (
    SELECT DISTINCT received.id, received.cluster_id FROM received
    JOIN publications_point AS p ON p.contribution_id = received.id AND p.number = received.number
    JOIN publications_paperstatement AS s ON s.id = p.statement_id
    WHERE s.paper_id = %(paper)s AND s.disposition <> '' AND s.reply <> ''
      AND received.id NOT IN (SELECT id FROM left_out)
), treated AS (
    SELECT id FROM cited
    UNION SELECT id FROM received WHERE cluster_id IN (SELECT cluster_id FROM cited WHERE cluster_id IS NOT NULL)
    UNION SELECT w.contribution_id FROM publications_weighing AS w JOIN received
          ON received.id = w.contribution_id AND received.number = w.number
          WHERE w.paper_id = %(paper)s AND w.weight = 'noted'
)
SELECT (SELECT count(*) FROM received) - (SELECT count(*) FROM left_out),
       (SELECT count(*) FROM left_out),
       (SELECT count(*) FROM treated WHERE id NOT IN (SELECT id FROM left_out))
"""


def recomputed(paper: WhitePaper) -> tuple[int, int, int]:
    """Return received, left out and treated, from the raw rows alone."""
    with connection.cursor() as cursor:
        cursor.execute(RECOMPUTED, {"hearing": paper.consultation_id, "paper": paper.pk})
        return tuple(cursor.fetchone())  # type: ignore[return-value]


class Desk:
    """What officials do to the white paper of one of two hearings."""

    def __init__(self, world: World, papers: list[WhitePaper], colleagues: list[User]) -> None:
        self.world, self.papers, self.colleagues = world, papers, colleagues

    def do(self, deed: Callable[..., object], **said: Any) -> None:
        """Do it, or be refused: whichever it is, the rows are whole."""
        with suppress(DomainError), transaction.atomic():
            deed(**said, by=self.world.official, at=self.world.at)

    def paper(self, choice: int) -> WhitePaper:
        return WhitePaper.objects.select_related("consultation").get(pk=self.papers[choice % len(self.papers)].pk)

    def statement(self, paper: WhitePaper, choice: int) -> PaperStatement | None:
        found = list(PaperStatement.objects.filter(paper=paper).select_related("paper__consultation").order_by("pk"))
        return found[choice % len(found)] if found else None


def add(desk: Desk, one: int, two: int) -> None:
    paper = desk.paper(one)
    topics = [topic for topic in desk.world.topics if topic.consultation_id == paper.consultation_id]
    topic = [*topics, None][two % 4]
    desk.do(actions.add_statement, paper=paper, topic=topic, title=f"Statement {two % 5}")


def reply(desk: Desk, one: int, two: int) -> None:
    paper = desk.paper(one)
    statement = desk.statement(paper, two)
    if statement is not None:
        words = actions.StatementWords(title=statement.title, disposition="partly", reply=f"Reply {two % 3}")
        desk.do(actions.save_statement, statement=statement, words=words, topic=statement.topic)


def mark(desk: Desk, one: int, two: int) -> None:
    """Mark a passage of anything: what nobody reads, what stands elsewhere and answers are refused."""
    paper, rows = desk.paper(one), Contribution.stored.order_by("pk")
    here = list(rows.filter(consultation=paper.consultation_id, status="published") if one % 5 else rows)
    statement = desk.statement(paper, two)
    if statement is None or not here:
        return
    row = here[one % len(here)]
    spans = [(passage.start, passage.end) for passage in passages_of(row.body)]
    passages = None if two % 3 == 0 else spans[two % 2 :]
    version = row.version - (two % 7 == 0)
    desk.do(actions.mark_points, statement=statement, contribution=row, passages=passages, text_version=version)


def unmark(desk: Desk, one: int, two: int) -> None:
    points = list(Point.objects.select_related("statement__paper__consultation").order_by("pk"))
    if points and one % 2:
        desk.do(actions.unmark_point, point=points[two % len(points)])
    elif points:
        statement = desk.statement(desk.paper(one // 2), two)
        if statement is not None:
            desk.do(actions.move_point, point=points[two % len(points)], to=statement)


def note(desk: Desk, one: int, two: int) -> None:
    desk.do(actions.note_contributions, paper=desk.paper(one), numbers=[1 + two % 9], sentence=f"Why {two % 2}.")


def leave(desk: Desk, one: int, two: int) -> None:
    ground, same_as = ("spam", None) if two % 2 else ("double", 1 + two % 5)
    desk.do(actions.leave_out, paper=desk.paper(one), number=1 + two % 9, ground=ground, same_as=same_as)


def take_in(desk: Desk, one: int, two: int) -> None:
    rows = list(Weighing.objects.select_related("paper__consultation").order_by("pk"))
    if rows:
        desk.do(actions.unweigh, weighing=rows[two % len(rows)])


def remove(desk: Desk, one: int, two: int) -> None:
    statement = desk.statement(desk.paper(one), two)
    if statement is not None:
        desk.do(actions.remove_statement, statement=statement)


def publish(desk: Desk, one: int, two: int) -> None:
    """Publish it as it stands, or with all that is missing noted."""
    paper, colleague = desk.paper(one), desk.colleagues[one % len(desk.colleagues)]
    if two % 2 and paper.is_draft:
        missing = coverage_of(paper).missing
        if missing:
            desk.do(actions.note_contributions, paper=paper, numbers=missing, sentence="Outside the matter.")
        for statement in PaperStatement.objects.filter(paper=paper, disposition=""):
            weigh(statement, statement.topic, at=desk.world.at)
    desk.do(actions.ask_for_review, paper=paper)
    before = coverage_of(paper)
    try:
        with transaction.atomic():
            version = actions.publish_white_paper(paper=paper, by=colleague, at=desk.world.at)
    except DomainError:
        desk.do(actions.take_back, paper=paper)
    else:
        assert before.is_whole
        assert (version.received, version.left_out, before.treated) == recomputed(paper)
        if two % 3:
            correct(desk, one, two)


def correct(desk: Desk, one: int, two: int) -> None:
    desk.do(actions.begin_correction, paper=desk.paper(one), note=f"Correction {two % 3}")


PAPER_DEEDS = [add, reply, reply, *[mark] * 9, *[unmark] * 4, note, leave, leave, take_in, remove]
PAPER_DEEDS += [publish, publish, *[correct] * 4]
# What most often becomes of a text after it was cited.
AFTERWARDS = [move_elsewhere, hide, redact, withdraw, restore, erase, confirm, divide, submit_letter]


def all_words(paper: WhitePaper) -> Iterator[str]:
    """Yield every word of contributions that queries of a white paper hand out."""
    for statement in PaperStatement.objects.filter(paper=paper):
        yield from (quote.words for quote in points_of(paper, statement.pk, size=500)[0])
    yield from (row.beginning for row in missing_page(paper, size=500).rows)


def hold_coverage() -> None:
    for paper in WhitePaper.objects.select_related("consultation").order_by("pk"):
        coverage = coverage_of(paper)
        assert (coverage.received, coverage.left_out, coverage.treated) == recomputed(paper)
        assert coverage.received - coverage.treated == len(coverage.missing)


def hold(desk: Desk) -> None:
    for paper in WhitePaper.objects.select_related("consultation").order_by("pk"):
        account = account_of(paper)
        assert [row.number for row in missing_page(paper, size=500).rows] == list(account.coverage.missing)
        _hold_words(paper)
        frozen = json.dumps(content_of(paper, outline_of(paper, account=account), account))
        assert not any(word in frozen for word in ("Text ", "Ring ", "vindmøllerne"))
    for version in PaperVersion.objects.select_related("paper__consultation"):
        _hold_version(version)
    assert check_ledger().problem == ""


def _hold_words(paper: WhitePaper) -> None:
    here = Contribution.stored.filter(consultation=paper.consultation_id, status=ContributionStatus.PUBLISHED)
    public = [plain(body, 10_000) for body in here.exclude(kind=ContributionKind.ANSWER).values_list("body", flat=True)]
    for words in filter(None, all_words(paper)):
        assert any(words.removesuffix("…") in text for text in public), words


def _hold_version(version: PaperVersion) -> None:
    """Who was received then is accounted for, and whatever the version rests on has stayed."""
    rows = Treated.objects.filter(version=version).select_related("contribution")
    left_out = {row.number for row in rows if row.how == "left_out"}
    numbers = {row.number for row in rows}
    assert (len(numbers) - len(left_out), len(left_out)) == (version.received, version.left_out)
    rests = [row for row in rows if row.how in {"statement", "letter"}]
    assert all(row.contribution.consultation_id == version.paper.consultation_id for row in rests)
    if version.version == version.paper.version:
        shown = treated_in([row.contribution_id for row in rests])
        assert {row.contribution_id for row in rests} == set(shown)
        due = set(supplement_due(version.paper))
        received = Contribution.stored.filter(consultation=version.paper.consultation_id).exclude(kind="answer")
        fresh = set(received.exclude(status="moved").values_list("number", flat=True)) - numbers
        assert fresh <= due


STEPS = st.lists(
    st.tuples(
        st.one_of(*map(st.sampled_from, (PAPER_DEEDS, PAPER_DEEDS, AFTERWARDS, DEEDS))),
        st.integers(0, 1000),
        st.integers(0, 59),
        st.integers(-5, 90),
    ),
    min_size=30,
    max_size=60,
)


def a_desk(at: datetime) -> Desk:
    """Return two hearings that people have written to, among them a letter of three, with some statements."""
    world = a_world(at)
    for topic in (0, 0, 0, 3, 3):
        submit(world, topic, 1)
        approve(world, 0, 2)
    for sender in range(3):
        submit_letter(world, 0, sender)
    confirm(world, 5, 2)
    assert {told.letter for told in world.all[5:]} != {None}
    hearings = [Consultation.objects.get(pk=pk) for pk in sorted({topic.consultation_id for topic in world.topics})]
    papers = [a_paper(hearing, at=at) for hearing in hearings]
    desk = Desk(world, papers, [a_colleague(hearing, at=at) for hearing in hearings])
    for step in range(6):
        add(desk, step, step)
        reply(desk, step, step)
    return desk


@pytest.mark.django_db
def test_coverage_is_what_the_raw_rows_say_and_no_hidden_word_comes_out(at: datetime) -> None:
    start = a_desk(at)

    @settings(max_examples=settings.default.max_examples // 4, phases=[Phase.generate])
    @given(STEPS)
    def holds(steps: list[tuple[Callable[[Any, int, int], None], int, int, int]]) -> None:
        desk = Desk(_copy_of(start.world), start.papers, start.colleagues)
        with transaction.atomic():
            for deed, one, two, seconds in steps:
                desk.world.at += timedelta(seconds=seconds)
                try:
                    with transaction.atomic():
                        deed(desk if deed in PAPER_DEEDS else desk.world, one, two)
                except CannotLeave:
                    assert PaperVersion.objects.exists()
                hold_coverage()
            hold(desk)
            transaction.set_rollback(True)

    holds()


def _copy_of(world: World) -> World:
    """Return the world as it was: what came of it is told anew in every example."""
    told = deepcopy((world.all, world.signposts, world.entries))
    return replace(world, all=told[0], signposts=told[1], entries=told[2], publishing_first=set())


@pytest.mark.django_db
def test_elsewhere_than_in_a_hearing_only_what_is_published_is_accounted_for(at: datetime) -> None:
    box = a_box(at=at)
    shown = a_suggestion(box, at=at)
    a_contribution(the_topic(box), at=at)

    assert coverage_of(a_paper(box, at=at)).missing == (shown.number,)
