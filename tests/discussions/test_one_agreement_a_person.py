"""One person, one agreement: whoever moves their residency from account to account is counted once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    agree,
    count_agreements,
    set_suggestion_status,
    settle_proposals,
    take_back_agreement,
)
from apps.discussions.enums import SuggestionStatus
from apps.discussions.models import Agreement, CitizenProposal, Contribution
from apps.discussions.queries import Asked, listed_suggestions, proposals_among, sums_told
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import Municipality
from apps.residency.actions import end_own_residency, verify_with_mitid
from apps.residency.enums import EndReason
from apps.residency.models import Residency
from apps.residency.queries import residency_of
from tests import factories, personas
from tests.discussions.test_proposals import offered, published, terms
from tests.factories.standing import a_box, a_suggestion
from tests.personas import Viewer
from tests.residency.verified import CODE, account, evidence

pytestmark = pytest.mark.django_db
Browser = Callable[[Viewer], Client]
AFTER = timedelta(days=30)
NEEDED = 3


@pytest.fixture
def box(at: datetime) -> Consultation:
    terms(threshold=NEEDED)
    return a_box(at=at)


@pytest.fixture
def row(box: Consultation, at: datetime) -> Contribution:
    return published(offered(box, at=at, by=personas.resident(at=at)), at=at)


def moving_on(row: Contribution, *, at: datetime) -> list[User]:
    """Let one person agree on as many accounts as a proposal needs supporters, moving their residency each time."""
    Municipality.objects.update_or_create(pk=1, defaults={"code": CODE})
    cache.clear()
    accounts = [account(at, number=number) for number in range(NEEDED)]
    for person in accounts:
        verify_with_mitid(person=person, evidence=evidence(), at=at, moves=True)
        assert agree(contribution=row, by=person, at=at)
    assert Agreement.objects.filter(contribution=row).count() == NEEDED
    return accounts


def last_count(kind: str) -> object:
    return facts_of(Entry.objects.filter(kind=kind).latest("pk"))["count"]


def test_one_person_on_many_accounts_does_not_fill_a_threshold(row: Contribution, at: datetime) -> None:
    moving_on(row, at=at)
    assert CitizenProposal.objects.get().outcome == ""
    assert settle_proposals(by=THE_SYSTEM, at=at) == 0

    assert settle_proposals(by=THE_SYSTEM, at=at + AFTER) == 1

    assert last_count("suggestion.proposal_lapsed") == 1
    assert check_ledger().problem == ""


def test_how_far_it_has_come_shows_one(box: Consultation, row: Contribution, as_seen_by: Browser, at: datetime) -> None:
    moving_on(row, at=at)

    [listed] = listed_suggestions(box, Asked(), before=None, limit=9, at=at)
    assert vars(listed)["supporters"] == 1
    assert vars(proposals_among([row.pk], at=at)[row.pk])["agreed"] == 1
    reader = as_seen_by(personas.anonymous(at=at))
    for address in ("/en/suggestions/", "/en/consultations/suggestions/topics/roads/"):
        assert "1 of 3 verified residents supports it" in reader.get(address).content.decode()


def test_ending_it_on_one_account_and_showing_it_on_another_is_no_way_round(row: Contribution, at: datetime) -> None:
    Municipality.objects.filter(pk=1).update(code=CODE)
    cache.clear()
    for number in range(NEEDED):
        person = account(at, number=number)
        held = verify_with_mitid(person=person, evidence=evidence(), at=at)
        agree(contribution=row, by=person, at=at)
        assert end_own_residency(residency=held, by=person, at=at)

    assert CitizenProposal.objects.get().outcome == ""
    assert vars(proposals_among([row.pk], at=at)[row.pk])["agreed"] == 0


def test_who_moves_back_is_counted_again_and_once(row: Contribution, at: datetime) -> None:
    first, *_others = moving_on(row, at=at)

    verify_with_mitid(person=first, evidence=evidence(), at=at, moves=True)

    assert vars(proposals_among([row.pk], at=at)[row.pk])["agreed"] == 1
    assert not agree(contribution=row, by=first, at=at)


def test_it_counts_while_the_residency_holds_and_again_once_it_is_renewed(row: Contribution, at: datetime) -> None:
    [*_others, last] = moving_on(row, at=at)
    held = residency_of(last, at=at)
    assert held is not None

    def supporters(moment: datetime) -> int:
        return int(vars(proposals_among([row.pk], at=moment)[row.pk])["agreed"])

    assert supporters(held.expires_at - timedelta(seconds=1)) == 1
    assert supporters(held.expires_at) == 0
    verify_with_mitid(person=last, evidence=evidence(), at=held.expires_at)
    assert supporters(held.expires_at) == 1


def test_the_sum_of_a_hearing_counts_the_person_once(topic: Topic, at: datetime) -> None:
    row = Contribution.stored.get(pk=factories.a_published(topic, at=at).pk)
    moving_on(row, at=at)

    assert count_agreements(by=THE_SYSTEM, at=at + AFTER) == 1

    assert last_count("agreement.counted") == 1
    consultation = Consultation.objects.get(pk=row.consultation_id)
    assert sums_told(consultation, phases_of(consultation), [row], at=at + AFTER) == {row.pk: 1}


def test_the_sum_of_an_answered_suggestion_counts_the_person_once(box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    moving_on(row, at=at)
    by = factories.an_official(at)

    set_suggestion_status(contribution=row, status=SuggestionStatus.LOOKED_AT, by=by, at=at)

    assert last_count("agreement.counted") == 1
    assert sums_told(box, (), [row], at=at) == {row.pk: 1}
    [listed] = listed_suggestions(box, Asked(), before=None, limit=9, at=at)
    assert vars(listed)["agreed"] == 1


@pytest.fixture
def own(box: Consultation, at: datetime) -> Contribution:
    """A proposal that Ida offered on her first account, before she moved her residency to the second."""
    Municipality.objects.filter(pk=1).update(code=CODE)
    cache.clear()
    first, second = account(at, number=1), account(at, number=2)
    verify_with_mitid(person=first, evidence=evidence(), at=at)
    own = published(offered(box, at=at, by=first), at=at)
    verify_with_mitid(person=second, evidence=evidence(), at=at, moves=True)
    return own


def test_who_moves_their_residency_does_not_support_their_own_proposal(own: Contribution, at: datetime) -> None:
    second = User.objects.get(email="ida2@example.org")

    with pytest.raises(NotAllowed, match="on another account"):
        agree(contribution=own, by=second, at=at)
    assert not Agreement.objects.exists()
    # Whoever agreed before that was known may take it back.
    Agreement.objects.create(contribution=own, person=second, agreed_at=at)
    assert take_back_agreement(contribution=own, by=second, at=at)


def test_somebody_else_or_what_was_granted_by_mistake_is_no_author(own: Contribution, at: datetime) -> None:
    other, second = account(at, "ole"), User.objects.get(email="ida2@example.org")
    verify_with_mitid(person=other, evidence=evidence("ole"), at=at)

    assert agree(contribution=own, by=other, at=at)
    Residency.objects.filter(person=own.author).update(end_reason=EndReason.MISTAKE)
    assert agree(contribution=own, by=second, at=at)


def test_an_account_that_speaks_for_an_association_counts_for_nobody(row: Contribution, at: datetime) -> None:
    speaker = personas.speaker(at=at)
    Agreement.objects.create(contribution=row, person=speaker, agreed_at=at)
    Residency.objects.create(
        person=speaker, method="desk", municipality_code=CODE, verified_at=at, expires_at=at + AFTER
    )

    assert vars(proposals_among([row.pk], at=at)[row.pk])["agreed"] == 0


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_one_and_of_three_costs_the_same(
    count: int, box: Consultation, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    rita, person = personas.resident(at=at), personas.resident(at=at, email="r@example.org", display_name="Rolf")
    for _each in range(count):
        agree(contribution=published(offered(box, at=at, by=rita), at=at), by=person, at=at)
    reader = as_seen_by(personas.anonymous(at=at))
    reader.get("/en/suggestions/")

    with django_assert_num_queries(7):
        reader.get("/en/suggestions/")
