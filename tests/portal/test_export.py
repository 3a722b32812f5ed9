"""Copies of everything that is held about a person: built once, for that person alone, for seven days."""

import json
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.models import User
from apps.common.archive import archive_of, keys_in
from apps.notifications.models import OutgoingMail
from apps.portal import actions, tasks
from apps.portal.engine.export_words import FILES, KEYS, SECTIONS
from apps.portal.enums import ExportStatus
from apps.portal.errors import ExportUnderWay, TooManyExports
from apps.portal.models import DataExport
from apps.portal.queries.exports import CLAIM_LASTS, folder_of_exports, path_of
from tests import factories, personas
from tests.concurrency import at_once, shared_database
from tests.portal.leaving import ADDRESS, NAME, an_export, confirmed_just_now, somebody_known_everywhere

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
REQUEST, DATA = "/en/me/data/copy/", "/en/me/data/"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def built(person: User, at: datetime) -> DataExport:
    actions.request_export(person=person, at=at)
    with time_machine.travel(at, tick=False):
        tasks.build_exports()
    return DataExport.objects.get(person=person, requested_at=at)


def opened(export: DataExport) -> dict[str, str]:
    with zipfile.ZipFile(path_of(export)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def download(export: DataExport) -> str:
    return f"/en/me/data/copies/{export.pk}/"


def test_a_copy_holds_a_file_for_each_part_and_a_page(at: datetime) -> None:
    files = opened(built(somebody_known_everywhere(at), at))
    [sent] = json.loads(files["discussions.json"])["contributions"][0]["files"]

    assert set(files) == {"index.html", "style.css", sent["file"], *(f"{app}.json" for app in FILES)}
    assert files[sent["file"]] == f"%PDF-1.7 {NAME}"
    assert (sent["file_name"], sent["what_it_shows"]) == (f"House of {NAME}", f"{NAME} lives here")
    account = json.loads(files["accounts.json"])
    assert account["account"]["email"] == ADDRESS.lower()
    assert account["_keys"]["display_name"]
    assert json.loads(files["discussions.json"])["contributions"][0]["former_texts"][0]["text"] == "The first words."
    assert json.loads(files["ledger.json"])["entries"]
    assert NAME in files["index.html"]


def test_a_file_that_is_gone_from_the_disk_keeps_nobody_from_their_copy(at: datetime) -> None:
    person = factories.a_writer(at)
    topic = factories.the_topic(factories.a_hearing(at=at))
    file = factories.a_contribution(topic, at=at, by=person, files=[factories.a_file()]).attachments.get().file
    file.storage.delete(file.name)

    files = opened(built(person, at))

    assert not [name for name in files if name.startswith("files/")]
    assert len(json.loads(files["discussions.json"])["contributions"][0]["files"]) == 1


def test_every_key_is_explained(at: datetime) -> None:
    files = opened(built(somebody_known_everywhere(at), at))
    data = [json.loads(text) for name, text in files.items() if name.endswith(".json")]
    used = {key for one in data for key in keys_in({name: part for name, part in one.items() if name != "_keys"})}

    unexplained = used - set(KEYS) - set(SECTIONS)

    assert not unexplained, "say what they mean in apps/portal/engine/export_words.py"


def test_no_secret_and_nobody_elses_name_is_in_it(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    clerk, moderator = factories.an_official(at), factories.a_moderator(at)

    everything = "".join(opened(built(person, at)).values())

    for secret in (person.password, "SEALED", "k" * 64, "a" * 64, "n" * 64, "c" * 64, "subject-of-ludmilla"):
        assert secret not in everything
    for other in (clerk, moderator):
        assert other.display_name not in everything
        assert other.email not in everything


def test_what_people_wrote_cannot_become_markup_on_the_page(at: datetime) -> None:
    person = personas.unverified(at=at)
    topic = factories.the_topic(factories.a_hearing(at=at))
    factories.a_contribution(topic, at=at, body="<script>alert(1)</script> & <b>bold</b>", by=person)

    page = opened(built(person, at))["index.html"]

    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_page_is_in_the_language_of_its_person_and_asks_nothing_of_other_sites(at: datetime) -> None:
    person = personas.unverified(at=at)
    User.objects.filter(pk=person.pk).update(language="en")

    page = opened(built(User.objects.get(pk=person.pk), at))["index.html"]

    assert '<html lang="en">' in page
    assert "Everything that is kept about you" in page
    assert "src=" not in page
    assert "http" not in page


def test_files_lie_where_only_this_machine_reads_them_under_a_name_nobody_guesses(at: datetime) -> None:
    path = path_of(built(personas.unverified(at=at), at))

    assert oct(path.stat().st_mode)[-3:] == "600"
    assert oct(path.parent.stat().st_mode)[-3:] == "700"
    assert len(path.stem) >= 43


def test_a_mail_tells_when_it_is_ready_and_holds_no_data(at: datetime) -> None:
    person = personas.unverified(at=at)
    built(person, at)

    mail = OutgoingMail.objects.get(to=person.email)
    assert "/me/data/" in mail.body
    assert person.email not in mail.body
    assert ".zip" not in mail.body


def test_one_at_a_time(at: datetime) -> None:
    person = personas.unverified(at=at)
    actions.request_export(person=person, at=at)

    with pytest.raises(ExportUnderWay):
        actions.request_export(person=person, at=at)
    with pytest.raises(IntegrityError):
        an_export(person, at)


def test_three_a_day(at: datetime) -> None:
    person = personas.unverified(at=at)
    for hour in range(3):
        built(person, at + timedelta(hours=hour))

    with pytest.raises(TooManyExports):
        actions.request_export(person=person, at=at + timedelta(hours=23))
    actions.request_export(person=person, at=at + timedelta(hours=24, seconds=1))


def test_a_sweep_that_comes_twice_builds_once(at: datetime) -> None:
    person = personas.unverified(at=at)
    export = built(person, at)
    name = export.file

    with time_machine.travel(at, tick=False):
        assert tasks.build_exports() == 0
    export.refresh_from_db()
    assert export.file == name
    assert OutgoingMail.objects.filter(to=person.email).count() == 1


def test_what_a_killed_sweep_left_is_built_again(at: datetime) -> None:
    actions.request_export(person=personas.unverified(at=at), at=at)
    left = actions.claim_export(at=at)
    assert left is not None

    assert actions.claim_export(at=at + CLAIM_LASTS - timedelta(seconds=1)) is None
    again = actions.claim_export(at=at + CLAIM_LASTS)

    assert again is not None
    assert again.pk == left.pk
    assert actions.build_export(export=again, at=at + CLAIM_LASTS)
    assert not actions.build_export(export=left, at=at + CLAIM_LASTS), "the one that was slow comes too late"
    assert [path.name for path in folder_of_exports().iterdir()] == [DataExport.objects.get().file]


def test_what_cannot_be_built_is_given_up_after_three_times(
    at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    person = personas.unverified(at=at)
    actions.request_export(person=person, at=at)

    def broken(*_: object, **__: object) -> bytes:
        raise ValueError(person.email)

    monkeypatch.setattr("apps.portal.actions.exporting.copy_of", broken)
    for turn in range(4):
        with time_machine.travel(at + turn * CLAIM_LASTS, tick=False):
            tasks.build_exports()

    assert DataExport.objects.get().status == ExportStatus.FAILED
    assert "ValueError" in caplog.text
    assert person.email not in caplog.text
    actions.request_export(person=person, at=at + timedelta(hours=2))


def test_nothing_is_built_for_somebody_who_left_meanwhile(at: datetime, tmp_path: Path) -> None:
    person = personas.unverified(at=at)
    actions.request_export(person=person, at=at)
    export = actions.claim_export(at=at)
    assert export is not None
    actions.delete_account(person=person, typed=person.email, by=person, at=at)

    assert not actions.build_export(export=export, at=at)
    assert not list((tmp_path / "exports").iterdir())


def test_asking_needs_the_password_once_more(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser = as_seen_by(person)

    asked = browser.post(REQUEST)

    assert "reauthenticate" in asked["Location"]
    assert not DataExport.objects.exists()
    browser.post(asked["Location"], {"password": personas.PASSWORD})
    assert DataExport.objects.get().person == person


def test_the_page_offers_the_copy_and_the_person_gets_it(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser = confirmed_just_now(as_seen_by(person), person)
    assert "is being put together" in browser.post(REQUEST, follow=True).content.decode()
    tasks.build_exports()
    export = DataExport.objects.get()

    assert download(export) in browser.get(DATA).content.decode()
    response = browser.get(download(export))

    assert response["Content-Disposition"] == 'attachment; filename="my-data.zip"'
    assert response["Cache-Control"] == "no-store"
    assert zipfile.is_zipfile(path_of(export))
    assert response.getvalue() == path_of(export).read_bytes()


def test_refusals_of_one_more_are_said_on_the_page(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser = confirmed_just_now(as_seen_by(person), person)
    browser.post(REQUEST)

    assert "put together already" in browser.post(REQUEST, follow=True).content.decode()


@pytest.mark.parametrize("persona", ["unverified", "moderator", "official", "administrator"])
def test_nobody_gets_the_copy_of_somebody_else(persona: str, as_seen_by: Browser, at: datetime) -> None:
    export = built(personas.resident(at=at), at)
    known = User.objects.filter(email="olaf@example.org").first() if persona == "official" else None
    viewer = known or personas.PERSONAS[persona](at=at)
    assert isinstance(viewer, User)

    assert confirmed_just_now(as_seen_by(viewer), viewer).get(download(export)).status_code == 404


def test_nobody_gets_it_without_logging_in_nor_after_logging_out(
    client: Client, as_seen_by: Browser, at: datetime
) -> None:
    person = personas.unverified(at=at)
    export = built(person, at)
    browser = confirmed_just_now(as_seen_by(person), person)
    browser.logout()

    for visitor in (client, browser):
        response = visitor.get(download(export))
        assert response.status_code == 302
        assert "/login/" in response["Location"]


def test_after_seven_days_it_is_gone(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    export = built(person, at)
    path = path_of(export)
    late = at + timedelta(days=7)

    with time_machine.travel(late, tick=False):
        assert confirmed_just_now(as_seen_by(person), person).get(download(export)).status_code == 404
        assert actions.clear_exports(at=late - timedelta(seconds=1)) == 0
        assert actions.clear_exports(at=late) == 1

    assert not path.exists()
    export.refresh_from_db()
    assert (export.status, export.file) == (ExportStatus.EXPIRED, "")
    actions.clear_exports(at=at + timedelta(days=31))
    assert not DataExport.objects.exists()


def test_files_that_nobody_names_go_after_a_day(at: datetime, tmp_path: Path) -> None:
    kept = path_of(built(personas.unverified(at=at), at))
    stray = tmp_path / "exports" / "stray.zip"
    stray.write_bytes(b"left by a sweep that was killed")
    written = datetime.fromtimestamp(stray.stat().st_mtime, tz=at.tzinfo)
    DataExport.objects.update(expires_at=written + timedelta(days=9))
    actions.clear_exports(at=written + timedelta(hours=23))
    assert stray.exists()

    actions.clear_exports(at=written + timedelta(hours=25))

    assert not stray.exists()
    assert kept.exists()


def test_the_same_texts_make_the_same_bytes(at: datetime) -> None:
    assert archive_of({"a": "æ"}, at=at) == archive_of({"a": "æ"}, at=at)


@pytest.mark.django_db(transaction=True)
def test_a_copy_that_is_put_together_while_its_person_leaves_stays_nowhere(at: datetime, tmp_path: Path) -> None:
    person = personas.unverified(at=at)
    actions.request_export(person=person, at=at)
    export = actions.claim_export(at=at)
    assert export is not None

    def building() -> None:
        assert export is not None
        actions.build_export(export=export, at=at)

    @transaction.atomic
    def leaving() -> None:
        actions.forget_exports(person=User.objects.select_for_update().get(pk=person.pk))

    with shared_database(tmp_path):
        assert at_once(building, leaving) == []
        assert not DataExport.objects.exists()
    assert list(folder_of_exports().iterdir()) == []
