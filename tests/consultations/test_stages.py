"""What becomes of a hearing: its steps, its end before its time, and the sweep that tells what the clock did."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries, rules
from apps.consultations.enums import ConsultationState, ConsultationStatus
from apps.consultations.errors import NotReady, ReasonMissing, UnfitDates, UnfitMeeting, UnfitStage
from apps.consultations.models import Consultation, Phase, PhaseNote
from apps.consultations.rendering import calendar_file_of
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.notifications.actions import follow_consultation, tell_followers
from apps.notifications.audiences.meetings import meeting_news_in
from apps.notifications.models import OutgoingMail
from tests import factories, personas
from tests.factories.standing import a_box

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)
S = ConsultationStatus


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def closed(at: datetime) -> Consultation:
    """A hearing whose deadline has passed."""
    return factories.a_hearing(at=at - 30 * DAY, title="Eight turbines", closes=DAY)


def reach(hearing: Consultation, *steps: ConsultationStatus, at: datetime) -> None:
    for step in steps:
        actions.reach_stage(consultation=hearing, to=step, sentence="So it is.", by=factories.an_official(at), at=at)


def state(hearing: Consultation, at: datetime) -> str:
    hearing.refresh_from_db()
    return queries.standing_of(hearing, queries.phases_of(hearing), at).state


def why_closed(hearing: Consultation, at: datetime) -> str:
    hearing.refresh_from_db()
    return str(rules.why_not_receive(hearing, queries.phases_of(hearing), at=at) or "")


def test_the_way_is_walked_step_by_step_and_told(closed: Consultation, at: datetime) -> None:
    assert state(closed, at) == ConsultationState.CLOSED
    reach(closed, S.CONSIDERED, S.DECIDED, S.FOLLOWED_UP, S.ARCHIVED, at=at)

    assert state(closed, at) == ConsultationState.ARCHIVED
    assert [stage.status for stage in queries.stages_of(closed)] == ["considered", "decided", "followed_up", "archived"]
    assert Entry.objects.filter(kind="consultation.stage_reached", consultation_id=closed.pk).count() == 4


@pytest.mark.parametrize("steps", [(), (S.CONSIDERED,), (S.CONSIDERED, S.DECIDED)])
def test_the_page_of_what_is_over_invites_nobody_to_write(
    steps: tuple[ConsultationStatus, ...], closed: Consultation, at: datetime, as_seen_by: Browser
) -> None:
    reach(closed, *steps, at=at)

    page = as_seen_by(personas.anonymous(at=at)).get(f"/en/consultations/{closed.slug}/").content.decode()

    assert "Nothing more can be sent. Everyone can still read." in page
    assert "can write" not in page


@pytest.mark.parametrize("step", [S.DECIDED, S.FOLLOWED_UP, S.DRAFT, S.CANCELLED, S.REVIEW])
def test_no_step_is_left_out(step: ConsultationStatus, closed: Consultation, at: datetime) -> None:
    with pytest.raises(UnfitStage):
        reach(closed, step, at=at)


def test_while_people_can_write_nothing_is_considered(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    with pytest.raises(UnfitStage, match=r"still write|stadig skrive"):
        reach(hearing, S.CONSIDERED, at=at)


def test_a_decision_without_a_sentence_is_none(closed: Consultation, official: User, at: datetime) -> None:
    reach(closed, S.CONSIDERED, at=at)

    with pytest.raises(ReasonMissing):
        actions.reach_stage(consultation=closed, to=S.DECIDED, sentence=" ", by=official, at=at)
    assert state(closed, at) == ConsultationState.CONSIDERED


def test_the_same_step_twice_is_one(closed: Consultation, official: User, at: datetime) -> None:
    reach(closed, S.CONSIDERED, at=at)

    assert not actions.reach_stage(consultation=closed, to=S.CONSIDERED, by=official, at=at)


def test_people_are_heard_again_only_after_the_way_back(closed: Consultation, official: User, at: datetime) -> None:
    reach(closed, S.CONSIDERED, at=at)
    [first] = closed.phases.all()
    again = [
        actions.PhaseDates(
            title=first.title, opens_at=first.opens_at, closes_at=first.closes_at, accepts_contributions=True
        ),
        actions.PhaseDates(title="Again", opens_at=at, closes_at=at + 9 * DAY, accepts_contributions=True),
    ]
    closed.refresh_from_db()
    with pytest.raises(UnfitDates):
        actions.set_phases(consultation=closed, phases=again, by=official, at=at)
    assert why_closed(closed, at)

    reach(closed, S.PUBLISHED, at=at)
    closed.refresh_from_db()
    actions.set_phases(consultation=closed, phases=again, by=official, at=at)

    assert state(closed, at) == ConsultationState.OPEN
    assert not why_closed(closed, at)


def test_a_cancelled_hearing_takes_nothing_more_and_says_why(official: User, at: datetime, as_seen_by: Browser) -> None:
    hearing = factories.a_hearing(at=at)
    assert not why_closed(hearing, at)
    with pytest.raises(ReasonMissing):
        actions.cancel_consultation(consultation=hearing, reason="  ", by=official, at=at)
    assert actions.cancel_consultation(consultation=hearing, reason="The developer withdrew.", by=official, at=at)
    assert not actions.cancel_consultation(consultation=hearing, reason="Again.", by=official, at=at)

    assert "cancelled" in why_closed(hearing, at) or "aflyst" in why_closed(hearing, at)
    assert state(hearing, at) == ConsultationState.CANCELLED
    page = as_seen_by(personas.anonymous(at=at)).get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert "The developer withdrew." in page
    assert "Write a contribution" not in page
    assert factories.the_topic(hearing) not in queries.open_topics(at=at)
    with pytest.raises(NotAllowed):
        factories.a_contribution(factories.the_topic(hearing), at=at)


def test_a_late_contribution_is_taken_until_the_decision_and_never_after_a_cancellation(
    closed: Consultation, official: User, at: datetime
) -> None:
    actions.set_legal_terms(consultation=closed, terms=actions.LegalTerms(takes_late=True), by=official, at=at)
    reach(closed, S.CONSIDERED, at=at)
    assert not why_closed(closed, at)
    reach(closed, S.DECIDED, at=at)
    assert why_closed(closed, at)
    actions.cancel_consultation(consultation=closed, reason="Void.", by=official, at=at)

    assert why_closed(closed, at)


def test_a_cancelled_draft_stays_with_its_team_and_is_never_published(official: User, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    actions.cancel_consultation(consultation=draft, reason="No longer planned.", by=official, at=at)

    draft.refresh_from_db()
    assert not draft.is_published
    assert draft not in queries.visible_consultations(None)
    with pytest.raises(NotReady):
        actions.publish_consultation(consultation=draft, by=official, at=at)


def test_what_is_laid_away_leaves_the_list_and_is_found_and_read(
    closed: Consultation, at: datetime, as_seen_by: Browser
) -> None:
    listed = lambda asked: set(queries.listed_consultations(None, state=asked, at=at))  # noqa: E731 - said twice
    assert closed in listed("") & listed("closed")
    reach(closed, S.ARCHIVED, at=at)

    assert closed not in listed("") | listed("closed") | listed("open")
    assert listed("archived") == {closed}
    assert as_seen_by(personas.anonymous(at=at)).get(f"/en/consultations/{closed.slug}/").status_code == 200


@pytest.mark.parametrize("step", [S.CONSIDERED, S.ARCHIVED])
def test_followers_hear_of_a_step_but_not_of_laying_away(
    step: ConsultationStatus, closed: Consultation, at: datetime
) -> None:
    follow_consultation(person=factories.a_writer(at), consultation=closed, at=at)
    reach(closed, step, at=at)

    assert tell_followers(at=at) == 1
    assert OutgoingMail.objects.count() == (step == S.CONSIDERED)


def test_followers_of_a_cancelled_hearing_read_the_reason(official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    follow_consultation(person=factories.a_writer(at), consultation=hearing, at=at)
    actions.cancel_consultation(consultation=hearing, reason="The developer withdrew.", by=official, at=at)

    tell_followers(at=at)

    assert "The developer withdrew." in OutgoingMail.objects.get().body


def test_the_desk_goes_on_and_cancels_and_keeps_what_was_typed(
    closed: Consultation, official: User, as_seen_by: Browser, at: datetime
) -> None:
    desk, here = as_seen_by(official), f"/en/desk/consultations/{closed.slug}"
    desk.post(f"{here}/stage/", {"to": "considered"})
    refused = desk.post(f"{here}/stage/", {"to": "decided", "sentence": ""})
    assert refused.status_code == 422
    assert b"what came of it" in refused.content
    desk.post(f"{here}/stage/", {"to": "decided", "sentence": "Six of eight."})
    assert state(closed, at) == ConsultationState.DECIDED
    assert desk.post(f"{here}/cancel/", {"reason": ""}).status_code == 422

    desk.post(f"{here}/cancel/", {"reason": "Void."})

    assert state(closed, at) == ConsultationState.CANCELLED


def notes(hearing: Consultation) -> list[str]:
    told = Entry.objects.filter(kind__startswith="phase.", consultation_id=hearing.pk).exclude(kind="phase.set")
    return list(told.order_by("pk").values_list("kind", flat=True))


def test_the_sweep_tells_what_the_clock_did_once(at: datetime) -> None:
    hearing = factories.a_hearing(at=at, opens=DAY, closes=3 * DAY)
    assert actions.note_phases(at=at) == 0
    assert [actions.note_phases(at=at + DAY) for _turn in range(2)] == [1, 0]
    assert notes(hearing) == ["phase.opened"]
    assert actions.note_phases(at=at + 3 * DAY) == 1

    assert notes(hearing) == ["phase.opened", "phase.closed"]


def test_a_moved_deadline_is_told_when_it_comes_and_phases_set_anew_are_not_told_twice(
    official: User, at: datetime
) -> None:
    hearing = factories.a_hearing(at=at)
    actions.note_phases(at=at)
    actions.extend_deadline(
        consultation=hearing, last_day=(at + 60 * DAY).date(), cause="Holidays.", by=official, at=at
    )

    assert actions.note_phases(at=at + 40 * DAY) == 0
    assert actions.note_phases(at=at + 90 * DAY) == 1
    assert PhaseNote.objects.filter(consultation=hearing).count() == 2


def test_writing_opens_and_closes_though_nothing_was_told(at: datetime) -> None:
    hearing = factories.a_hearing(at=at, opens=DAY, closes=3 * DAY)

    assert why_closed(hearing, at)
    assert not why_closed(hearing, at + DAY)
    assert why_closed(hearing, at + 3 * DAY)
    assert notes(hearing) == []


def test_of_drafts_and_cancelled_hearings_the_clock_tells_nothing(official: User, at: datetime) -> None:
    draft, hearing = factories.a_draft(at=at), factories.a_hearing(at=at)
    phase = actions.PhaseDates(title="H", opens_at=at - DAY, closes_at=at + DAY, accepts_contributions=True)
    actions.set_phases(consultation=draft, phases=[phase], by=official, at=at)
    actions.cancel_consultation(consultation=hearing, reason="Void.", by=official, at=at)

    assert actions.note_phases(at=at + 60 * DAY) == 0


def test_what_the_clock_did_is_told_though_the_municipality_went_on_before_the_sweep(
    official: User, at: datetime
) -> None:
    hearing, closes = factories.a_hearing(at=at, closes=DAY), at + DAY
    actions.note_phases(at=at)
    reach(hearing, S.CONSIDERED, at=closes)

    assert [actions.note_phases(at=closes + DAY) for _turn in range(2)] == [1, 0]
    assert notes(hearing) == ["phase.opened", "phase.closed"]


def test_what_comes_after_the_next_step_is_not_told(closed: Consultation, official: User, at: datetime) -> None:
    [first] = closed.phases.all()
    Phase.objects.create(consultation=closed, position=2, title="Read", opens_at=at + DAY, closes_at=at + 9 * DAY)
    actions.note_phases(at=at)
    before = notes(closed)
    reach(closed, S.CONSIDERED, at=at)

    assert first.closes_at
    assert actions.note_phases(at=at + 30 * DAY) == 0
    assert notes(closed) == before


# ------------------------------------------------------------------ the end before its time


def test_cancelling_calls_off_the_meetings_to_come_and_tells_those_who_signed_up(official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    begun = factories.a_meeting(hearing, at=at, starts_at=at + DAY)
    coming = factories.a_meeting(hearing, at=at, starts_at=at + 9 * DAY)
    person = personas.unverified(at=at)
    actions.sign_up(meeting=coming, companions=0, by=person, at=at)

    actions.cancel_consultation(consultation=hearing, reason="No money.", by=official, at=at + DAY)

    coming.refresh_from_db()
    begun.refresh_from_db()
    assert (coming.is_called_off, begun.is_called_off) == (True, False)
    assert "STATUS:CANCELLED" in calendar_file_of(coming).decode()
    [entry] = Entry.objects.filter(kind="meeting.called_off")
    assert [news.sign_up.person for news in meeting_news_in([entry])] == [person]
    assert check_ledger().problem == ""


def test_what_was_cancelled_stays_so_when_it_is_laid_away(official: User, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    actions.cancel_consultation(consultation=hearing, reason="No money.", by=official, at=at)
    reach(hearing, S.ARCHIVED, at=at)

    assert Consultation.objects.get(pk=hearing.pk).is_cancelled
    assert "aflyst" in why_closed(hearing, at)
    with pytest.raises(UnfitMeeting, match="aflyst"):
        factories.a_meeting(hearing, at=at)


def test_the_suggestion_box_is_not_cancelled(official: User, at: datetime, as_seen_by: Browser) -> None:
    box = a_box(at=at)

    with pytest.raises(UnfitStage):
        actions.cancel_consultation(consultation=box, reason="Enough.", by=official, at=at)
    page = as_seen_by(official).get(f"/en/desk/consultations/{box.slug}/cancel/").content.decode()
    assert "stop writing there" in page
    assert 'name="reason"' not in page
