"""The desk of letters and calls: typing in, the list with its search, correcting, the scan, and letters back."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Topic
from apps.discussions.actions import publish_contribution
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
from apps.ledger.models import Entry
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.outside import MAIL, NAME, POSTAL, STREET, a_scan, entered, in_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def official(db: None, as_seen_by: Browser, at: datetime) -> Client:
    return as_seen_by(factories.an_official(at))


def typed(topic: Topic, at: datetime, **said: Any) -> dict[str, Any]:
    """Return what the form sends."""
    usual = {"channel": "letter", "came_on": at.date().isoformat(), "kind": "view", "name": NAME, "key": str(uuid4())}
    sender = {"address": STREET, "postal_line": POSTAL, "email": MAIL}
    return {"topic": topic.slug, "body": "We write on paper."} | usual | sender | said


def page(topic: Topic, name: str, **parts: object) -> str:
    return address_of(f"discussions:{name}", slug=topic.consultation.slug, **parts)


def test_an_official_types_a_letter_in_with_its_scan(official: Client, topic: Topic, at: datetime) -> None:
    scan = SimpleUploadedFile("brev.pdf", b"%PDF-1.7\nscan")

    answer = official.post(page(topic, "voice-enter"), typed(topic, at, scan=scan), follow=True)

    assert "It is no. 1, and waits for a moderator" in answer.content.decode()
    voice = OutsideVoice.objects.select_related("contribution", "sender").get()
    assert (voice.contribution.author_name, voice.channel, voice.kind) == (NAME, "letter", "pdf")
    assert voice.sender.address == STREET


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": ""}, "Write the name of the sender."),
        ({"came_on": "2027-01-01"}, "This day has not come yet."),
        ({"came_on": "2020-01-01"}, "The hearing was published on"),
        ({"body": ""}, "Write a text before you send."),
        ({"email": "240688-3391@post.example"}, "This looks like an identity number."),
        ({"topic": "nowhere"}, "is not among these"),
        ({"scan": SimpleUploadedFile("brev.svg", b"<svg/>")}, "not a file that can be taken"),
        ({"scan": SimpleUploadedFile("kort.geojson", b"{}")}, "not a file that can be taken"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    said: dict[str, Any], sentence: str, official: Client, topic: Topic, at: datetime
) -> None:
    answer = official.post(page(topic, "voice-enter"), typed(topic, at) | said)

    words = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in words
    assert "6993 Nordskær" in words
    assert not Contribution.stored.exists()


def test_the_thread_tells_how_and_when_it_came_and_nothing_more_of_the_sender(
    as_seen_by: Browser, at: datetime
) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at - timedelta(days=7)))
    voice = entered(topic, at=at, came_on=at.date() - timedelta(days=2))
    by = as_moderator(factories.a_moderator(at))
    publish_contribution(contribution=voice.contribution, version=1, by=by, at=at)

    slugs = {"slug": topic.consultation.slug, "topic": topic.slug}
    words = as_seen_by(personas.anonymous(at=at)).get(address_of("portal:topic", **slugs)).content.decode()

    assert "Letter, came 13 September 2026" in words
    assert "typed in <time" in words
    assert NAME in words
    assert "Imported" not in words
    for private in (STREET, POSTAL, MAIL, "Olaf Overgaard"):
        assert private not in words


def test_the_list_is_paged_and_searched_with_words_that_are_posted(
    official: Client, topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.discussions.views.outside.VOICES_PAGE", 2)
    for name in ("Anna A", "Bo B", "Carla C"):
        entered(topic, at=at, name=name, address=f"{name}s Vej 1")

    first = official.get(page(topic, "voice-list")).content.decode()
    second = official.get(page(topic, "voice-list") + "?after=2").content.decode()
    found = official.post(page(topic, "voice-list"), {"words": "anna"}).content.decode()
    street = official.post(page(topic, "voice-list"), {"words": "Carla Cs Vej"}).content.decode()

    assert ("Carla C" in first, "Bo B" in first, "Anna A" in first) == (True, True, False)
    assert ("Anna A" in second, "Bo B" in second) == (True, False)
    assert ("Anna A" in found, "Bo B" in found) == (True, False)
    assert ("Carla C" in street, "Bo B" in street) == (True, False)
    assert "s Vej 1" not in first + second + found + street


def test_the_list_costs_the_same_for_one_and_for_three(official: Client, topic: Topic, at: datetime) -> None:
    entered(topic, at=at, name="Anna A")
    with CaptureQueriesContext(connection) as one:
        official.get(page(topic, "voice-list"))
    entered(topic, at=at, name="Bo B")
    entered(topic, at=at, name="Carla C")
    with CaptureQueriesContext(connection) as three:
        official.get(page(topic, "voice-list"))

    assert len(three) == len(one)


def test_the_thread_costs_the_same_for_one_letter_and_for_three(
    as_seen_by: Browser, topic: Topic, at: datetime
) -> None:
    reader, by = as_seen_by(personas.anonymous(at=at)), as_moderator(factories.a_moderator(at))
    address = address_of("portal:topic", slug=topic.consultation.slug, topic=topic.slug)
    counts = []
    for names in (("Anna A",), ("Bo B", "Carla C")):
        for name in names:
            row = entered(topic, at=at, name=name).contribution
            publish_contribution(contribution=row, version=1, by=by, at=at)
        reader.get(address)
        with CaptureQueriesContext(connection) as asked:
            reader.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_who_typed_it_corrects_it_on_its_page_and_a_colleague_cannot(
    official: Client, as_seen_by: Browser, topic: Topic, at: datetime
) -> None:
    voice = entered(topic, at=at, body="We write in papir.")
    here, change = page(topic, "voice", number=1), page(topic, "voice-correct", number=1)
    assert "We write in papir." in official.get(change).content.decode()

    answer = official.post(change, typed(topic, at, body="We write on paper."))

    assert answer.status_code == 302
    voice.contribution.refresh_from_db()
    assert voice.contribution.body == "We write on paper."
    other = as_seen_by(in_team(topic, personas.colleague(at=at), at=at))
    assert other.get(change).status_code == 403
    assert "A colleague typed this in." in other.get(here).content.decode()


def test_a_correction_that_is_refused_keeps_what_was_typed(official: Client, topic: Topic, at: datetime) -> None:
    entered(topic, at=at)

    answer = official.post(page(topic, "voice-correct", number=1), typed(topic, at, name="", body="A new text."))

    assert answer.status_code == 422
    assert "A new text." in answer.content.decode()
    assert Contribution.stored.get().version == 1


def test_the_scan_is_for_officials_and_moderators_alone(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    entered(topic, at=at, scan=a_scan())
    entered(topic, at=at, name="Without One")
    scan = page(topic, "voice-scan", number=1)
    statuses = {}

    for name, make in personas.PERSONAS.items():
        known = {"official": factories.an_official(at), "moderator": factories.a_moderator(at)}
        answer = as_seen_by(known.get(name) or make(at=at)).get(scan)
        statuses[name] = answer.status_code
        if answer.status_code == 200:
            assert b"".join(answer.streaming_content) == b"%PDF-1.7\na letter"  # type: ignore[attr-defined]
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Content-Disposition"].startswith("attachment")

    assert {name for name, status in statuses.items() if status == 200} == {"official", "moderator"}
    assert statuses["anonymous"] == 302
    official = as_seen_by(factories.an_official(at))
    assert official.get(page(topic, "voice-scan", number=2)).status_code == 404


def test_addresses_come_by_post_only_and_each_time_is_told(official: Client, topic: Topic, at: datetime) -> None:
    entered(topic, at=at)
    table = page(topic, "sender-table")

    assert official.get(table).status_code == 405
    assert not Entry.objects.filter(kind="senders.taken_out").exists()
    answer = official.post(table)

    assert STREET in answer.content.decode()
    assert '"1"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert Entry.objects.filter(kind="senders.taken_out").count() == 1


def test_where_nobody_is_on_the_list_it_says_so(official: Client, topic: Topic) -> None:
    answer = official.post(page(topic, "sender-table"), follow=True)

    assert "Nobody is on the list" in answer.content.decode()


@pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")
def test_receipts_and_labels_are_printed(official: Client, topic: Topic, at: datetime) -> None:
    entered(topic, at=at)

    for name, parts in (("sender-labels", {}), ("receipt-print", {"number": 1})):
        answer = official.post(page(topic, name, **parts))
        assert answer.content.startswith(b"%PDF-")

    assert Entry.objects.filter(kind="senders.taken_out").count() == 2


def test_a_receipt_is_said_to_be_posted_and_a_sender_is_erased(official: Client, topic: Topic, at: datetime) -> None:
    entered(topic, at=at)

    official.post(page(topic, "receipt-post", number=1))
    assert "Receipt posted" in official.get(page(topic, "voice", number=1)).content.decode()
    official.post(page(topic, "sender-forget", number=1))

    assert not SenderAddress.objects.exists()
    assert "there is nobody to write to" in official.get(page(topic, "voice", number=1)).content.decode()
    printed = official.post(page(topic, "receipt-print", number=1), follow=True)
    assert printed.status_code == 200


def test_who_typed_a_text_does_not_decide_on_it(as_seen_by: Browser, topic: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    grant_role(person=official, role=Role.MODERATOR, by=THE_SYSTEM, at=at)
    official.refresh_from_db()
    row = entered(topic, at=at, by=type(official).objects.get(pk=official.pk)).contribution
    both = as_seen_by(type(official).objects.get(pk=official.pk))

    item = both.get(address_of("moderation:item", contribution_id=row.pk)).content.decode()
    queue = both.get(address_of("moderation:queue")).content.decode()
    sent = {"outcome": "publish", "version": 1}
    both.post(address_of("moderation:contribution-decide", contribution_id=row.pk), sent)

    assert "You typed this text in yourself." in item
    assert "For a colleague" in queue
    assert "Letter, came" in queue
    row.refresh_from_db()
    assert row.is_waiting
