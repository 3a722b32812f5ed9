"""Of two officials who save the same page at once, the second sees both texts, and nothing is lost."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.common.calendar import end_of_day, start_of_day
from apps.consultations import actions, queries
from apps.consultations.models import Consultation, Meeting, Phase, Topic
from apps.ledger.models import Entry
from tests import factories
from tests.consultations.test_forms import rows_of
from tests.consultations.test_maps import a_file, a_turbine

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TWO = "Two of you wrote at once"
PHASE = {"title": "Hearing", "first_day": "2026-10-01", "last_day": "2026-11-01", "accepts_contributions": "on"}
FACT = {"value": "8", "label": "mills"}
MEETING = {"title": "Meeting", "place": "Hall", "day": "2026-09-17", "starts": "19:00", "ends": "21:00"}
Sent = dict[str, str]
Opened = tuple[str, Sent, Sent, Callable[[], object]]


def of_phases(draft: Consultation, at: datetime) -> Opened:
    first, last = start_of_day(date(2026, 10, 1)), end_of_day(date(2026, 11, 1))
    phase = actions.PhaseDates(title="Hearing", opens_at=first, closes_at=last, accepts_contributions=True)
    actions.set_phases(consultation=draft, phases=[phase], by=factories.an_official(at), at=at)
    titles = Phase.objects.filter(consultation=draft).values_list("title", flat=True)
    mine, other = rows_of(PHASE | {"title": "Mine"}), rows_of(PHASE | {"title": "Other"})
    return "phases/", mine, other, lambda: list(titles.all())


def of_facts(draft: Consultation, at: datetime) -> Opened:
    mine, other = (rows_of(FACT | {"label": words}, prefix="facts") for words in ("Mine", "Other"))
    return "facts/", mine, other, lambda: [fact.label for fact in queries.facts_of(draft)]


def of_a_topic(draft: Consultation, at: datetime) -> Opened:
    topic = factories.a_topic(draft, at=at, title="Noise")
    form = {"title": "Noise", "icon": "chat"} | rows_of(FACT, prefix="facts")
    asked = Topic.objects.filter(pk=topic.pk).values_list("question", flat=True)
    return "topics/noise/", form | {"question": "Mine"}, form | {"question": "Other"}, lambda: list(asked.all())


def of_a_meeting(draft: Consultation, at: datetime) -> Opened:
    meeting = factories.a_meeting(draft, at=at, takes_sign_ups=False)
    places = Meeting.objects.filter(pk=meeting.pk).values_list("place", flat=True)
    return "meetings/1/", MEETING | {"place": "Mine"}, MEETING | {"place": "Other"}, lambda: list(places.all())


def of_minutes(draft: Consultation, at: datetime) -> Opened:
    meeting = factories.a_meeting(draft, at=at - 9 * DAY, takes_sign_ups=False)
    stored = Meeting.objects.filter(pk=meeting.pk).values_list("minutes", flat=True)
    return "meetings/1/minutes/", {"minutes": "Mine"}, {"minutes": "Other"}, lambda: list(stored.all())


def of_the_law(draft: Consultation, at: datetime) -> Opened:
    stored = Consultation.objects.filter(pk=draft.pk).values_list("plandata_number", flat=True)
    mine, other = ({"legal_basis": "local_plan", "plandata_number": number} for number in ("Mine", "Other"))
    return "legal/", mine, other, lambda: list(stored.all())


def of_the_map(draft: Consultation, at: datetime) -> Opened:
    point = rows_of({"kind": "turbine", "north": "56.05", "east": "8.31", "name": "M1"}, prefix="points")
    mine, other = (point | {"description": words} for words in ("Mine", "Other"))
    return "map/", mine, other, lambda: [found.description for found in [queries.map_of(draft)] if found]


PAGES = [of_phases, of_facts, of_a_topic, of_a_meeting, of_minutes, of_the_law, of_the_map]


def seen_on(page: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("of", PAGES)
def test_the_second_sees_both_and_saves_over_what_was_seen(
    of: Callable[[Consultation, datetime], Opened], desk: Client, at: datetime
) -> None:
    draft = factories.a_draft(at=at)
    where, mine, other, stored = of(draft, at)
    address = f"/en/desk/consultations/{draft.slug}/{where}"
    seen = {"seen": seen_on(desk.get(address).content.decode())}

    assert desk.post(address, other | seen).status_code == 302
    entries = Entry.objects.count()
    answer = desk.post(address, mine | seen)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert TWO in page
    assert re.search(r"<del>.*?Other.*?</del>", page)
    assert re.search(r"<ins>.*?Mine.*?</ins>", page)
    assert stored() == ["Other"]
    assert Entry.objects.count() == entries
    assert desk.post(address, mine | {"seen": seen_on(page)}).status_code == 302
    assert stored() == ["Mine"]


@pytest.mark.parametrize("of", PAGES)
def test_a_second_click_takes_nothing_from_anybody(
    of: Callable[[Consultation, datetime], Opened], desk: Client, at: datetime
) -> None:
    draft = factories.a_draft(at=at)
    where, mine, _other, stored = of(draft, at)
    address = f"/en/desk/consultations/{draft.slug}/{where}"
    sent = mine | {"seen": seen_on(desk.get(address).content.decode())}

    assert [desk.post(address, sent).status_code for _click in range(2)] == [302, 302]
    assert stored() == ["Mine"]


def test_what_would_be_refused_meanwhile_is_shown_as_what_it_is(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    address = f"/en/desk/consultations/{hearing.slug}/phases/"
    row = {"title": "Hearing", "first_day": "2026-09-08", "last_day": "2026-10-06", "accepts_contributions": "on"}
    seen = {"seen": seen_on(desk.get(address).content.decode())}
    by, cause = factories.an_official(at), "The maps came late."
    actions.extend_deadline(consultation=hearing, last_day=date(2026, 10, 20), cause=cause, by=by, at=at)

    answer = desk.post(address, rows_of(row) | seen)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert TWO in page
    assert re.search(r"<del>.*?20.*?</del>", page)


def test_a_map_brought_as_a_file_is_not_laid_over_a_colleagues(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    where, mine, _other, stored = of_the_map(draft, at)
    address = f"/en/desk/consultations/{draft.slug}/{where}"
    seen = {"seen": seen_on(desk.get(address).content.decode())}
    desk.post(address, mine | seen)
    file = SimpleUploadedFile("map.geojson", a_file(a_turbine()), content_type="application/json")

    answer = desk.post(address, {"upload": "1", "file": file} | seen)

    assert answer.status_code == 409
    assert "Choose the file again" in answer.content.decode()
    assert stored() == ["Mine"]
