"""Citizen proposals: offered on terms, supported until the last second, settled once, and kept from later settings."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.common.calendar import end_of_day, local
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import (
    agree,
    move_contribution,
    publish_contribution,
    revise_contribution,
    set_suggestion_status,
    settle_proposals,
    submit_contribution,
    take_back_agreement,
)
from apps.discussions.enums import ContributionKind, ProposalOutcome, SuggestionStatus
from apps.discussions.errors import CannotLeave, TermsChanged
from apps.discussions.models import Agreement, CitizenProposal, Contribution
from apps.discussions.queries import Asked, listed_suggestions, personal_data_of, proposals_for_council
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry, EntryActor
from apps.ledger.queries import facts_of
from apps.municipality.models import Municipality
from apps.residency.enums import AgeBand
from apps.residency.models import Residency
from tests import factories, personas
from tests.concurrency import at_once, shared_database
from tests.discussions.moving import Move
from tests.factories.standing import a_box, a_suggestion

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def terms(*, threshold: int = 2, days: int = 10, age: int = 0, taken: bool = True) -> None:
    """Let the municipality take citizen proposals on these terms from now on."""
    facts = {"takes_proposals": taken, "proposal_threshold": threshold, "proposal_days": days}
    facts |= {"proposal_minimum_age": age, "asks_age_band": bool(age), "name": "Havn", "site_name": "Havn"}
    Municipality.objects.update_or_create(pk=1, defaults=facts)
    cache.clear()


def aged(person: User, band: str) -> User:
    """Return the person, who was shown to be of that band of ages."""
    Residency.objects.filter(person=person).update(age_band=band)
    return person


def others(count: int, *, at: datetime) -> list[User]:
    return [personas.resident(at=at, email=f"r{n}@example.org", display_name=f"R {n}") for n in range(count)]


def offered(box: Consultation, *, at: datetime, by: User) -> Contribution:
    """Return a waiting suggestion that was offered as a citizen proposal."""
    return submit_contribution(
        topic=factories.the_topic(box),
        kind=ContributionKind.VIEW,
        body="A bus at night.",
        submission_key=uuid4(),
        as_proposal=True,
        by=by,
        at=at,
    )


def published(row: Contribution, *, at: datetime) -> Contribution:
    by = as_moderator(factories.a_moderator(at))
    publish_contribution(contribution=row, version=row.version, by=by, at=at)
    return row


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="suggestion.").order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def box(at: datetime) -> Consultation:
    terms()
    return a_box(at=at)


@pytest.fixture
def rita(at: datetime) -> User:
    return personas.resident(at=at)


@pytest.fixture
def row(box: Consultation, rita: User, at: datetime) -> Contribution:
    return published(offered(box, at=at, by=rita), at=at)


def ends(row: Contribution) -> datetime:
    found = CitizenProposal.objects.get(contribution=row).ends_at
    assert found is not None
    return found


def test_it_is_offered_on_the_terms_in_force_and_begins_when_everyone_reads_it(
    box: Consultation, rita: User, at: datetime
) -> None:
    row = offered(box, at=at, by=rita)
    proposal = CitizenProposal.objects.get(contribution=row)
    assert (row.kind, proposal.threshold, proposal.days, proposal.starts_at) == ("proposal", 2, 10, None)
    facts = facts_of(Entry.objects.get(kind="suggestion.proposal_offered"))
    assert facts == {"threshold": 2, "days": 10, "minimum_age": 0}

    later = at + timedelta(days=3)
    published(row, at=later)

    proposal.refresh_from_db()
    assert proposal.starts_at == later
    assert proposal.ends_at == end_of_day(local(later).date() + timedelta(days=10))
    assert check_ledger().problem == ""


def test_it_is_not_offered_on_terms_that_its_author_was_not_told(box: Consultation, rita: User, at: datetime) -> None:
    sent: dict[str, Any] = {
        "topic": factories.the_topic(box),
        "kind": ContributionKind.VIEW,
        "body": "A bus.",
        "as_proposal": True,
    }

    with pytest.raises(TermsChanged, match="days to support it: 10 instead of 30"):
        submit_contribution(**sent, submission_key=uuid4(), read_terms="2-30-0", by=rita, at=at)
    assert not Contribution.stored.exists()
    submit_contribution(**sent, submission_key=uuid4(), read_terms="2-10-0", by=rita, at=at)
    assert CitizenProposal.objects.count() == 1


def test_another_setting_changes_nothing_that_is_under_way(row: Contribution, at: datetime) -> None:
    terms(threshold=900, days=400, taken=False)

    for person in others(2, at=at):
        agree(contribution=row, by=person, at=at)

    assert CitizenProposal.objects.get().outcome == ProposalOutcome.REACHED
    assert ends(row) == end_of_day(local(at).date() + timedelta(days=10))


def test_enough_support_is_told_once_and_by_the_system(row: Contribution, at: datetime) -> None:
    people = others(3, at=at)
    agree(contribution=row, by=people[0], at=at)
    assert kinds() == ["suggestion.proposal_offered"]

    agree(contribution=row, by=people[1], at=at)
    agree(contribution=row, by=people[2], at=at)
    take_back_agreement(contribution=row, by=people[0], at=at)
    take_back_agreement(contribution=row, by=people[1], at=at)
    assert settle_proposals(by=THE_SYSTEM, at=ends(row)) == 0

    assert kinds() == ["suggestion.proposal_offered", "suggestion.threshold_reached"]
    entry = Entry.objects.get(kind="suggestion.threshold_reached")
    assert facts_of(entry) == {"count": 2}
    assert not EntryActor.objects.filter(entry=entry, person_id__isnull=False).exists()
    assert check_ledger().problem == ""


def test_it_is_supported_until_the_last_second_of_its_last_day(row: Contribution, at: datetime) -> None:
    first, second = others(2, at=at)

    agree(contribution=row, by=first, at=ends(row) - SECOND)
    take_back_agreement(contribution=row, by=first, at=ends(row) - SECOND)
    agree(contribution=row, by=first, at=ends(row) - SECOND)
    for deed, person in ((agree, second), (take_back_agreement, first)):
        with pytest.raises(NotAllowed, match="last day"):
            deed(contribution=row, by=person, at=ends(row))
    assert Agreement.objects.count() == 1


def test_without_enough_support_in_time_that_is_told_once(row: Contribution, at: datetime) -> None:
    first, second = others(2, at=at)
    agree(contribution=row, by=first, at=at)

    assert settle_proposals(by=THE_SYSTEM, at=ends(row) - SECOND) == 0
    assert settle_proposals(by=THE_SYSTEM, at=ends(row)) == 1
    assert settle_proposals(by=THE_SYSTEM, at=ends(row) + SECOND) == 0

    assert facts_of(Entry.objects.get(kind="suggestion.proposal_lapsed")) == {"count": 1}
    # A click of the last second that came to the lock after the sweep is too late as well: it was told.
    with pytest.raises(NotAllowed):
        agree(contribution=row, by=second, at=ends(row) - SECOND)
    assert check_ledger().problem == ""


def test_nobody_supports_twice_or_their_own(row: Contribution, rita: User, at: datetime) -> None:
    [person] = others(1, at=at)

    assert agree(contribution=row, by=person, at=at)
    assert not agree(contribution=row, by=person, at=at)
    with pytest.raises(NotAllowed):
        agree(contribution=row, by=rita, at=at)
    assert CitizenProposal.objects.get().outcome == ""


@pytest.mark.parametrize("who", ["unverified", "official", "speaker"])
def test_only_verified_residents_offer_one(who: str, box: Consultation, at: datetime) -> None:
    person = factories.an_official(at) if who == "official" else getattr(personas, who)(at=at)

    with pytest.raises(NotAllowed, match="verified residents can offer"):
        offered(box, at=at, by=person)
    assert not Contribution.stored.exists()


def test_where_none_are_taken_none_is_offered(box: Consultation, topic: Topic, rita: User, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="No citizen proposals"):
        offered(topic.consultation, at=at, by=rita)
    terms(taken=False)
    with pytest.raises(NotAllowed, match="No citizen proposals"):
        offered(box, at=at, by=rita)


@pytest.mark.parametrize(
    ("band", "says"),
    [("", "not known here"), (AgeBand.UNDER_18, "you had not"), (AgeBand.TO_29, ""), (AgeBand.FROM_65, "")],
)
def test_who_supports_or_offers_is_of_the_age(
    band: str, says: str, box: Consultation, rita: User, at: datetime
) -> None:
    terms(age=18)
    row = published(offered(box, at=at, by=aged(rita, AgeBand.TO_44)), at=at)
    [person] = others(1, at=at)
    aged(person, band)

    if not says:
        assert agree(contribution=row, by=person, at=at)
        assert offered(box, at=at, by=person)
        return
    with pytest.raises(NotAllowed, match=says):
        agree(contribution=row, by=person, at=at)
    with pytest.raises(NotAllowed, match=says):
        offered(box, at=at, by=person)


def test_it_stays_in_the_box_and_goes_to_another_topic_of_it(
    row: Contribution, there: Topic, move: Move, at: datetime
) -> None:
    with pytest.raises(CannotLeave, match="only the suggestion box"):
        move(row, there)

    nature = Topic.objects.get(consultation=row.consultation, title="Nature")
    by = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=row, to=nature, with_replies=False, by=by, at=at)
    agree(contribution=row, by=others(1, at=at)[0], at=at)
    assert check_ledger().problem == ""


def test_its_author_can_change_its_words_and_not_what_it_is(box: Consultation, rita: User, at: datetime) -> None:
    row = offered(box, at=at, by=rita)

    revise_contribution(contribution=row, kind=ContributionKind.QUESTION, body="A bus at ten.", by=rita, at=at)

    assert (row.body, row.kind) == ("A bus at ten.", "proposal")
    published(row, at=at)
    assert ends(row)


def test_a_reply_is_no_citizen_proposal(row: Contribution, rita: User, at: datetime) -> None:
    reply = submit_contribution(
        topic=row.topic,
        kind=ContributionKind.VIEW,
        body="Which line?",
        in_reply_to=row,
        submission_key=uuid4(),
        as_proposal=True,
        by=rita,
        at=at,
    )

    assert not CitizenProposal.objects.filter(contribution=reply).exists()


def test_support_moves_nothing_up(box: Consultation, row: Contribution, at: datetime) -> None:
    a_suggestion(box, at=at)
    for person in others(2, at=at):
        agree(contribution=row, by=person, at=at)

    assert [found.number for found in listed_suggestions(box, Asked(), before=None, limit=9, at=at)] == [2, 1]


def test_the_council_has_to_answer_until_an_official_says_so(row: Contribution, at: datetime) -> None:
    assert proposals_for_council() == []
    for person in others(2, at=at):
        agree(contribution=row, by=person, at=at)
    assert [found.contribution.number for found in proposals_for_council()] == [1]
    by = factories.an_official(at)

    set_suggestion_status(contribution=row, status=SuggestionStatus.LOOKED_AT, by=by, at=at)
    assert len(proposals_for_council()) == 1
    set_suggestion_status(contribution=row, status=SuggestionStatus.TO_COUNCIL, by=by, at=at + SECOND)
    assert proposals_for_council() == []
    assert check_ledger().problem == ""


def test_terms_or_an_end_that_were_changed_behind_the_ledger_are_found(row: Contribution) -> None:
    CitizenProposal.objects.update(threshold=1)
    assert "itizen proposals" in check_ledger().problem


def test_the_author_gets_the_terms_in_their_copy_and_no_supporter(row: Contribution, rita: User, at: datetime) -> None:
    [person] = others(1, at=at)
    agree(contribution=row, by=person, at=at)

    copy = personal_data_of(rita, at=at)
    assert copy[0]["citizen_proposal"]["supporters_needed"] == 2
    assert person.email not in str(copy)


@pytest.mark.django_db(transaction=True)
def test_two_supporters_at_once_reach_it_once(at: datetime, tmp_path: Path) -> None:
    terms(threshold=2)
    row = published(offered(a_box(at=at), at=at, by=personas.resident(at=at)), at=at)
    people = others(3, at=at)

    def supporting(person: User) -> object:
        return lambda: agree(contribution=Contribution.stored.get(pk=row.pk), by=person, at=at)

    with shared_database(tmp_path):
        works = [supporting(person) for person in people]
        assert not at_once(*works, lambda: settle_proposals(by=THE_SYSTEM, at=at))  # type: ignore[arg-type]

        assert kinds().count("suggestion.threshold_reached") == 1
        assert Agreement.objects.count() == 3
        assert check_ledger().problem == ""
