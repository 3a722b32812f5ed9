"""What the desk tells an official to do next."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.enums import ConsultationStatus, TeamRole
from apps.consultations.models import Consultation
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)
DESK = "/en/desk/"


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def colleague(at: datetime, official: User) -> User:
    return personas.colleague(at=at)


def join(consultation: Consultation, person: User, at: datetime, role: TeamRole = TeamRole.EDITOR) -> None:
    official = factories.an_official(at)
    actions.add_member(consultation=consultation, person=person, role=role, by=official, at=at)


def waits(browser: Client) -> list[tuple[str, str]]:
    """Return what the desk asks for, in its order."""
    work = browser.get(DESK).context["work"]
    return [(str(task.kind), task.consultation.title) for task in (*work.drafts, *work.steps)]


def a_ready_draft(at: datetime, *, opens: timedelta = 30 * DAY, title: str = "Turbines") -> Consultation:
    draft = factories.a_draft(at=at, title=title)
    phase = actions.PhaseDates(
        title="Hearing", opens_at=at + opens, closes_at=at + opens + 30 * DAY, accepts_contributions=True
    )
    actions.set_phases(consultation=draft, phases=[phase], by=factories.an_official(at), at=at)
    factories.a_topic(draft, at=at)
    return draft


def test_a_review_waits_for_a_colleague_and_not_for_who_asked(
    as_seen_by: Browser, official: User, colleague: User, at: datetime
) -> None:
    draft = a_ready_draft(at)
    join(draft, colleague, at, TeamRole.ANSWERER)
    actions.ask_for_review(consultation=draft, by=official, at=at)

    assert waits(as_seen_by(colleague)) == [("review", "Turbines")]
    assert waits(as_seen_by(official)) == []


def test_a_review_does_not_wait_for_who_changed_the_draft_last(
    as_seen_by: Browser, official: User, colleague: User, at: datetime
) -> None:
    draft = a_ready_draft(at)
    join(draft, colleague, at)
    actions.ask_for_review(consultation=draft, by=official, at=at)
    text = actions.TopicText(title="Noise", question="How loud?")
    actions.add_topic(consultation=draft, text=text, by=colleague, at=at)

    assert waits(as_seen_by(colleague)) == []


def test_comments_wait_for_editors_until_they_are_dealt_with(
    as_seen_by: Browser, official: User, colleague: User, at: datetime
) -> None:
    draft = a_ready_draft(at)
    join(draft, colleague, at, TeamRole.ANSWERER)
    comment = actions.comment_on_draft(consultation=draft, comment="How high?", by=colleague, at=at)

    before = waits(as_seen_by(official)), waits(as_seen_by(colleague))
    actions.settle_comment(comment=comment, by=official, at=at)

    assert before == ([("comments", "Turbines")], [])
    assert waits(as_seen_by(official)) == []


def test_an_approved_draft_waits_to_be_published_until_it_is_changed(
    as_seen_by: Browser, official: User, at: datetime
) -> None:
    draft = a_ready_draft(at)
    factories.approved(draft, at=at)

    before = waits(as_seen_by(official))
    factories.a_topic(draft, at=at)

    assert before == [("publish", "Turbines")]
    assert waits(as_seen_by(official)) == []


@pytest.mark.parametrize(("opens", "told"), [(15 * DAY, False), (14 * DAY, True), (-DAY, True)])
def test_a_draft_whose_first_phase_is_near_is_told(
    opens: timedelta, told: bool, as_seen_by: Browser, official: User, at: datetime
) -> None:
    a_ready_draft(at, opens=opens)

    assert waits(as_seen_by(official)) == ([("opens", "Turbines")] if told else [])


@pytest.mark.parametrize(("closes", "told"), [(15 * DAY, False), (14 * DAY, True), (timedelta(minutes=1), True)])
def test_a_deadline_is_told_from_two_weeks_before(
    closes: timedelta, told: bool, as_seen_by: Browser, official: User, at: datetime
) -> None:
    factories.a_hearing(at=at, title="Turbines", closes=closes)

    assert waits(as_seen_by(official)) == ([("deadline", "Turbines")] if told else [])


def test_what_is_closed_waits_for_its_next_step_and_what_is_considered_for_a_decision(
    as_seen_by: Browser, official: User, at: datetime
) -> None:
    hearing = factories.a_hearing(at=at - 40 * DAY, title="Turbines")

    closed = waits(as_seen_by(official))
    actions.reach_stage(consultation=hearing, to=ConsultationStatus.CONSIDERED, by=official, at=at - DAY)
    hearing.refresh_from_db()
    page = as_seen_by(official).get(DESK)
    considered = waits(as_seen_by(official))
    actions.reach_stage(consultation=hearing, to=ConsultationStatus.DECIDED, sentence="Adopted.", by=official, at=at)

    assert closed == [("closed", "Turbines")]
    assert considered == [("considered", "Turbines")]
    assert f"/en/desk/consultations/{hearing.slug}/summary/" in page.content.decode()
    assert waits(as_seen_by(official)) == []


def test_a_meeting_is_told_before_it_and_its_minutes_after_it(
    as_seen_by: Browser, official: User, colleague: User, at: datetime
) -> None:
    hearing = factories.a_hearing(at=at, title="Turbines")
    join(hearing, colleague, at, TeamRole.ANSWERER)
    meeting = factories.a_meeting(hearing, at=at, starts_at=at + 2 * DAY)

    before = waits(as_seen_by(official)), waits(as_seen_by(colleague))
    type(meeting).objects.update(starts_at=at - DAY, ends_at=at - DAY + timedelta(hours=2))

    assert before == ([("meeting", "Turbines")],) * 2
    assert waits(as_seen_by(official)) == [("minutes", "Turbines")]
    assert waits(as_seen_by(colleague)) == []


@pytest.mark.parametrize(
    ("status", "asked"),
    [
        (ConsultationStatus.DECIDED, True),
        (ConsultationStatus.FOLLOWED_UP, True),
        (ConsultationStatus.CANCELLED, True),
        (ConsultationStatus.ARCHIVED, False),
    ],
)
def test_minutes_are_asked_for_until_the_hearing_is_laid_away(
    status: ConsultationStatus, asked: bool, as_seen_by: Browser, official: User, at: datetime
) -> None:
    hearing = factories.a_hearing(at=at - 40 * DAY, title="Turbines")
    factories.a_hearing(at=at - 40 * DAY, title="Without a meeting")
    meeting = factories.a_meeting(hearing, at=at)
    type(meeting).objects.update(starts_at=at - DAY, ends_at=at - DAY + timedelta(hours=2))
    Consultation.objects.update(status=status, cancelled_at=at if status == ConsultationStatus.CANCELLED else None)

    assert waits(as_seen_by(official)) == ([("minutes", "Turbines")] if asked else [])
    text = "We talked about the noise."
    assert actions.publish_minutes(meeting=meeting, text=text, topics=[], attended=12, by=official, at=at)


def test_the_longest_due_stands_first(as_seen_by: Browser, official: User, at: datetime) -> None:
    factories.a_hearing(at=at, title="Near", closes=5 * DAY)
    factories.a_hearing(at=at - 60 * DAY, title="Long over")
    factories.a_hearing(at=at - 40 * DAY, title="Over")

    assert waits(as_seen_by(official)) == [("closed", "Long over"), ("closed", "Over"), ("deadline", "Near")]


def test_titles_stand_in_the_language_of_the_page(as_seen_by: Browser, official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at - 40 * DAY, title="Møller")
    actions.translate_consultation(consultation=hearing, texts={"title": "Turbines"}, by=official, at=at)

    page = as_seen_by(official).get(DESK).content.decode()

    assert '<span class="meta">Turbines</span>' in page
    assert '<span class="meta">Møller</span>' in as_seen_by(official).get("/desk/").content.decode()


def test_nothing_of_other_teams_is_told(as_seen_by: Browser, official: User, colleague: User, at: datetime) -> None:
    a_ready_draft(at, opens=DAY, title="Secret plan")
    factories.a_hearing(at=at - 40 * DAY, title="Turbines")

    page = as_seen_by(colleague).get(DESK)

    assert len(waits(as_seen_by(official))) == 2
    assert (page.context["work"].drafts, page.context["work"].steps) == ([], [])
    assert "Secret plan" not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_costs_the_same_whatever_waits(
    rows: int,
    as_seen_by: Browser,
    colleague: User,
    at: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for turn in range(rows):
        draft = a_ready_draft(at, opens=DAY, title=f"Draft {turn}")
        join(draft, colleague, at)
        actions.comment_on_draft(consultation=draft, comment="How high?", by=colleague, at=at)
        over = factories.a_hearing(at=at - 40 * DAY, title=f"Over {turn}")
        factories.a_meeting(over, at=at, starts_at=at + DAY)
    browser = as_seen_by(factories.an_official(at))
    browser.get(DESK)

    with django_assert_num_queries(25):
        assert len(waits(browser)) == 4 * rows
