"""Signing up: who comes first has a place, nobody is put before others, and nobody else learns who it was."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries
from apps.consultations.engine.waiting_list import moving_up
from apps.consultations.enums import SignUpStatus
from apps.consultations.errors import TooManyTogether
from apps.consultations.models import Meeting, MeetingSignUp
from apps.ledger.models import Entry, EntryActor
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.consultations.test_meetings import a_revised

pytestmark = pytest.mark.django_db

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Come = Callable[..., MeetingSignUp | None]


@pytest.fixture
def meeting(at: datetime) -> Meeting:
    return factories.a_meeting(factories.a_hearing(at=at), at=at, places=3)


@pytest.fixture
def come(meeting: Meeting, at: datetime) -> Come:
    """Let somebody sign up, under a name that is an address as well."""

    def sign_up(name: str, companions: int = 0) -> MeetingSignUp | None:
        return actions.sign_up(meeting=meeting, companions=companions, by=who(name, at), at=at)

    return sign_up


def who(name: str, at: datetime) -> User:
    email = f"{name.lower()}@example.org"
    found = User.objects.filter(email=email).first()
    return found or personas.unverified(at=at, email=email, display_name=name)


def standing(meeting: Meeting) -> tuple[list[str], list[str]]:
    """Return who has a place and who waits, in the order of signing up."""
    rows = MeetingSignUp.objects.filter(meeting=meeting).select_related("person").order_by("pk")
    placed = [row.person.display_name for row in rows if row.status == SignUpStatus.PLACED]
    return placed, [row.person.display_name for row in rows if row.status == SignUpStatus.WAITING]


def test_who_comes_first_has_a_place_and_the_rest_wait_in_their_order(meeting: Meeting, come: Come) -> None:
    for name in ("Ann", "Bo", "Cy", "Di", "Ed"):
        come(name)

    meeting.refresh_from_db()
    assert standing(meeting) == (["Ann", "Bo", "Cy"], ["Di", "Ed"])
    assert (meeting.taken, meeting.waiting, meeting.left, meeting.is_full) == (3, 2, 0, True)


def test_companions_take_places_and_a_small_party_does_not_pass_a_large_one(meeting: Meeting, come: Come) -> None:
    come("Ann", companions=1)
    come("Bo", companions=1)
    come("Cy")

    meeting.refresh_from_db()
    assert standing(meeting) == (["Ann"], ["Bo", "Cy"])
    assert (meeting.taken, meeting.waiting, meeting.left) == (2, 3, 1)


def test_signing_up_twice_changes_nothing(meeting: Meeting, come: Come) -> None:
    assert come("Ann") is not None
    before = Entry.objects.count()

    assert come("Ann", companions=2) is None
    assert Entry.objects.count() == before


def test_more_people_together_than_there_are_places_are_refused(meeting: Meeting, come: Come) -> None:
    with pytest.raises(TooManyTogether):
        come("Ann", companions=3)

    assert not MeetingSignUp.objects.exists()


def test_without_a_limit_everyone_has_a_place(at: datetime) -> None:
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at)

    for name in ("Ann", "Bo"):
        actions.sign_up(meeting=meeting, companions=4, by=who(name, at), at=at)

    meeting.refresh_from_db()
    assert (meeting.taken, meeting.left, meeting.is_full) == (10, None, False)


def test_the_next_moves_up_in_the_same_entry_when_somebody_signs_off(
    meeting: Meeting, come: Come, at: datetime
) -> None:
    come("Ann", companions=1)
    come("Bo")
    large, small = come("Cy", companions=1), come("Di")
    assert large is not None
    assert small is not None

    assert actions.sign_off(meeting=meeting, by=who("Bo", at), at=at)
    assert standing(meeting) == (["Ann"], ["Cy", "Di"])
    assert actions.sign_off(meeting=meeting, by=who("Ann", at), at=at)
    assert not actions.sign_off(meeting=meeting, by=who("Ann", at), at=at)

    assert standing(meeting) == (["Cy", "Di"], [])
    told = [facts_of(entry) for entry in Entry.objects.filter(kind="meeting.signed_off").order_by("pk")]
    assert told == [{"meeting": 1, "moved_up": []}, {"meeting": 1, "moved_up": [large.pk, small.pk]}]


def test_who_signs_off_and_up_again_stands_last(meeting: Meeting, come: Come, at: datetime) -> None:
    for name in ("Ann", "Bo", "Cy", "Di", "Ed"):
        come(name)

    actions.sign_off(meeting=meeting, by=who("Di", at), at=at)
    come("Di")

    assert standing(meeting) == (["Ann", "Bo", "Cy"], ["Ed", "Di"])


def test_more_places_go_to_those_who_wait(meeting: Meeting, come: Come, at: datetime) -> None:
    for name in ("Ann", "Bo", "Cy", "Di", "Ed"):
        come(name)

    a_revised(meeting, at, places=4)
    assert standing(meeting) == (["Ann", "Bo", "Cy", "Di"], ["Ed"])
    a_revised(meeting, at, places=None)
    assert standing(meeting) == (["Ann", "Bo", "Cy", "Di", "Ed"], [])


def test_nobody_moves_up_once_the_meeting_has_begun(meeting: Meeting, come: Come) -> None:
    for name in ("Ann", "Bo", "Cy", "Di"):
        come(name)

    assert actions.sign_off(meeting=meeting, by=who("Ann", meeting.starts_at), at=meeting.starts_at)

    assert standing(meeting) == (["Bo", "Cy"], ["Di"])


@pytest.mark.parametrize(
    ("waiting", "places", "taken", "got"),
    [
        ([(1, 1), (2, 1)], 2, 1, [1]),
        ([(1, 2), (2, 1)], 3, 2, []),
        ([(1, 5), (2, 1)], 3, 2, [2]),  # the meeting has become too small for the first
        ([(1, 5), (2, 5)], None, 90, [1, 2]),
        ([], 3, 0, []),
    ],
)
def test_who_moves_up(waiting: list[tuple[int, int]], places: int | None, taken: int, got: list[int]) -> None:
    assert moving_up(waiting, places=places, taken=taken) == got


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("until", [None, DAY])
def test_one_can_sign_up_until_its_moment(early: bool, until: timedelta | None, at: datetime) -> None:
    limit = at + (until or 2 * DAY)
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, sign_up_until=until and limit)
    person = who("Ann", at)

    if early:
        assert actions.sign_up(meeting=meeting, companions=0, by=person, at=limit - timedelta(seconds=1))
    else:
        with pytest.raises(NotAllowed):
            actions.sign_up(meeting=meeting, companions=0, by=person, at=limit)


def test_nobody_signs_up_where_it_makes_no_sense(at: datetime) -> None:
    hearing, draft = factories.a_hearing(at=at), factories.a_draft(at=at)
    called_off = factories.a_meeting(hearing, at=at)
    actions.call_off_meeting(meeting=called_off, reason="Storm.", by=factories.an_official(at), at=at)
    just_come = factories.a_meeting(hearing, at=at, takes_sign_ups=False)

    for meeting in (called_off, just_come, factories.a_meeting(draft, at=at)):
        with pytest.raises(NotAllowed):
            actions.sign_up(meeting=meeting, companions=0, by=who("Ann", at), at=at)
    open_one = factories.a_meeting(hearing, at=at)
    with pytest.raises(NotAllowed):
        actions.sign_up(meeting=open_one, companions=0, by=AnonymousUser(), at=at)  # type: ignore[arg-type]


def test_the_ledger_tells_that_somebody_came_and_nowhere_who(meeting: Meeting, come: Come, at: datetime) -> None:
    come("Ann")
    actions.sign_off(meeting=meeting, by=who("Ann", at), at=at)

    entries = Entry.objects.filter(kind__startswith="meeting.signed")
    assert [entry.actor_role for entry in entries] == ["citizen", "citizen"]
    assert not EntryActor.objects.filter(entry__in=entries).exists()
    assert not MeetingSignUp.objects.exists()


def test_officials_see_everyone_and_others_themselves(meeting: Meeting, come: Come, at: datetime) -> None:
    ann, bo = come("Ann"), come("Bo")
    nobodys = [AnonymousUser(), personas.moderator(at=at), personas.administrator(at=at)]

    assert queries.sign_ups_for(factories.an_official(at), meeting) == [ann, bo]
    assert queries.sign_ups_for(who("Bo", at), meeting) == [bo]
    assert all(queries.sign_ups_for(viewer, meeting) == [] for viewer in nobodys)


def test_who_leaves_is_signed_off_and_the_next_move_up(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    meetings = [factories.a_meeting(hearing, at=at, places=1) for _turn in range(2)]
    for meeting in meetings:
        for name in ("Ann", "Bo"):
            actions.sign_up(meeting=meeting, companions=0, by=who(name, at), at=at)

    assert actions.forget_sign_ups(person=who("Ann", at), at=at) == 2
    assert actions.forget_sign_ups(person=who("Ann", at), at=at) == 0

    assert [standing(meeting) for meeting in meetings] == [(["Bo"], []), (["Bo"], [])]


def test_the_list_goes_four_weeks_after_the_meeting(meeting: Meeting, come: Come) -> None:
    come("Ann")
    due = meeting.ends_at + timedelta(days=28)

    assert actions.clear_sign_ups(at=due - timedelta(seconds=1)) == 0
    assert actions.clear_sign_ups(at=due) == 1
    assert actions.clear_sign_ups(at=due) == 0

    meeting.refresh_from_db()
    assert meeting.taken == 1


def test_the_copy_of_ones_data_holds_the_meetings(meeting: Meeting, come: Come, at: datetime) -> None:
    come("Ann", companions=2)
    come("Bo")

    (row,) = queries.personal_data_of(who("Ann", at), at=at)["meetings"]

    assert (row["title"], row["companions"], row["signed_up_at"]) == ("Citizens' meeting", 2, at)
    assert row["kept_until"] == meeting.ends_at + timedelta(days=28)
