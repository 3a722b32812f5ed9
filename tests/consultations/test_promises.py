"""What a published hearing has promised to those who write: no editing of its phases or its law takes it back."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.common.calendar import end_of_day, start_of_day
from apps.consultations import actions
from apps.consultations.actions import LegalTerms, PhaseDates, extend_deadline, set_legal_terms, set_phases
from apps.consultations.errors import UnfitDates
from apps.consultations.models import Consultation, DeadlineChange, Phase
from apps.consultations.queries import phases_of
from apps.municipality.models import LegalBasis
from tests import factories
from tests.consultations.test_forms import rows_of

pytestmark = pytest.mark.django_db

Refused = Callable[..., None]
DAY = timedelta(days=1)
TODAY = date(2026, 9, 15)  # the day of `at`
FIRST, LAWFUL = date(2026, 10, 1), date(2026, 10, 29)


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def days(first: date, last: date | None, title: str = "Hearing", *, writing: bool = True) -> PhaseDates:
    closes_at = end_of_day(last) if last else None
    return PhaseDates(title=title, opens_at=start_of_day(first), closes_at=closes_at, accepts_contributions=writing)


def a_plan(*phases: PhaseDates, at: datetime, why: str = "") -> Consultation:
    """Return a published local plan, which people have four weeks for."""
    by, plan = factories.an_official(at), factories.a_draft(at=at)
    factories.a_topic(plan, at=at)
    terms = LegalTerms(legal_basis=LegalBasis.objects.get(code="local_plan"), shorter_because=why)
    set_legal_terms(consultation=plan, terms=terms, by=by, at=at)
    set_phases(consultation=plan, phases=phases, by=by, at=at)
    factories.publish(plan, at=at)
    return plan


def as_set(plan: Consultation) -> list[PhaseDates]:
    return [
        PhaseDates(
            title=phase.title,
            opens_at=phase.opens_at,
            closes_at=phase.closes_at,
            accepts_contributions=phase.accepts_contributions,
        )
        for phase in phases_of(plan)
    ]


@pytest.mark.parametrize(
    "phases",
    [
        pytest.param([days(FIRST, date(2026, 10, 8))], id="earlier"),
        pytest.param([days(FIRST, date(2026, 12, 1))], id="later"),
        pytest.param([days(FIRST, None)], id="without end"),
        pytest.param(
            [days(FIRST, date(2026, 10, 4)), days(date(2026, 11, 1), date(2026, 11, 2), "Extra")], id="behind"
        ),
        pytest.param([days(FIRST, LAWFUL, writing=False)], id="nobody writes"),
        pytest.param([days(date(2026, 9, 20), date(2026, 10, 8))], id="earlier from an earlier day"),
        pytest.param([], id="gone"),
        pytest.param([days(date(2026, 10, 2), LAWFUL)], id="a day too few"),
        pytest.param(
            [days(date(2026, 10, 2), LAWFUL), days(LAWFUL + DAY, LAWFUL + DAY, "X")], id="too few, one behind"
        ),
    ],
)
@pytest.mark.parametrize("moment", [timedelta(), 18 * DAY])
def test_no_save_takes_back_a_day(phases: list[PhaseDates], moment: timedelta, at: datetime, official: User) -> None:
    plan = a_plan(days(FIRST, LAWFUL), at=at)
    before = as_set(plan)

    with pytest.raises(UnfitDates):
        set_phases(consultation=plan, phases=phases, by=official, at=at + moment)

    assert as_set(plan) == before
    assert not DeadlineChange.objects.exists()


def test_what_has_begun_keeps_its_first_day_and_nothing_begins_before_today(at: datetime, official: User) -> None:
    plan = a_plan(days(FIRST, date(2026, 11, 20)), at=at)
    begun = start_of_day(date(2026, 10, 6))

    with pytest.raises(UnfitDates, match=r"1\.\soktober"):
        set_phases(consultation=plan, phases=[days(date(2026, 9, 16), date(2026, 11, 20))], by=official, at=begun)
    with pytest.raises(UnfitDates, match="»Hearing«"):
        set_phases(consultation=plan, phases=[days(TODAY - DAY, date(2026, 11, 20))], by=official, at=at)
    assert set_phases(consultation=plan, phases=[days(TODAY, date(2026, 11, 20))], by=official, at=at)


def test_names_later_steps_and_one_more_hearing_can_be_set(at: datetime, official: User) -> None:
    plan = a_plan(days(FIRST, LAWFUL), at=at)
    more = [
        days(TODAY, date(2026, 9, 20), "Ideas"),
        days(FIRST, LAWFUL, "The hearing"),
        days(LAWFUL + DAY, LAWFUL + 9 * DAY, "Considered", writing=False),
        days(LAWFUL + 10 * DAY, LAWFUL + 12 * DAY, "Once more"),
    ]

    assert set_phases(consultation=plan, phases=more, by=official, at=at)
    assert set_phases(consultation=plan, phases=[*more[:2], more[3]], by=official, at=at)
    assert not DeadlineChange.objects.exists()
    with pytest.raises(UnfitDates):
        set_phases(consultation=plan, phases=more[:2], by=official, at=at)


def test_what_is_over_stays_and_people_are_heard_again_in_a_phase_of_its_own(at: datetime, official: User) -> None:
    plan, over = a_plan(days(FIRST, LAWFUL), at=at), end_of_day(LAWFUL) + DAY
    again = days(LAWFUL + 2 * DAY, LAWFUL + 9 * DAY, "Again")

    with pytest.raises(UnfitDates, match="Hearing"):
        set_phases(consultation=plan, phases=[days(FIRST, LAWFUL + 9 * DAY)], by=official, at=over)
    assert set_phases(consultation=plan, phases=[days(FIRST, LAWFUL), again], by=official, at=over)
    assert not DeadlineChange.objects.exists()


def test_who_read_the_draft_before_it_was_published_is_held_to_its_promise(at: datetime, official: User) -> None:
    draft = factories.a_draft(at=at)
    factories.a_topic(draft, at=at)
    set_phases(consultation=draft, phases=[days(TODAY, LAWFUL)], by=official, at=at)
    read_before = Consultation.objects.get(pk=draft.pk)
    factories.publish(draft, at=at)

    with pytest.raises(UnfitDates):
        set_phases(consultation=read_before, phases=[days(TODAY, FIRST)], by=official, at=at)


# ------------------------------------------------------------------ several deadlines


def test_any_deadline_to_come_can_be_extended_and_what_moves_along_is_told_too(at: datetime, official: User) -> None:
    ideas, hearing = days(TODAY, date(2026, 9, 30), "Ideas"), days(FIRST, LAWFUL)
    plan = a_plan(ideas, hearing, at=at)

    extend_deadline(
        consultation=plan, last_day=LAWFUL + 7 * DAY, deadline=hearing.closes_at, cause="Late maps.", by=official, at=at
    )
    assert [phase.closes_at for phase in phases_of(plan)] == [ideas.closes_at, end_of_day(LAWFUL + 7 * DAY)]
    extend_deadline(consultation=plan, last_day=date(2026, 10, 2), cause="Too few ideas.", by=official, at=at)

    assert [phase.closes_at for phase in phases_of(plan)] == [
        end_of_day(date(2026, 10, 2)),
        end_of_day(LAWFUL + 9 * DAY),
    ]
    told = DeadlineChange.objects.order_by("pk").values_list("old", "new", "cause")
    assert list(told) == [
        (hearing.closes_at, end_of_day(LAWFUL + 7 * DAY), "Late maps."),
        (ideas.closes_at, end_of_day(date(2026, 10, 2)), "Too few ideas."),
        (end_of_day(LAWFUL + 7 * DAY), end_of_day(LAWFUL + 9 * DAY), "Too few ideas."),
    ]


def test_a_deadline_that_a_colleague_moved_meanwhile_is_not_moved_again(at: datetime, official: User) -> None:
    plan = a_plan(days(FIRST, LAWFUL), at=at)
    extend_deadline(consultation=plan, last_day=LAWFUL + DAY, cause="Maps.", by=official, at=at)

    with pytest.raises(UnfitDates):
        extend_deadline(
            consultation=plan, last_day=LAWFUL + 2 * DAY, deadline=end_of_day(LAWFUL), cause="Maps.", by=official, at=at
        )


# ------------------------------------------------------------------ the day in Plandata


def announced(plan: Consultation, on: date, at: datetime) -> bool:
    terms = LegalTerms(legal_basis=plan.legal_basis, shorter_because=plan.shorter_because, plandata_published_on=on)
    return set_legal_terms(consultation=plan, terms=terms, by=factories.an_official(at), at=at)


def test_a_day_in_plandata_that_leaves_too_few_days_asks_for_an_extension_first(at: datetime, official: User) -> None:
    plan = a_plan(days(FIRST, LAWFUL), at=at)

    assert announced(plan, FIRST, at)
    with pytest.raises(UnfitDates, match=r"2\.\snovember"):
        announced(plan, date(2026, 10, 5), at)
    plan.refresh_from_db()
    assert plan.plandata_published_on == FIRST
    extend_deadline(consultation=plan, last_day=date(2026, 11, 2), cause="Plandata was late.", by=official, at=at)
    assert announced(plan, date(2026, 10, 5), at)


def test_days_that_were_fewer_with_a_reason_do_not_become_fewer_still(at: datetime) -> None:
    plan = a_plan(days(FIRST, date(2026, 10, 20)), at=at, why="The council meets early.")

    assert announced(plan, FIRST, at)
    with pytest.raises(UnfitDates):
        announced(plan, FIRST + DAY, at)


def test_after_the_hearing_a_later_day_in_plandata_asks_for_another_one(at: datetime, official: User) -> None:
    plan, over = a_plan(days(FIRST, LAWFUL), at=at), end_of_day(LAWFUL)

    with pytest.raises(UnfitDates, match="28"):
        announced(plan, date(2026, 10, 5), over)
    again = days(date(2026, 11, 1), date(2026, 11, 29), "Again")
    set_phases(consultation=plan, phases=[*as_set(plan), again], by=official, at=over)
    assert announced(plan, date(2026, 10, 5), over)


# ------------------------------------------------------------------ the pages


def test_the_page_of_the_phases_leads_to_the_extension(desk: Client, at: datetime) -> None:
    plan = a_plan(days(FIRST, LAWFUL), at=at)
    where = f"/en/desk/consultations/{plan.slug}/phases/"
    row = {"title": "Hearing", "first_day": "2026-10-01", "last_day": "2026-12-01", "accepts_contributions": "on"}

    refused = desk.post(where, rows_of(row))

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "as everyone was told: keep the phase and its last day. To give them more time, use “Extend" in page
    assert f'href="/en/desk/consultations/{plan.slug}/extend/"' in page
    assert 'value="2026-12-01"' in page
    assert (
        "/extend/" not in desk.get(f"/en/desk/consultations/{factories.a_draft(at=at).slug}/phases/").content.decode()
    )


def test_what_began_or_ends_at_an_hour_is_saved_as_it_is_shown(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    before = as_set(hearing)
    row = {"title": "Hearing", "first_day": "2026-09-08", "last_day": "2026-10-06", "accepts_contributions": "on"}

    assert desk.post(f"/en/desk/consultations/{hearing.slug}/phases/", rows_of(row)).status_code == 302
    assert as_set(hearing) == before


def test_the_suggestion_box_needs_no_last_day(desk: Client, at: datetime, official: User) -> None:
    text, topics = actions.ConsultationText(title="Box"), [actions.TopicText(title="Roads")]
    box = actions.open_suggestion_box(text=text, topics=topics, by=official, at=at)
    row = {"title": "All the time", "first_day": "2026-09-15", "last_day": "", "accepts_contributions": "on"}

    assert desk.post(f"/en/desk/consultations/{box.slug}/phases/", rows_of(row)).status_code == 302
    phase = Phase.objects.get(consultation=box)
    assert (phase.title, phase.opens_at, phase.closes_at) == ("All the time", at, None)
    ended = desk.post(f"/en/desk/consultations/{box.slug}/phases/", rows_of(row | {"last_day": "2026-12-01"}))
    assert "without an end, as everyone was told" in ended.content.decode()


def test_the_extension_asks_which_deadline_where_there_are_several(desk: Client, at: datetime) -> None:
    plan = a_plan(days(TODAY, date(2026, 9, 30), "Ideas"), days(FIRST, LAWFUL), at=at)
    where = f"/en/desk/consultations/{plan.slug}/extend/"
    page = desk.get(where).content.decode()
    assert "Ideas: " in page
    second = phases_of(plan)[1].closes_at
    assert second

    sent = {"deadline": second.isoformat(), "last_day": "2026-11-10", "cause": "Late maps."}
    assert desk.post(where, sent | {"deadline": "2026-01-01"}).status_code == 422
    assert desk.post(where, sent).status_code == 302

    assert phases_of(plan)[1].closes_at == end_of_day(date(2026, 11, 10))
