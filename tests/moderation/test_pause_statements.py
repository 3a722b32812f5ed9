"""A pause in somebody's writing stands in the public statements of reasons: true, valid, no word to the person."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.moderation.actions import clear_old_pauses, forget_pauses_of
from apps.moderation.engine.statements import problems_of
from apps.moderation.models import StatementOfReasons
from apps.moderation.queries import records_of, statement_on, statements_given
from apps.municipality.queries import selectable_reasons
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.cases import a_report
from tests.moderation.desk import shown
from tests.moderation.pauses import NOTED, SAID, TO_THEM, a_pause, an_appeal_against

pytestmark = pytest.mark.django_db


@pytest.fixture
def text(at: datetime) -> Contribution:
    return factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)


def the_record() -> dict[str, object]:
    (record,) = records_of(statements_given())
    return record


@pytest.mark.parametrize("is_everywhere", [True, False])
def test_it_suspends_a_part_of_the_service_until_a_day(is_everywhere: bool, text: Contribution, at: datetime) -> None:
    a_pause(text, at=at, is_everywhere=is_everywhere)

    record = the_record()
    assert problems_of(record) == []
    assert record["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert record["end_date_service_restriction"] == "2026-09-18"
    assert (record["content_date"], record["application_date"]) == ("2026-09-15", "2026-09-15")
    assert "decision_visibility" not in record
    assert "decision_account" not in record
    assert ("til nogen" in str(record["decision_facts"])) is is_everywhere
    assert record["source_type"] == "SOURCE_VOLUNTARY"


def test_every_reason_gives_a_record_that_the_database_takes(at: datetime) -> None:
    for reason in selectable_reasons():
        a_pause(factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at), at=at, reason=reason)

    records = list(records_of(statements_given()))
    assert [problems_of(record) for record in records] == [[]] * len(selectable_reasons())


def test_a_report_that_led_to_it_is_told(text: Contribution, at: datetime) -> None:
    a_report(text, at=at)

    a_pause(text, at=at)

    assert the_record()["source_type"] == "SOURCE_ARTICLE_16"


def test_no_output_of_it_holds_what_was_said_to_the_person_or_noted_about_them(
    text: Contribution, client: Client, at: datetime
) -> None:
    pause = a_pause(text, at=at)
    an_appeal_against(pause, at=at)

    told = [
        json.dumps(the_record(), ensure_ascii=False),
        client.get("/en/transparency/").content.decode(),
        client.get("/en/transparency/statements.csv").getvalue().decode(),  # type: ignore[attr-defined]
        client.get("/en/transparency/statements.json").getvalue().decode(),  # type: ignore[attr-defined]
    ]

    for words in told:
        for secret in (TO_THEM, NOTED, SAID, text.author_name, text.body):
            assert secret not in words


def test_everyone_reads_how_many_pauses_there_were(text: Contribution, client: Client, at: datetime) -> None:
    a_pause(text, at=at)

    page = shown(client.get("/en/transparency/"))

    assert "Personal attack (house rule 1) Pause in somebody's writing 1" in page.replace("’", "'")
    assert "In all 1" in page


def test_it_is_no_statement_about_the_text(text: Contribution, at: datetime) -> None:
    a_pause(text, at=at)

    assert statement_on(text) is None


def test_the_person_finds_its_mark_in_the_mail(text: Contribution, at: datetime) -> None:
    pause = a_pause(text, at=at)
    sequence_entries()

    write_mail()

    assert any(pause.statement.puid in body for body in OutgoingMail.objects.values_list("body", flat=True))


def _left(person: User, at: datetime) -> None:
    forget_pauses_of(person=person)


def _long_ago(_person: User, at: datetime) -> None:
    clear_old_pauses(at=at + timedelta(days=2000))


@pytest.mark.parametrize("forget", [_left, _long_ago])
def test_the_record_outlasts_what_tells_of_a_person(
    forget: Callable[[User, datetime], None], text: Contribution, at: datetime
) -> None:
    pause = a_pause(text, at=at)

    forget(pause.person, at)

    assert StatementOfReasons.objects.get().pause is None
    assert problems_of(the_record()) == []


def test_the_database_takes_no_statement_about_two_things_or_none(text: Contribution, at: datetime) -> None:
    a_pause(text, at=at)

    for wrong in (
        {"decision_visibility": "DECISION_VISIBILITY_OTHER"},
        {"decision_provision": ""},
        {"contribution": text.pk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatementOfReasons.objects.update(**wrong)
