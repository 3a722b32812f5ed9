"""The officials' calendar and its file."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.common.calendar import end_of_day, local, start_of_day
from apps.consultations import actions
from apps.consultations.engine.months import month_of, months_later
from apps.consultations.models import Consultation, Meeting
from apps.consultations.queries import calendar_items
from apps.municipality.models import LegalBasis
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)
CALENDAR = "/en/desk/calendar/"
FILE = "/en/desk/calendar/calendar.ics"


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def stranger(at: datetime, official: User) -> User:
    return personas.colleague(at=at)


def a_draft(at: datetime, *, first: date, last: date, title: str = "Turbines") -> Consultation:
    draft = factories.a_draft(at=at, title=title)
    phase = actions.PhaseDates(
        title="Hearing", opens_at=start_of_day(first), closes_at=end_of_day(last), accepts_contributions=True
    )
    actions.set_phases(consultation=draft, phases=[phase], by=factories.an_official(at), at=at)
    factories.a_topic(draft, at=at)
    return draft


def told(viewer: User, at: datetime, *, month: date, only_mine: bool = True) -> list[tuple[date, str, str]]:
    items = calendar_items(viewer, first=month, until=months_later(month, 1), only_mine=only_mine, at=at)
    return [(item.day, str(item.kind), item.consultation.title) for item in items]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", date(2026, 11, 1)),
        ("2026-13", None),
        ("2026-00", None),
        ("9999-12", None),
        ("2026-1", None),
        ("", None),
        (None, None),
    ],
)
def test_a_month_in_an_address_is_one_or_nothing(text: str | None, month: date | None) -> None:
    assert month_of(text) == month


def test_months_go_over_the_year() -> None:
    assert months_later(date(2026, 12, 1), 1) == date(2027, 1, 1)
    assert months_later(date(2026, 1, 1), -1) == date(2025, 12, 1)


def test_a_phase_stands_on_its_first_and_on_its_last_day(official: User, at: datetime) -> None:
    a_draft(at, first=date(2026, 11, 2), last=date(2026, 11, 30))

    november = told(official, at, month=date(2026, 11, 1))

    assert november == [(date(2026, 11, 2), "opens", "Turbines"), (date(2026, 11, 30), "closes", "Turbines")]
    assert told(official, at, month=date(2026, 12, 1)) == []


def test_a_meeting_stands_on_its_day_unless_it_is_called_off(official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, title="Turbines")
    starts = datetime(2027, 3, 4, 18, 0, tzinfo=UTC)
    meeting = factories.a_meeting(hearing, at=at, starts_at=starts)

    announced = told(official, at, month=date(2027, 3, 1))
    actions.call_off_meeting(meeting=Meeting.objects.get(pk=meeting.pk), reason="Storm.", by=official, at=at)

    assert announced == [(date(2027, 3, 4), "meeting", "Turbines")]
    assert told(official, at, month=date(2027, 3, 1)) == []


def test_the_first_lawful_last_day_stands_there(official: User, at: datetime) -> None:
    basis = LegalBasis.objects.get(code="local_plan")
    draft = a_draft(at, first=date(2027, 3, 1), last=date(2027, 6, 1))
    actions.set_legal_terms(consultation=draft, terms=actions.LegalTerms(legal_basis=basis), by=official, at=at)
    lawful = date(2027, 3, 1) + timedelta(days=basis.minimum_days)

    assert (lawful, "lawful", "Turbines") in told(official, at, month=lawful.replace(day=1))


def test_a_cancelled_hearing_leaves_the_calendar(official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    month = local(at).date().replace(day=1)
    before = told(official, at, month=month)

    actions.cancel_consultation(consultation=hearing, reason="The developer withdrew.", by=official, at=at)

    assert before
    assert told(official, at, month=month) == []


@pytest.mark.parametrize("whose", ["mine", "all"])
def test_a_draft_and_its_review_stand_there_for_the_team_alone(
    whose: str, as_seen_by: Browser, official: User, stranger: User, at: datetime
) -> None:
    today = local(at).date()
    draft = a_draft(at, first=today, last=today, title="Secret plan")
    actions.ask_for_review(consultation=draft, by=official, at=at)

    own = as_seen_by(official).get(CALENDAR, {"whose": whose}).content.decode()
    other = as_seen_by(stranger).get(CALENDAR, {"whose": whose}).content.decode()
    file = as_seen_by(stranger).get(FILE, {"whose": whose}).content.decode()

    assert own.count("Secret plan") == 3
    assert "Review asked for" in own
    assert "Secret plan" not in other
    assert "Review asked for" not in other
    assert draft.slug not in file


def test_what_others_run_stands_among_all_and_not_among_mine(
    as_seen_by: Browser, official: User, stranger: User, at: datetime
) -> None:
    factories.a_hearing(at=at, title="Turbines", opens=timedelta())
    browser = as_seen_by(stranger)

    mine, everything = browser.get(CALENDAR), browser.get(CALENDAR, {"whose": "all"})

    assert "Turbines" not in mine.content.decode()
    assert "Nothing stands in this month" in mine.content.decode()
    assert "Turbines" in everything.content.decode()


def test_titles_stand_in_the_language_of_the_page(desk: Client, official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, title="Møller", opens=timedelta())
    texts = {"title": "Turbines", "phase-1-title": "Public hearing"}
    actions.translate_consultation(consultation=hearing, texts=texts, by=official, at=at)

    english, file = desk.get(CALENDAR).content.decode(), desk.get(FILE).content.decode()
    danish = desk.get(CALENDAR.removeprefix("/en")).content.decode()

    assert "Turbines" in english
    assert "Begins: Public hearing" in english
    assert "SUMMARY:Begins: Public hearing: Turbines" in file
    assert "Møller" in danish
    assert "Turbines" not in danish


def test_an_odd_month_leads_to_this_one(desk: Client, at: datetime) -> None:
    assert desk.get(CALENDAR, {"month": "2026-99"}).context["month"] == f"{local(at):%Y-%m}"


def test_the_file_holds_a_year_of_days_and_meetings(desk: Client, official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, title="Turbines", opens=timedelta(), closes=40 * DAY)
    starts = at + 60 * DAY
    factories.a_meeting(hearing, at=at, title="Open house", starts_at=starts)

    response = desk.get(FILE)
    events = Calendar.from_ical(response.content).walk("VEVENT")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert [str(event["summary"]) for event in events] == [
        "Begins: Hearing: Turbines",
        "Last day: Hearing: Turbines",
        "Open house",
    ]
    assert events[0].decoded("dtstart") == local(at).date()
    assert events[2].decoded("dtstart") == starts.replace(microsecond=0)
    assert len({str(event["uid"]) for event in events}) == 3
    again = Calendar.from_ical(desk.get(FILE).content).walk("VEVENT")
    assert [str(event["uid"]) for event in again] == [str(event["uid"]) for event in events]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_calendar_costs_the_same_for_one_and_three(
    rows: int, desk: Client, official: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    basis = LegalBasis.objects.get(code="local_plan")
    today = local(at).date()
    for turn in range(rows):
        draft = a_draft(at, first=today, last=today, title=f"Draft {turn}")
        actions.set_legal_terms(consultation=draft, terms=actions.LegalTerms(legal_basis=basis), by=official, at=at)
        factories.a_meeting(factories.a_hearing(at=at), at=at, starts_at=at)
    desk.get(CALENDAR)

    with django_assert_num_queries(9):
        assert len(desk.get(CALENDAR, {"month": f"{today:%Y-%m}"}).context["days"]) >= 1
