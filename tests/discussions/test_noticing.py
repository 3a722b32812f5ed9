"""What a program notices is kept beside a text from its receipt on, grows when a list says more, and goes with it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.actions import Author, Received, Writing, receive_many, screen_what_waits
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from apps.discussions.queries import personal_data_of
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from apps.portal.actions import build_export, claim_export, request_export
from apps.screening.actions import EmployeeFacts, add_word, protect_employee
from apps.screening.engine.findings import Finding
from apps.screening.enums import Flag, WordLanguage
from apps.screening.models import TextFlag, TextScreening
from apps.screening.queries import flags_of, lists_at, look_by, noticed_in
from tests import factories
from tests.leaks.rows import where_in_database

pytestmark = pytest.mark.django_db

PHONE = "Ring til mig på 22 33 44 55."
NAMED = "Spørg Bodil Brandtoft, hvorfor hun sagde ja."


def flags(row: Contribution) -> tuple[Flag, ...]:
    return flags_of([row.pk]).get(row.pk, ())


def protect(name: str, at: datetime) -> None:
    protect_employee(facts=EmployeeFacts(name=name), by=factories.an_official(at), at=at)


def revise(row: Contribution, body: str, at: datetime) -> None:
    by = factories.a_writer(at)
    actions.revise_contribution(contribution=row, kind=ContributionKind.VIEW, body=body, by=by, at=at)


def test_a_receipt_keeps_kinds_and_places_and_no_words(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=f"{PHONE} Se www.example.org")

    kept = TextFlag.objects.order_by("start").values_list("flag", "start", "end")
    assert [(flag, row.body[start:end]) for flag, start, end in kept] == [
        (Flag.PHONE, "22 33 44 55"),
        (Flag.LINK, "www.example.org"),
    ]
    assert TextScreening.objects.get().version == 1
    columns = [place.split(":")[0] for place in where_in_database(["22 33 44 55"])]
    assert columns == ["discussions_contribution.body", "discussions_contribution.body_html"]


def test_a_text_that_nothing_was_noticed_in_was_screened_all_the_same(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body="The turbines stand too close.")

    assert flags(row) == ()
    assert TextScreening.objects.filter(subject_id=row.pk).exists()


def test_what_cleaning_takes_away_is_noticed_at_no_place(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body="The turbines stand\u202e too close.")

    assert "\u202e" not in row.body
    assert noticed_in(row.pk, version=1, text=row.body, at=at) == (Finding(Flag.HIDDEN_CHARACTERS, 0, 0, "direction"),)


def test_a_text_that_comes_faster_than_people_write_is_noticed(topic: Topic, at: datetime) -> None:
    def sent(opened_at: datetime | None, key: int, when: datetime) -> Contribution:
        return actions.submit_contribution(
            topic=topic,
            kind=ContributionKind.VIEW,
            body=f"The turbines stand too close ({key}).",
            submission_key=UUID(int=key),
            opened_at=opened_at,
            by=factories.a_writer(at),
            at=when,
        )

    assert flags(sent(at, 1, at + timedelta(seconds=1))) == (Flag.SPEED,)
    assert flags(sent(at, 2, at + timedelta(minutes=5))) == ()
    assert flags(sent(None, 3, at + timedelta(hours=2))) == ()
    assert [flags(sent(None, key, at + timedelta(hours=4, seconds=key))) for key in range(4, 8)] == [
        (),
        (),
        (),
        (Flag.SPEED,),
    ]


def test_another_text_has_its_own_flags(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=PHONE)

    revise(row, "Skriv til a@example.org om det.", at)

    assert flags(row) == (Flag.EMAIL,)
    assert TextScreening.objects.get().version == 2


def test_a_redacted_passage_is_noticed_no_longer(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=PHONE)
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(factories.a_moderator(at))

    actions.redact_contribution(contribution=row, version=1, passage="22 33 44 55", reason=reason, by=by, at=at)

    assert flags(row) == ()


@pytest.mark.parametrize("way", ["withdrawn", "cleared", "erased"])
def test_what_was_noticed_goes_with_the_text(topic: Topic, at: datetime, way: str) -> None:
    make = factories.a_refused if way == "cleared" else factories.a_contribution
    row = make(topic, at=at, body=PHONE)
    assert flags(row) == (Flag.PHONE,)

    if way == "withdrawn":
        actions.withdraw_contribution(contribution=row, by=factories.a_writer(at), at=at)
    elif way == "cleared":
        actions.clear_refused_texts(at=at + REFUSED_TEXTS_KEPT)
    else:
        by = as_moderator(factories.a_moderator(at))
        actions.publish_contribution(contribution=row, version=1, by=by, at=at)
        factories.erase(row, at=at)

    assert not TextScreening.objects.exists()
    assert not TextFlag.objects.exists()


def test_a_name_that_is_put_on_the_list_an_hour_later_is_noticed_in_what_waits(topic: Topic, at: datetime) -> None:
    waiting = factories.a_contribution(topic, at=at, body=f"{NAMED}\u202e")
    decided = factories.a_published(topic, at=at, body=NAMED)
    later = at + timedelta(hours=1)
    assert screen_what_waits(at=later) == 0
    protect("Bodil Brandtoft", later)

    assert screen_what_waits(at=later) == 1
    assert screen_what_waits(at=later) == 0

    assert flags(waiting) == (Flag.PROTECTED_NAME, Flag.HIDDEN_CHARACTERS)
    assert flags(decided) == ()
    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_a_name_is_noticed_when_it_begins_to_be_in_force(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=NAMED)
    facts = EmployeeFacts(name="Bodil Brandtoft", active_from=at + timedelta(days=1))
    protect_employee(facts=facts, by=factories.an_official(at), at=at)

    screen_what_waits(at=at + timedelta(hours=1))
    assert flags(row) == ()
    screen_what_waits(at=at + timedelta(days=2))
    assert flags(row) == (Flag.PROTECTED_NAME,)


def test_a_word_that_is_listed_is_noticed_in_what_waits(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body="Sikke nogle pjalteprinser.")
    add_word(word="pjalteprins*", language=WordLanguage.DANISH, by=factories.an_official(at), at=at)

    assert screen_what_waits(at=at) == 1
    assert flags(row) == (Flag.PROFANITY,)


def test_a_sweep_records_and_decides_nothing(topic: Topic, at: datetime) -> None:
    factories.a_contribution(topic, at=at, body=NAMED)
    protect("Bodil Brandtoft", at)
    before = Entry.objects.count()

    screen_what_waits(at=at)

    assert Entry.objects.count() == before


def test_what_waits_in_an_import_is_screened_and_what_was_published_there_is_looked_at_when_it_is_opened(
    topic: Topic, at: datetime
) -> None:
    author = Author(name="Una", person=factories.a_writer(at))
    rows = [
        Received(
            writing=Writing(topic=topic, author=author, kind=ContributionKind.VIEW, body=PHONE),
            received_at=at,
            status=status,
        )
        for status in (ContributionStatus.WAITING, ContributionStatus.PUBLISHED)
    ]

    waiting, published = receive_many(
        consultation_id=topic.consultation_id, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM
    )

    assert (flags(waiting), flags(published)) == ((Flag.PHONE,), ())
    [finding] = noticed_in(published.pk, version=1, text=published.body, at=at)
    assert finding.flag == Flag.PHONE


def test_what_was_noticed_in_another_text_is_not_taken_over(topic: Topic, at: datetime) -> None:
    calm = look_by(lists_at(at), "The turbines stand too close.")
    row = actions.submit_contribution(
        topic=topic,
        kind=ContributionKind.VIEW,
        body=PHONE,
        submission_key=UUID(int=1),
        looked=calm,
        by=factories.a_writer(at),
        at=at,
    )

    assert flags(row) == (Flag.PHONE,)


def test_authors_find_what_was_noticed_in_their_copy(topic: Topic, at: datetime) -> None:
    factories.a_contribution(topic, at=at, body=PHONE)

    [told] = personal_data_of(factories.a_writer(at), at=at)

    assert told["noticed_by_program"] == "Telephone number"


def test_the_page_of_their_copy_can_be_made_of_it(topic: Topic, at: datetime, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    factories.a_contribution(topic, at=at, body=f"{PHONE} Se www.example.org")
    request_export(person=factories.a_writer(at), at=at)
    export = claim_export(at=at)
    assert export is not None

    assert build_export(export=export, at=at)
