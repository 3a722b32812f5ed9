"""Case files at the desk: asked for by the team, built once, downloaded by the team alone, gone after seven days."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation
from apps.discussions.actions import hide_contribution
from apps.discussions.models import Contribution
from apps.exchange import actions, tasks
from apps.exchange.actions import clear_case_files, request_case_file
from apps.exchange.enums import CASE_EXPORTED, CaseFileStatus
from apps.exchange.errors import CaseFileUnderWay, CaseNotWritten, UnfitSince
from apps.exchange.models import CaseFile
from apps.exchange.queries.case_files import CLAIM_LASTS, folder_of_case_files, path_of_case_file
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.exchange.cases import opened, wrong_checksums
from tests.portal.leaving import confirmed_just_now

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def as_seen_by(at: datetime) -> Iterator[Browser]:
    """A browser of somebody, with the clock standing at the moment of the test."""

    def browser(viewer: User | None) -> Client:
        client = Client()
        if viewer:
            client.force_login(viewer)
        return client

    with time_machine.travel(at, tick=False):
        yield browser


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def hearing(at: datetime, official: User) -> Consultation:
    return factories.a_hearing(at=at)


def asked(hearing: Consultation, at: datetime, **since: Any) -> CaseFile:
    return request_case_file(consultation=hearing, since=since.get("since"), by=factories.an_official(at), at=at)


def built(hearing: Consultation, at: datetime) -> CaseFile:
    case_file = asked(hearing, at)
    with time_machine.travel(at, tick=False):
        assert tasks.build_case_files() == 1
    case_file.refresh_from_db()
    return case_file


def page(hearing: Consultation, language: str = "en/") -> str:
    return f"/{language}desk/consultations/{hearing.slug}/case-file/"


def hidden(text: Contribution, at: datetime) -> None:
    by, reason = as_moderator(factories.a_moderator(at)), RefusalReason.objects.get(code="spam")
    hide_contribution(contribution=text, reason=reason, sentence="Not here.", by=by, at=at)


# ------------------------------------------------------------------ asking


def test_a_case_file_is_asked_for_once_at_a_time(hearing: Consultation, at: datetime) -> None:
    asked(hearing, at)

    with pytest.raises(CaseFileUnderWay):
        asked(hearing, at)
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFile.objects.create(consultation=hearing, requested_at=at)


def test_a_day_to_come_and_a_draft_are_refused(hearing: Consultation, at: datetime) -> None:
    with pytest.raises(UnfitSince, match="begyndt"):
        asked(hearing, at, since=(at + DAY).date())
    with pytest.raises(NotAllowed, match="kladde"):
        asked(factories.a_draft(at=at), at)
    assert not CaseFile.objects.exists()


def test_the_team_asks_and_nobody_else(hearing: Consultation, at: datetime) -> None:
    colleague = personas.colleague(at=at)

    with pytest.raises(NotAllowed):
        request_case_file(consultation=hearing, since=None, by=colleague, at=at)
    add_member(consultation=hearing, person=colleague, role=TeamRole.ANSWERER, by=factories.an_official(at), at=at)
    assert request_case_file(consultation=hearing, since=None, by=colleague, at=at).is_under_way


# ------------------------------------------------------------------ building


def test_the_sweep_builds_it_and_the_ledger_tells_who_and_what(hearing: Consultation, at: datetime) -> None:
    case_file = built(hearing, at)

    content = path_of_case_file(case_file).read_bytes()
    entry = Entry.objects.select_related("person").get(kind=CASE_EXPORTED.name)
    assert wrong_checksums(opened(content)) == []
    assert (case_file.status, case_file.size, case_file.expires_at) == ("ready", len(content), at + 7 * DAY)
    assert facts_of(entry) == {"sha256": case_file.sha256, "since": "whole"}
    assert (entry.actor_role, entry.person.person_id) == (ActorRole.OFFICIAL, case_file.asked_by_id)
    assert tasks.build_case_files() == 0
    assert folder_of_case_files().stat().st_mode & 0o777 == 0o700


def test_two_sweeps_do_not_build_the_same_one(hearing: Consultation, at: datetime) -> None:
    asked(hearing, at)

    first = actions.claim_case_file(at=at)

    assert first
    assert actions.claim_case_file(at=at) is None
    again = actions.claim_case_file(at=at + CLAIM_LASTS)
    assert again
    assert actions.build_case_file(case_file=again, at=at + CLAIM_LASTS)
    assert not actions.build_case_file(case_file=first, at=at + CLAIM_LASTS)
    assert Entry.objects.filter(kind=CASE_EXPORTED.name).count() == 1
    assert [file.name for file in folder_of_case_files().iterdir()] == [CaseFile.objects.get().file]


def test_what_cannot_be_built_is_tried_three_times_and_given_up(
    hearing: Consultation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_told: object) -> None:
        raise CaseNotWritten("full")

    monkeypatch.setattr("apps.exchange.actions.case_files.export_case", fails)
    asked(hearing, at)
    for turn in range(4):
        with time_machine.travel(at + turn * CLAIM_LASTS, tick=False):
            assert tasks.build_case_files() == 0

    assert CaseFile.objects.get().status == CaseFileStatus.FAILED
    assert not Entry.objects.filter(kind=CASE_EXPORTED.name).exists()
    assert asked(hearing, at + DAY).is_under_way


# ------------------------------------------------------------------ the page


def test_the_desk_asks_for_it_and_downloads_it(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    with time_machine.travel(at, tick=False):
        desk = confirmed_just_now(as_seen_by(official), official)
        told = desk.post(page(hearing), {"since": ""}, follow=True).content.decode()
        tasks.build_case_files()
        ready = desk.get(page(hearing)).content.decode()
        case_file = CaseFile.objects.get()
        answer = desk.get(f"{page(hearing)}{case_file.pk}/")
        content = b"".join(answer.streaming_content)  # type: ignore[arg-type]

    assert "The case file is being put together." in told
    assert "It is ready in a few minutes." in told
    assert f"{page(hearing)}{case_file.pk}/" in ready
    assert answer["Content-Disposition"] == f'attachment; filename="{hearing.slug}.zip"'
    assert answer["Cache-Control"] == "no-store"
    assert "case.pdf" in opened(content)


def test_who_did_not_show_lately_who_they_are_is_asked(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    case_file = built(hearing, at)
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        desk = as_seen_by(official)
        for answer in (desk.post(page(hearing), {"since": ""}), desk.get(f"{page(hearing)}{case_file.pk}/")):
            assert answer.status_code == 302
            assert "reauthenticate" in answer["Location"]
    assert CaseFile.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"), [("2027-01-01", "Choose a day that has begun"), ("tomorrow", "Enter a valid date")]
)
def test_a_wrong_day_is_refused_with_a_sentence_and_stays(  # noqa: PLR0917
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime, typed: str, said: str
) -> None:
    with time_machine.travel(at, tick=False):
        desk = confirmed_just_now(as_seen_by(official), official)
        answer = desk.post(page(hearing), {"since": typed})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert typed in answer.content.decode()
    assert not CaseFile.objects.exists()


def test_a_second_one_is_refused_while_one_is_under_way(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    asked(hearing, at)
    with time_machine.travel(at, tick=False):
        answer = confirmed_just_now(as_seen_by(official), official).post(page(hearing), {"since": "2026-09-01"})

    assert answer.status_code == 409
    assert "A case file is being put together already." in answer.content.decode()
    assert "2026-09-01" in answer.content.decode()


def test_nobody_outside_the_team_gets_the_page_or_the_file(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    case_file = built(hearing, at)
    elsewhere = factories.a_hearing(at=at)
    people = {
        "colleague": personas.colleague(at=at),
        "moderator": factories.a_moderator(at),
        "administrator": personas.administrator(at=at),
        "writer": factories.a_writer(at),
    }
    with time_machine.travel(at, tick=False):
        for name, person in people.items():
            browser = confirmed_just_now(as_seen_by(person), person)
            assert browser.get(page(hearing)).status_code == 403, name
            assert browser.get(f"{page(hearing)}{case_file.pk}/").status_code == 403, name
        desk = confirmed_just_now(as_seen_by(official), official)
        assert desk.get(f"{page(elsewhere)}{case_file.pk}/").status_code == 404


def test_the_page_speaks_both_languages_and_leads_from_the_hearing(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    desk = as_seen_by(official)

    danish, english = (desk.get(page(hearing, language)).content.decode() for language in ("", "en/"))

    assert "Alt om høringen i én fil til ESDH-systemet." in danish
    assert "Everything about the hearing in one file" in english
    assert "The hearing has no case number yet." in english
    assert page(hearing) in desk.get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert "case-file" not in as_seen_by(None).get(f"/en/consultations/{hearing.slug}/").content.decode()


# ------------------------------------------------------------------ the end


def test_once_something_in_it_is_taken_from_the_public_it_is_not_handed_over(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    text = factories.a_published(factories.the_topic(hearing), at=at)
    case_file = built(hearing, at)
    factories.a_published(factories.the_topic(hearing), at=at)
    with time_machine.travel(at, tick=False):
        desk = confirmed_just_now(as_seen_by(official), official)
        before = desk.get(f"{page(hearing)}{case_file.pk}/")
        assert b"".join(before.streaming_content)  # type: ignore[arg-type]
        hidden(text, at)
        answer = desk.get(f"{page(hearing)}{case_file.pk}/", follow=True).content.decode()

    assert "something that it holds was taken from the public" in answer
    assert clear_case_files(at=at) == 1
    assert list(folder_of_case_files().iterdir()) == []
    assert CaseFile.objects.get().status == CaseFileStatus.EXPIRED


def test_after_seven_days_it_is_gone_and_after_a_month_its_row(
    as_seen_by: Browser, hearing: Consultation, official: User, at: datetime
) -> None:
    case_file = built(hearing, at)

    assert clear_case_files(at=at + 7 * DAY - timedelta(seconds=1)) == 0
    with time_machine.travel(at + 7 * DAY, tick=False):
        desk = confirmed_just_now(as_seen_by(official), official)
        assert desk.get(f"{page(hearing)}{case_file.pk}/").status_code == 404
    assert clear_case_files(at=at + 7 * DAY) == 1
    assert clear_case_files(at=at + 31 * DAY) == 0
    assert not CaseFile.objects.exists()


def test_what_a_killed_sweep_left_goes_and_what_the_command_wrote_stays(at: datetime) -> None:
    folder_of_case_files().mkdir(parents=True)
    left, ours = folder_of_case_files() / ".x.zip.part", folder_of_case_files().parent / "of-the-operator.zip"
    for file in (left, ours):
        file.write_bytes(b"half")
        os.utime(file, (at.timestamp(), at.timestamp()))

    assert clear_case_files(at=at + DAY) == 0
    assert clear_case_files(at=at + DAY + timedelta(seconds=1)) == 1

    assert not left.exists()
    assert ours.exists()
