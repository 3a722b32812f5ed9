"""How a text was found, as its statement of reasons says: by a notice, by a program, or by the moderator alone."""

from dataclasses import replace
from datetime import datetime

import pytest

from apps.consultations.models import Consultation
from apps.moderation.actions import AppealRuling, decide_appeal, decide_contribution, submit_report_appeal
from apps.moderation.engine.statements import problems_of
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.queries import records_of, statements_given
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, another_moderator, the_topic
from tests.moderation.cases import a_report, left
from tests.moderation.desk import FACTS, a_reason, refuse

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.mark.parametrize(
    ("body", "is_ticked", "said"),
    [
        ("Ring til mig på 22 33 44 55.", True, "Yes"),
        ("Ring til mig på 22 33 44 55.", False, "No"),
        ("Text that nothing was noticed in.", True, "No"),
    ],
)
def test_a_program_is_named_where_it_noticed_something_and_the_moderator_says_that_this_was_it(
    hearing: Consultation, at: datetime, body: str, is_ticked: bool, said: str
) -> None:
    row = a_contribution(the_topic(hearing), at=at, body=body)

    decide_contribution(contribution=row, ruling=replace(refuse(), is_detected=is_ticked), by=a_moderator(at), at=at)

    (record,) = records_of(statements_given())
    assert problems_of(record) == []
    assert record["automated_detection"] == said
    assert ("Et program havde" in str(record["decision_facts"])) is (said == "Yes")


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REDACT])
@pytest.mark.parametrize(("is_open", "source"), [(True, "SOURCE_ARTICLE_16"), (False, "SOURCE_VOLUNTARY")])
def test_a_text_that_is_hidden_or_redacted_while_a_report_is_open_was_found_by_that_notice(
    hearing: Consultation, at: datetime, outcome: Outcome, is_open: bool, source: str
) -> None:
    row = a_published(the_topic(hearing), at=at)
    report = a_report(row, at=at)
    if not is_open:
        left(report, at=at)
    ruling = replace(refuse(facts=FACTS), outcome=outcome, passage="Text")

    decide_contribution(contribution=row, ruling=ruling, by=a_moderator(at), at=at)

    (record,) = records_of(statements_given())
    assert problems_of(record) == []
    assert record["source_type"] == source
    assert ("Nogen havde anmeldt teksten" in str(record["decision_facts"])) is is_open


def test_a_text_that_is_hidden_on_a_reporters_appeal_was_found_by_that_notice(
    hearing: Consultation, at: datetime
) -> None:
    report = left(a_report(a_published(the_topic(hearing), at=at), at=at), at=at)
    appeal = submit_report_appeal(report=report, text="It does.", by=None, at=at)
    reverse = AppealRuling(outcome=AppealOutcome.REVERSED, sentence="It names a person.", reason=a_reason())

    decide_appeal(appeal=appeal, ruling=reverse, by=another_moderator(at), at=at)

    (record,) = records_of(statements_given())
    assert record["source_type"] == "SOURCE_ARTICLE_16"
