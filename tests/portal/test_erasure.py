"""Deleting an account: nothing of the person is left, all that must stay stays, and the ledger agrees."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client

from apps.accounts.actions import grant_role, place_hold
from apps.accounts.enums import HeldSubject, Role
from apps.accounts.errors import Held
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, EntryActor
from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter as Mail
from apps.notifications.models import OutgoingMail
from apps.notifications.queries import personal_data_of
from apps.notifications.tasks import send_mail, write_mail
from apps.portal import actions
from apps.portal.enums import ExportStatus
from apps.portal.errors import NotYourAddress, StaffRole
from apps.portal.models import DataExport
from apps.portal.tasks import build_exports, clear_away
from apps.residency.actions import grant_residency
from apps.residency.models import Letter, Residency
from tests import factories, personas
from tests.leaks.rows import where_in_database, where_in_files
from tests.portal.leaving import ADDRESS, NAME, STREET, an_export, confirmed_just_now, somebody_known_everywhere

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DELETE = "/en/me/delete/"
WORDS = (NAME, ADDRESS, "Second.Q@example.org", "Ludmilla", "Quist", STREET, "subject-of-ludmilla", "k" * 64, "n" * 64)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def delete(person: User, at: datetime, typed: str = "") -> bool:
    with time_machine.travel(at, tick=False):
        return actions.delete_account(person=person, typed=typed or person.email, by=person, at=at)


def test_nothing_of_the_person_is_left_anywhere(
    at: datetime,
    tmp_path: Path,
    settings: LazySettings,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]],
) -> None:
    person = somebody_known_everywhere(at)
    with time_machine.travel(at, tick=False):
        client = Client()
        client.post("/en/accounts/login/", {"login": ADDRESS, "password": personas.PASSWORD})
        write_mail()
        an_export(person, at)
        build_exports()
    before = where_in_database(WORDS)
    assert {line.split(": ")[1] for line in before} == set(WORDS), "the search finds each word before"
    assert where_in_files(tmp_path, [NAME])

    with django_capture_on_commit_callbacks(execute=True):
        assert delete(person, at)

    assert where_in_database(WORDS) == [f"notifications_outgoingmail.to: {word}" for word in sorted_in_mail()]
    assert not where_in_files(tmp_path, WORDS)
    with time_machine.travel(at, tick=False):
        send_mail()
    with time_machine.travel(at + timedelta(days=1), tick=False):
        clear_away()
    assert where_in_database(WORDS) == []


def sorted_in_mail() -> list[str]:
    return sorted(word for word in WORDS if word.lower() in ADDRESS.lower())


def test_the_last_mail_goes_to_the_address_and_holds_no_name(at: datetime) -> None:
    delete(somebody_known_everywhere(at), at)

    mail = OutgoingMail.objects.get(to=ADDRESS.lower())
    assert "slettet" in mail.subject or "deleted" in mail.subject
    assert mail.status == "queued"
    assert "Ludmilla" not in mail.body


def test_mails_of_an_address_that_only_looks_like_it_stay(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    other = f"x{ADDRESS.lower()}"
    queue_letters(letters=[Mail(to=other, subject="Yours", body=f"Sent to {other}.")], at=at)

    delete(person, at)

    assert OutgoingMail.objects.filter(to=other, body__contains=other).exists()


def test_mails_to_a_former_address_are_in_the_copy_and_go_with_the_account(at: datetime) -> None:
    person = personas.unverified(at=at, email="former@example.org")
    queue_letters(letters=[Mail(to=person.email, subject="Told", body="Text", key="x", person_id=person.pk)], at=at)
    User.objects.filter(pk=person.pk).update(email="new@example.org")
    EmailAddress.objects.filter(user=person).update(email="new@example.org")
    person.refresh_from_db()
    heir = personas.unverified(at=at, email="former@example.org")

    assert [mail["to"] for mail in personal_data_of(person, at=at)["mails"]] == ["former@example.org"]
    assert personal_data_of(heir, at=at)["mails"] == []
    delete(person, at)

    assert not OutgoingMail.objects.filter(to="former@example.org").exists()


def test_what_was_written_stays_without_a_name_and_the_ledger_agrees(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    texts = set(Contribution.stored.filter(author=person).values_list("body", flat=True))
    entries = Entry.objects.count()

    delete(person, at)

    stayed = Contribution.stored.filter(author=person)
    assert set(stayed.values_list("body", flat=True)) == texts
    assert set(stayed.values_list("author_name", "author_district")) == {("", "")}
    assert Entry.objects.count() > entries
    assert not EntryActor.objects.filter(person_id=person.pk).exists()
    sequence_entries()
    call_command("verify_ledger")


def test_files_go_from_the_disk_and_it_is_told_that_there_was_one(
    at: datetime, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    person = personas.unverified(at=at, email=ADDRESS)
    topic = factories.the_topic(factories.a_hearing(at=at))
    row = factories.a_published(topic, at=at, by=person, files=[factories.a_file()])
    file = row.attachments.get().file

    with django_capture_on_commit_callbacks(execute=True):
        assert delete(person, at)

    assert not file.storage.exists(file.name)
    assert row.attachments.get().is_removed
    assert check_ledger().problem == ""
    page = Client().get(f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/").content.decode()
    assert "A file was removed, because its author" in page


def test_residencies_keep_their_dates_and_lose_their_keys(at: datetime) -> None:
    person = somebody_known_everywhere(at)

    delete(person, at)

    residency = Residency.objects.get(person=person)
    assert residency.ended_at == at
    assert (residency.person_key, residency.name_address_key, residency.district_id) == ("", "", None)


def test_a_posted_letter_still_counts_against_its_address_and_nothing_more(at: datetime) -> None:
    """Otherwise somebody could have letters sent to one address without end, with an account for each."""
    person = somebody_known_everywhere(at)

    delete(person, at)

    letter = Letter.objects.get(person=person)
    assert letter.address_key == "a" * 64
    assert (letter.name, letter.address, letter.code_hash, letter.sentence) == ("", "", "", "")


def test_somebody_who_is_gone_can_sign_up_and_be_verified_anew(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    former = Residency.objects.get(person=person).person_key
    delete(person, at)

    again = personas.unverified(at=at, email=ADDRESS, display_name=NAME)
    residency = grant_residency(person=again, district=None, by=factories.an_official(at), at=at)
    Residency.objects.filter(pk=residency.pk).update(person_key=former)

    assert again.pk != person.pk
    assert Residency.objects.get(pk=residency.pk).ended_at is None


def test_a_second_time_nothing_happens(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    stale = User.objects.get(pk=person.pk)
    delete(person, at)
    entries, mails = Entry.objects.count(), OutgoingMail.objects.count()

    assert not delete(stale, at)
    assert (Entry.objects.count(), OutgoingMail.objects.count()) == (entries, mails)


def test_staff_are_freed_of_their_roles_first(at: datetime) -> None:
    with pytest.raises(StaffRole):
        delete(personas.moderator(at=at), at)


def test_a_role_that_begins_later_is_a_role(at: datetime) -> None:
    person = personas.unverified(at=at)
    grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=at, starts_at=at + timedelta(days=9))

    with pytest.raises(StaffRole):
        delete(User.objects.get(pk=person.pk), at)


def hold(held: HeldSubject, held_id: int, at: datetime) -> None:
    administrator = personas.administrator(at=at)
    place_hold(
        held=held, held_id=held_id, reason="A case.", review_on=at.date() + timedelta(days=90), by=administrator, at=at
    )


def test_a_hold_on_the_person_is_in_the_way_of_all_of_it(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    hold(HeldSubject.PERSON, person.pk, at)

    with pytest.raises(Held):
        delete(person, at)

    assert Contribution.stored.filter(author_name=NAME).exists()
    assert OutgoingMail.objects.filter(to=ADDRESS.lower()).exists()


def test_a_hold_on_what_they_wrote_is_in_the_way_too(at: datetime) -> None:
    person = somebody_known_everywhere(at)
    hold(HeldSubject.CONTRIBUTION, Contribution.stored.filter(author=person)[0].pk, at)

    with pytest.raises(Held):
        delete(person, at)


def test_nobody_deletes_somebody_else(at: datetime) -> None:
    person = personas.unverified(at=at)

    with pytest.raises(NotAllowed):
        actions.delete_account(person=person, typed=person.email, by=personas.administrator(at=at), at=at)


def test_another_address_than_the_own_deletes_nothing(at: datetime) -> None:
    with pytest.raises(NotYourAddress):
        delete(personas.unverified(at=at), at, typed="other@example.org")


def test_the_page_tells_in_numbers_what_goes_and_what_stays(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(somebody_known_everywhere(at)).get(DELETE).content.decode()

    assert "3 contributions stay, without your name" in page
    assert "1 of them everyone can read" in page
    assert "2 letters with a code" in page
    assert "2 mails to you" in page


def test_the_form_keeps_what_was_typed_and_says_what_is_wrong(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)

    response = confirmed_just_now(as_seen_by(person), person).post(DELETE, {"address": "typo@example.org"})

    assert response.status_code == 422
    assert "typo@example.org" in response.content.decode()
    assert "not the e-mail address of your account" in response.content.decode()
    assert User.objects.get(pk=person.pk).erased_at is None


def test_a_held_person_reads_why_on_the_page_and_finds_no_button(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    hold(HeldSubject.PERSON, person.pk, at)
    browser = confirmed_just_now(as_seen_by(person), person)

    assert "needed in a legal case" in browser.get(DELETE).content.decode()
    assert "for ever</button>" not in browser.get(DELETE).content.decode()
    assert browser.post(DELETE, {"address": person.email}).status_code == 409


def test_without_the_password_once_more_nothing_is_deleted(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)

    response = as_seen_by(person).post(DELETE, {"address": person.email})

    assert response.status_code == 302
    assert "reauthenticate" in response["Location"]
    assert User.objects.get(pk=person.pk).erased_at is None


def test_with_the_password_the_person_is_logged_out_and_gone(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    browser, other = as_seen_by(person), as_seen_by(person)
    asked = browser.post(DELETE, {"address": f" {person.email.upper()} "})

    response = browser.post(asked["Location"], {"password": personas.PASSWORD}, follow=True)

    assert response.redirect_chain[-1][0] == "/en/goodbye/"
    assert "Your account is deleted" in response.content.decode()
    assert User.objects.get(pk=person.pk).erased_at == at
    assert other.get("/en/me/").status_code == 302
    assert not Session.objects.filter(session_data__contains=person.email).exists()


def test_exports_and_their_files_go_too(
    at: datetime, tmp_path: Path, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
) -> None:
    person = personas.unverified(at=at)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "x.zip").write_bytes(b"copy")
    an_export(person, at, status=ExportStatus.READY, file="x.zip", expires_at=at + timedelta(days=7))

    with django_capture_on_commit_callbacks(execute=True):
        delete(person, at)

    assert not DataExport.objects.exists()
    assert not list((tmp_path / "exports").iterdir())
