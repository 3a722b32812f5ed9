"""Statements of reasons: one with each decision against a text, true, whole, without what only moderators see."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.common.tables import BOM
from apps.consultations.models import Consultation
from apps.discussions.models import Contribution
from apps.moderation.actions import decide_contribution, hold_back_file
from apps.moderation.actions.stating import VISIBILITY
from apps.moderation.engine.statements import CATEGORIES, COLUMNS, LONGEST, NEEDED, problems_of
from apps.moderation.enums import WITH_REASON, Outcome
from apps.moderation.models import Decision, StatementOfReasons
from apps.moderation.queries import personal_data_of, records_of, statement_on, statements_given
from apps.moderation.rules import LONGEST_SENTENCE
from apps.municipality.enums import StatementCategory
from apps.municipality.models import RefusalReason
from apps.municipality.queries import selectable_reasons
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import personas
from tests.factories import a_contribution, a_file, a_hearing, a_moderator, a_published, the_topic
from tests.moderation.desk import FACTS, SENTENCE, a_reason, publish, refuse, shown

pytestmark = pytest.mark.django_db

PUBLISHED_FIRST = (Outcome.HIDE,)
Decide = Callable[..., StatementOfReasons]


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.fixture
def decide(hearing: Consultation, at: datetime) -> Decide:
    def decided(outcome: Outcome = Outcome.REFUSE, when: datetime = at, **facts: Any) -> StatementOfReasons:
        make = a_published if outcome in PUBLISHED_FIRST else a_contribution
        row = make(the_topic(hearing), at=at, files=[a_file()] if outcome == Outcome.HOLD_FILE else [])
        if outcome == Outcome.HOLD_FILE:
            said = {"reason": a_reason(), "sentence": SENTENCE} | facts
            hold_back_file(attachment=row.attachments.get(), by=a_moderator(at), at=when, **said)
            return row_statement(row)
        ruling = replace(refuse(facts=FACTS), outcome=outcome, passage="Text", **facts)
        decide_contribution(contribution=row, ruling=ruling, by=a_moderator(at), at=when)
        return row_statement(row)

    return decided


def row_statement(row: Contribution) -> StatementOfReasons:
    statement = statement_on(row)
    assert statement is not None
    return statement


def the_records() -> list[dict[str, object]]:
    return list(records_of(statements_given()))


# ------------------------------------------------------------------ what is given


@pytest.mark.parametrize("outcome", WITH_REASON)
def test_every_reason_gives_a_record_that_the_database_takes(outcome: Outcome, decide: Decide) -> None:
    for reason in selectable_reasons():
        decide(outcome, reason=reason, sentence="x" * LONGEST_SENTENCE)

    records = the_records()
    assert len(records) == len(selectable_reasons())
    assert [problems_of(record) for record in records] == [[]] * len(records)
    assert {record["decision_ground"] for record in records} == {
        "DECISION_GROUND_ILLEGAL_CONTENT",
        "DECISION_GROUND_INCOMPATIBLE_CONTENT",
    }


def test_every_outcome_against_a_text_is_told_as_what_it_is() -> None:
    assert set(VISIBILITY) == set(WITH_REASON)


def test_a_statement_says_who_decided_what_when_on_which_ground(decide: Decide, at: datetime) -> None:
    statement = decide()

    (record,) = the_records()
    assert record["incompatible_content_ground"] == "Retningslinje 1 (version 1): Personangreb"
    assert record["incompatible_content_explanation"] == SENTENCE
    assert record["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]
    assert record["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"
    assert record["automated_detection"] == "No"
    assert record["source_type"] == "SOURCE_VOLUNTARY"
    assert (record["content_date"], record["application_date"]) == ("2026-09-15", "2026-09-15")
    assert str(record["decision_facts"]).startswith("En af kommunens moderatorer læste teksten")
    assert statement.appeal_until - at == timedelta(days=184)


def test_a_law_is_the_ground_of_what_is_illegal(decide: Decide) -> None:
    decide(reason=RefusalReason.objects.get(code="unlawful"))

    (record,) = the_records()
    assert "Straffeloven" in str(record["illegal_content_legal_ground"])
    assert "incompatible_content_ground" not in record


def test_a_statement_keeps_its_words_when_the_reason_changes(decide: Decide) -> None:
    decide()
    RefusalReason.objects.filter(code="personal_attack").update(title_da="Noget andet", rule_number=9)

    (record,) = the_records()
    assert record["incompatible_content_ground"] == "Retningslinje 1 (version 1): Personangreb"


def test_no_record_holds_what_moderators_note_the_text_or_a_name(decide: Decide, at: datetime) -> None:
    statement = decide()
    contribution = Contribution.stored.get(pk=statement.contribution_id)

    words = json.dumps(the_records(), ensure_ascii=False)

    assert SENTENCE in words
    for secret in (FACTS, contribution.body, contribution.author_name, a_moderator(at).display_name):
        assert secret not in words


def test_nothing_is_stated_about_what_is_published_or_moved(hearing: Consultation, at: datetime) -> None:
    row = a_contribution(the_topic(hearing), at=at)

    decide_contribution(contribution=row, ruling=publish(), by=a_moderator(at), at=at)

    assert not StatementOfReasons.objects.exists()


def test_a_decision_that_fails_states_nothing(hearing: Consultation, at: datetime) -> None:
    row = a_contribution(the_topic(hearing), at=at)

    for ruling in (replace(refuse(), reason=None), replace(refuse(), sentence=" "), replace(refuse(), version=7)):
        with pytest.raises(DomainError):
            decide_contribution(contribution=row, ruling=ruling, by=a_moderator(at), at=at)

    assert not StatementOfReasons.objects.exists()
    assert not Decision.objects.exists()


def test_a_statement_without_its_words_is_none(decide: Decide) -> None:
    statement = decide()
    for field in ("legal_ground", "explanation", "decision_facts"):
        with pytest.raises(IntegrityError), transaction.atomic():
            StatementOfReasons.objects.filter(pk=statement.pk).update(**{field: ""})


# ------------------------------------------------------------------ what is wrong with a record


@pytest.fixture
def record(decide: Decide) -> dict[str, object]:
    decide()
    return the_records()[0]


@pytest.mark.parametrize("name", NEEDED)
def test_a_record_without_a_needed_field_is_refused(name: str, record: dict[str, object]) -> None:
    assert any(problem.startswith(f"{name}: ") for problem in problems_of(record | {name: ""}))


@pytest.mark.parametrize("name", LONGEST)
def test_a_record_with_a_field_too_long_is_refused(name: str, record: dict[str, object]) -> None:
    assert f"{name}: longer than {LONGEST[name]}" in problems_of(record | {name: "x" * (LONGEST[name] + 1)})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"decision_visibility": ["GONE"]}, "decision_visibility"),
        ({"decision_visibility": ["DECISION_VISIBILITY_OTHER"]}, "decision_visibility_other"),
        ({"decision_visibility_other": "Of its own."}, "decision_visibility_other"),
        ({"decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT"}, "illegal_content_legal_ground"),
        ({"illegal_content_legal_ground": "Straffeloven"}, "illegal_content_legal_ground"),
        ({"incompatible_content_explanation": ""}, "incompatible_content_explanation"),
        ({"category": "STATEMENT_CATEGORY_NONE"}, "category"),
        ({"category_specification": ["none"]}, "category_specification"),
        ({"decision_visibility": []}, "decision_visibility"),
        ({"decision_provision": "DECISION_PROVISION_SMELL"}, "decision_provision"),
        ({"decision_account": "DECISION_ACCOUNT_SMELL"}, "decision_account"),
        ({"content_type": ["CONTENT_TYPE_SMELL"]}, "content_type"),
        ({"content_type": ["CONTENT_TYPE_OTHER"]}, "content_type_other"),
        ({"content_type_other": "PDF"}, "content_type_other"),
        ({"end_date_service_restriction": "soon"}, "end_date_service_restriction"),
        ({"end_date_service_restriction": "2019-12-31"}, "end_date_service_restriction"),
        ({"content_date": "1999-12-31"}, "content_date"),
        ({"application_date": "2019-12-31"}, "application_date"),
        ({"application_date": "2038-01-02"}, "application_date"),
        ({"application_date": "20260915"}, "application_date"),
        ({"source_type": "SOURCE_HEARSAY"}, "source_type"),
        ({"source_identity": "Somebody"}, "source_identity"),
        ({"automated_detection": "Maybe"}, "automated_detection"),
        ({"automated_decision": "YES"}, "automated_decision"),
        ({"puid": "no. 7"}, "puid"),
    ],
)
def test_a_record_with_a_wrong_value_is_refused(
    wrong: dict[str, object], field: str, record: dict[str, object]
) -> None:
    assert problems_of(record) == []
    assert any(problem.startswith(f"{field}: ") for problem in problems_of(record | wrong))


def test_reasons_know_the_published_categories_and_no_others() -> None:
    assert set(StatementCategory.values) == CATEGORIES


# ------------------------------------------------------------------ the author's mail


@pytest.mark.parametrize("outcome", WITH_REASON)
def test_the_mail_tells_the_law_who_decided_and_how_to_appeal(outcome: Outcome, decide: Decide) -> None:
    statement = decide(outcome, reason=RefusalReason.objects.get(code="unlawful"))
    author = Contribution.stored.get(pk=statement.contribution_id).author
    assert author is not None
    User.objects.filter(pk=author.pk).update(language="en")

    write_mail()

    mail = OutgoingMail.objects.order_by("pk").last()
    assert mail is not None
    for told in (
        "rule 3 of the house rules",
        "Law: Straffeloven",
        SENTENCE,
        "A person decided this, not a program, and no program pointed the text out.",
        "you can appeal until 18 March 2027 at 9:30",
        f"/c/{Contribution.stored.get(pk=statement.contribution_id).number}/appeal/?statement={statement.puid}",
        f"Mark of this statement of reasons: {statement.puid}",
    ):
        assert told in mail.body
    assert FACTS not in mail.body


def test_the_mail_about_a_second_refusal_tells_the_second_statement(decide: Decide, at: datetime) -> None:
    first, second = decide(), decide(when=at + timedelta(hours=1))

    write_mail()

    bodies = list(OutgoingMail.objects.order_by("pk").values_list("body", flat=True))
    assert [sum(statement.puid in body for body in bodies) for statement in (first, second)] == [1, 1]


# ------------------------------------------------------------------ the public page


def test_everyone_reads_how_many_there_were_by_reason_and_outcome(client: Client, decide: Decide) -> None:
    decide()
    decide()
    decide(Outcome.HIDE, reason=RefusalReason.objects.get(code="spam"))

    page = shown(client.get("/en/transparency/"))

    assert "Personal attack (house rule 1) Not published 2 Advertising or spam (house rule 6) Hidden 1" in page
    assert "In all 3" in page
    assert "puid" in page


def test_a_period_has_its_first_and_its_last_day(client: Client, decide: Decide, at: datetime) -> None:
    decide()
    decide(when=at + timedelta(days=1))
    decide(when=at + timedelta(days=2))

    page = client.get("/en/transparency/?first=2026-09-15&last=2026-09-16")
    assert "In all 2" in shown(page)
    assert "statements.csv?first=2026-09-15&amp;last=2026-09-16" in page.content.decode()
    assert "None in this period." in shown(client.get("/en/transparency/?first=2026-09-18"))


@pytest.mark.parametrize("address", ["", "statements.csv", "statements.json"])
@pytest.mark.parametrize(
    ("query", "sentence"),
    [("first=yesterday", "Enter a valid date."), ("first=2026-02-01&last=2026-01-01", "before the first one.")],
)
def test_a_period_that_is_none_is_answered_with_a_sentence(
    address: str, query: str, sentence: str, client: Client
) -> None:
    answer = client.get(f"/en/transparency/{address}?{query}")

    assert answer.status_code == 422
    assert sentence in shown(answer)


@pytest.mark.parametrize("address", ["", "statements.csv", "statements.json"])
@pytest.mark.parametrize("query", ["last=9999-12-31", "first=0001-01-01"])
def test_a_day_at_the_end_of_time_is_no_error(address: str, query: str, client: Client) -> None:
    assert client.get(f"/en/transparency/{address}?{query}").status_code < 500


def test_the_download_holds_every_record_on_one_line_of_quoted_cells(client: Client, decide: Decide) -> None:
    decide(sentence="=1+1; “quoted” says it.")
    decide(Outcome.RETURN)

    answer = client.get("/en/transparency/statements.csv")

    text = answer.getvalue().decode()  # type: ignore[attr-defined] # a stream
    lines = text.removeprefix(BOM).splitlines()
    assert text.startswith(BOM)
    assert answer["Content-Disposition"] == 'attachment; filename="statements.csv"'
    assert lines[0] == ";".join(f'"{name}"' for name in COLUMNS)
    assert len(lines) == 3
    assert '"\'=1+1; “quoted” says it."' in lines[1]
    assert '"[""DECISION_VISIBILITY_CONTENT_REMOVED""]"' in lines[1]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_json_can_be_read_whatever_it_holds(number: int, client: Client, decide: Decide) -> None:
    for _turn in range(number):
        decide()

    told = json.loads(client.get("/en/transparency/statements.json").getvalue())  # type: ignore[attr-defined]

    assert list(told) == ["statements"]
    assert [problems_of(record) for record in told["statements"]] == [[]] * number


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_costs_the_same_whatever_it_counts(
    more: int, client: Client, decide: Decide, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for reason in selectable_reasons()[:more]:
        decide(reason=reason)

    with django_assert_max_num_queries(4):
        client.get("/en/transparency/")


# ------------------------------------------------------------------ the command


def _exported(*options: str) -> str:
    out = StringIO()
    call_command("export_statements", *options, stdout=out)
    return out.getvalue()


def test_the_command_writes_what_the_page_offers(client: Client, decide: Decide) -> None:
    decide()

    assert _exported().encode() == client.get("/transparency/statements.csv").getvalue()  # type: ignore[attr-defined]
    written = _exported("--format", "json", "--from", "2026-09-15", "--until", "2026-09-15")
    assert len(json.loads(written)["statements"]) == 1
    assert json.loads(_exported("--format", "json", "--until", "2026-09-14")) == {"statements": []}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--from", "soon"), "--from 'soon' is not a day. Write it as 2026-01-31."),
        (("--from", "2026-02-01", "--until", "2026-01-01"), "--until is before --from"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_period(options: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        _exported(*options)


# ------------------------------------------------------------------ one's own data


def test_a_copy_of_ones_data_holds_the_reasons_one_was_given(decide: Decide, at: datetime) -> None:
    statement = decide()
    author = Contribution.stored.get(pk=statement.contribution_id).author
    assert author is not None

    (given,) = personal_data_of(author, at=at)["statements"]

    assert (given["explanation"], given["puid"]) == (SENTENCE, statement.puid)
    assert personal_data_of(personas.resident(at=at), at=at)["statements"] == []
