"""The evidence about a contribution: what it holds, who opens it, and that this is recorded."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.common.pdf import can_make_pdf
from apps.consultations.queries import MapPlace
from apps.discussions.actions import Enclosure, hold_contribution, revise_contribution, withdraw_contribution
from apps.discussions.actions.places import keep_place
from apps.discussions.models import Contribution, ContributionPlace
from apps.ledger.actions import fingerprint, sequence_entries
from apps.ledger.models import Entry, EntryActor
from apps.ledger.queries import facts_of
from apps.moderation.actions import decide_appeal, decide_contribution, undo_decision
from apps.portal.actions import open_evidence
from apps.portal.queries.evidence import evidence_about
from tests import factories, personas
from tests.conftest import missing
from tests.moderation.cases import (
    APPEALED,
    REASONS,
    a_neighbour,
    a_report,
    a_report_appeal,
    an_appeal,
    left,
    reverse,
)
from tests.moderation.desk import FACTS, SENTENCE, a_colleague, refuse
from tests.portal.leaving import confirmed_just_now

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def refused(at: datetime) -> Contribution:
    """A text that was changed, refused by a colleague, and is held."""
    row = factories.a_contribution(
        factories.the_topic(factories.a_hearing(at=at)), at=at, body="First words.", files=[a_map()]
    )
    revise_contribution(contribution=row, kind=row.kind, body="She is a crook.", by=factories.a_writer(at), at=at)
    ruling = refuse(version=2, facts=FACTS)
    decide_contribution(contribution=row, ruling=ruling, by=a_colleague(at), at=at + timedelta(hours=1))
    hold(row, at)
    sequence_entries()
    return Contribution.stored.get(pk=row.pk)


def a_map() -> Enclosure:
    return factories.a_file(content=b"%PDF-1.7 a map", about="Where the crooks live.")


def hold(row: Contribution, at: datetime) -> None:
    by, review_on = the_administrator(at), date(2027, 9, 1)
    hold_contribution(contribution_id=row.pk, reason="Case 12/2026.", review_on=review_on, by=by, at=at)


def the_administrator(at: datetime) -> User:
    known = User.objects.filter(assignments__role="administrator").first()
    return known or personas.administrator(at=at)


def package(client: Client, row: Contribution) -> zipfile.ZipFile:
    answer = client.post(f"/en/moderation/items/{row.pk}/evidence/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert (answer["Cache-Control"], "attachment" in answer["Content-Disposition"]) == ("no-store", True)
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_it_holds_versions_decisions_holds_and_entries_and_its_sums_are_right(
    as_seen_by: Browser, refused: Contribution, moderator: User
) -> None:
    found = package(confirmed_just_now(as_seen_by(moderator), moderator), refused)

    data = json.loads(found.read("evidence.json"))
    assert [row["text"] for row in data["versions"]] == ["First words.", "She is a crook."]
    for row in data["versions"]:
        assert row["fingerprint"] == fingerprint(bytes.fromhex(row["salt"]), row["text"])
    with_texts = ("contribution.received", "contribution.revised")
    entries = Entry.objects.filter(number=refused.number, kind__in=with_texts).order_by("pk")
    assert [row["fingerprint"] for row in data["versions"]] == [facts_of(entry)["fingerprint"] for entry in entries]
    assert [(row["sentence"], row["internal_facts"]) for row in data["decisions"]] == [(SENTENCE, FACTS)]
    assert [row["reason"] for row in data["holds"]] == ["Case 12/2026."]
    assert [row["kind"] for row in data["entries"]][:4] == [
        "contribution.received",
        "contribution.files_noted",
        "contribution.revised",
        "contribution.refused",
    ]
    lines = dict(reversed(line.split("  ")) for line in found.read("SHA256SUMS").decode().splitlines())
    assert set(lines) == set(found.namelist()) - {"SHA256SUMS"}
    assert all(hashlib.sha256(found.read(name)).hexdigest() == told for name, told in lines.items())
    assert "@example.org" not in found.read("evidence.json").decode()
    [file] = data["files"]
    assert found.read(file["file"]) == b"%PDF-1.7 a map"
    assert file["fingerprint"] == fingerprint(bytes.fromhex(file["salt"]), file["sha256"])
    assert facts_of(Entry.objects.get(kind="contribution.files_noted"))["files"] == [file["fingerprint"]]


def test_it_tells_of_what_was_undone_and_of_appeals_but_not_what_a_reporter_wrote(
    moderator: User, at: datetime
) -> None:
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)
    first = decide_contribution(contribution=text, ruling=refuse(), by=moderator, at=at)
    undo_decision(decision=first, by=moderator, at=at)
    text.refresh_from_db()
    decide_contribution(contribution=text, ruling=refuse(), by=moderator, at=at)
    appeal = an_appeal(text, at=at)
    decide_appeal(appeal=appeal, ruling=reverse(), by=a_colleague(at), at=at)
    text.refresh_from_db()
    a_report_appeal(left(a_report(text, at=at, by=a_neighbour(at)), at=at), at=at)

    told = evidence_about(text, at=at)

    assert [row["undone_at"] for row in told["decisions"]] == [at, None, None]
    of_author, of_reporter = told["appeals"]
    assert (of_author["text"], of_author["sentence"]) == (APPEALED, REASONS)
    assert (of_reporter["by"], of_reporter["text"], of_reporter["decided_at"]) == ("reporter", "", None)


def test_it_can_be_read_as_a_pdf(as_seen_by: Browser, refused: Contribution, moderator: User) -> None:
    if not can_make_pdf():
        missing("The libraries that make PDF files are not installed (README names the packages).")
    found = package(confirmed_just_now(as_seen_by(moderator), moderator), refused)

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(found.read("evidence.pdf"))).pages)

    for words in ("She is a crook.", "First words.", FACTS, "Case 12/2026."):
        assert words in text


def test_it_holds_the_place_on_the_map_also_while_nobody_sees_it(
    as_seen_by: Browser, refused: Contribution, moderator: User
) -> None:
    assert evidence_about(refused, at=refused.received_at)["place"] is None
    keep_place(refused, MapPlace(longitude=8.185123, latitude=56.387456, near="Turbine 1", metres=222))
    ContributionPlace.objects.update(is_shown=False)

    found = package(confirmed_just_now(as_seen_by(moderator), moderator), refused)

    assert json.loads(found.read("evidence.json"))["place"] == {
        "latitude": 56.387456,
        "longitude": 8.185123,
        "near": "Turbine 1",
        "metres_from_it": 222,
        "shown_with_the_text": False,
    }
    if can_make_pdf():
        text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(found.read("evidence.pdf"))).pages)
    else:
        text = found.read("evidence.html").decode()
    assert "56.387456, 8.185123 · Turbine 1, 222 m away" in " ".join(text.split())
    assert "not shown while a redaction stands" in " ".join(text.split())


def test_who_opened_it_is_recorded_with_the_sum_of_what_was_handed_over(
    as_seen_by: Browser, refused: Contribution, moderator: User
) -> None:
    client = confirmed_just_now(as_seen_by(moderator), moderator)
    client.get(f"/en/moderation/items/{refused.pk}/evidence/")
    assert not Entry.objects.filter(kind="evidence.opened").exists()

    found = package(client, refused)

    entry = Entry.objects.get(kind="evidence.opened")
    assert facts_of(entry) == {"sha256": hashlib.sha256(found.read("evidence.json")).hexdigest()}
    assert (entry.actor_role, entry.number) == ("moderator", refused.number)
    assert EntryActor.objects.get(entry=entry).person_id == moderator.pk


def test_it_asks_who_it_is_once_more(as_seen_by: Browser, refused: Contribution, moderator: User) -> None:
    answer = as_seen_by(moderator).post(f"/en/moderation/items/{refused.pk}/evidence/")

    assert "reauthenticate" in answer["Location"]
    assert not Entry.objects.filter(kind="evidence.opened").exists()


def test_what_was_taken_back_is_opened_by_a_legal_hold_alone(moderator: User, at: datetime) -> None:
    row = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at, body="Taken back")
    withdraw_contribution(contribution=row, by=factories.a_writer(at), at=at)

    with pytest.raises(NotAllowed):
        open_evidence(contribution=row, by=moderator, at=at)
    hold(row, at)

    data, _file = open_evidence(contribution=row, by=moderator, at=at)
    assert data["versions"][0]["text"] == "Taken back"


def test_nobody_but_a_moderator_opens_it(refused: Contribution, at: datetime) -> None:
    for person in (factories.an_official(at), the_administrator(at), factories.a_writer(at)):
        with pytest.raises(NotAllowed):
            open_evidence(contribution=refused, by=person, at=at)
