"""The command that writes a case file: what it says, and what it refuses without leaving anything behind."""

import errno
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils.translation import override
from pytest_django.plugin import DjangoDbBlocker

from apps.common import pdf
from apps.common.archive import Archive
from apps.consultations.models import Consultation
from apps.exchange.enums import CASE_EXPORTED
from apps.ledger.models import Entry
from tests import factories
from tests.exchange.cases import opened, wrong_checksums
from tests.worlds import kept

pytestmark = pytest.mark.django_db

SLUG = "wind"


@pytest.fixture(scope="module")
def made(
    at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], Consultation]]:
    with kept(django_db_blocker, lambda: _build(at), at=at) as hand_out:
        yield hand_out


def _build(at: datetime) -> Consultation:
    hearing = factories.a_hearing(at=at)
    factories.a_published(factories.the_topic(hearing), at=at)
    return hearing


@pytest.fixture(autouse=True)
def hearing(
    made: Callable[[], Consultation], at: datetime, tmp_path: Path, settings: LazySettings
) -> Iterator[Consultation]:
    settings.DATA_DIR = tmp_path
    with time_machine.travel(at, tick=False), override("da"):
        yield made()


def run(*words: str | Path) -> str:
    out, err = StringIO(), StringIO()
    call_command("export_case", *map(str, words), stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def refused(*words: str | Path) -> tuple[str, int]:
    with pytest.raises(CommandError) as refusal:
        run(*words)
    assert not Entry.objects.filter(kind=CASE_EXPORTED.name).exists()
    return str(refusal.value), refusal.value.returncode


def test_the_file_lies_in_the_data_folder_under_the_hearings_address(hearing: Consultation, tmp_path: Path) -> None:
    said = run(hearing.slug)

    place = tmp_path / "cases" / f"{hearing.slug}.zip"
    assert wrong_checksums(opened(place.read_bytes())) == []
    assert str(place) in said
    assert "Sagen har ikke noget sagsnummer endnu." in said
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_a_quiet_night_says_so_and_is_no_failure(hearing: Consultation, at: datetime, tmp_path: Path) -> None:
    Consultation.objects.filter(pk=hearing.pk).update(journal_number="25/10042")
    with time_machine.travel(at + timedelta(days=2), tick=False):
        said = run(hearing.slug, "--since", "2026-09-17", "--to", tmp_path)

    assert "Intet er kommet, og intet er ændret siden 2026-09-17" in said
    assert "sagsnummer" not in said
    assert [path.name for path in tmp_path.iterdir()] == [f"{hearing.slug}-since-2026-09-17.zip"]


def test_a_place_that_ends_in_zip_is_the_file_itself_and_what_was_there_is_replaced(
    hearing: Consultation, tmp_path: Path
) -> None:
    place = tmp_path / "sag.zip"
    place.write_bytes(b"from yesterday")

    run(hearing.slug, "--to", place)

    assert "case.pdf" in opened(place.read_bytes())
    assert [path.name for path in tmp_path.iterdir()] == ["sag.zip"]


def test_an_unknown_address_is_told_apart_from_a_draft(hearing: Consultation, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    assert refused("nowhere") == (
        "Ingen høring har adressen »nowhere«. Det er den del af sidens adresse, der står efter /consultations/.",
        2,
    )
    assert refused(draft.slug) == ("Det er en kladde. En sagsmappe kan samles, når den er offentliggjort.", 2)


@pytest.mark.parametrize("wrong", ["yesterday", "2026-13-01", "30-11-2026", "2026-02-30"])
def test_what_is_no_day_is_refused(hearing: Consultation, wrong: str) -> None:
    assert refused(hearing.slug, "--since", wrong) == (
        f"»{wrong}« er ikke en dag. Skriv år, måned og dag, som 2026-11-30.",
        2,
    )


def test_a_day_to_come_is_refused(hearing: Consultation, tmp_path: Path) -> None:
    said, code = refused(hearing.slug, "--since", "2026-09-16", "--to", tmp_path)

    assert (said.split(":")[0], code) == ("Vælg en dag, der er begyndt", 2)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused(hearing: Consultation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    for place in (tmp_path / "missing" / "below", tmp_path / "file", tmp_path / "file" / "case.zip"):
        said, code = refused(hearing.slug, "--to", place)
        assert said.startswith("Mappen ")
        assert code == 1


def test_a_folder_in_which_nobody_writes_is_refused(hearing: Consultation) -> None:
    said, code = refused(hearing.slug, "--to", "/proc")

    assert said.startswith(f"Sagsmappen kan ikke skrives til /proc/{hearing.slug}.zip: ")
    assert code == 1


@pytest.mark.parametrize("step", ["add", "finish", "put_in_place"])
def test_on_a_full_disk_nothing_half_is_left_and_the_old_file_stays(
    hearing: Consultation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    place = tmp_path / "sag.zip"
    place.write_bytes(b"from yesterday")

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Archive, step, full)

    said, code = refused(hearing.slug, "--to", place)

    assert said == (
        f"Sagsmappen kan ikke skrives til {place}: No space left on device. Der ligger ikke noget af den tilbage."
    )
    assert code == 1
    assert [path.name for path in tmp_path.iterdir()] == ["sag.zip"]
    assert place.read_bytes() == b"from yesterday"


def test_a_machine_that_makes_no_pdf_says_so(hearing: Consultation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("apps.exchange.actions.case_writing.can_make_pdf", lambda: False)

    assert refused(hearing.slug) == ("Denne maskine kan ikke lave PDF-filer, og dem består en sagsmappe af.", 1)
    assert pdf.can_make_pdf()
