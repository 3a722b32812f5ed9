"""Files beside a text: received, held and released with it, proven by the ledger, gone from the disk when they go."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.permissions import may
from apps.common.uploads import LARGEST, UnfitFile
from apps.consultations.enums import ModerationMode
from apps.consultations.errors import NotStored
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.actions.attaching import attach_files
from apps.discussions.enums import ContributionKind, ContributionStatus, FileStatus
from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries import readable_attachments
from apps.discussions.rules import MOST_BYTES_A_DAY, MOST_FILES, MOST_FILES_EVER
from apps.exchange.queries import check_ledger
from apps.ledger.actions import fingerprint
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from tests import factories
from tests.common import files
from tests.discussions.moving import Move
from tests.personas import PERSONAS, Viewer, everyone

pytestmark = pytest.mark.django_db

Committed = Callable[..., object]
People = dict[str, Viewer]


@pytest.fixture(autouse=True)
def _a_disk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(storages["papers"]), "location", str(tmp_path))


@pytest.fixture
def people(db: None, at: datetime) -> People:
    """Everybody who might look; asked for before the topic, whose official is one of them. Una writes."""
    return everyone(at=at)


def reason() -> RefusalReason:
    return RefusalReason.objects.get(code="private_information")


def told(row: Contribution, kind: str) -> list[dict[str, object]]:
    entries = Entry.objects.filter(subject="contribution", subject_id=row.pk, kind=f"contribution.{kind}")
    return [json.loads(payload) for payload in entries.order_by("pk").values_list("payload", flat=True)]


def on_disk() -> set[str]:
    papers = storages["papers"]
    return set(papers.listdir("attachments")[1]) if papers.exists("attachments") else set()


def who_can_open(row: Attachment, people: People) -> set[str]:
    """Return who may open a file, by the rule; the queries of the same people must agree."""
    row = Attachment.objects.select_related("contribution").get(pk=row.pk)
    can = {name for name, viewer in people.items() if may("discussions.open_file", viewer, row)}
    assert can == {name for name, viewer in people.items() if readable_attachments(viewer).filter(pk=row.pk).exists()}
    return can


def redact(row: Contribution, passage: str, at: datetime) -> None:
    by = as_moderator(factories.a_moderator(at))
    row.refresh_from_db()
    actions.redact_contribution(contribution=row, version=row.version, passage=passage, reason=reason(), by=by, at=at)


def test_files_are_kept_under_names_of_chance_and_their_fingerprints_are_salted(topic: Topic, at: datetime) -> None:
    content = b"%PDF-1.7 words"
    sent = [
        factories.a_file(name=" Støj\n& lys\u202e ", content=content, about=" At\tnight. "),
        factories.a_file(name="house", content=files.from_a_telephone(), ending="jpg"),
    ]

    row = factories.a_contribution(topic, at=at, files=sent)

    first, second = row.attachments.order_by("position")
    assert (first.position, first.name, first.description, first.kind) == (1, "Støj & lys", "At night.", "pdf")
    assert (first.size, first.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (first.added_at, first.version, second.position) == (row.received_at, 1, 2)
    assert len(first.file.name) == len("attachments/.pdf") + 32
    with second.file.open("rb") as stored:
        kept = stored.read()
    assert not any(secret in kept for secret in files.SECRETS)
    [noted] = told(row, "files_noted")
    assert noted == {"files": [first.fingerprint, second.fingerprint], "held": []}
    assert first.fingerprint == fingerprint(bytes(first.salt), first.sha256)
    assert first.sha256 not in Entry.objects.get(kind="contribution.files_noted").payload
    assert check_ledger().problem == ""


def test_a_text_without_files_is_told_as_ever(topic: Topic, at: datetime) -> None:
    assert told(factories.a_contribution(topic, at=at), "files_noted") == []


def test_more_than_five_or_too_much_or_words_that_are_not_stored_leave_nothing(
    topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    heavy = factories.a_file()
    object.__setattr__(heavy.file, "size", LARGEST)
    for sent, sentence in (
        ([factories.a_file() for _ in range(MOST_FILES + 1)], "at most 5 files"),
        ([heavy, factories.a_file()], "Together the files are"),
        ([factories.a_file(name="010190-1234")], "name of the file looks as if it holds a national identity number"),
        ([factories.a_file(about="Her number is 010190-1234")], "national identity number"),
    ):
        with override("en"), pytest.raises(UnfitFile, match=sentence):
            factories.a_contribution(topic, at=at, files=sent)
    assert not Contribution.stored.exists()
    assert not Attachment.objects.exists()


def test_a_person_sends_a_limited_amount_within_a_day(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, files=[factories.a_file()])
    Attachment.objects.update(size=MOST_BYTES_A_DAY - 5)

    with override("en"), pytest.raises(UnfitFile, match="within a day"):
        factories.a_contribution(topic, at=at + timedelta(hours=23), files=[factories.a_file()])

    assert factories.a_contribution(topic, at=at + timedelta(days=1), files=[factories.a_file()])
    assert row.attachments.count() == 1


def test_a_full_disk_leaves_no_row_and_no_number(topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(NotStored):
        factories.a_contribution(topic, at=at, files=[factories.a_file()])
    assert not Contribution.stored.exists()
    assert not Entry.objects.filter(kind__startswith="contribution.").exists()


def test_one_click_or_three_store_files_once_and_other_files_are_another_contribution(
    topic: Topic, at: datetime
) -> None:
    by, key = factories.a_writer(at), UUID(int=5)

    def send(*sent: actions.Enclosure) -> Contribution:
        return actions.submit_contribution(
            topic=topic, kind=ContributionKind.VIEW, body="Look.", files=sent, submission_key=key, by=by, at=at
        )

    first = send(factories.a_file())

    assert send(factories.a_file()) == first
    assert send() == first, "a browser that went back has lost the files"
    assert send(factories.a_file(content=b"%PDF-1.7 another")) != first
    assert Contribution.stored.count() == Attachment.objects.count() == 2


def test_where_texts_are_published_first_one_with_files_waits(at: datetime) -> None:
    hearing = factories.publishing_first(factories.a_hearing(at=at), at=at)
    assert hearing.moderation_mode == ModerationMode.AFTER
    topic = factories.the_topic(hearing)

    assert factories.a_contribution(topic, at=at).is_published
    assert factories.a_contribution(topic, at=at, files=[factories.a_file()]).is_waiting


def test_a_file_is_opened_by_whoever_may_read_the_text(people: People, topic: Topic, at: datetime) -> None:
    author = people["resident"]
    assert isinstance(author, User)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file()])
    [file] = row.attachments.all()
    by = as_moderator(factories.a_moderator(at))
    insiders = {"resident", "moderator"}

    assert who_can_open(file, people) == insiders
    actions.publish_contribution(contribution=row, version=1, by=by, at=at)
    assert who_can_open(file, people) == set(PERSONAS)
    actions.hide_contribution(contribution=row, reason=reason(), sentence="", by=by, at=at)
    assert who_can_open(file, people) == insiders
    actions.restore_contribution(contribution=row, by=by, at=at)
    assert who_can_open(file, people) == set(PERSONAS)
    actions.withdraw_contribution(contribution=row, by=author, at=at)
    assert who_can_open(file, people) == {"resident"}
    assert check_ledger().problem == ""


def test_files_of_a_text_that_was_refused_are_for_its_author_and_moderators(
    people: People, topic: Topic, at: datetime
) -> None:
    author = people["resident"]
    assert isinstance(author, User)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file()])
    by = as_moderator(factories.a_moderator(at))

    actions.refuse_contribution(contribution=row, version=1, reason=reason(), sentence="", by=by, at=at)

    assert who_can_open(row.attachments.get(), people) == {"resident", "moderator"}


def test_one_file_is_held_back_and_shown_again(people: People, topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at, files=[factories.a_file(), factories.a_file(name="other")])
    held, other = row.attachments.order_by("position")
    by = as_moderator(factories.a_moderator(at))
    acting = {"attachment": held, "by": by, "at": at}

    assert actions.hold_file(reason=reason(), sentence="A neighbour\nis to be seen.", **acting)
    assert not actions.hold_file(reason=reason(), sentence="Again.", **acting)

    assert who_can_open(held, people) == {"unverified", "moderator"}
    assert who_can_open(other, people) == set(PERSONAS)
    assert held.held_sentence == "A neighbour is to be seen."
    assert told(row, "file_held") == [{"file": held.fingerprint, "reason": "private_information"}]
    assert check_ledger().problem == ""

    assert actions.release_file(**acting)
    assert not actions.release_file(**acting)
    assert who_can_open(held, people) == set(PERSONAS)
    assert told(row, "file_released") == [{"file": held.fingerprint}]
    assert check_ledger().problem == ""


def test_a_redaction_holds_all_files_back_until_it_is_lifted_or_each_is_looked_into(
    people: People, topic: Topic, at: datetime
) -> None:
    row = factories.a_published(
        topic, at=at, body="I live at number 7 there.", files=[factories.a_file(), factories.a_file(name="other")]
    )
    first, second = row.attachments.order_by("position")
    by = as_moderator(factories.a_moderator(at))

    redact(row, "number 7", at)

    assert who_can_open(first, people) == who_can_open(second, people) == {"unverified", "moderator"}
    assert told(row, "files_noted")[-1]["held"] == [first.fingerprint, second.fingerprint]
    assert check_ledger().problem == ""
    actions.release_file(attachment=second, by=by, at=at)
    assert who_can_open(second, people) == set(PERSONAS)
    actions.lift_redaction(contribution=row, version=1, by=by, at=at)
    assert who_can_open(first, people) == set(PERSONAS)
    assert told(row, "files_noted")[-1]["held"] == []
    assert check_ledger().problem == ""


def test_an_author_adds_files_and_leaves_some_out_while_the_text_waits(
    people: People, topic: Topic, at: datetime
) -> None:
    author = people["resident"]
    assert isinstance(author, User)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file(), factories.a_file(name="b")])
    acting = {"contribution": row, "kind": ContributionKind(row.kind), "body": row.body, "by": author, "at": at}

    assert not actions.revise_contribution(leave_out=[9], **acting)
    assert actions.revise_contribution(leave_out=[1], files=[factories.a_file(name="c")], **acting)

    gone, kept, added = row.attachments.order_by("position")
    assert [gone.status, kept.status, added.status] == [FileStatus.LEFT_OUT, FileStatus.SHOWN, FileStatus.SHOWN]
    assert (added.position, added.version, row.version) == (3, 2, 2)
    assert told(row, "files_noted")[-1] == {"files": [kept.fingerprint, added.fingerprint], "held": []}
    actions.publish_contribution(contribution=row, version=2, by=as_moderator(factories.a_moderator(at)), at=at)
    assert who_can_open(gone, people) == {"resident", "moderator"}
    assert check_ledger().problem == ""


def test_no_more_than_five_stand_there_after_a_change_and_twenty_in_all(topic: Topic, at: datetime) -> None:
    author = factories.a_writer(at)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file() for _ in range(4)])
    acting = {"contribution": row, "kind": ContributionKind(row.kind), "body": "New.", "by": author, "at": at}

    with override("en"), pytest.raises(UnfitFile, match="at most 5 files"):
        actions.revise_contribution(files=[factories.a_file(), factories.a_file()], **acting)
    row.refresh_from_db()
    assert row.version == 1
    Attachment.objects.filter(position=4).update(position=MOST_FILES_EVER)
    with override("en"), pytest.raises(UnfitFile, match="Too many files"):
        attach_files(contribution=row, files=[factories.a_file()], by=author, at=at, stands=[1] * 4)


def test_erasing_a_text_takes_its_files_from_the_disk_after_the_commit(
    topic: Topic, at: datetime, django_capture_on_commit_callbacks: Committed
) -> None:
    row = factories.a_published(topic, at=at, files=[factories.a_file(), factories.a_file(name="b")])
    other = factories.a_published(topic, at=at, files=[factories.a_file()]).attachments.get()
    assert len(on_disk()) == 3

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        factories.erase(row, at=at)
        assert len(on_disk()) == 3, "what is not certain deletes nothing"

    assert row.status == ContributionStatus.ERASED
    assert not row.attachments.exists()
    assert on_disk() == {other.file.name.rpartition("/")[2]}
    assert check_ledger().problem == ""


def test_an_account_that_is_deleted_takes_its_files_along(
    people: People, topic: Topic, at: datetime, django_capture_on_commit_callbacks: Committed
) -> None:
    author = factories.a_writer(at)
    row = factories.a_published(topic, at=at, by=author, files=[factories.a_file(about="My house.")])
    [file] = row.attachments.all()
    mark = file.fingerprint

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        actions.forget_author(person=author, by=as_moderator(factories.a_moderator(at)), at=at)

    file.refresh_from_db()
    assert (file.status, file.name, file.description, file.file.name, file.sha256) == (FileStatus.REMOVED, *[""] * 4)
    assert (bytes(file.salt), file.fingerprint) == (b"", mark)
    assert on_disk() == set()
    assert who_can_open(file, people) == set()
    assert check_ledger().problem == ""
    Contribution.stored.filter(pk=row.pk).update(author_name="Una Underveis")
    assert check_ledger().problem.endswith("A file of no. 1 was removed, but its author still has an account")


def test_files_go_along_to_another_consultation(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    row = factories.a_published(here, at=at, files=[factories.a_file(), factories.a_file(name="b")])
    actions.hold_file(
        attachment=row.attachments.get(position=2),
        reason=reason(),
        sentence="",
        by=as_moderator(factories.a_moderator(at)),
        at=at,
    )

    move(row, there)

    row.refresh_from_db()
    first, second = row.attachments.order_by("position")
    moved = told(row, "files_noted")[-1]
    assert moved == {"files": [first.fingerprint, second.fingerprint], "held": [second.fingerprint]}
    assert row.consultation_id == there.consultation_id
    assert check_ledger().problem == ""


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"fingerprint": "0" * 64}, "The files of no. 1"),
        ({"status": FileStatus.LEFT_OUT}, "The files of no. 1"),
        ({"salt": b"another"}, "A file of no. 1"),
        ({"file": "attachments/none.pdf"}, "A file of no. 1: the row says nothing"),
    ],
)
def test_the_check_finds_what_is_not_the_file_that_was_received(
    change: dict[str, object], problem: str, topic: Topic, at: datetime
) -> None:
    factories.a_published(topic, at=at, files=[factories.a_file()])
    assert check_ledger().problem == ""

    Attachment.objects.update(**change)

    assert problem in check_ledger().problem


def test_the_check_finds_a_file_whose_bytes_were_changed_or_that_is_shown_against_the_word(
    topic: Topic, at: datetime
) -> None:
    row = factories.a_published(topic, at=at, files=[factories.a_file()])
    [file] = row.attachments.all()
    by = as_moderator(factories.a_moderator(at))
    actions.hold_file(attachment=file, reason=reason(), sentence="", by=by, at=at)
    Attachment.objects.update(status=FileStatus.SHOWN, held_reason=None)
    assert "that are held back" in check_ledger().problem
    Attachment.objects.update(status=FileStatus.HELD, held_reason=reason())
    assert check_ledger().problem == ""

    with file.file.storage.open(file.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 forged")

    assert "A file of no. 1" in check_ledger().problem


def test_what_belongs_to_nothing_is_cleared_from_the_disk_once_it_is_old(topic: Topic, at: datetime) -> None:
    file = factories.a_contribution(topic, at=at, files=[factories.a_file()]).attachments.get()
    storages["papers"].save("attachments/stray.pdf", ContentFile(b"%PDF-1.7"))
    now = storages["papers"].get_modified_time("attachments/stray.pdf")

    assert actions.clear_stray_files(at=now + timedelta(minutes=59)) == 0
    assert actions.clear_stray_files(at=now + timedelta(minutes=61)) == 1

    assert on_disk() == {file.file.name.rpartition("/")[2]}
