"""What is kept for how long: what is due goes, what is held or still needed stays, and a dry run changes nothing."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.test import Client

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.consultations.actions import sign_up
from apps.consultations.models import MeetingSignUp
from apps.discussions.models import Contribution, SenderAddress
from apps.exchange.enums import CaseFileStatus
from apps.exchange.models import CaseFile
from apps.exchange.queries.case_files import CASE_FILES_KEPT, folder_of_case_files
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.enums import Outcome
from apps.moderation.models import Case, Decision, Report
from apps.municipality.models import RefusalReason
from apps.notifications.actions import queue_letters
from apps.notifications.engine.letters import Letter as Mail
from apps.notifications.enums import MailStatus
from apps.notifications.models import OutgoingMail
from apps.portal import tasks
from apps.portal.actions import CLASSES, clear_away, request_export
from apps.portal.models import DataExport
from apps.portal.queries.exports import folder_of_exports
from apps.residency.actions import end_own_residency
from apps.residency.enums import LetterStatus
from apps.residency.models import Letter, Residency
from apps.screening.actions import EmployeeFacts, end_employee, protect_employee
from tests import factories, personas
from tests.architecture.source import ROOT
from tests.discussions.outside import MAIL, STREET, entered
from tests.leaks.rows import where_in_database
from tests.moderation.cases import EXPLAINED, a_neighbour, a_report, left
from tests.moderation.pauses import NOTED, TO_THEM, a_pause

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
A_DAY = timedelta(days=1)
NAME, ADDRESS = "Nora Nobody", "nora@example.org"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.DATA_DIR = tmp_path


def somebody_unconfirmed(at: datetime) -> User:
    queue_letters(letters=[Mail(to=ADDRESS, subject="Confirm", body=f"Hello {NAME}", key="n")], at=at)
    return User.objects.create_user(ADDRESS, "x", display_name=NAME, created_at=at)


def a_paper_letter(at: datetime) -> User:
    person = personas.unverified(at=at, email="letter@example.org", display_name="Lea Letter")
    keys = {"address_key": "a", "name_address_key": "n", "requested_at": at}
    Letter.objects.create(person=person, status=LetterStatus.USED, closed_at=at, **keys)
    return person


def a_settled_mail(at: datetime) -> User:
    person = personas.unverified(at=at, email="mail@example.org", display_name="Mia Mail")
    queue_letters(letters=[Mail(to=person.email, subject="Brought news", body="A text", key="told")], at=at)
    OutgoingMail.objects.filter(to=person.email).update(status=MailStatus.SENT)
    return person


def an_ended_residency(at: datetime) -> User:
    person = personas.resident(at=at)
    end_own_residency(residency=Residency.objects.get(), by=person, at=at)
    return person


def a_refused_text(at: datetime) -> User:
    topic = factories.the_topic(factories.a_hearing(at=at))
    assert RefusalReason.objects.exists()
    author = factories.a_refused(topic, at=at, body="Not for everyone").author
    assert author is not None
    return author


def an_ended_employee(at: datetime) -> None:
    official = factories.an_official(at)
    employee = protect_employee(facts=EmployeeFacts(name="Frida Forhen"), by=official, at=at)
    end_employee(employee=employee, by=official, at=at)


def a_copy(at: datetime) -> User:
    person = personas.unverified(at=at, email="copy@example.org", display_name="Cora Copy")
    request_export(person=person, at=at)
    with time_machine.travel(at, tick=False):
        tasks.build_exports()
    return person


def a_case_file(at: datetime) -> None:
    folder_of_case_files().mkdir(parents=True)
    (folder_of_case_files() / "a.zip").write_bytes(b"PK")
    CaseFile.objects.create(
        consultation=factories.a_hearing(at=at),
        requested_at=at,
        ready_at=at,
        expires_at=at + CASE_FILES_KEPT,
        status=CaseFileStatus.READY,
        file="a.zip",
    )


def a_session(at: datetime) -> None:
    session = SessionStore()
    session["drafts"] = {"1": {"body": "Half a text"}}
    session.save()
    Session.objects.update(expire_date=at + timedelta(days=30))


def reported_and_left(at: datetime) -> User:
    """Return somebody whose report came to nothing."""
    text = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)
    reporter = a_neighbour(at, "nina")
    left(a_report(text, at=at, by=reporter), at=at)
    return reporter


def a_pause_that_is_over(at: datetime) -> User:
    """Return somebody whose writing was paused until that moment."""
    before = at - A_DAY
    text = factories.a_contribution(factories.the_topic(factories.a_hearing(at=before)), at=before)
    return a_pause(text, at=before, days=1).person


def signed_up(at: datetime) -> User:
    """Return somebody who signed up for a meeting that is over."""
    meeting = factories.a_meeting(factories.a_hearing(at=at), at=at, starts_at=at - timedelta(hours=2))
    person = personas.unverified(at=at, email="guest@example.org", display_name="Gitte Guest")
    sign_up(meeting=meeting, companions=0, by=person, at=at - timedelta(hours=3))
    return person


def a_sender(at: datetime) -> SenderAddress:
    """Return who wrote a letter that an official typed in."""
    return entered(factories.the_topic(factories.a_hearing(at=at)), at=at).sender


MADE = {
    "unconfirmed-accounts": somebody_unconfirmed,
    "letters": a_paper_letter,
    "ended-residencies": an_ended_residency,
    "refused-texts": a_refused_text,
    "ended-employees": an_ended_employee,
    "reports": reported_and_left,
    "pauses": a_pause_that_is_over,
    "meeting-sign-ups": signed_up,
    "senders": a_sender,
    "mail-texts": a_settled_mail,
    "mails": a_settled_mail,
    "data-exports": a_copy,
    "case-files": a_case_file,
    "sessions": a_session,
}
GONE: dict[str, Callable[[], bool]] = {
    "unconfirmed-accounts": lambda: not where_in_database([NAME, ADDRESS]),
    "letters": lambda: not Letter.objects.exists(),
    "ended-residencies": lambda: not Residency.objects.exists(),
    "refused-texts": lambda: not where_in_database(["Not for everyone"]),
    "ended-employees": lambda: not where_in_database(["Frida Forhen"]),
    "reports": lambda: not where_in_database([EXPLAINED]) and not Report.objects.exclude(reporter=None).exists(),
    "pauses": lambda: not where_in_database([TO_THEM, NOTED]),
    "meeting-sign-ups": lambda: not MeetingSignUp.objects.exists(),
    "senders": lambda: not where_in_database([STREET]),
    "mail-texts": lambda: not where_in_database(["A text"]),
    "mails": lambda: not where_in_database(["Brought news"]),
    "data-exports": lambda: not list(folder_of_exports().iterdir()),
    "case-files": lambda: not list(folder_of_case_files().iterdir()),
    "sessions": lambda: not where_in_database(["Half a text"]),
}
DAYS = {one.code: one.days for one in CLASSES}


def of(code: str) -> int:
    return next(place for place, one in enumerate(CLASSES) if one.code == code)


def test_every_class_is_tried_here() -> None:
    assert set(MADE) == set(GONE) == {one.code for one in CLASSES}


@pytest.mark.parametrize("code", MADE)
def test_what_is_old_enough_goes_and_not_a_day_before(code: str, at: datetime) -> None:
    MADE[code](at)
    late = at + timedelta(days=DAYS[code], seconds=1)

    assert CLASSES[of(code)].due(late - A_DAY).count == 0
    clear_away(at=late - A_DAY)
    assert not GONE[code]()

    due = CLASSES[of(code)].due(late)
    assert due.count == 1
    assert due.oldest is not None
    assert clear_away(at=late)[code] == 1
    assert GONE[code]()


@pytest.mark.parametrize(
    "code",
    [
        "unconfirmed-accounts",
        "letters",
        "refused-texts",
        "reports",
        "pauses",
        "meeting-sign-ups",
        "mail-texts",
        "mails",
    ],
)
def test_a_hold_on_the_person_keeps_everything_of_theirs(code: str, at: datetime) -> None:
    person = MADE[code](at)
    assert isinstance(person, User)
    hold(HeldSubject.PERSON, person.pk, at)
    late = at + timedelta(days=DAYS[code] + 1)

    assert CLASSES[of(code)].due(late).count == 0
    clear_away(at=late)

    assert not GONE[code]()


def test_a_hold_on_a_contribution_keeps_its_text(at: datetime) -> None:
    author = a_refused_text(at)
    hold(HeldSubject.CONTRIBUTION, Contribution.stored.get(author=author).pk, at)

    clear_away(at=at + timedelta(days=DAYS["refused-texts"] + 1))

    assert not GONE["refused-texts"]()


def hold(held: HeldSubject, held_id: int, at: datetime) -> None:
    administrator = personas.administrator(at=at)
    later = at.date() + timedelta(days=90)
    place_hold(held=held, held_id=held_id, reason="A case.", review_on=later, by=administrator, at=at)


def everything(at: datetime) -> datetime:
    """Make one of each class, and return a moment when all are due."""
    for code, make in MADE.items():
        if code != "mails":
            make(at)
    return at + timedelta(days=max(DAYS.values()) + 1)


def test_a_dry_run_prints_counts_and_days_without_names_and_changes_nothing(at: datetime) -> None:
    late = everything(at)
    rows = where_in_database([NAME, ADDRESS, "Not for everyone", "A text", "Brought news", "Half a text"])
    entries, printed = Entry.objects.count(), io.StringIO()

    with time_machine.travel(late, tick=False):
        call_command("retention", dry_run=True, stdout=printed)

    lines = printed.getvalue()
    for code, days in DAYS.items():
        assert re.search(rf"^{code} +{days} +1 +2026-\d\d-\d\d$", lines, re.MULTILINE), lines
    assert "Nothing was changed" in lines
    assert "@" not in lines
    assert rows == where_in_database([NAME, ADDRESS, "Not for everyone", "A text", "Brought news", "Half a text"])
    assert (Entry.objects.count(), DataExport.objects.get().status) == (entries, "ready")


def test_the_command_clears_and_the_ledger_agrees(at: datetime) -> None:
    late = everything(at)

    with time_machine.travel(late, tick=False):
        call_command("retention", stdout=io.StringIO())

    assert [code for code, is_gone in GONE.items() if not is_gone()] == []
    assert [one.code for one in CLASSES if one.due(late).count] == []
    sequence_entries()
    call_command("verify_ledger")


def test_the_sweep_of_the_clock_does_the_same_and_twice_is_once(at: datetime) -> None:
    late = everything(at)

    with time_machine.travel(late, tick=False):
        first, second = tasks.clear_away(), tasks.clear_away()

    assert sum(first.values()) >= len(CLASSES)
    assert sum(second.values()) == 0


def test_a_class_that_fails_keeps_none_of_the_others(
    at: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    late = everything(at)

    def broken(**_: object) -> int:
        raise ValueError(ADDRESS)

    monkeypatch.setattr("apps.portal.actions.clearing.clear_refused_texts", broken)

    with time_machine.travel(late, tick=False), pytest.raises(CommandError, match="refused-texts"):
        call_command("retention", stdout=io.StringIO())

    assert GONE["sessions"]()
    assert GONE["mails"]()
    assert ADDRESS not in caplog.text


def test_an_administrator_reads_the_schedule_and_can_change_nothing(as_seen_by: Browser, at: datetime) -> None:
    somebody_unconfirmed(at - timedelta(days=40))
    page = as_seen_by(personas.administrator(at=at)).get("/en/desk/retention/").content.decode()

    assert "Accounts whose e-mail address nobody confirmed" in page
    assert "6 August" in page
    assert NAME not in page
    assert '<form method="post" action="/en/desk/' not in page


@pytest.mark.parametrize("persona", ["unverified", "moderator", "official"])
def test_others_do_not(persona: str, as_seen_by: Browser, at: datetime) -> None:
    assert as_seen_by(personas.PERSONAS[persona](at=at)).get("/en/desk/retention/").status_code == 403


def test_the_privacy_page_tells_the_same_periods(client: Client) -> None:
    page = client.get("/en/privacy/").content.decode()

    for one in CLASSES:
        assert f"{one.days} days {one.counted}" in page


def test_the_record_of_processing_tells_the_same_periods() -> None:
    record = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (\d+) days [^|]*\|", record, re.MULTILINE))

    assert told == {one.code: str(one.days) for one in CLASSES}


def test_what_moderators_noted_about_a_refused_text_goes_with_it(at: datetime) -> None:
    gone, kept = (factories.a_refused(factories.the_topic(factories.a_hearing(at=at)), at=at) for _time in range(2))
    for contribution, facts in ((gone, "Names the neighbour"), (kept, "Still needed")):
        case = Case.objects.get_or_create(contribution=contribution)[0]
        Decision.objects.create(
            case=case, outcome=Outcome.PUBLISH, version=1, internal_facts=facts, decided_at=at,
            decided_by=factories.a_moderator(at),
        )  # fmt: skip
    place_hold(
        held=HeldSubject.CONTRIBUTION, held_id=kept.pk, reason="Case 7", review_on=(at + 30 * A_DAY).date(),
        by=personas.administrator(at=at), at=at,
    )  # fmt: skip

    clear_away(at=at + timedelta(days=DAYS["refused-texts"] + 1))

    assert sorted(Decision.objects.exclude(internal_facts="").values_list("internal_facts", flat=True)) == [
        "Still needed"
    ]


def test_the_address_of_a_sender_goes_from_a_late_mail_too(at: datetime) -> None:
    sender = a_sender(at)
    entry = Entry.objects.get(kind="contribution.entered")
    late = at + timedelta(days=DAYS["senders"], seconds=1)
    mail = Mail(to=sender.email, subject="No. 1", body="-", key=f"{entry.kind}:{entry.pk}")
    queue_letters(letters=[mail], at=late - 10 * A_DAY)
    OutgoingMail.objects.update(status=MailStatus.SENT)

    clear_away(at=late - A_DAY)
    assert where_in_database([MAIL])

    clear_away(at=late)
    assert not where_in_database([MAIL])
