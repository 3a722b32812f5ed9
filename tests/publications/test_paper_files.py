"""The PDF of a white paper: made in the background, of what everyone can read, and handed out only while that is so."""

import subprocess
import sys
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.common.kept_files import stray_files
from apps.discussions.actions import hide_contribution, withdraw_contribution
from apps.municipality.models import RefusalReason
from apps.publications.actions import paper_files
from apps.publications.actions.paper_files import claim_pdf, fail_pdf, make_pdf, queue_pdfs, retry_pdf
from apps.publications.enums import FileState
from apps.publications.errors import NothingFailed
from apps.publications.models import PaperFile
from apps.publications.tasks import make_papers
from tests.factories import a_moderator, a_writer, an_official
from tests.factories.whitepapers import publish_paper
from tests.publications.papers import PASSAGE, REST, WHOLE, Published, corrected, published, with_pdf, words_of

pytestmark = pytest.mark.django_db


def _got(client: Client, made: Published) -> bytes:
    answer = client.get(f"{made.address}.pdf")
    return b"".join(answer) if answer.streaming else answer.content


def _hide(made: Published, at: datetime) -> None:
    reason = RefusalReason.objects.get(code="private_information")
    hide_contribution(contribution=made.cited, reason=reason, sentence="", by=as_moderator(a_moderator(at)), at=at)


def test_it_holds_statements_replies_and_all_texts_that_everyone_reads(client: Client, at: datetime) -> None:
    made = published(at)

    words = with_pdf(made)

    for shown in ("Hvidbog", "1.1 Turbines are loud.", "They are moved away.", "We listened.", PASSAGE, REST, WHOLE):
        assert shown in words
    assert made.refused.body not in words
    assert "It was not published." in words
    assert _got(client, made).startswith(b"%PDF-")


def test_it_is_tagged_with_contents_bookmarks_and_page_numbers(client: Client, at: datetime) -> None:
    made = published(at)
    make_papers()

    pdf = PdfReader(BytesIO(_got(client, made)))

    catalog = pdf.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"] == "da"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in str(catalog["/Metadata"].get_data())
    titles = [row.title for row in _flat(pdf.outline)]
    assert "1.1 Turbines are loud." in titles
    assert any(title.startswith("Nr. ") for title in titles)
    contents = pdf.pages[1].extract_text()
    assert "1.1 Turbines are loud." in contents
    assert ". . ." in contents
    assert f"2 / {len(pdf.pages)}" in contents
    assert pdf.metadata is not None
    assert str(pdf.metadata.title).startswith("Hvidbog: ")


def _flat(outline: list[object]) -> list[object]:
    return [row for part in outline for row in (_flat(part) if isinstance(part, list) else [part])]


def test_a_text_that_is_hidden_leaves_the_pdf_at_once(client: Client, at: datetime) -> None:
    made = published(at)
    make_papers()
    _hide(made, at)

    waits = client.get(f"{made.address}.pdf")
    assert waits.status_code == 202
    assert b"The PDF is being made" in waits.content
    make_papers()

    words = words_of(_got(client, made))
    assert PASSAGE not in words
    assert REST not in words
    assert f"Nr. {made.cited.number}" in words
    assert PaperFile.objects.count() == 1


def test_the_old_file_is_gone_from_the_disk(
    at: datetime, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    made = published(at)
    make_papers()
    name = PaperFile.objects.get().file.name
    withdraw_contribution(contribution=made.cited, by=made.cited.author, at=at)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_papers()

    file = PaperFile.objects.get().file
    assert file.name != name
    assert not file.storage.exists(name)
    assert file.name not in set(stray_files(at=at + timedelta(days=400)))


def test_two_sweeps_make_it_once(at: datetime) -> None:
    made = published(at)
    queue_pdfs(at=at)
    queue_pdfs(at=at)

    first, second = claim_pdf(at=at), claim_pdf(at=at)

    assert first is not None
    assert second is None
    assert make_pdf(file=first, at=at)
    assert not make_pdf(file=first, at=at)
    assert made.version.pdf.status == FileState.DONE


def test_a_claim_lapses_and_is_given_up_after_three(at: datetime) -> None:
    published(at)
    queue_pdfs(at=at)
    for turn in range(3):
        assert claim_pdf(at=at + turn * timedelta(minutes=12)) is not None

    assert claim_pdf(at=at + timedelta(minutes=36)) is None
    assert PaperFile.objects.get().status == FileState.FAILED


def test_what_failed_is_tried_again_when_the_team_asks(client: Client, at: datetime) -> None:
    made = published(at)
    queue_pdfs(at=at)
    for turn in range(3):
        file = claim_pdf(at=at + timedelta(seconds=turn))
        assert file is not None
        fail_pdf(file=file)
    retry = f"/en/desk/consultations/{made.consultation.slug}/whitepaper/pdf/"

    assert b"could not be made" in client.get(f"{made.address}/").content
    with pytest.raises(NotAllowed):
        retry_pdf(file=PaperFile.objects.get(), by=a_writer(at), at=at)
    client.force_login(an_official(at))
    assert b"Try again" in client.get(f"{made.address}/pdf/").content
    assert client.post(retry).status_code == 302
    assert PaperFile.objects.get().status == FileState.QUEUED
    assert client.post(retry).status_code == 409
    with pytest.raises(NothingFailed):
        retry_pdf(file=PaperFile.objects.get(), by=an_official(at), at=at)


def test_one_that_breaks_leaves_no_text_in_the_log(
    at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = published(at)

    def broken(*_: object, **__: object) -> None:
        raise ValueError(PASSAGE)

    monkeypatch.setattr(paper_files, "pdf_with_progress", broken)
    make_papers()

    assert PaperFile.objects.get(version=made.version).status == FileState.QUEUED
    assert "could not be made: ValueError" in caplog.text
    assert PASSAGE not in caplog.text


def test_progress_is_told_on_the_page(client: Client, at: datetime) -> None:
    made = published(at)
    queue_pdfs(at=at)
    file = claim_pdf(at=at)
    assert file is not None
    PaperFile.objects.filter(pk=file.pk).update(progress=40)

    part = client.get(f"{made.address}/pdf/").content.decode()

    assert "The PDF is being made: 40 %" in part
    assert "data-poll=" in part
    assert "<html" not in part


def test_a_version_before_loses_its_file(
    at: datetime, django_capture_on_commit_callbacks: pytest.FixtureRequest
) -> None:
    made = published(at)
    make_papers()
    name = PaperFile.objects.get().file.name
    publish_paper(corrected(made, at=at), at=at)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        make_papers()

    file = PaperFile.objects.get()
    assert file.version.version == 2
    assert not file.file.storage.exists(name)


def test_weasyprint_is_imported_only_where_a_pdf_is_made() -> None:
    """The pages must do without its libraries, and without the second that its import takes."""
    told = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; django.setup(); "
        "import apps.publications.tasks, apps.publications.urls; print('weasyprint' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)  # noqa: S603 - our own words

    assert done.stdout.strip() == "False"
