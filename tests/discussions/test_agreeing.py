"""Agreeing: one verified resident, once, taken back at will; told to nobody before its time, and it orders nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.consultations.actions import PhaseDates, set_phases
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import phases_of
from apps.discussions.actions import (
    agree,
    count_agreements,
    forget_agreements,
    set_suggestion_status,
    take_back_agreement,
)
from apps.discussions.enums import Order, SuggestionStatus
from apps.discussions.models import Agreement, AgreementSum, Contribution
from apps.discussions.queries import agreements_of, sums_told, thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.discussions.moving import Move
from tests.factories.standing import a_box, a_post, a_suggestion
from tests.personas import Viewer

pytestmark = pytest.mark.django_db
Browser = Callable[[Viewer], Client]
AFTER = timedelta(days=30)


@pytest.fixture
def rita(at: datetime) -> User:
    return personas.resident(at=at)


@pytest.fixture
def row(topic: Topic, at: datetime) -> Contribution:
    return Contribution.stored.get(pk=factories.a_published(topic, at=at, body="More trees.").pk)


def told(row: Contribution, at: datetime) -> int | None:
    consultation = Consultation.objects.get(pk=row.consultation_id)
    return sums_told(consultation, phases_of(consultation), [row], at=at).get(row.pk)


def test_a_resident_agrees_once_and_takes_it_back(row: Contribution, rita: User, at: datetime) -> None:
    assert agree(contribution=row, by=rita, at=at)
    assert not agree(contribution=row, by=rita, at=at)
    assert Agreement.objects.count() == 1
    assert take_back_agreement(contribution=row, by=rita, at=at)
    assert not take_back_agreement(contribution=row, by=rita, at=at)
    assert Agreement.objects.count() == 0


def test_neither_leaves_an_entry_from_which_it_could_be_counted(row: Contribution, rita: User, at: datetime) -> None:
    before = Entry.objects.count()

    agree(contribution=row, by=rita, at=at)
    take_back_agreement(contribution=row, by=rita, at=at)

    assert Entry.objects.count() == before


@pytest.mark.parametrize("who", ["unverified", "speaker", "official", "moderator", "administrator", "superuser"])
def test_nobody_else_agrees(who: str, row: Contribution, at: datetime) -> None:
    known = {"official": factories.an_official, "moderator": factories.a_moderator}
    person = known[who](at) if who in known else getattr(personas, who)(at=at, **_other(who))

    with pytest.raises(NotAllowed):
        agree(contribution=row, by=person, at=at)
    assert not Agreement.objects.exists()


def _other(who: str) -> dict[str, str]:
    return {"email": "other@example.org"} if who == "unverified" else {}


def test_nobody_agrees_with_themselves_an_answer_or_what_is_not_public(topic: Topic, rita: User, at: datetime) -> None:
    own = factories.a_published(topic, at=at, by=rita)
    answer = factories.an_answer(factories.a_published(topic, at=at), at=at)
    others = [own, answer, factories.a_contribution(topic, at=at), factories.a_refused(topic, at=at)]
    below_news = factories.a_published(factories.the_topic(a_post(at=at)), at=at)

    for other in [*others, below_news]:
        with pytest.raises(NotAllowed):
            agree(contribution=other, by=rita, at=at)


def test_after_the_deadline_nothing_changes(row: Contribution, rita: User, at: datetime) -> None:
    agree(contribution=row, by=rita, at=at)

    for deed in (agree, take_back_agreement):
        with pytest.raises(NotAllowed):
            deed(contribution=row, by=rita, at=at + AFTER)
    assert Agreement.objects.count() == 1


def test_the_sum_of_a_hearing_is_told_once_it_is_over(row: Contribution, rita: User, at: datetime) -> None:
    agree(contribution=row, by=rita, at=at)
    assert count_agreements(by=THE_SYSTEM, at=at) == 0
    assert told(row, at) is None

    assert count_agreements(by=THE_SYSTEM, at=at + AFTER) == 1
    assert count_agreements(by=THE_SYSTEM, at=at + AFTER) == 0

    entry = Entry.objects.latest("pk")
    assert (entry.kind, entry.number, facts_of(entry)) == ("agreement.counted", row.number, {"count": 1})
    assert told(row, at + AFTER) == 1
    assert check_ledger().problem == ""


def test_a_hearing_that_is_opened_again_hides_and_counts_again(row: Contribution, rita: User, at: datetime) -> None:
    agree(contribution=row, by=rita, at=at)
    later = at + AFTER
    count_agreements(by=THE_SYSTEM, at=later)
    hearing = row.consultation
    again = PhaseDates(title="Again", opens_at=later, closes_at=later + timedelta(days=9), accepts_contributions=True)
    before = [
        PhaseDates(title=p.title, opens_at=p.opens_at, closes_at=p.closes_at, accepts_contributions=True)
        for p in phases_of(hearing)
    ]
    set_phases(consultation=hearing, phases=[*before, again], by=factories.an_official(at), at=later)

    assert told(row, later) is None
    take_back_agreement(contribution=row, by=rita, at=later)
    assert count_agreements(by=THE_SYSTEM, at=later) == 0
    assert count_agreements(by=THE_SYSTEM, at=later + AFTER) == 1
    assert told(row, later + AFTER) == 0
    assert check_ledger().problem == ""


def test_a_sum_that_was_changed_behind_the_ledger_is_found(row: Contribution, rita: User, at: datetime) -> None:
    agree(contribution=row, by=rita, at=at)
    count_agreements(by=THE_SYSTEM, at=at + AFTER)
    AgreementSum.objects.update(told=400)

    assert "ow many agree with its contributions" in check_ledger().problem


def test_of_a_suggestion_it_is_told_after_the_answer(rita: User, at: datetime) -> None:
    answered, said, neither = (a_suggestion(box, at=at) for box in [a_box(at=at)] * 3)
    for row in (answered, said, neither):
        agree(contribution=row, by=rita, at=at)
        assert told(row, at) is None

    factories.an_answer(answered, at=at)
    official = factories.an_official(at)
    set_suggestion_status(contribution=said, status=SuggestionStatus.LOOKED_AT, by=official, at=at)

    assert [told(row, at) for row in (answered, said, neither)] == [1, 1, None]
    counted = Entry.objects.filter(kind="agreement.counted").order_by("number")
    assert [(entry.number, facts_of(entry)["count"]) for entry in counted] == [(1, 1), (2, 1)]
    assert check_ledger().problem == ""


def test_no_page_of_anybody_shows_a_count_while_the_hearing_is_open(
    row: Contribution, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    agree(contribution=row, by=rita, at=at)
    thread = f"/en/consultations/{row.consultation.slug}/topics/{row.topic.slug}/"

    for viewer in (personas.anonymous(at=at), rita, factories.an_official(at), factories.a_moderator(at)):
        assert "resident agrees" not in as_seen_by(viewer).get(thread).content.decode()


def test_the_button_is_for_residents_and_works_without_script(
    row: Contribution, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    thread = f"/en/consultations/{row.consultation.slug}/topics/{row.topic.slug}/"
    address = f"/en/consultations/{row.consultation.slug}/c/{row.number}/agree/"
    reader, resident = as_seen_by(personas.anonymous(at=at)), as_seen_by(rita)

    assert address not in reader.get(thread).content.decode()
    assert 'aria-pressed="false"' in resident.get(thread).content.decode()
    resident.post(address)
    assert 'aria-pressed="true"' in resident.get(thread).content.decode()
    resident.post(address, {"take_back": "1"})
    assert not Agreement.objects.exists()
    assert reader.post(address).status_code == 302


def test_a_second_click_says_how_it_stands(row: Contribution, rita: User, as_seen_by: Browser) -> None:
    resident, address = as_seen_by(rita), f"/en/consultations/{row.consultation.slug}/c/{row.number}/agree/"

    says = [
        resident.post(address, sent, follow=True).content.decode()
        for sent in ({}, {}, {"take_back": "1"}, {"take_back": "1"})
    ]

    assert "You agree with no. 1. You can" in says[0]
    assert "You agree with no. 1 already, and it counts once." in says[1]
    assert "You no longer agree with no. 1." in says[2]
    assert "there was nothing to take back" in says[3]
    assert not Agreement.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_resident_reads_one_and_three_at_the_same_cost(  # noqa: PLR0917 - fixtures
    count: int, topic: Topic, rita: User, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(count):
        agree(contribution=factories.a_published(topic, at=at), by=rita, at=at)
    resident = as_seen_by(rita)
    address = f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/"
    resident.get(address)

    with django_assert_num_queries(11):
        resident.get(address)


def test_it_moves_nothing(topic: Topic, rita: User, at: datetime) -> None:
    rows = [factories.a_published(topic, at=at) for _each in range(3)]
    before = [[row.number for row in thread_page(topic, order=order).rows] for order in Order]

    agree(contribution=rows[1], by=rita, at=at)
    agree(contribution=rows[2], by=rita, at=at)

    assert [[row.number for row in thread_page(topic, order=order).rows] for order in Order] == before


def test_it_goes_along_with_a_text_that_moves_and_its_sum_does_not(
    here: Topic, there: Topic, move: Move, rita: User, at: datetime
) -> None:
    row = factories.a_published(here, at=at)
    agree(contribution=row, by=rita, at=at)

    move(row, there)

    assert [told["number"] for told in agreements_of(rita)] == [row.number]
    assert not AgreementSum.objects.exists()
    assert check_ledger().problem == ""


def test_who_leaves_agrees_with_nothing_and_what_was_told_stays(row: Contribution, rita: User, at: datetime) -> None:
    agree(contribution=row, by=rita, at=at)
    count_agreements(by=THE_SYSTEM, at=at + AFTER)

    assert forget_agreements(person=rita) == 1

    assert not Agreement.objects.exists()
    assert told(row, at + AFTER) == 1
    assert check_ledger().problem == ""
