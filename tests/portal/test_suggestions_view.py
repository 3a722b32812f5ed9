"""The suggestion box on screen: the list, what becomes of each, and what is asked before a new one is sent."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from apps.consultations.models import Consultation
from apps.consultations.queries import topics_of
from apps.discussions.actions import set_suggestion_status
from apps.discussions.enums import SuggestionStatus
from apps.discussions.models import Contribution, ContributionPlace
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.factories.maps import a_map
from tests.factories.standing import a_box, a_suggestion
from tests.personas import Viewer

pytestmark = pytest.mark.django_db
Browser = Callable[[Viewer], Client]
PAGE = "/en/suggestions/"


@pytest.fixture
def box(at: datetime) -> Consultation:
    return a_box(at=at)


def page(browser: Client, query: str = "") -> str:
    return browser.get(f"{PAGE}{query}").content.decode()


def test_without_a_box_only_officials_are_asked_to_open_it(as_seen_by: Browser, at: datetime) -> None:
    reader, official = as_seen_by(personas.anonymous(at=at)), as_seen_by(factories.an_official(at))

    assert "is not open yet" in page(reader)
    assert "/desk/suggestions/new/" not in page(reader)
    assert "/desk/suggestions/new/" in page(official)


def test_an_official_opens_it_with_topics_one_a_line(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))
    sent = {"title": "Box", "topics": "Roads\r\n\r\n Schools \r\nRoads", "write_access": "residents"}

    answer = official.post("/en/desk/suggestions/new/", sent, follow=True)

    box = Consultation.objects.get()
    assert answer.redirect_chain[-1][0] == PAGE
    assert list(box.topics.order_by("position").values_list("title", flat=True)) == ["Roads", "Schools"]
    assert official.get("/en/desk/suggestions/new/").headers["Location"] == PAGE


def test_a_box_without_topics_loses_nothing_that_was_typed(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))

    answer = official.post(
        "/en/desk/suggestions/new/", {"title": "The box", "topics": " ", "write_access": "residents"}
    )

    assert answer.status_code == 422
    assert 'value="The box"' in answer.content.decode()


def test_the_list_shows_newest_first_with_status_and_sentence(
    as_seen_by: Browser, box: Consultation, at: datetime
) -> None:
    first = a_suggestion(box, at=at, body="A bench")
    a_suggestion(box, at=at, body="A tree")
    by = factories.an_official(at)
    set_suggestion_status(contribution=first, status=SuggestionStatus.PLANNED, sentence="In May.", by=by, at=at)

    shown = page(as_seen_by(personas.anonymous(at=at)))

    assert shown.index("A tree") < shown.index("A bench") < shown.index("In May.")
    assert re.findall(r">#(\d+)</a>", shown) == ["2", "1"]
    assert "A bench" not in page(as_seen_by(personas.anonymous(at=at)), "?status=received")
    assert "Nothing found" in page(as_seen_by(personas.anonymous(at=at)), "?q=train")


def test_it_is_paged_by_number(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    for _each in range(21):
        a_suggestion(box, at=at)
    reader = as_seen_by(personas.anonymous(at=at))

    assert 'href="?before=2"' in page(reader)
    assert re.findall(r">#(\d+)</a>", page(reader, "?before=2")) == ["1"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    count: int, as_seen_by: Browser, box: Consultation, at: datetime, django_assert_num_queries: Any
) -> None:
    by = factories.an_official(at)
    for _each in range(count):
        row = a_suggestion(box, at=at)
        set_suggestion_status(contribution=row, status=SuggestionStatus.DONE, by=by, at=at)
    reader = as_seen_by(personas.anonymous(at=at))
    page(reader)

    with django_assert_num_queries(7):
        page(reader)


def test_a_suggestion_is_about_a_place_once_the_box_has_a_map(
    as_seen_by: Browser, box: Consultation, at: datetime
) -> None:
    resident, official = as_seen_by(personas.resident(at=at)), as_seen_by(factories.an_official(at))
    form = f"/en/consultations/{box.slug}/topics/{topics_of(box)[0].slug}/write/"
    assert ("See on the map" in page(resident), 'name="place"' in resident.get(form).content.decode()) == (False, False)
    desk = official.get(f"/en/desk/consultations/{box.slug}/").content.decode()
    assert "people can say which place they mean" in desk
    for of_hearings_alone in ("Extend the deadline", "Hearing parties", "Legal basis"):
        assert of_hearings_alone not in desk

    a_map(box, at=at)

    assert f'href="/en/consultations/{box.slug}/map/"' in page(resident)
    typed = {"body": "A crossing here.", "kind": "proposal", "place_at": "56.387, 8.185"}
    resident.post(form, typed | {"reply_to": "", "key": str(uuid4()), "action": "send"})
    assert ContributionPlace.objects.get().contribution.topic.consultation == box
    crumbs = resident.get(f"/en/consultations/{box.slug}/map/").content.decode()
    assert 'href="/en/suggestions/"' in crumbs[crumbs.index('class="crumbs"') : crumbs.index("<h1")]


def test_the_consultations_address_leads_to_it(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    answer = as_seen_by(personas.anonymous(at=at)).get(f"/en/consultations/{box.slug}/")

    assert answer.headers["Location"] == PAGE


def test_the_thread_shows_what_becomes_of_it_and_officials_say_more(
    as_seen_by: Browser, box: Consultation, at: datetime
) -> None:
    row = a_suggestion(box, at=at)
    by = factories.an_official(at)
    set_suggestion_status(contribution=row, status=SuggestionStatus.PLANNED, sentence="In May.", by=by, at=at)
    thread = f"/en/consultations/suggestions/topics/{row.topic.slug}/"
    reader, official = as_seen_by(personas.anonymous(at=at)), as_seen_by(by)

    assert "In May." in reader.get(thread).content.decode()
    assert "/c/1/status/" not in reader.get(thread).content.decode()
    assert "/c/1/status/" in official.get(thread).content.decode()


def test_an_official_says_it_and_the_author_gets_a_mail(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    official = as_seen_by(factories.an_official(at))
    address = "/en/consultations/suggestions/c/1/status/"

    refused = official.post(address, {"status": "not_done", "sentence": ""})
    done = official.post(address, {"status": "not_done", "sentence": "The road is the state's."})
    write_mail()

    assert (refused.status_code, done.status_code) == (422, 302)
    mail = OutgoingMail.objects.get(key__startswith="suggestion.status_set", person_id=row.author_id)
    assert "The road is the state&#x27;s." not in mail.body
    assert "The road is the state's." in mail.body


def _sent(body: str, **more: str) -> dict[str, str]:
    return {"kind": "proposal", "body": body, "key": str(uuid4()), "action": "send"} | more


def test_similar_ones_are_shown_once_before_it_is_sent(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    a_suggestion(box, at=at, body="A playground in the park please")
    writer = as_seen_by(personas.resident(at=at))
    address = "/en/consultations/suggestions/topics/roads/write/"
    text = "The park needs a playground"

    asked = writer.post(address, _sent(text))
    again = writer.post(address, _sent(text, asked="once"))

    assert "Others have written about something like it" in asked.content.decode()
    assert "A playground in the park please" in asked.content.decode()
    assert "Agree with no. 1 instead" in asked.content.decode()
    assert again.status_code == 302
    assert Contribution.stored.filter(body=text).count() == 1


def test_what_is_like_nothing_is_sent_at_once(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    a_suggestion(box, at=at, body="A playground in the park please")
    writer = as_seen_by(personas.resident(at=at))

    answer = writer.post("/en/consultations/suggestions/topics/roads/write/", _sent("Longer hours at the library"))

    assert answer.status_code == 302


def test_a_text_that_waits_is_not_shown_as_similar(as_seen_by: Browser, box: Consultation, at: datetime) -> None:
    factories.a_contribution(factories.the_topic(box), at=at, body="A playground in the park please")
    writer = as_seen_by(personas.resident(at=at))

    answer = writer.post("/en/consultations/suggestions/topics/roads/write/", _sent("The park needs a playground"))

    assert answer.status_code == 302


def test_the_menu_marks_the_box_while_somebody_writes_in_it(
    as_seen_by: Browser, box: Consultation, at: datetime
) -> None:
    writer = as_seen_by(personas.resident(at=at))
    address = "/en/consultations/suggestions/topics/roads/write/"

    for page in (writer.get(address), writer.post(address, _sent("A bus at night.", action="preview"))):
        marked = re.findall(r'<a href="([^"]*)" aria-current="true"', page.content.decode())
        assert set(marked) == {PAGE}
