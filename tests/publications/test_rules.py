from datetime import datetime

import pytest

from apps.common.permissions import may
from apps.discussions.models import Contribution
from apps.publications.actions import StatementText, ask_for_review, draft_summary, publish_summary
from apps.publications.models import Summary
from apps.publications.queries import counted_in, visible_summaries, visible_white_papers
from apps.publications.rules import is_counted
from tests.factories import a_contribution, a_hearing, a_published, a_refused, an_answer, an_official, the_topic
from tests.factories.standing import a_box
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, publish_paper
from tests.personas import Viewer, everyone

pytestmark = pytest.mark.django_db

OFFICIALS = {"official"}


def _who_may(name: str, people: dict[str, Viewer], *subject: object) -> set[str]:
    return {kind for kind, viewer in people.items() if may(name, viewer, *subject)}


def _summary(at: datetime, *, is_public: bool) -> Summary:
    topic = the_topic(a_hearing(at=at))
    cited = a_published(topic, at=at)
    text = StatementText(title="One", body="Body.", cites=[cited.number])
    by = an_official(at)
    summary = draft_summary(consultation=topic.consultation, statements=[text], by=by, at=at)
    return publish_summary(summary=summary, by=by, at=at) if is_public else summary


def test_officials_write(at: datetime) -> None:
    people = everyone(at=at)
    assert _who_may("publications.write_answer", people) == OFFICIALS
    assert _who_may("publications.write_summary", people, a_hearing(at=at)) == OFFICIALS


@pytest.mark.parametrize("is_public", [False, True])
def test_who_may_view_a_summary_finds_it_and_nobody_else(at: datetime, is_public: bool) -> None:
    people = everyone(at=at)
    summary = _summary(at, is_public=is_public)

    allowed = _who_may("publications.view_summary", people, summary)

    assert allowed == (set(people) if is_public else OFFICIALS)
    assert allowed == {kind for kind, viewer in people.items() if summary in visible_summaries(viewer)}


def test_officials_answer_what_people_wrote_and_everyone_reads(at: datetime) -> None:
    people = everyone(at=at)
    topic = the_topic(a_hearing(at=at))
    published, refused = a_published(topic, at=at), a_refused(topic, at=at)
    answer = an_answer(published, at=at)

    def who(row: Contribution) -> set[str]:
        return _who_may("discussions.answer_contribution", people, row)

    assert who(published) == OFFICIALS
    assert who(refused) == set()
    assert who(answer) == set()


@pytest.mark.parametrize("is_public", [False, True])
def test_who_may_view_a_white_paper_finds_it_and_nobody_else(at: datetime, is_public: bool) -> None:
    people = everyone(at=at)
    paper = a_paper(a_hearing(at=at), at=at)
    a_statement(paper, at=at)
    if is_public:
        publish_paper(paper, at=at)

    allowed = _who_may("publications.view_white_paper", people, paper)

    assert allowed == (set(people) if is_public else OFFICIALS)
    assert allowed == {kind for kind, viewer in people.items() if paper in visible_white_papers(viewer)}


def test_officials_of_the_team_write_a_white_paper_and_a_colleague_reviews_it(at: datetime) -> None:
    people = everyone(at=at)
    paper = a_paper(a_hearing(at=at), at=at)
    a_statement(paper, at=at)
    colleague = a_colleague(paper.consultation, at=at)

    assert _who_may("publications.write_white_paper", people, paper.consultation) == OFFICIALS
    assert not may("publications.review_white_paper", colleague, paper)
    ask_for_review(paper=paper, by=an_official(at), at=at)
    assert _who_may("publications.review_white_paper", people, paper) == set()
    assert may("publications.review_white_paper", colleague, paper)


def test_what_is_counted_is_what_is_listed(at: datetime) -> None:
    for place in (a_hearing(at=at), a_box(at=at)):
        topic = the_topic(place)
        rows = [a_published(topic, at=at), a_refused(topic, at=at), a_contribution(topic, at=at)]
        rows.append(an_answer(rows[0], at=at))

        assert [row for row in rows if is_counted(row, place)] == list(counted_in(place))
