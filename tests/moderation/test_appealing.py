"""Appeals: another moderator than the first decides; a reversal puts right what was wrong, and everyone sees it."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.permissions import why_not
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionStatus
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_appeal, decide_contribution, erase_text, submit_appeal
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.errors import AlreadySettled, ReasonMissing, TooLateToAppeal, UnfitWords
from apps.moderation.models import Appeal
from apps.moderation.queries import decision_to_appeal
from apps.moderation.rules import APPEAL_TAKEN
from apps.municipality.queries import due_after
from tests import factories
from tests.moderation.cases import (
    APPEALED,
    REASONS,
    AppealRuling,
    a_neighbour,
    a_report,
    a_report_appeal,
    an_appeal,
    left,
    refused_by_moderator,
    reverse,
    uphold,
)
from tests.moderation.desk import SENTENCE, a_reason

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


LATER = timedelta(days=1)


@pytest.fixture
def refused(topic: Topic, at: datetime) -> Contribution:
    return refused_by_moderator(topic, at=at)


def _kinds(number: int | None) -> list[str]:
    return list(Entry.objects.filter(number=number).order_by("pk").values_list("kind", flat=True))


def test_an_appeal_is_received_with_its_due_time(refused: Contribution, at: datetime) -> None:
    appeal = an_appeal(refused, at=at + LATER)

    assert appeal.is_open
    assert appeal.first_decided_by == factories.a_moderator(at)
    assert appeal.due_at == due_after(at + LATER, hours=40)
    assert _kinds(refused.number)[-1] == "appeal.received"
    refused.refresh_from_db()
    assert refused.status == ContributionStatus.REFUSED
    assert an_appeal(refused, at=at + LATER) == appeal
    assert _kinds(refused.number).count("appeal.received") == 1


def test_a_reversal_shows_the_text_at_its_place(refused: Contribution, colleague: User, at: datetime) -> None:
    appeal = an_appeal(refused, at=at)

    decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at + LATER)

    refused.refresh_from_db()
    assert (refused.is_published, refused.number, refused.refusal_reason) == (True, 1, None)
    assert "appeal" in refused.note
    assert (appeal.outcome, appeal.sentence, appeal.decided_by) == ("reversed", REASONS, colleague)
    assert _kinds(1)[-2:] == ["appeal.reversed", "contribution.restored"]
    refused.topic.refresh_from_db()
    assert refused.topic.published_count == 1


def test_what_was_hidden_comes_back_too(topic: Topic, colleague: User, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=text, ruling=hide, by=factories.a_moderator(at), at=at)

    decide_appeal(appeal=an_appeal(text, at=at), ruling=reverse(), by=colleague, at=at)

    text.refresh_from_db()
    assert text.is_published


def test_an_appeal_that_is_upheld_changes_nothing(refused: Contribution, colleague: User, at: datetime) -> None:
    appeal = an_appeal(refused, at=at)

    decide_appeal(appeal=appeal, ruling=uphold(), by=colleague, at=at)

    refused.refresh_from_db()
    assert refused.status == ContributionStatus.REFUSED
    assert _kinds(1)[-1] == "appeal.upheld"
    with pytest.raises(AlreadySettled):
        decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at)
    assert not refused.is_published


def test_the_same_moderator_is_refused_by_rule_and_by_database(refused: Contribution, at: datetime) -> None:
    appeal, first = an_appeal(refused, at=at), factories.a_moderator(at)

    assert "You made the decision" in str(why_not("moderation.decide_appeal", first, appeal))
    with pytest.raises(NotAllowed, match="You made the decision"):
        decide_appeal(appeal=appeal, ruling=reverse(), by=first, at=at)
    with pytest.raises(IntegrityError, match="appeal_decided_by_another"), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(
            decided_by=first, decided_at=at, outcome=AppealOutcome.REVERSED, sentence=REASONS
        )


def test_the_time_to_appeal_is_half_a_year(refused: Contribution, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="six months"):
        an_appeal(refused, at=at + APPEAL_TAKEN)

    assert an_appeal(refused, at=at + APPEAL_TAKEN - timedelta(seconds=1))


def test_nobody_appeals_for_somebody_else(refused: Contribution, at: datetime) -> None:
    decision = decision_to_appeal(refused)
    assert decision

    for other in (a_neighbour(at), factories.a_moderator(at), factories.an_official(at)):
        with pytest.raises(NotAllowed, match="Only its author"):
            submit_appeal(decision=decision, text=APPEALED, by=other, at=at)


@pytest.mark.parametrize("text", ["", "  \n", "My number is 010190-1234"])
def test_an_unfit_appeal_is_not_kept(text: str, refused: Contribution, at: datetime) -> None:
    decision = decision_to_appeal(refused)
    assert decision

    with pytest.raises(UnfitWords):
        submit_appeal(decision=decision, text=text, by=factories.a_writer(at), at=at)
    assert not Appeal.objects.exists()


def test_an_appeal_needs_reasons_and_a_moderator(refused: Contribution, colleague: User, at: datetime) -> None:
    appeal = an_appeal(refused, at=at)

    for sentence in (" ", "Call 12 34 56 78"):
        with pytest.raises(UnfitWords):
            decide_appeal(
                appeal=appeal, ruling=AppealRuling(outcome=AppealOutcome.UPHELD, sentence=sentence), by=colleague, at=at
            )
    with pytest.raises(NotAllowed):
        decide_appeal(appeal=appeal, ruling=uphold(), by=factories.an_official(at), at=at)
    appeal.refresh_from_db()
    assert appeal.is_open


def test_an_erased_text_cannot_come_back_and_its_appeal_is_closed(
    refused: Contribution, colleague: User, at: datetime
) -> None:
    appeal = an_appeal(refused, at=at)
    erase_text(erasure=factories.proposal(refused, at=at), by=colleague, at=at)

    appeal.refresh_from_db()
    assert (appeal.text, appeal.outcome, appeal.decided_by, appeal.sentence) == ("", "lapsed", None, "")
    assert _kinds(1)[-2:] == ["contribution.erased", "appeal.lapsed"]
    with pytest.raises(AlreadySettled):
        decide_appeal(appeal=appeal, ruling=reverse(), by=colleague, at=at)


def test_a_reporter_appeals_what_was_left_and_it_is_hidden(topic: Topic, colleague: User, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    first = a_report(text, at=at, by=a_neighbour(at))
    second = a_report(text, at=at, email="someone@example.org")
    with pytest.raises(TooLateToAppeal):
        a_report_appeal(first, at=at)
    left(first, at=at)
    second.case.refresh_from_db()
    appeals = [a_report_appeal(report, at=at) for report in (first, second)]

    with pytest.raises(NotAllowed, match="You made the decision"):
        decide_appeal(appeal=appeals[0], ruling=reverse("personal_attack"), by=factories.a_moderator(at), at=at)
    with pytest.raises(ReasonMissing):
        decide_appeal(appeal=appeals[0], ruling=reverse(), by=colleague, at=at)
    decide_appeal(appeal=appeals[0], ruling=reverse("personal_attack"), by=colleague, at=at)

    text.refresh_from_db()
    assert (text.status, text.refusal_sentence) == (ContributionStatus.HIDDEN, REASONS)
    assert [row.outcome for row in Appeal.objects.order_by("pk")] == ["reversed", "reversed"]
    assert "appeal.reversed" not in _kinds(text.number)
    assert _kinds(None).count("appeal.reversed") == 2


def test_a_reporter_appeals_within_half_a_year(topic: Topic, at: datetime) -> None:
    report = left(a_report(factories.a_published(topic, at=at), at=at), at=at)

    with pytest.raises(TooLateToAppeal, match="six months"):
        a_report_appeal(report, at=at + APPEAL_TAKEN)


def test_who_reported_does_not_decide_the_appeal(topic: Topic, colleague: User, at: datetime) -> None:
    report = left(a_report(factories.a_published(topic, at=at), at=at, by=colleague), at=at)

    with pytest.raises(NotAllowed, match="reported this yourself"):
        decide_appeal(appeal=a_report_appeal(report, at=at), ruling=uphold(), by=colleague, at=at)


def test_the_ledger_agrees_with_the_rows_after_all_of_it(topic: Topic, colleague: User, at: datetime) -> None:
    decide_appeal(appeal=an_appeal(refused_by_moderator(topic, at=at), at=at), ruling=reverse(), by=colleague, at=at)
    decide_appeal(appeal=an_appeal(refused_by_moderator(topic, at=at), at=at), ruling=uphold(), by=colleague, at=at)
    report = left(a_report(factories.a_published(topic, at=at), at=at, by=a_neighbour(at)), at=at)
    decide_appeal(appeal=a_report_appeal(report, at=at), ruling=reverse("spam"), by=colleague, at=at)
    sequence_entries()

    call_command("verify_ledger", stdout=io.StringIO())  # raises CommandError where they do not
