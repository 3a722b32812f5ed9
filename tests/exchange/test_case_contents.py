"""What a case file holds, under which numbers, and that it is the same file whenever it is made."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from pytest_django.plugin import DjangoDbBlocker

from apps.consultations.actions import (
    LegalTerms,
    PartyText,
    add_parties,
    extend_deadline,
    hold_document,
    publish_minutes,
    replace_document,
    set_legal_terms,
)
from apps.consultations.enums import PartyKind
from apps.consultations.models import Consultation
from apps.discussions.enums import ContributionKind
from apps.exchange.enums import CASE_EXPORTED
from apps.exchange.queries import check_ledger
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.publications.actions import StatementText, draft_summary, publish_summary
from tests import factories
from tests.exchange.cases import Files, documents, exported, table, words, wrong_checksums
from tests.worlds import kept

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@dataclass
class Filed:
    """A hearing with one of everything, and its case file."""

    hearing: Consultation
    files: Files


@pytest.fixture(scope="module")
def made(
    at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], Filed]]:
    def make() -> Filed:
        hearing = _build(at)
        return Filed(hearing, exported(hearing, tmp_path_factory.mktemp("case"), at=at))

    with kept(django_db_blocker, make, at=at) as hand_out:
        yield hand_out


@pytest.fixture
def hearing(made: Callable[[], Filed]) -> Consultation:
    return made().hearing


@pytest.fixture
def files(made: Callable[[], Filed]) -> Files:
    return made().files


def _build(at: datetime) -> Consultation:
    """Return a hearing with one of everything: nos. 1 to 5 published with a file, answered, refused, waiting, late."""
    hearing = factories.a_hearing(at=at, title="Vindmøller ved Klintmose")
    official = factories.an_official(at)
    terms = LegalTerms(journal_number="25/10042", plandata_number="345", plandata_published_on=at.date())
    set_legal_terms(consultation=hearing, terms=terms, by=official, at=at)
    extend_deadline(consultation=hearing, last_day=date(2026, 12, 1), cause="Siden var nede.", by=official, at=at)
    topic = factories.the_topic(hearing)
    asked = factories.a_published(
        topic, at=at, body="Hvem måler **støjen**?", kind=ContributionKind.QUESTION, files=[factories.a_file()]
    )
    factories.an_answer(asked, at=at, body="Det gør kommunen.")
    factories.a_refused(topic, at=at)
    factories.a_contribution(topic, at=at)
    _papers(hearing, at)
    _more(hearing, at)
    hearing.refresh_from_db()
    return hearing


def _papers(hearing: Consultation, at: datetime) -> None:
    official = factories.an_official(at)
    plan = factories.a_document(hearing, at=at, title="Lokalplan")
    paper = factories.a_paper(title="Lokalplan 2", content=b"%PDF-1.7\nanother")
    replace_document(document=plan, paper=paper, what_changed="A map.", by=official, at=at)
    report = factories.a_document(hearing, at=at, title="Rapport")
    hold_document(version=report.versions.get(), sentence="Den nævner en nabo.", by=official, at=at)


def _more(hearing: Consultation, at: datetime) -> None:
    official = factories.an_official(at)
    meeting = factories.a_meeting(hearing, at=at - 2 * DAY, starts_at=at - DAY)
    publish_minutes(
        meeting=meeting, text="Der kom 40.", topics=[factories.the_topic(hearing)], attended=40, by=official, at=at
    )
    party = PartyText(name="Region Vesterhav", kind=PartyKind.AUTHORITY, email="region@example.org")
    add_parties(consultation=hearing, parties=[party], by=official, at=at)
    statements = [StatementText(title="Støj", body="Der spørges til støj.", cites=[1])]
    summary = draft_summary(consultation=hearing, statements=statements, by=official, at=at)
    publish_summary(summary=summary, by=official, at=at)


def test_every_part_of_the_case_is_in_the_file(files: Files) -> None:
    assert set(files) == {
        "case.pdf",
        "metadata.csv",
        "SHA256SUMS",
        "proposal/F001.pdf",
        "documents/D001-1.pdf",
        "documents/D001-2.pdf",
        "lists/parties.csv",
        "lists/ledger.csv",
        "meetings/M001.pdf",
        "meetings/R001.pdf",
        "contributions/0001-0100.pdf",
        "contributions/contributions.csv",
        "contributions/contributions.json",
        "contributions/files/B0001-1.pdf",
        "summary/S1.pdf",
    }


def test_every_document_has_a_row_with_its_number_direction_and_state(files: Files) -> None:
    rows = documents(files)

    told = {number: (row["retning"], row["status"], row["fil"]) for number, row in rows.items()}
    part = "contributions/0001-0100.pdf"
    assert told == {
        "F001": ("ud", "Offentliggjort", "proposal/F001.pdf"),
        "D001-1": ("ud", "Offentliggjort", "documents/D001-1.pdf"),
        "D001-2": ("ud", "Offentliggjort", "documents/D001-2.pdf"),
        "D002-1": ("ud", "Holdt tilbage", ""),
        "P1": ("intern", "", "lists/parties.csv"),
        "M001": ("ud", "Annonceret", "meetings/M001.pdf"),
        "R001": ("ud", "Offentliggjort", "meetings/R001.pdf"),
        "B0001": ("ind", "Offentliggjort", part),
        "B0001-1": ("ind", "Vises sammen med teksten", "contributions/files/B0001-1.pdf"),
        "B0002": ("ud", "Offentliggjort", part),
        "B0003": ("ind", "Ikke offentliggjort", part),
        "B0004": ("ind", "Venter på moderator", part),
        "T1": ("intern", "", "contributions/contributions.csv"),
        "T2": ("intern", "", "contributions/contributions.json"),
        "S1": ("ud", "Offentliggjort", "summary/S1.pdf"),
        "L1": ("intern", "", "lists/ledger.csv"),
        "I1": ("intern", "", "case.pdf"),
    }
    assert {row["journalnummer"] for row in rows.values()} == {"25/10042"}
    assert rows["B0001"]["dato"] == "2026-09-15" == rows["D001-1"]["dato"]
    assert rows["D001-2"]["version"] == "2"
    assert (rows["D002-1"]["begrundelse"], rows["D002-1"]["sha256"]) == ("Den nævner en nabo.", "")
    assert rows["B0003"]["begrundelse"].endswith("(husregel 2)")


def test_checksums_are_right_in_both_places(files: Files) -> None:
    assert wrong_checksums(files) == []
    sums = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    rows = documents(files).values()
    assert all(sums[row["fil"]] == row["sha256"] for row in rows if row["fil"])


def test_what_was_uploaded_is_byte_by_byte_in_it(files: Files) -> None:
    assert files["documents/D001-2.pdf"] == b"%PDF-1.7\nanother"
    assert files["contributions/files/B0001-1.pdf"] == b"%PDF-1.7\nnothing"


def test_contributions_are_told_as_pages_as_a_table_and_for_programs(files: Files) -> None:
    page = words(files["contributions/0001-0100.pdf"])
    rows = table(files["contributions/contributions.csv"])
    told = json.loads(files["contributions/contributions.json"])

    assert "Hvem måler støjen?" in page
    assert page.index("B0001") < page.index("B0002") < page.index("B0003") < page.index("B0004")
    assert page.count("Teksten er forseglet og bliver i systemet.") == 2
    assert [row["nummer"] for row in rows] == ["1", "2", "3", "4"] == [str(row["nummer"]) for row in told]
    assert rows[0]["tekst"] == "Hvem måler **støjen**?" == told[0]["tekst"]
    assert (rows[1]["type"], rows[1]["svar_paa"], rows[1]["tekst"]) == ("Svar", "1", "Det gør kommunen.")
    assert set(told[2]) == {
        "nummer", "dokumentnummer", "status", "begrundelse", "modtaget", "rettidigt",
    }  # fmt: skip


def test_the_cover_says_in_danish_what_the_case_is_and_what_is_sealed(files: Files) -> None:
    cover = words(files["case.pdf"])

    for said in (
        "Sagsmappe: Vindmøller ved Klintmose",
        "25/10042",
        "Siden var nede.",
        "hele sagen",
        "345, 15. september 2026",
        "Numre givet i alt 4",
        "Ikke offentliggjort 1",
        "Det, der er forseglet, bliver i systemet.",
        "contributions/files/",
        "PDF/A-2a",
        "1 dokument står på listen uden fil",
    ):
        assert said in cover, said


def test_the_ledgers_entries_stand_in_the_order_of_their_positions(files: Files, hearing: Consultation) -> None:
    rows = table(files["lists/ledger.csv"])

    positions = [int(row["position"]) for row in rows]
    assert positions == sorted(positions)
    assert len(rows) == Entry.objects.filter(consultation_id=hearing.pk).exclude(kind=CASE_EXPORTED.name).count()
    assert {"contribution.received", "meeting.minutes_published"} <= {row["haendelse"] for row in rows}
    assert CASE_EXPORTED.name not in {row["haendelse"] for row in rows}


def test_parties_come_without_their_addresses(files: Files) -> None:
    [row] = table(files["lists/parties.csv"])

    assert (row["navn"], row["type"], row["har_svaret"]) == ("Region Vesterhav", "Myndighed", "nej")
    assert b"region@example.org" not in b"".join(files.values())


def test_the_same_state_makes_the_same_bytes_a_year_later(
    files: Files, hearing: Consultation, at: datetime, tmp_path: Path
) -> None:
    with time_machine.travel(at + 400 * DAY):
        again = exported(hearing, tmp_path, at=at + 400 * DAY)
    told = list(Entry.objects.filter(kind=CASE_EXPORTED.name))

    assert [name for name in files if files[name] != again[name]] == []
    assert len({facts_of(entry)["sha256"] for entry in told}) == 1 < len(told)


def test_the_ledger_still_agrees_with_the_rows(hearing: Consultation) -> None:
    assert Entry.objects.filter(kind=CASE_EXPORTED.name, consultation_id=hearing.pk).exists()
    assert check_ledger().problem == ""


def test_the_ledger_tells_of_the_file_by_its_checksum_and_the_system_did_it(
    hearing: Consultation, at: datetime, tmp_path: Path
) -> None:
    exported(hearing, tmp_path, at=at, since=at.date())

    entry = Entry.objects.filter(kind=CASE_EXPORTED.name).order_by("-pk")[0]
    content = (tmp_path / "case.zip").read_bytes()
    assert facts_of(entry) == {"sha256": sha256(content).hexdigest(), "since": "2026-09-15"}
    assert (entry.actor_role, entry.subject_id) == (ActorRole.SYSTEM, hearing.pk)


def test_a_file_that_is_gone_from_the_disk_is_told_and_keeps_nobody_from_the_rest(
    hearing: Consultation, at: datetime, tmp_path: Path
) -> None:
    lost = hearing.documents.get(position=1).versions.get(version=2).file
    aside = Path(lost.path).rename(tmp_path / "aside")

    try:
        files = exported(hearing, tmp_path, at=at)
    finally:
        aside.rename(lost.path)

    assert "documents/D001-2.pdf" not in files
    assert documents(files)["D001-2"]["status"] == "Filen mangler"
    assert wrong_checksums(files) == []


def test_only_this_machines_user_reads_the_file(hearing: Consultation, at: datetime, tmp_path: Path) -> None:
    exported(hearing, tmp_path, at=at)

    assert (tmp_path / "case.zip").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["case.zip"]
