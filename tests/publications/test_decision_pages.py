"""The pages of the decision: what everyone reads, and how officials come to it without losing what they typed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override

from apps.consultations.models import Consultation
from apps.publications.models import CaseMeeting, CaseMeetingVersion, Recommendation
from tests import factories
from tests.publications.cases import a_text, decided, heard, noted, recommended, to_come, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


@pytest.fixture
def official(client: Client, at: datetime) -> Client:
    client.force_login(factories.an_official(at))
    return client


def public(hearing: Consultation, more: str = "") -> str:
    return f"/en/consultations/{hearing.slug}/decision/{more}"


def desk(hearing: Consultation, more: str = "") -> str:
    return f"/en/desk/consultations/{hearing.slug}/decision/{more}"


def typed(*, at: datetime, **said: Any) -> dict[str, Any]:
    text = a_text(at=at)
    words = {name: getattr(text, name) for name in ("held_by", "name", "agenda_url", "outcome", "decided", "guidance")}
    days = {"held_on": text.held_on.isoformat(), "complain_until": str(text.complain_until)}
    return words | days | {"is_final": "on", "key": str(uuid4()), "revision": "1"} | said


def test_before_anything_is_published_the_page_is_for_its_writers(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    noted(hearing, to_come(at=at, name="Hemmeligt Udvalg"), at=at)

    for person in (None, factories.a_writer(at), factories.a_moderator(at)):
        if person:
            client.force_login(person)
        assert client.get(public(hearing)).status_code == 404
        assert client.get(public(hearing, "versions/")).status_code == 404
        assert "Hemmeligt" not in client.get(f"/en/consultations/{hearing.slug}/").content.decode()
    client.force_login(factories.an_official(at))
    page = client.get(public(hearing)).content.decode()
    assert "Nothing is published yet" in page
    assert "Hemmeligt" not in page


def test_everyone_reads_the_decision_and_how_to_complain(client: Client, hearing: Consultation, at: datetime) -> None:
    recommended(hearing, at=at)
    told(noted(hearing, to_come(at=at), at=at), at=at)
    decided(hearing, at=at, outcome="with_changes", changes="Færre møller.", minority="Imod.")

    page = client.get(public(hearing)).content.decode()

    for shown in (
        "Adopted with changes",
        '<span lang="da">Planen er vedtaget.</span>',
        "Vi anbefaler <em>planen</em>.",
        "Færre møller.",
        "Imod.",
        "The last day to complain is 13 October 2026.",
        "Klag til nævnet.",
        'href="https://agenda.example/7"',
        "No outcome yet",
    ):
        assert shown in page
    front = client.get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert "Adopted with changes" in front
    assert public(hearing) in front


def test_all_versions_stay_readable(official: Client, hearing: Consultation, at: datetime) -> None:
    meeting = decided(hearing, at=at).meeting
    data = typed(at=at, decided="Vedtaget uden mølle 3.")
    official.post(desk(hearing, f"meetings/{meeting.number}/"), data)
    official.post(desk(hearing, f"meetings/{meeting.number}/publish/"), {"revision": "2", "note": "Mølle 3 udgår."})

    page = Client().get(public(hearing, "versions/")).content.decode()

    assert "Vedtaget uden mølle 3." in page
    assert "Planen er vedtaget." in page
    assert "Mølle 3 udgår." in page
    now = Client().get(public(hearing)).content.decode()
    assert "Planen er vedtaget." not in now
    assert public(hearing, "versions/") in now


def test_an_official_comes_from_nothing_to_the_decision(official: Client, hearing: Consultation, at: datetime) -> None:
    assert "No meeting is noted" in official.get(desk(hearing)).content.decode()
    answer = official.post(
        desk(hearing, "recommendation/"), {"text": "Vi anbefaler planen.", "revision": "0", "action": "publish"}
    )
    assert answer["Location"] == desk(hearing, "recommendation/publish/")
    assert "Vi anbefaler planen." in official.get(answer["Location"]).content.decode()
    official.post(answer["Location"], {"revision": "1"})
    form = official.get(desk(hearing, "meetings/new/")).content.decode()
    assert "Planklagenævnet" in form
    answer = official.post(desk(hearing, "meetings/new/"), typed(at=at, action="publish"))
    assert answer["Location"] == desk(hearing, "meetings/1/publish/")
    assert "The case ends with it" in official.get(answer["Location"]).content.decode()

    official.post(answer["Location"], {"revision": "1"})

    hearing.refresh_from_db()
    assert hearing.status == "decided"
    assert CaseMeetingVersion.objects.get().published_by == factories.an_official(at)


def test_refusals_lose_nothing_that_was_typed(official: Client, hearing: Consultation, at: datetime) -> None:
    bad = typed(at=at, name="", decided="Det vi skrev.", agenda_url="javascript:alert(1)")

    answer = official.post(desk(hearing, "meetings/new/"), bad)

    assert answer.status_code == 422
    assert "Det vi skrev." in answer.content.decode()
    assert not CaseMeeting.objects.exists()
    noted(hearing, a_text(at=at, guidance=""), at=at)
    refused = official.post(desk(hearing, "meetings/1/publish/"), {"revision": "1"})
    assert refused.status_code == 422
    assert "how one can complain" in refused.content.decode()


def test_the_second_of_two_sees_both_texts(official: Client, hearing: Consultation, at: datetime) -> None:
    noted(hearing, a_text(at=at), at=at)
    official.post(desk(hearing, "meetings/1/"), typed(at=at, decided="Kollegaens ord."))
    official.post(desk(hearing, "recommendation/"), {"text": "Kollegaens tekst.", "revision": "0"})

    meeting = official.post(desk(hearing, "meetings/1/"), typed(at=at, decided="Mine ord."))
    recommendation = official.post(desk(hearing, "recommendation/"), {"text": "Min tekst.", "revision": "0"})

    assert (meeting.status_code, recommendation.status_code) == (409, 409)
    for page, words in (
        (meeting, ("Kollegaens ord.", "Mine ord.")),
        (recommendation, ("Kollegaens tekst.", "Min tekst.")),
    ):
        for word in words:
            assert word in page.content.decode()
    assert 'name="revision" value="2"' in meeting.content.decode()
    official.post(desk(hearing, "recommendation/"), {"text": "Min tekst.", "revision": "1"})
    assert Recommendation.objects.get().text == "Min tekst."


def test_a_meeting_is_taken_away_after_asking(official: Client, hearing: Consultation, at: datetime) -> None:
    noted(hearing, to_come(at=at), at=at)
    address = desk(hearing, "meetings/1/remove/")

    assert official.get(address).status_code == 200
    assert CaseMeeting.objects.exists()
    official.post(address)

    assert not CaseMeeting.objects.exists()
    assert official.get(address).status_code == 404


@pytest.mark.parametrize("meetings", [1, 3])
def test_pages_cost_the_same_for_one_and_three(
    meetings: int, client: Client, hearing: Consultation, at: datetime, django_assert_num_queries: Any
) -> None:
    recommended(hearing, at=at)
    for _turn in range(meetings):
        told(noted(hearing, to_come(at=at), at=at), at=at)
    client.get(public(hearing))

    with django_assert_num_queries(4), override("en"):
        client.get(public(hearing))
    with django_assert_num_queries(4), override("en"):
        client.get(public(hearing, "versions/"))
