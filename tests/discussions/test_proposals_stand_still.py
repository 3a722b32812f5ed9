"""While a moderator hides a citizen proposal its time stands still, to whole days, and the ledger tells by how many."""

from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.common.calendar import end_of_day, last_day_before, local
from apps.common.errors import NotAllowed
from apps.discussions.actions import agree, hide_contribution, restore_contribution, settle_proposals
from apps.discussions.models import CitizenProposal, Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Actor, Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.discussions.test_proposals import ends, offered, others, published, terms
from tests.factories.standing import a_box

pytestmark = pytest.mark.django_db
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
EXTENDED = "suggestion.proposal_extended"


@pytest.fixture
def moderator(at: datetime) -> Actor:
    return as_moderator(factories.a_moderator(at))


@pytest.fixture
def rita(at: datetime) -> User:
    return personas.resident(at=at)


@pytest.fixture
def row(rita: User, at: datetime) -> Contribution:
    terms(threshold=2, days=10)
    return published(offered(a_box(at=at), at=at, by=rita), at=at)


def hidden(row: Contribution, by: Actor, since: datetime, until: datetime) -> None:
    """Let a moderator hide it at the one moment and show it again at the other."""
    reason = RefusalReason.objects.get(code="spam")
    hide_contribution(contribution=row, reason=reason, sentence="It advertises.", by=by, at=since)
    restore_contribution(contribution=row, by=by, at=until)


def days_told() -> list[int]:
    entries = Entry.objects.filter(kind=EXTENDED).order_by("pk")
    return [facts_of(entry)["days"] for entry in entries]


def test_while_it_is_hidden_it_is_neither_supported_nor_settled_and_its_time_stands_still(
    row: Contribution, moderator: Actor, at: datetime
) -> None:
    people, until, reason = others(2, at=at), ends(row), RefusalReason.objects.get(code="spam")
    hide_contribution(contribution=row, reason=reason, sentence="It advertises.", by=moderator, at=at)

    with pytest.raises(NotAllowed):
        agree(contribution=row, by=people[0], at=at)
    assert settle_proposals(by=THE_SYSTEM, at=until) == 0
    back = until + 3 * DAY
    restore_contribution(contribution=row, by=moderator, at=back)

    assert ends(row) > back
    assert ends(row) >= until + (back - at)
    assert settle_proposals(by=THE_SYSTEM, at=back) == 0
    for person in people:
        agree(contribution=row, by=person, at=back)
    assert CitizenProposal.objects.get().outcome == "reached"
    assert check_ledger().problem == ""


@pytest.mark.parametrize(("hours", "days"), [(1, 1), (24, 1), (25, 2), (72, 3)])
def test_each_day_begun_is_a_day_more_and_told(
    hours: int, days: int, row: Contribution, moderator: Actor, at: datetime
) -> None:
    until = ends(row)
    hidden(row, moderator, at + DAY, at + DAY + hours * HOUR)

    assert ends(row) == end_of_day(last_day_before(until) + days * DAY)
    assert local(ends(row)).hour == 0
    assert days_told() == [days]
    assert check_ledger().problem == ""


def test_hiding_it_again_and_again_adds_no_day_for_each_time(row: Contribution, moderator: Actor, at: datetime) -> None:
    """What is added in all is what it stood still in all: nobody stretches a period by clicking."""
    until = ends(row)
    for time in range(4):
        hidden(row, moderator, at + time * DAY, at + time * DAY + HOUR)

    assert ends(row) == end_of_day(last_day_before(until) + DAY)
    assert days_told() == [1]
    assert check_ledger().problem == ""


def test_what_had_no_time_left_when_it_was_hidden_has_none_afterwards(
    row: Contribution, moderator: Actor, at: datetime
) -> None:
    until = ends(row)
    hidden(row, moderator, until, until + DAY)

    assert ends(row) == until
    assert days_told() == []
    assert settle_proposals(by=THE_SYSTEM, at=until + DAY) == 1


def test_in_its_last_second_it_still_has_a_day(row: Contribution, moderator: Actor, at: datetime) -> None:
    until = ends(row)
    hidden(row, moderator, until - SECOND, until + HOUR)

    assert ends(row) == end_of_day(last_day_before(until) + DAY)


def test_what_was_settled_is_not_extended(row: Contribution, moderator: Actor, at: datetime) -> None:
    for person in others(2, at=at):
        agree(contribution=row, by=person, at=at)
    until = ends(row)
    hidden(row, moderator, at, at + DAY)

    assert ends(row) == until
    assert days_told() == []
    assert check_ledger().problem == ""


def test_days_added_behind_the_ledger_are_found(row: Contribution, moderator: Actor, at: datetime) -> None:
    hidden(row, moderator, at, at + HOUR)
    CitizenProposal.objects.update(stood_still=3 * DAY)

    assert "itizen proposals" in check_ledger().problem


@pytest.mark.parametrize("language", ["en", "da"])
def test_its_author_is_told_the_new_last_day(
    language: str, row: Contribution, moderator: Actor, rita: User, at: datetime
) -> None:
    User.objects.filter(pk=rita.pk).update(language=language)
    hidden(row, moderator, at, at + HOUR)
    write_mail()
    write_mail()

    told = {"en": "Its last day is now", "da": "Sidste dag er nu"}[language]
    body = OutgoingMail.objects.get(key__startswith="contribution.restored").body
    with override(language):
        assert f"{told} " in body


def test_what_is_no_citizen_proposal_says_nothing_of_it(moderator: Actor, rita: User, at: datetime) -> None:
    row = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at, by=rita)
    hidden(Contribution.stored.get(pk=row.pk), moderator, at, at + HOUR)
    write_mail()
    write_mail()

    assert "last day" not in OutgoingMail.objects.get(key__startswith="contribution.restored").body
