"""The place on the map that a text is about: chosen or typed, public with the text and gone with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.rules import as_moderator
from apps.consultations.errors import UnfitMap
from apps.consultations.models import Topic
from apps.consultations.queries import MapPlace, place_on_map
from apps.discussions.actions import (
    hide_contribution,
    redact_contribution,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.actions.redacting import lift_redaction
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution, ContributionPlace
from apps.discussions.queries import personal_data_of, published_places
from apps.municipality.models import RefusalReason
from tests import factories
from tests.discussions.conftest import Browser
from tests.discussions.sending import log_in, send, shown, url_of
from tests.factories.maps import a_map

pytestmark = pytest.mark.django_db

SPOT = MapPlace(longitude=8.185, latitude=56.387, near="Turbine 1", metres=222)


@pytest.fixture
def mapped(topic: Topic, at: datetime) -> Topic:
    """The topic, in a hearing whose map has an area and two turbines."""
    a_map(topic.consultation, at=at)
    return topic


def placed(topic: Topic, at: datetime, *, publish: bool = True, body: str = "About a spot") -> Contribution:
    made = (factories.a_published if publish else factories.a_contribution)(topic, at=at, body=body)
    ContributionPlace.objects.create(
        contribution=made, longitude=SPOT.longitude, latitude=SPOT.latitude, near=SPOT.near, metres=SPOT.metres
    )
    return made


def map_page(topic: Topic) -> str:
    return f"/en/consultations/{topic.consultation.slug}/map/"


def test_a_place_is_chosen_among_what_stands_on_the_map(mapped: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))
    form = browser.get(url_of(mapped)).content.decode()
    assert '<option value="2" lang="da">Turbine 1</option>' in form

    answer = send(browser, mapped, place="2")

    assert answer.status_code == 302
    kept = ContributionPlace.objects.get()
    assert (kept.longitude, kept.latitude, kept.near, kept.metres) == (8.185, 56.385, "Turbine 1", 0)


@pytest.mark.parametrize("typed", ["56.387 8.185", "56,387; 8,185", "56.387, 8.185", "56,387 8,185", "56.387,8.185"])
def test_a_place_is_typed_and_told_by_what_is_nearest(
    typed: str, mapped: Topic, as_seen_by: Browser, at: datetime
) -> None:
    assert send(as_seen_by(factories.a_writer(at)), mapped, place="3", place_at=typed).status_code == 302

    kept = ContributionPlace.objects.get()
    assert (kept.latitude, kept.longitude, kept.near) == (56.387, 8.185, "Turbine 1")
    assert kept.metres == pytest.approx(222, abs=1), "the point goes before the area in which it lies"


WRONG = {
    "words": ({"place_at": "by the church"}, "as latitude and longitude"),
    "one number": ({"place_at": "56.4"}, "as latitude and longitude"),
    "no numbers": ({"place_at": "nan inf"}, "as latitude and longitude"),
    "abroad": ({"place_at": "59.9 10.7"}, "outside the country"),
    "the other way round": ({"place_at": "8.185 56.387"}, "latitude first"),
    "gone from the map": ({"place": "99"}, "does not stand on the map any more"),
}


@pytest.mark.parametrize(("typed", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_no_place_keeps_the_text(
    typed: dict[str, str], sentence: str, mapped: Topic, as_seen_by: Browser, at: datetime
) -> None:
    answer = send(as_seen_by(factories.a_writer(at)), mapped, **typed)

    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert "I hear the turbines at night." in shown(answer)
    assert typed.get("place_at", "") in answer.content.decode()
    assert not Contribution.stored.exists()


def test_without_a_map_there_is_no_place(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))
    assert "Place on the map" not in shown(browser.get(url_of(topic)))

    assert send(browser, topic, place="2", place_at="56.387 8.185").status_code == 302

    assert not ContributionPlace.objects.exists()
    assert place_on_map(topic.consultation, chosen="2") is None


def test_a_place_is_seen_first_and_kept_through_the_log_in(mapped: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(None)
    seen = send(browser, mapped, place_at="56.387 8.185", action="preview")
    assert "Place: near Turbine 1, 222 m" in shown(seen)
    assert 'name="place_at" value="56.387 8.185"' in seen.content.decode()

    factories.a_writer(at)
    send(browser, mapped, place_at="56.387 8.185")
    browser.get(log_in(browser))

    assert 'value="56.387 8.185"' in browser.get(url_of(mapped)).content.decode()


def test_a_text_sent_twice_has_one_place(mapped: Topic, at: datetime) -> None:
    sent: dict[str, Any] = {"topic": mapped, "kind": ContributionKind.VIEW, "body": "x", "place": SPOT, "at": at}
    by = factories.a_writer(at)
    key = factories.a_contribution(mapped, at=at).submission_key
    assert key is not None

    first = submit_contribution(**sent, submission_key=key, by=by)
    again = submit_contribution(**sent, submission_key=key, by=by)

    assert first == again
    assert ContributionPlace.objects.count() == 1


def test_the_place_of_a_published_text_stands_in_the_thread_and_on_the_map(
    mapped: Topic, client: Client, at: datetime
) -> None:
    first, second = placed(mapped, at), placed(mapped, at)

    thread = client.get(f"/en/consultations/{mapped.consultation.slug}/topics/{mapped.slug}/").content.decode()
    page = client.get(map_page(mapped)).content.decode()

    assert thread.count("Place: near Turbine 1, 222 m") == 2
    assert f"/map/?after={second.number - 1}#place-{second.number}" in thread
    assert page.index(f'id="place-{first.number}"') < page.index(f'id="place-{second.number}"')
    assert page.count('class="m-place" transform') == 2
    after = client.get(f"{map_page(mapped)}?after={first.number}").content.decode()
    assert f'id="place-{first.number}"' not in after


def test_of_what_is_not_public_no_place_comes_out(mapped: Topic, client: Client, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="spam"), as_moderator(factories.a_moderator(at))
    placed(mapped, at, publish=False)
    hidden, withdrawn, redacted, erased = (placed(mapped, at, body="A spot to be told of") for _turn in range(4))
    hide_contribution(contribution=hidden, reason=reason, sentence="x", by=by, at=at)
    withdraw_contribution(contribution=withdrawn, by=factories.a_writer(at), at=at)
    redact_contribution(contribution=redacted, version=1, passage="spot", reason=reason, by=by, at=at)
    factories.erase(erased, at=at)

    thread = client.get(f"/en/consultations/{mapped.consultation.slug}/topics/{mapped.slug}/").content.decode()
    page = client.get(map_page(mapped)).content.decode()

    assert published_places(mapped.consultation_id) == []
    assert "Place: near" not in thread
    assert "Place: near" not in page
    assert "m-place" not in page
    assert not ContributionPlace.objects.filter(contribution=erased).exists()

    redacted.refresh_from_db()
    lift_redaction(contribution=redacted, version=1, by=by, at=at)
    assert [place.contribution_id for place in published_places(mapped.consultation_id)] == [redacted.pk]


def test_a_writers_copy_has_the_place_and_moderators_and_the_author_read_it(
    mapped: Topic, as_seen_by: Browser, at: datetime
) -> None:
    waiting = placed(mapped, at, publish=False)
    author = factories.a_writer(at)

    (told,) = personal_data_of(author, at=at)
    assert told["place"] == {"latitude": 56.387, "longitude": 8.185, "near": "Turbine 1", "metres": 222}
    receipt = f"/en/consultations/{mapped.consultation.slug}/c/{waiting.number}/receipt/"
    assert "Place: near Turbine 1, 222 m" in shown(as_seen_by(author).get(receipt))
    item = f"/en/moderation/items/{waiting.pk}/"
    assert "Place: near Turbine 1, 222 m" in shown(as_seen_by(factories.a_moderator(at)).get(item))


def test_what_lies_abroad_is_no_place(mapped: Topic) -> None:
    with override("en"), pytest.raises(UnfitMap):
        place_on_map(mapped.consultation, typed="52.5 13.4")


@pytest.mark.parametrize("rows", [1, 3])
def test_places_cost_the_same_for_one_and_three(
    rows: int, mapped: Topic, client: Client, at: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _turn in range(rows):
        placed(mapped, at)
    client.get(map_page(mapped))

    with django_assert_num_queries(5):
        client.get(map_page(mapped))
