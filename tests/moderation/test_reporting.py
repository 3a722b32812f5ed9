"""Reports: anyone tells the moderators about a text; however many do, nothing is hidden by that."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, settle_reports, submit_report
from apps.moderation.enums import Outcome
from apps.moderation.errors import AlreadySettled, UnfitWords
from apps.moderation.models import Report, ReportCase
from apps.municipality.queries import due_after
from tests import factories
from tests.moderation.cases import STAYS, a_neighbour, a_notice, a_report, left
from tests.moderation.desk import SENTENCE, a_reason

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at)


def _entries(kind: str) -> list[Entry]:
    return list(Entry.objects.filter(kind=kind).order_by("pk"))


def test_a_report_opens_a_case_and_the_text_stays(published: Contribution, at: datetime) -> None:
    report = a_report(published, at=at, by=a_neighbour(at))

    published.refresh_from_db()
    assert published.is_published
    assert report.case.is_open
    assert report.case.due_at == due_after(at, hours=4)
    [entry] = _entries("report.received")
    assert (entry.subject_id, entry.consultation_id, entry.topic_id, entry.number) == (report.pk, None, None, None)


def test_a_thousand_reports_hide_nothing_and_make_one_case(published: Contribution, at: datetime) -> None:
    for number in range(1_000):
        a_report(published, at=at, email=f"brigade{number}@example.org")

    published.refresh_from_db()
    published.topic.refresh_from_db()
    assert published.is_published
    assert published.topic.published_count == 1
    assert ReportCase.objects.get().reports.count() == 1_000
    assert len(_entries("report.received")) == 1_000
    assert not _entries("contribution.hidden")


def test_the_same_click_or_person_twice_is_one_report(published: Contribution, at: datetime) -> None:
    notice, nora = a_notice(), a_neighbour(at)
    first = submit_report(contribution=published, notice=notice, by=None, at=at)
    mine = a_report(published, at=at, by=nora)

    assert submit_report(contribution=published, notice=notice, by=None, at=at) == first
    assert a_report(published, at=at, by=nora) == mine
    assert Report.objects.count() == 2
    assert len(_entries("report.received")) == 2


def test_who_reported_what_was_left_gets_their_report_again(published: Contribution, at: datetime) -> None:
    report = left(a_report(published, at=at, by=a_neighbour(at)), at=at)

    assert a_report(published, at=at, by=a_neighbour(at)) == report
    assert a_report(published, at=at, by=a_neighbour(at, "nina")).case != report.case


def test_what_is_not_public_cannot_be_reported(topic: Topic, published: Contribution, at: datetime) -> None:
    author = factories.a_writer(at)
    withdrawn = factories.a_published(topic, at=at)
    withdraw_contribution(contribution=withdrawn, by=author, at=at)
    texts = [factories.a_contribution(topic, at=at), factories.a_refused(topic, at=at), withdrawn]

    for text in (*texts, factories.an_answer(published, at=at)):
        with pytest.raises(NotAllowed):
            a_report(text, at=at)
    with pytest.raises(NotAllowed, match="withdraw"):
        a_report(published, at=at, by=author)
    assert not ReportCase.objects.exists()


def test_identity_numbers_are_not_stored(published: Contribution, at: datetime) -> None:
    with pytest.raises(UnfitWords, match="CPR"):
        submit_report(contribution=published, notice=a_notice(explanation="He is 010190-1234"), by=None, at=at)

    assert not Report.objects.exists()


def test_a_moderator_leaves_the_text_with_a_sentence(published: Contribution, at: datetime) -> None:
    report = a_report(published, at=at)
    case = report.case

    with pytest.raises(UnfitWords):
        settle_reports(case=case, sentence=" ", by=factories.a_moderator(at), at=at)
    settle_reports(case=case, sentence=STAYS, by=factories.a_moderator(at), at=at)

    assert (case.outcome, case.sentence, case.settled_at) == ("left", STAYS, at)
    [entry] = _entries("report.settled")
    assert (entry.number, entry.consultation_id) == (None, None)
    assert "left" in entry.payload
    with pytest.raises(AlreadySettled):
        settle_reports(case=case, sentence=STAYS, by=factories.another_moderator(at), at=at)


def test_hiding_the_text_settles_its_reports(published: Contribution, at: datetime) -> None:
    case = a_report(published, at=at).case
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)

    decide_contribution(contribution=published, ruling=hide, by=factories.a_moderator(at), at=at)

    case.refresh_from_db()
    assert case.outcome == "acted"
    assert published.status == ContributionStatus.HIDDEN
    assert len(_entries("report.settled")) == 1


def test_what_is_gone_meanwhile_needs_no_words(published: Contribution, at: datetime) -> None:
    case = a_report(published, at=at).case
    withdraw_contribution(contribution=published, by=factories.a_writer(at), at=at)
    case.contribution.refresh_from_db()

    settle_reports(case=case, sentence="", by=factories.a_moderator(at), at=at)

    assert case.outcome == "gone"


def test_nobody_settles_reports_on_their_own_text_or_of_their_own(topic: Topic, at: datetime) -> None:
    moderator = factories.a_moderator(at)
    theirs = a_report(factories.a_published(topic, at=at, by=moderator), at=at).case
    elsewhere = factories.the_topic(factories.a_hearing(at=at))
    reported = a_report(factories.a_published(elsewhere, at=at), at=at, by=moderator).case

    for case, sentence in ((theirs, "wrote this yourself"), (reported, "reported this yourself")):
        with pytest.raises(NotAllowed, match=sentence):
            settle_reports(case=case, sentence=STAYS, by=moderator, at=at)
    with pytest.raises(NotAllowed):
        settle_reports(case=reported, sentence=STAYS, by=factories.a_writer(at), at=at)


def test_the_database_keeps_one_open_case(published: Contribution, at: datetime) -> None:
    a_report(published, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        ReportCase.objects.create(contribution=published, opened_at=at, due_at=at)


def test_no_entry_tells_which_text_was_reported_or_by_whom(published: Contribution, at: datetime) -> None:
    nora = a_neighbour(at)
    left(a_report(published, at=at, by=nora), at=at + timedelta(hours=1))

    for entry in Entry.objects.filter(kind__startswith="report."):
        assert (entry.number, entry.topic_id, entry.consultation_id) == (None, None, None)
        assert entry.payload in {"{}", '{"outcome":"left"}'}
