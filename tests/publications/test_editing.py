"""Officials write the summary: nothing typed is lost, nothing unseen is overwritten."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.consultations.models import Consultation, Topic
from apps.publications.actions import StatementText, draft_summary
from apps.publications.models import Summary
from apps.publications.queries import statements_of
from tests.factories import (
    a_contribution,
    a_draft,
    a_hearing,
    a_moderator,
    a_published,
    a_refused,
    a_writer,
    an_answer,
    an_official,
    the_topic,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


@pytest.fixture
def official(client: Client, at: datetime) -> Client:
    client.force_login(an_official(at))
    return client


def _address(consultation: Consultation, more: str = "") -> str:
    return f"/en/desk/consultations/{consultation.slug}/summary/{more}"


def _typed(*statements: dict[str, Any], revision: int = 0, **more: Any) -> dict[str, Any]:
    """Return what a browser sends for these statements."""
    data: dict[str, Any] = {"statements-TOTAL_FORMS": len(statements), "statements-INITIAL_FORMS": 0}
    for index, fields in enumerate(statements):
        data |= {f"statements-{index}-{name}": value for name, value in fields.items()}
    return data | {"revision": revision, "action": "save"} | more


def _one(cites: str, **changes: str) -> dict[str, str]:
    return {"title": "On noise", "body": "They want quiet.", "cites": cites, "position": "1"} | changes


def _said(consultation: Consultation) -> list[tuple[str, list[int]]]:
    summary = Summary.objects.filter(consultation=consultation).first()
    drafts = statements_of(summary, is_public=False) if summary else []
    return [(one.title, [cited.number for cited in one.citations.all()]) for one in drafts]


def test_a_draft_is_saved_in_the_order_of_places(official: Client, at: datetime, topic: Topic) -> None:
    numbers = [a_published(topic, at=at).number for _turn in range(3)]
    empty = _one("", title="", body="", position="9")
    gone = _one("tolv", title="", remove="on")

    response = official.post(
        _address(topic.consultation),
        _typed(_one("#1", title="Last", position="7"), empty, gone, _one("2-3", title="First", position="2")),
    )

    assert response.status_code == 302
    assert _said(topic.consultation) == [("First", numbers[1:]), ("Last", numbers[:1])]


def test_what_was_saved_is_what_is_edited(official: Client, at: datetime, topic: Topic) -> None:
    a_published(topic, at=at)
    official.post(_address(topic.consultation), _typed(_one("1")))

    response = official.get(_address(topic.consultation))
    page = response.content.decode()

    assert 'value="#1"' in page
    assert 'value="On noise"' in page
    assert 'name="revision" value="1"' in page
    assert response.context["forms"].total_form_count() == 2


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"cites": "tolv"}, "This cannot be read as numbers: “tolv”."),
        ({"cites": "#1, #99"}, "No published contribution of this consultation has: #99."),
        ({"cites": "2, 3"}, "No published contribution of this consultation has: #2, #3."),
        ({"cites": ""}, "Write the number of at least one contribution."),
        ({"cites": "og"}, "Write the number of at least one contribution."),
        ({"title": ""}, "Say in one line what this statement is about."),
        ({"title": "x" * 141}, "at most 140 characters"),
        ({"body": " \n"}, "Write what people said."),
        ({"body": "x" * 5_001}, "at most 5000 characters"),
        ({"body": "She is 010180-1234."}, "national identity number"),
        ({"position": "x"}, "Enter a whole number."),
    ],
)
def test_a_form_that_is_refused_keeps_what_was_typed(
    official: Client, at: datetime, topic: Topic, changed: dict[str, str], sentence: str
) -> None:
    a_published(topic, at=at)
    a_refused(topic, at=at)
    a_contribution(topic, at=at)
    fine = _one("#1", title="A fine one")

    for action in ("save", "preview", "publish"):
        response = official.post(_address(topic.consultation), _typed(fine, _one("#1") | changed, action=action))
        page = response.content.decode()

        assert response.status_code == 422
        assert sentence in page
        assert "A fine one" in page
    assert _said(topic.consultation) == []


def test_adding_and_leafing_keep_what_was_typed_and_judge_nothing(official: Client, at: datetime, topic: Topic) -> None:
    typed = _typed(_one("tolv", title="<b>Unfinished"), _one("", title="", body=""))

    for more, forms in (({"action": "add"}, 3), ({"after": "3"}, 2)):
        response = official.post(_address(topic.consultation), typed | more)
        page = response.content.decode()

        assert response.status_code == 200
        assert "&lt;b&gt;Unfinished" in page
        assert 'value="tolv"' in page
        assert "cannot be read" not in page
        assert response.context["forms"].total_form_count() == forms
    assert _said(topic.consultation) == []


def test_a_preview_shows_and_saves_nothing(official: Client, at: datetime, topic: Topic) -> None:
    a_published(topic, at=at)

    response = official.post(
        _address(topic.consultation), _typed(_one("1", body="They *want* it. <b>"), action="preview")
    )

    page = response.content.decode()
    assert response.status_code == 200
    assert "They <em>want</em> it. &lt;b&gt;" in page
    assert _said(topic.consultation) == []


def test_a_colleagues_work_is_not_overwritten_unseen(official: Client, at: datetime, topic: Topic) -> None:
    number = a_published(topic, at=at).number
    theirs = StatementText(title="Theirs", body="Body.", cites=[number])
    draft_summary(consultation=topic.consultation, statements=[theirs], by=an_official(at), at=at)

    response = official.post(_address(topic.consultation), _typed(_one("1", title="Mine"), revision=0))
    page = response.content.decode()

    assert response.status_code == 422
    assert "saved or published after you opened it" in page
    assert "Mine" in page
    assert 'name="revision" value="1"' in page
    assert _said(topic.consultation) == [("Theirs", [number])]


@pytest.mark.parametrize(
    "data", [{}, {"statements-TOTAL_FORMS": "x"}, {"statements-TOTAL_FORMS": "-1"}, {"statements-TOTAL_FORMS": "9999"}]
)
def test_a_form_that_no_browser_sends_breaks_nothing(official: Client, at: datetime, data: dict[str, str]) -> None:
    hearing = a_hearing(at=at)

    for more in ({}, {"action": "add"}, {"after": "x"}, {"revision": "9" * 40}):
        assert official.post(_address(hearing), data | more).status_code in {200, 422}


def test_what_is_not_cited_yet_is_listed_page_by_page(official: Client, at: datetime, topic: Topic) -> None:
    rows = [a_published(topic, at=at, body=f"Words of {turn}.") for turn in range(22)]
    a_refused(topic, at=at, body="Refused words.")
    a_contribution(topic, at=at, body="Waiting words.")
    an_answer(rows[0], at=at)
    draft_summary(
        consultation=topic.consultation,
        statements=[StatementText(title="A", body="B.", cites=[rows[0].number])],
        by=an_official(at),
        at=at,
    )

    first = official.get(_address(topic.consultation))
    after = first.context["uncited"].next_after
    second = official.post(_address(topic.consultation), _typed(_one("1"), after=str(after)))

    assert first.context["uncited"].count == 21
    assert [row.number for row, _words in first.context["uncited"].rows] == [row.number for row in rows[1:21]]
    assert [words for _row, words in second.context["uncited"].rows] == ["Words of 21."]
    for page in (first.content.decode(), second.content.decode()):
        assert "Refused words." not in page
        assert "Waiting words." not in page


def test_publishing_asks_once_more_and_then_shows_it_to_everyone(official: Client, at: datetime, topic: Topic) -> None:
    a_published(topic, at=at)
    saved = official.post(_address(topic.consultation), _typed(_one("1"), action="publish"))
    assert saved["Location"] == _address(topic.consultation, "publish/")

    question = official.get(saved["Location"]).content.decode()
    assert "They want quiet." in question
    assert not Summary.objects.get().is_published
    done = official.post(saved["Location"], {"revision": "1"})

    assert done["Location"] == f"/en/consultations/{topic.consultation.slug}/summary/"
    assert Summary.objects.get().version == 1
    assert "They want quiet." in Client().get(done["Location"]).content.decode()


def test_a_second_click_publishes_no_second_version(official: Client, at: datetime, topic: Topic) -> None:
    a_published(topic, at=at)
    official.post(_address(topic.consultation), _typed(_one("1")))

    for _click in range(2):
        response = official.post(_address(topic.consultation, "publish/"), {"revision": "1"})
        assert response.status_code == 302

    assert Summary.objects.get().version == 1


def test_a_draft_changed_meanwhile_is_shown_again_before_it_is_published(
    official: Client, at: datetime, topic: Topic
) -> None:
    a_published(topic, at=at)
    official.post(_address(topic.consultation), _typed(_one("1")))
    official.post(_address(topic.consultation), _typed(_one("1", title="Changed"), revision=1))

    response = official.post(_address(topic.consultation, "publish/"), {"revision": "1"})

    assert response.status_code == 409
    assert "Changed" in response.content.decode()
    assert not Summary.objects.get().is_published


def test_nothing_is_published_without_a_statement(official: Client, at: datetime, topic: Topic) -> None:
    address = _address(topic.consultation, "publish/")
    assert "Write at least one statement" in official.get(address).content.decode()
    official.post(_address(topic.consultation), _typed())

    response = official.post(address, {"revision": "1"})

    assert response.status_code == 422
    assert "Write at least one statement" in response.content.decode()


def test_others_have_no_desk(client: Client, at: datetime, topic: Topic) -> None:
    for more in ("", "publish/"):
        address = _address(topic.consultation, more)
        assert client.get(address)["Location"].endswith(f"?next={address}")
        lost = client.post(address, _typed(_one("1", body="Kept words.")))
        assert (lost.status_code, "Kept words." in lost.content.decode()) == (403, True)
    for person in (a_writer(at), a_moderator(at)):
        client.force_login(person)
        for more in ("", "publish/"):
            assert client.get(_address(topic.consultation, more)).status_code == 403
            assert client.post(_address(topic.consultation, more), _typed(_one("1"))).status_code == 403
            assert client.get(f"/en/desk/consultations/none/summary/{more}").status_code == 403
    assert not Summary.objects.exists()


def test_officials_write_on_drafts_of_consultations_too(official: Client, at: datetime) -> None:
    assert official.get(_address(a_draft(at=at))).status_code == 200
    assert official.get("/en/desk/consultations/none/summary/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_editing_costs_the_same(
    official: Client, at: datetime, topic: Topic, count: int, django_assert_num_queries: Any
) -> None:
    numbers = [a_published(topic, at=at).number for _turn in range(2 * count)]
    texts = [StatementText(title=f"No. {number}", body="Body.", cites=[number]) for number in numbers[:count]]
    draft_summary(consultation=topic.consultation, statements=texts, by=an_official(at), at=at)
    official.get(_address(topic.consultation))

    with django_assert_num_queries(11):
        official.get(_address(topic.consultation))
    with django_assert_num_queries(11):
        official.get(_address(topic.consultation, "publish/"))
