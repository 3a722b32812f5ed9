"""What people are told of their staff roles, and of what officials decided about their organisation."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from apps.accounts import actions
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.queries import standing_role
from apps.accounts.rules import THE_SYSTEM
from apps.ledger.actions import sequence_entries, skip_to_head
from apps.ledger.models import Reader
from apps.municipality.models import Municipality
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import factories, personas

pytestmark = pytest.mark.django_db

CLUB = {"name": "Boat Club & Sons", "cvr": "12345674", "speaker": "Una"}


@pytest.fixture(autouse=True)
def _town(settings: Any) -> None:
    settings.SITE_URL = "https://dialog.example"
    Municipality.objects.create(name="Vesterhav", site_name="Forum", code="0999", email="hall@vesterhav.example")


@pytest.fixture
def una(at: datetime) -> User:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(language="en")
    return User.objects.get(pk=person.pk)


@pytest.fixture
def adam(at: datetime) -> User:
    return personas.administrator(at=at)


def _mails(deed: Callable[[], object]) -> list[OutgoingMail]:
    """Return the mails about what the deed did."""
    sequence_entries()
    skip_to_head(tasks.READER)
    deed()
    tasks.write_mail()
    return list(OutgoingMail.objects.order_by("pk"))


def test_whoever_gets_a_role_is_told_where_to_go_and_until_when(una: User, adam: User, at: datetime) -> None:
    until = datetime.fromisoformat("2026-12-31T23:00+00:00")

    (mail,) = _mails(lambda: actions.grant_role(person=una, role=Role.MODERATOR, by=adam, at=at, ends_at=until))

    assert (mail.to, mail.subject) == ("una@example.org", "You are moderator now")
    for told in ("with a second step", "The last day of it is 31 December", "https://dialog.example/en/moderation/"):
        assert told in mail.body
    assert adam.display_name not in mail.body


def test_a_role_that_begins_later_is_told_of_when_it_begins(una: User, adam: User, at: datetime) -> None:
    day = at + timedelta(days=1)

    def grant() -> None:
        actions.grant_role(person=una, role=Role.OFFICIAL, by=adam, at=at, starts_at=day)

    assert _mails(grant) == []
    (mail,) = _mails(lambda: actions.turn_roles(at=day))
    assert mail.subject == "You are official now"
    assert "https://dialog.example/en/desk/" in mail.body


def test_whoever_loses_a_role_is_told_by_hand_or_by_its_last_day(una: User, adam: User, at: datetime) -> None:
    actions.grant_role(person=una, role=Role.MODERATOR, by=adam, at=at)
    actions.grant_role(person=una, role=Role.OFFICIAL, by=adam, at=at, ends_at=at + timedelta(days=1))
    moderator = standing_role(una, "moderator")
    assert moderator is not None

    def both() -> None:
        actions.end_role(assignment=moderator, by=adam, at=at)
        actions.turn_roles(at=at + timedelta(days=1))

    assert [mail.subject for mail in _mails(both)] == ["You are no longer moderator", "You are no longer official"]


def test_what_was_given_and_taken_at_once_is_told_as_it_stands(una: User, adam: User, at: datetime) -> None:
    def both() -> None:
        actions.grant_role(person=una, role=Role.MODERATOR, by=adam, at=at)
        assignment = standing_role(una, "moderator")
        assert assignment is not None
        actions.end_role(assignment=assignment, by=adam, at=at)

    assert [mail.subject for mail in _mails(both)] == ["You are no longer moderator"]


def test_who_was_given_a_role_on_the_command_line_was_told_by_whoever_sat_there(una: User, at: datetime) -> None:
    assert _mails(lambda: actions.grant_role(person=una, role=Role.MODERATOR, by=THE_SYSTEM, at=at)) == []


def test_an_applicant_is_told_of_every_decision_with_its_sentence(una: User, at: datetime) -> None:
    official = factories.an_official(at)
    asked = actions.request_organisation(**CLUB, by=una, at=at)

    def refuse() -> None:
        actions.refuse_organisation(organisation=asked, sentence="Bo is <chair>.", by=official, at=at)

    def confirm() -> None:
        again = actions.request_organisation(**CLUB, by=una, at=at)
        actions.confirm_organisation(organisation=again, by=official, at=at)

    def end() -> None:
        una.refresh_from_db()
        actions.end_organisation(organisation=una.organisation, sentence="Dissolved.", by=official, at=at)

    written = [_mails(deed)[-1] for deed in (refuse, confirm, end)]

    assert [mail.subject for mail in written] == [
        "Your request for Boat Club & Sons was not confirmed",
        "Your account writes for Boat Club & Sons now",
        "Your account no longer writes for Boat Club & Sons",
    ]
    for mail, told in zip(written, ("Bo is <chair>.", "marked as an organisation", "Dissolved."), strict=True):
        assert mail.to == una.email
        assert told in mail.body
        assert "https://dialog.example/en/me/organisation/" in mail.body
        assert official.display_name not in mail.body


def test_a_refusal_that_was_answered_by_a_new_request_is_not_told_any_more(una: User, at: datetime) -> None:
    def both() -> None:
        asked = actions.request_organisation(**CLUB, by=una, at=at)
        actions.refuse_organisation(organisation=asked, sentence="Why?", by=factories.an_official(at), at=at)
        actions.request_organisation(**CLUB, by=una, at=at)

    assert _mails(both) == []


def test_who_is_gone_is_told_nothing(una: User, adam: User, at: datetime) -> None:
    def both() -> None:
        actions.grant_role(person=una, role=Role.MODERATOR, by=adam, at=at)
        actions.erase_account(person=una, reason="own_wish", by=THE_SYSTEM, at=at)

    assert _mails(both) == []


def test_replayed_nothing_is_written_twice(una: User, adam: User, at: datetime) -> None:
    first = _mails(lambda: actions.grant_role(person=una, role=Role.MODERATOR, by=adam, at=at))

    Reader.objects.filter(pk=tasks.READER).update(position=0)
    tasks.write_mail()

    assert list(OutgoingMail.objects.order_by("pk")) == first


@pytest.mark.parametrize("people", [1, 5])
def test_telling_costs_the_same_for_few_and_many(
    people: int, adam: User, at: datetime, django_assert_num_queries: Any
) -> None:
    official = factories.an_official(at)
    made = [
        personas.unverified(at=at, email=f"p{turn}@example.org", display_name=f"P. {turn}x") for turn in range(people)
    ]
    clubs = [
        actions.request_organisation(**CLUB, by=person, at=at)
        for person in (
            personas.unverified(at=at, email=f"c{turn}@example.org", display_name=f"C. {turn}x")
            for turn in range(people)
        )
    ]
    sequence_entries()
    skip_to_head(tasks.READER)
    for person, club in zip(made, clubs, strict=True):
        actions.grant_role(person=person, role=Role.MODERATOR, by=adam, at=at)
        actions.refuse_organisation(organisation=club, sentence="No.", by=official, at=at)
    sequence_entries()

    with django_assert_num_queries(17):
        tasks.write_mail()

    assert OutgoingMail.objects.count() == 2 * people
