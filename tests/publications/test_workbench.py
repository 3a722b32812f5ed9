"""Officials put contributions under statements, in one step, and nothing chosen or typed is lost."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.publications.actions import ask_for_review, note_contributions
from apps.publications.models import PaperStatement, Point, Weighing, WhitePaper
from tests.factories import (
    a_contribution,
    a_hearing,
    a_published,
    a_refused,
    a_topic,
    an_answer,
    an_official,
    the_topic,
)
from tests.factories.whitepapers import a_paper, a_statement, marked

pytestmark = pytest.mark.django_db

BODY = "The noise is too loud. We cannot sleep. The birds will go."
SENTENCES = ((0, 22), (23, 39), (40, 58))


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


@pytest.fixture
def paper(at: datetime, topic: Topic) -> WhitePaper:
    return a_paper(topic.consultation, at=at)


@pytest.fixture
def official(client: Client, at: datetime) -> Client:
    client.force_login(an_official(at))
    return client


def _address(paper: WhitePaper, query: str = "") -> str:
    return f"/en/desk/consultations/{paper.consultation.slug}/coding/{query}"


def _key(row: Contribution, *spans: tuple[int, int]) -> list[str]:
    return [f"{row.number}:{row.version}:{start}:{end}" for start, end in spans]


def _points(statement: PaperStatement) -> list[tuple[int, int | None, int | None]]:
    return list(
        Point.objects.filter(statement=statement).order_by("number", "start").values_list("number", "start", "end")
    )


def _numbers(response: Any) -> list[int]:
    return [item.row.number for item in response.context["items"]]


def test_sentences_next_to_each_other_are_one_point(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    row, statement = a_published(topic, at=at, body=BODY), a_statement(paper, topic, at=at)

    response = official.post(_address(paper), {"s": _key(row, *SENTENCES[:2]), "statement": statement.pk})

    assert response.status_code == 302
    assert response["Location"] == f"{_address(paper)}#c{row.number}"
    assert _points(statement) == [(row.number, 0, 39)]


def test_one_contribution_holds_several_points_and_its_page_says_where(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    row = a_published(topic, at=at, body=BODY)
    noise, birds = (a_statement(paper, topic, title=title, at=at) for title in ("Less noise", "The birds"))

    official.post(_address(paper), {"s": _key(row, SENTENCES[0]), "statement": noise.pk})
    official.post(_address(paper), {"s": _key(row, SENTENCES[2]), "action": "mark", "to": birds.pk})
    response = official.get(_address(paper))

    [item] = response.context["items"]
    assert [(point.label, point.words) for point in item.points] == [
        ("1.1", "The noise is too loud."),
        ("1.2", "The birds will go."),
    ]
    assert [sentence.labels for sentence in item.paragraphs[0]] == [("1.1",), (), ("1.2",)]


def test_all_of_several_contributions_go_under_a_new_statement_in_one_step(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one, two = (a_published(topic, at=at, body=BODY) for _turn in range(2))

    official.post(
        _address(paper),
        {
            "all": [f"{row.number}:{row.version}" for row in (one, two)],
            "title": "  Less   noise ",
            "topic": topic.pk,
            "action": "typed",
        },
    )

    made = PaperStatement.objects.get(paper=paper)
    assert (made.title, made.topic) == ("Less noise", topic)
    assert _points(made) == [(one.number, None, None), (two.number, None, None)]


def test_points_are_moved_and_taken_away(official: Client, at: datetime, topic: Topic, paper: WhitePaper) -> None:
    row = a_published(topic, at=at, body=BODY)
    one, two = (a_statement(paper, topic, title=title, at=at) for title in ("One", "Two"))
    [first] = marked(one, row, passages=[SENTENCES[0]], at=at)
    [second] = marked(one, row, passages=[SENTENCES[2]], at=at)

    official.post(_address(paper), {"p": [first.pk], "statement": two.pk})
    official.post(_address(paper), {"unmark": second.pk})
    again = official.post(_address(paper), {"unmark": second.pk})

    assert again.status_code == 302
    assert (_points(one), _points(two)) == ([], [(row.number, 0, 22)])


def test_what_is_noted_or_left_out_can_be_undone(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one, two, three = (a_published(topic, at=at, body=BODY) for _turn in range(3))

    official.post(
        _address(paper),
        {"s": _key(one, SENTENCES[0]) + _key(two, SENTENCES[0]), "sentence": "A greeting.", "action": "note"},
    )
    official.post(
        _address(paper),
        {"all": f"{three.number}:1", "ground": "double", "same_as": f"#{one.number}", "action": "leave_out"},
    )
    stood = list(Weighing.objects.order_by("number").values_list("number", "sentence", "same_as_number"))
    official.post(_address(paper), {"unweigh": Weighing.objects.get(number=two.number).pk})

    assert stood == [
        (one.number, "A greeting.", None),
        (two.number, "A greeting.", None),
        (three.number, "", one.number),
    ]
    assert not Weighing.objects.filter(number=two.number).exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose sentences first"),
        ({"s": ["nonsense"]}, "cannot be read"),
        ({"s": ["1:1:0:5"]}, "Only whole sentences"),
        ({"s": ["1:1:0:900"]}, "Only whole sentences"),
        ({"s": ["1:7:0:22"]}, "The text was changed after you opened it"),
        ({"s": ["99:1:0:22"]}, "No published contribution of this consultation has: 99"),
        ({"all": ["2:1"]}, "No published contribution of this consultation has: 2"),
        ({"all": ["3:1"]}, "is an answer of the municipality's"),
        ({"all": ["4:1"]}, "No published contribution of this consultation has: 4"),
        ({"s": [f"1:1:{place}:{place + 1}" for place in range(500)]}, "at most 100 passages"),
        ({"p": ["99"]}, "is gone"),
        ({"all": ["1:1"], "statement": "987"}, "Choose the statement, or write a new one"),
    ],
)
def test_what_cannot_be_put_there_is_refused_with_a_sentence_and_stays_chosen(  # noqa: PLR0917 - a case
    official: Client, at: datetime, topic: Topic, paper: WhitePaper, sent: dict[str, Any], sentence: str
) -> None:
    question = a_published(topic, at=at, body=BODY)
    a_refused(topic, at=at)
    an_answer(question, at=at)
    a_contribution(topic, at=at)
    statement = a_statement(paper, topic, at=at)

    response = official.post(_address(paper), {"statement": statement.pk, "title": "A kept title", **sent})
    page = response.content.decode()

    assert response.status_code in {409, 422}
    assert sentence in page.replace("&#x27;", "'")
    assert 'value="A kept title"' in page
    assert response.context["chosen"] == {*sent.get("s", []), *sent.get("all", [])}
    assert _points(statement) == []


def test_a_contribution_of_another_consultation_is_a_number_that_is_not_here(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    other = the_topic(a_hearing(at=at))
    for _turn in range(2):
        foreign = a_published(other, at=at, body=BODY)
    statement = a_statement(paper, topic, at=at)

    response = official.post(_address(paper), {"all": f"{foreign.number}:1", "statement": statement.pk})

    assert response.status_code == 422
    assert _points(statement) == []


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"action": "new", "title": " "}, "Write the argument in one line first."),
        ({"action": "new", "title": "x" * 201}, "at most 200 characters"),
        ({"action": "new", "title": "She is 010180-1234."}, "national identity number"),
        ({"action": "note", "sentence": ""}, "Write why no statement rests on it"),
        ({"action": "leave_out", "ground": "double"}, "Write which other number"),
        ({"action": "leave_out", "ground": "double", "same_as": "one"}, "Write the number alone"),
        ({"action": "leave_out", "ground": "rude"}, "Select a valid choice"),
    ],
)
def test_what_is_typed_and_unfit_is_refused_at_its_field(  # noqa: PLR0917 - a case
    official: Client, at: datetime, topic: Topic, paper: WhitePaper, sent: dict[str, Any], sentence: str
) -> None:
    row = a_published(topic, at=at, body=BODY)

    response = official.post(_address(paper), {"all": f"{row.number}:1", **sent})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert response.context["chosen"] == {f"{row.number}:1"}
    assert not PaperStatement.objects.exists()
    assert not Weighing.objects.exists()


def test_nothing_is_put_anywhere_while_a_second_official_reads(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    row, statement = a_published(topic, at=at, body=BODY), a_statement(paper, topic, at=at)
    ask_for_review(paper=paper, by=an_official(at), at=at)

    response = official.post(_address(paper), {"all": f"{row.number}:1", "statement": statement.pk})

    assert response.status_code == 409
    assert "Take it back first" in response.content.decode()
    assert 'name="statement"' not in official.get(_address(paper)).content.decode()


def test_the_filters_stay_in_the_address_and_in_the_order_received(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    other = a_topic(topic.consultation, at=at)
    here, there, noted, put = (
        a_published(topic, at=at, body=BODY),
        a_published(other, at=at, body=BODY),
        a_published(topic, at=at, body=BODY),
        a_published(topic, at=at, body=BODY),
    )
    note_contributions(paper=paper, numbers=[noted.number], sentence="A greeting.", by=an_official(at), at=at)
    marked(a_statement(paper, topic, reply="", at=at), put, at=at)

    def read(query: str) -> list[int]:
        return _numbers(official.get(_address(paper, query)))

    assert read("") == [here.number, there.number, noted.number, put.number]
    assert read(f"?topic={other.slug}") == [there.number]
    assert read("?show=unplaced") == [here.number, there.number]
    assert read("?show=untreated") == [here.number, there.number, put.number]
    assert read("?kind=proposal") == []
    assert read("?channel=letter") == []
    assert read("?channel=site&moment=on_time") == [here.number, there.number, noted.number, put.number]
    assert read("?moment=late") == []
    assert read(f"?letter={here.number}") == [here.number]
    assert read("?letter=several") == []
    assert read("?topic=nothing&kind=nothing&after=nothing") == [here.number, there.number, noted.number, put.number]
    assert read(f"?after={here.number}")[0] == there.number
    done = official.post(
        _address(paper, f"?topic={topic.slug}"), {"all": f"{here.number}:1", "title": "New", "action": "new"}
    )
    assert done["Location"] == f"{_address(paper, f'?topic={topic.slug}')}#c{here.number}"


def test_what_is_much_alike_is_offered_and_never_decided(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one = a_published(topic, at=at, body="The turbines make a terrible noise at night near the church.")
    two = a_published(topic, at=at, body="At night the noise of the turbines keeps us awake.")
    a_published(topic, at=at, body="Cycling paths please.")
    put = a_published(topic, at=at, body="Noise of turbines at night again, near my church.")
    statement = a_statement(paper, topic, title="The noise of turbines at night", at=at)
    marked(statement, put, at=at)

    assert _numbers(official.get(_address(paper, f"?like={one.number}"))) == [two.number]
    assert _numbers(official.get(_address(paper, f"?fits={statement.pk}"))) == [one.number, two.number]
    assert _numbers(official.get(_address(paper, "?fits=987"))) == []
    assert _points(statement) == [(put.number, None, None)]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("query", ["", "?show=untreated", "?letter=once"])
def test_a_page_costs_ten_queries_whatever_it_holds(  # noqa: PLR0917 - a case
    official: Client, at: datetime, topic: Topic, paper: WhitePaper, count: int, query: str
) -> None:
    for _turn in range(count):
        marked(a_statement(paper, topic, reply="", at=at), a_published(topic, at=at, body=BODY), at=at)
        a_published(topic, at=at, body=BODY)
    official.get(_address(paper, query))

    with CaptureQueriesContext(connection) as seen:
        official.get(_address(paper, query))

    assert len(seen) == 10


def test_without_a_white_paper_it_leads_to_where_one_is_begun(official: Client, topic: Topic) -> None:
    response = official.get(f"/en/desk/consultations/{topic.consultation.slug}/coding/")

    assert response.status_code == 302
    assert response["Location"].endswith("/whitepaper/")
