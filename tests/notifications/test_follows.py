"""Following a consultation: who may, what they are told of, and that they are told of it once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from apps.accounts.actions import change_language
from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.actions import PhaseDates, extend_deadline, set_phases
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation
from apps.ledger.models import Entry
from apps.notifications import handlers, tasks
from apps.notifications.actions import (
    claim_mail,
    follow_consultation,
    forget_follower,
    tell_followers,
    unfollow_consultation,
)
from apps.notifications.models import Follow, OutgoingMail
from apps.notifications.queries import followed_by, is_following, personal_data_of
from apps.portal.actions import delete_account
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories, personas

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPEN_DAYS = 21
LATER = date(2026, 10, 25)  # after that


@pytest.fixture
def follower(at: datetime, settings: Any) -> User:
    settings.SITE_URL = "https://dialog.example"
    person = personas.unverified(at=at, email="fie@example.org", display_name="Fie Frost")
    change_language(person=person, language="en")
    return person


def told(*, at: datetime) -> list[OutgoingMail]:
    """Return the mails of a sweep at that moment; a second sweep writes none."""
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    written = tell_followers(at=at)
    assert tell_followers(at=at) == 0
    mails = list(OutgoingMail.objects.exclude(pk__in=before).order_by("pk"))
    assert len(mails) <= written
    return mails


def a_followed(follower: User, at: datetime, title: str = "Eight turbines", **dates: timedelta) -> Consultation:
    hearing = factories.a_hearing(at=at, title=title, **dates)
    follow_consultation(person=follower, consultation=hearing, at=at)
    return hearing


def as_it_is(hearing: Consultation) -> PhaseDates:
    dates = hearing.phases.values("title", "opens_at", "closes_at", "accepts_contributions").get()
    return PhaseDates(**dates)


def extended(hearing: Consultation, last_day: date, at: datetime, **which: Any) -> None:
    """Let its deadline be the end of that day."""
    by = factories.an_official(at)
    extend_deadline(consultation=hearing, last_day=last_day, cause="The maps came late.", by=by, at=at, **which)


def summarised(hearing: Consultation, at: datetime) -> None:
    text = factories.a_published(factories.the_topic(hearing), at=at)
    by = factories.an_official(at)
    statements = [StatementText(title="Noise", body="Many fear noise.", cites=(text.number,))]
    summary = draft_summary(consultation=hearing, statements=statements, by=by, at=at)
    publish_summary(summary=summary, by=by, at=at)


# ------------------------------------------------------------ who may, and what it leaves


def test_a_draft_has_no_followers_not_even_officials(at: datetime, follower: User) -> None:
    draft = factories.a_draft(at=at)

    for person in (follower, factories.an_official(at)):
        with pytest.raises(NotAllowed):
            follow_consultation(person=person, consultation=draft, at=at)

    assert not Follow.objects.exists()


def test_who_may_not_sign_in_follows_nothing(at: datetime, follower: User) -> None:
    hearing = factories.a_hearing(at=at)
    follower.is_active = False

    with pytest.raises(NotAllowed):
        follow_consultation(person=follower, consultation=hearing, at=at)


def test_to_follow_twice_is_to_follow_once(at: datetime, follower: User) -> None:
    hearing = factories.a_hearing(at=at)

    answers = [follow_consultation(person=follower, consultation=hearing, at=at) for _turn in range(2)]

    assert answers == [True, False]
    assert Follow.objects.get().since == at


def test_the_ledger_tells_nobody_who_follows_what(at: datetime, follower: User) -> None:
    hearing = factories.a_hearing(at=at)
    entries = Entry.objects.count()

    follow_consultation(person=follower, consultation=hearing, at=at)
    unfollow_consultation(person_id=follower.pk, consultation_id=hearing.pk)

    assert Entry.objects.count() == entries
    assert not Follow.objects.exists()


def test_nobody_stops_what_somebody_else_follows(at: datetime, follower: User) -> None:
    hearing, other = a_followed(follower, at), factories.a_writer(at)

    assert not unfollow_consultation(person_id=other.pk, consultation_id=hearing.pk)

    assert is_following(follower, hearing)
    assert not is_following(other, hearing)


# ------------------------------------------------------------ what is told


def test_as_it_stands_when_somebody_begins_to_follow_is_no_news(at: datetime, follower: User) -> None:
    hearing = factories.a_hearing(at=at)
    summarised(hearing, at)

    follow_consultation(person=follower, consultation=hearing, at=at)

    assert told(at=at + DAY) == []


def test_what_people_write_is_no_news(at: datetime, follower: User) -> None:
    topic = factories.the_topic(a_followed(follower, at))
    factories.an_answer(factories.a_published(topic, at=at), at=at)

    assert told(at=at + DAY) == []


def test_that_it_opens_is_told_with_its_deadline(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at, opens=3 * DAY)

    assert told(at=at + 3 * DAY - timedelta(seconds=1)) == []
    [mail] = told(at=at + 3 * DAY)

    assert mail.to == follower.email
    assert mail.subject == "Open now: Eight turbines"
    for words in ("Hello Fie Frost", "people can write now", "Deadline: ", f"/en/consultations/{hearing.slug}/"):
        assert words in mail.body
    assert told(at=at + 4 * DAY) == []


def test_that_it_closes_is_told(at: datetime, follower: User) -> None:
    a_followed(follower, at)

    assert told(at=at + OPEN_DAYS * DAY - timedelta(seconds=1)) == []
    [mail] = told(at=at + OPEN_DAYS * DAY)

    assert mail.subject == "Closed: Eight turbines"
    assert "nothing more can be sent" in mail.body


def test_a_sweep_that_comes_late_tells_how_it_stands_and_nothing_that_is_over(at: datetime, follower: User) -> None:
    a_followed(follower, at, opens=3 * DAY)

    assert [mail.subject for mail in told(at=at + 90 * DAY)] == ["Closed: Eight turbines"]


def test_another_deadline_is_told_with_the_one_before(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)

    extended(hearing, LATER, at)
    [mail] = told(at=at)

    assert mail.subject == "Another deadline: Eight turbines"
    first, second = mail.body.index("Deadline: "), mail.body.index("Before: ")
    assert first < second


def test_a_deadline_that_comes_later_is_told_when_it_is_moved(at: datetime, follower: User) -> None:
    hearing, by = a_followed(follower, at, opens=3 * DAY), factories.an_official(at)
    again = PhaseDates(title="Again", opens_at=at + 60 * DAY, closes_at=at + 90 * DAY, accepts_contributions=True)

    set_phases(consultation=hearing, phases=[as_it_is(hearing), again], by=by, at=at)
    assert told(at=at) == []
    extended(hearing, date(2026, 12, 24), at, deadline=again.closes_at)
    [mail] = told(at=at)

    assert mail.subject == "Another deadline: Eight turbines"
    assert "Deadline: Thursday 24 December 2026" in mail.body
    assert "Before: Monday 14 December 2026" in mail.body
    assert "The maps came late." in mail.body


def test_a_deadline_that_is_extended_twice_is_told_once_by_the_next_sweep(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)

    for turn in range(2):
        extended(hearing, LATER + turn * DAY, at)
    assert [mail.subject for mail in told(at=at)] == ["Another deadline: Eight turbines"]
    extended(hearing, LATER + 2 * DAY, at)

    assert len(told(at=at + timedelta(minutes=1))) == 1


def test_one_that_opens_once_more_is_told_in_one_mail(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    later = at + 30 * DAY
    assert len(told(at=later)) == 1

    again = PhaseDates(title="Again", opens_at=later, closes_at=later + 9 * DAY, accepts_contributions=True)
    set_phases(consultation=hearing, phases=[as_it_is(hearing), again], by=factories.an_official(at), at=later)

    assert [mail.subject for mail in told(at=later + timedelta(minutes=1))] == ["Open now: Eight turbines"]


def test_one_that_opens_on_another_day_is_told(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at, opens=3 * DAY)
    closes_at = hearing.phases.get().closes_at
    later = PhaseDates(title="Hearing", opens_at=at + 9 * DAY, closes_at=closes_at, accepts_contributions=True)

    set_phases(consultation=hearing, phases=[later], by=factories.an_official(at), at=at)

    [mail] = told(at=at)
    assert mail.subject == "Opens later: Eight turbines"
    assert "People can write from" in mail.body


def test_a_summary_is_told_and_its_next_version_too(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)

    for minutes in (0, 1):
        summarised(hearing, at)
        [mail] = told(at=at + timedelta(minutes=minutes))
        assert mail.subject == "Summary: Eight turbines"
        assert f"/en/consultations/{hearing.slug}/summary/" in mail.body


def test_what_came_together_is_told_in_one_mail(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    summarised(hearing, at)

    [mail] = told(at=at + OPEN_DAYS * DAY)

    assert mail.subject == "Closed: Eight turbines"
    assert "There is also a summary" in mail.body


def test_in_the_language_of_whoever_follows(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    dane = personas.unverified(at=at, email="dan@example.org")
    follow_consultation(person=dane, consultation=hearing, at=at)

    subjects = {mail.to: mail.subject for mail in told(at=at + OPEN_DAYS * DAY)}

    assert subjects == {"fie@example.org": "Closed: Eight turbines", "dan@example.org": "Lukket: Eight turbines"}


def test_no_mail_names_another_who_follows(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    other = factories.a_writer(at)
    follow_consultation(person=other, consultation=hearing, at=at)

    for mail in told(at=at + OPEN_DAYS * DAY):
        named = other if mail.to == follower.email else follower
        assert named.display_name not in mail.body
        assert named.email not in mail.body


# ------------------------------------------------------------ who is told nothing


def test_what_is_no_longer_public_is_told_to_nobody_and_named_to_nobody(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    Consultation.objects.filter(pk=hearing.pk).update(status=ConsultationStatus.DRAFT)

    assert told(at=at + OPEN_DAYS * DAY) == []
    assert followed_by(follower) == []
    [row] = personal_data_of(follower, at=at)["follows"]
    assert row["since"] == at
    assert "turbines" not in row["consultation"]


def test_who_stopped_is_told_nothing_more_not_even_what_waits_to_be_sent(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    [mail] = told(at=at + OPEN_DAYS * DAY)

    unfollow_consultation(person_id=follower.pk, consultation_id=hearing.pk)

    mail.refresh_from_db()
    assert (mail.status, mail.body) == ("refused", "")
    assert claim_mail(at=at + 90 * DAY) is None
    assert told(at=at + 90 * DAY) == []


def test_what_others_follow_is_sent_all_the_same(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    other = factories.a_writer(at)
    follow_consultation(person=other, consultation=hearing, at=at)
    told(at=at + OPEN_DAYS * DAY)

    unfollow_consultation(person_id=follower.pk, consultation_id=hearing.pk)

    assert OutgoingMail.objects.get(to=other.email).status == "queued"


def test_who_may_not_sign_in_is_told_nothing(at: datetime, follower: User) -> None:
    a_followed(follower, at)
    User.objects.filter(pk=follower.pk).update(is_active=False)

    assert told(at=at + OPEN_DAYS * DAY) == []


def test_who_deletes_their_account_follows_nothing(at: datetime, follower: User) -> None:
    a_followed(follower, at)

    delete_account(person=follower, typed=follower.email, by=follower, at=at)

    assert not Follow.objects.exists()
    assert [mail.key for mail in told(at=at + OPEN_DAYS * DAY)] == []


def test_to_be_forgotten_leaves_what_others_follow(at: datetime, follower: User) -> None:
    hearing = a_followed(follower, at)
    other = factories.a_writer(at)
    follow_consultation(person=other, consultation=hearing, at=at)

    assert forget_follower(person=follower) == 1
    assert is_following(other, hearing)


# ------------------------------------------------------------ how it is told


def test_every_mail_says_where_it_is_stopped_in_its_text_and_to_mail_programs(
    at: datetime, follower: User, post: Any
) -> None:
    a_followed(follower, at)
    [mail] = told(at=at + OPEN_DAYS * DAY)

    tasks.send_mail()

    [message] = post.taken
    assert mail.stop_link in mail.body
    assert message.extra_headers["List-Unsubscribe"] == f"<{mail.stop_link}>"
    assert mail.stop_link.startswith("https://dialog.example/en/follows/")


def test_a_mail_that_cannot_be_stopped_says_nothing_of_it(at: datetime, post: Any) -> None:
    factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)
    tasks.write_mail()

    tasks.send_mail()

    assert "List-Unsubscribe" not in post.taken[0].extra_headers


def test_many_are_told_in_turns_each_once(at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.notifications.actions.TOLD_AT_ONCE", 2)
    hearing = factories.a_hearing(at=at)
    people = [personas.unverified(at=at, email=f"p{number}@example.org") for number in range(5)]
    for person in people:
        follow_consultation(person=person, consultation=hearing, at=at)

    mails = told(at=at + OPEN_DAYS * DAY)

    assert sorted(mail.to for mail in mails) == [person.email for person in people]


@pytest.mark.parametrize("count", [1, 3])
def test_a_sweep_with_nothing_to_tell_costs_the_same_for_one_hearing_and_three(
    count: int, at: datetime, follower: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    for _turn in range(count):
        a_followed(follower, at, title="")

    with django_assert_num_queries(4):
        assert tell_followers(at=at) == 0


def test_entries_that_followers_wait_for_nudge_the_sweep(
    at: datetime, follower: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    hearing = a_followed(follower, at)
    nudged: list[Any] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    with django_capture_on_commit_callbacks(execute=True):
        extended(hearing, LATER, at)

    assert nudged == [tasks.tell_those_who_follow]
