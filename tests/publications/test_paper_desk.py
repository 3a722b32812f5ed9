"""The white paper on the desk: written by several at once, published by a second official, corrected."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.publications.actions import ask_for_review, note_contributions
from apps.publications.models import PaperStatement, PaperVersion, Weighing, WhitePaper
from tests import personas
from tests.factories import a_hearing, a_published, a_refused, an_official, the_topic
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, marked, publish_paper

pytestmark = pytest.mark.django_db

BODY = "The noise is too loud. We cannot sleep."


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


@pytest.fixture
def colleague(at: datetime, topic: Topic) -> Client:
    return _signed_in(a_colleague(topic.consultation, at=at))


def _signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def _address(topic: Topic, more: str = "") -> str:
    return f"/en/desk/consultations/{topic.consultation.slug}/whitepaper/{more}"


def _words(statement: PaperStatement, **changes: Any) -> dict[str, Any]:
    """Return what a browser sends for a statement as it stands, with changes."""
    names = ("title", "argument", "disposition", "reply", "change", "change_reference")
    sent = {name: getattr(statement, name) for name in names} | {"topic": statement.topic_id or ""}
    return sent | {"seen": statement.revision, "action": "save"} | changes


def test_it_is_begun_once(official: Client, topic: Topic) -> None:
    assert "There is no white paper yet" in official.get(_address(topic)).content.decode()

    for _click in range(2):
        assert official.post(_address(topic), {"action": "begin"}).status_code == 302

    assert WhitePaper.objects.count() == 1


def test_it_shows_the_share_and_people_apart_from_letters(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one = a_published(topic, at=at, body=BODY)
    a_refused(topic, at=at)
    marked(a_statement(paper, topic, title="Less noise", at=at), one, at=at)

    page = " ".join(official.get(_address(topic)).content.decode().split())

    assert "50 %" in page
    assert "1 of 2 received contributions are treated or noted." in page
    assert "1 person · 1 point" in page


def test_statements_stand_in_the_order_that_officials_choose(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one, two, three = (a_statement(paper, topic, title=title, at=at) for title in ("One", "Two", "Three"))

    def order() -> list[str]:
        outline = official.get(_address(topic)).context["outline"]
        return [item.statement.title for item in outline.statements]

    official.post(_address(topic), {"up": three.pk})
    after_up = order()
    official.post(_address(topic), {"down": one.pk})
    official.post(_address(topic), {"up": three.pk})
    official.post(_address(topic), {"up": "987"})

    assert after_up == ["One", "Three", "Two"]
    assert order() == ["Three", "One", "Two"]
    assert two.paper_id == paper.pk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Write the argument in one line first."),
        ({"title": "x" * 201}, "at most 200 characters"),
        ({"disposition": "accommodated", "reply": " \n"}, "Write the reply too"),
        ({"disposition": "maybe"}, "Select a valid choice"),
        ({"reply": "She is 010180-1234."}, "national identity number"),
        ({"argument": "x" * 4_001}, "at most 4000 characters"),
        ({"change": "", "change_reference": "Section 4.2"}, "Write what is changed at that place"),
        ({"topic": "987"}, "Select a valid choice"),
    ],
)
def test_a_statement_that_is_unfit_keeps_what_was_typed(  # noqa: PLR0917 - a case
    official: Client, at: datetime, topic: Topic, paper: WhitePaper, changes: dict[str, str], sentence: str
) -> None:
    statement = a_statement(paper, topic, title="Less noise", reply="", at=at)
    address = _address(topic, f"statements/{statement.pk}/")

    for place in (address, _address(topic, "statements/new/")):
        response = official.post(place, _words(statement, **{"argument": "A kept argument."} | changes))

        assert response.status_code == 422
        assert sentence in response.content.decode()
        assert "A kept argument." in response.content.decode() or "argument" in changes
    statement.refresh_from_db()
    assert (statement.revision, PaperStatement.objects.count()) == (1, 1)


def test_broken_markup_in_a_reply_is_shown_as_text(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    statement = a_statement(paper, topic, at=at)
    broken = "<script>alert(1)</script> **never closed [x](javascript:alert(1)"

    response = official.post(_address(topic, f"statements/{statement.pk}/"), _words(statement, reply=broken))
    page = official.get(_address(topic)).content.decode()

    assert response.status_code == 302
    assert "<script>alert" not in page
    assert 'javascript:alert(1)"' not in page


def test_of_two_who_write_at_once_the_second_sees_both_and_can_save(
    official: Client, colleague: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    statement = a_statement(paper, topic, title="Less noise", reply="", at=at)
    address = _address(topic, f"statements/{statement.pk}/")
    first = _words(statement, disposition="noted", reply="What the first wrote.")
    second = _words(statement, disposition="partly", reply="What the second wrote.")

    assert official.post(address, first).status_code == 302
    both = colleague.post(address, second)
    page = both.content.decode()

    assert both.status_code == 409
    assert "What the first wrote." in page
    assert "What the second wrote." in page
    saved = colleague.post(address, second | {"seen": both.context["form"]["seen"].value()})
    statement.refresh_from_db()
    assert (saved.status_code, statement.reply) == (302, "What the second wrote.")


def test_of_two_who_write_the_introduction_at_once_the_second_sees_both(
    official: Client, colleague: Client, topic: Topic, paper: WhitePaper
) -> None:
    address = _address(topic, "intro/")

    official.post(address, {"intro": "What the first wrote.", "seen": paper.revision})
    both = colleague.post(address, {"intro": "What the second wrote.", "seen": paper.revision})

    assert both.status_code == 409
    assert "What the first wrote." in both.content.decode()
    assert "What the second wrote." in both.content.decode()


def test_a_statement_with_points_stays_until_they_are_moved(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one, two = (a_statement(paper, topic, title=title, at=at) for title in ("One", "Two"))
    [point] = marked(one, a_published(topic, at=at, body=BODY), at=at)
    address = _address(topic, f"statements/{one.pk}/")

    refused = official.post(address, {"action": "remove"})
    nowhere = official.post(address, {"action": "move", "p": [point.pk]})
    moved = official.post(address, {"action": "move", "p": [point.pk], "to": two.pk})
    removed = official.post(address, {"action": "remove"})

    assert (refused.status_code, nowhere.status_code) == (409, 422)
    assert "1 point stands under this statement" in refused.content.decode()
    assert (moved.status_code, removed.status_code) == (302, 302)
    assert list(PaperStatement.objects.values_list("title", flat=True)) == ["Two"]
    assert official.get(address).status_code == 404


def test_a_text_that_was_changed_leaves_the_statements_page_and_its_number_stays(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    row = a_published(topic, at=at, body="A secret of somebody.")
    statement = a_statement(paper, topic, at=at)
    marked(statement, row, at=at)
    Contribution.stored.filter(pk=row.pk).update(body="Another text.", version=2)

    page = official.get(_address(topic, f"statements/{statement.pk}/")).content.decode()

    assert "A secret" not in page
    assert "the text was changed since" in page
    assert f"No. {row.number}" in page


def test_what_is_missing_is_noted_by_number_and_waits_again(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    public, refused = a_published(topic, at=at, body=BODY), a_refused(topic, at=at)
    address = _address(topic, "missing/")
    page = official.get(address).content.decode()

    nothing = official.post(address, {"action": "note", "sentence": "A greeting."})
    empty = official.post(address, {"action": "note", "number": [refused.number], "sentence": " "})
    noted = official.post(
        address, {"action": "note", "number": [public.number, refused.number], "sentence": "A greeting."}
    )
    official.post(address, {"unweigh": Weighing.objects.get(number=public.number).pk})

    assert BODY[:20] in page
    assert refused.body not in page
    assert (nothing.status_code, empty.status_code, noted.status_code) == (422, 422, 302)
    assert list(Weighing.objects.values_list("number", flat=True)) == [refused.number]


def test_publishing_below_all_of_it_is_refused_with_the_list(
    official: Client, colleague: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    one, two = (a_published(topic, at=at, body=BODY) for _turn in range(2))
    marked(a_statement(paper, topic, at=at), one, at=at)
    official.post(_address(topic), {"action": "ask", "seen": paper.revision})
    paper.refresh_from_db()

    response = colleague.post(_address(topic, "publish/"), {"seen": paper.revision})
    page = " ".join(response.content.decode().split())

    assert response.status_code == 409
    assert f"1 contribution is neither treated nor noted: no. {two.number}." in page
    assert not PaperVersion.objects.exists()


def test_a_second_official_publishes_and_who_asked_does_not(
    official: Client, colleague: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    marked(a_statement(paper, topic, at=at), a_published(topic, at=at, body=BODY), at=at)
    official.post(_address(topic), {"action": "ask", "seen": paper.revision})
    paper.refresh_from_db()
    seen = {"seen": paper.revision}

    own = official.post(_address(topic, "publish/"), seen)
    stale = colleague.post(_address(topic, "publish/"), {"seen": paper.revision - 1})
    published = [colleague.post(_address(topic, "publish/"), seen).status_code for _click in range(2)]

    assert (own.status_code, stale.status_code) == (403, 409)
    assert "You asked for the review yourself" in own.content.decode()
    assert published == [302, 302]
    assert PaperVersion.objects.count() == 1


def test_it_is_sent_back_with_what_has_to_change_and_taken_back(
    official: Client, colleague: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    a_statement(paper, topic, at=at)
    ask_for_review(paper=paper, by=an_official(at), at=at)

    wordless = colleague.post(_address(topic), {"action": "send_back", "comment": " "})
    sent = colleague.post(_address(topic), {"action": "send_back", "comment": "Reply to 1.1."})
    page = official.get(_address(topic)).content.decode()
    ask_for_review(paper=paper, by=an_official(at), at=at)
    taken = official.post(_address(topic), {"action": "take_back"})
    paper.refresh_from_db()

    assert (wordless.status_code, sent.status_code, taken.status_code) == (422, 302, 302)
    assert "Reply to 1.1." in page
    assert paper.is_draft


def test_a_correction_begins_with_what_it_mends(
    official: Client, at: datetime, topic: Topic, paper: WhitePaper
) -> None:
    note_contributions(
        paper=paper, numbers=[a_published(topic, at=at).number], sentence="A greeting.", by=an_official(at), at=at
    )
    a_statement(paper, topic, at=at)
    publish_paper(paper, at=at)

    wordless = official.post(_address(topic), {"action": "correct", "note": ""})
    begun = official.post(_address(topic), {"action": "correct", "note": "Figures in 1.1."})
    paper.refresh_from_db()

    assert (wordless.status_code, begun.status_code) == (422, 302)
    assert "Version 1 is public" in official.get(_address(topic)).content.decode()
    assert (paper.is_draft, paper.note) == (True, "Figures in 1.1.")


@pytest.mark.parametrize("more", ["", "intro/", "missing/", "publish/", "statements/new/", "statements/1/"])
def test_an_official_outside_the_team_sees_nothing_of_it(
    topic: Topic, paper: WhitePaper, at: datetime, more: str
) -> None:
    a_statement(paper, topic, at=at)
    outsider = _signed_in(personas.colleague(at=at))

    assert outsider.get(_address(topic, more)).status_code == 403
    assert outsider.post(_address(topic, more), {"action": "ask"}).status_code == 403
