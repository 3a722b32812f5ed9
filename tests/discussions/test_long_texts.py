"""A response longer than the thread takes: sent as a file, checked and looked at like any text, and never lost."""

import html
import io
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pypdf import PdfReader

from apps.common.errors import NotAllowed
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Topic
from apps.discussions.actions import fit_long_text, long_texts, submit_contribution
from apps.discussions.engine.long_texts import LONGEST_LONG_TEXT, opening_of
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import UnfitText
from apps.discussions.models import Attachment, Contribution
from apps.screening.enums import Flag
from apps.screening.queries import flags_of, noticed_in
from apps.screening.rules import reason
from tests import factories
from tests.conftest import missing
from tests.discussions.conftest import Browser
from tests.discussions.sending import log_in, send, shown, url_of

pytestmark = pytest.mark.django_db

PARAGRAPH = "We live by the sea & hear the <turbines> at night, *every* night of the year.\n\n"
LONG = (PARAGRAPH * 150).strip()
NUMBER = "010190-1235"


@pytest.fixture(autouse=True)
def _pdf() -> None:
    if not can_make_pdf():
        missing("The libraries that make PDF files are not installed (README names the packages).")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Files as short as can be, for tests that do not read them; returns the texts they were made of."""
    made: list[str] = []

    def response_as_pdf(text: str, *, topic: Topic) -> bytes:
        made.append(text)
        return b"%PDF-1.7 " + str(len(made)).encode()

    monkeypatch.setattr(long_texts, "response_as_pdf", response_as_pdf)
    return made


def field(page: str, name: str) -> str:
    """Return what stands in a field of several lines."""
    return html.unescape(page.partition(f'<textarea name="{name}"')[2].partition(">")[2].partition("</textarea>")[0])


@pytest.mark.parametrize("count", [1, 17])
def test_a_long_text_is_kept_and_one_button_offered(
    count: int, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    long = (LONG * count)[:LONGEST_LONG_TEXT].strip()
    answer = send(as_seen_by(factories.a_writer(at)), topic, body=long)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert field(page, "body").strip() == long
    assert page.count('name="action" value="as_file"') == 1
    assert f"Your text has {len(long):,} characters." in shown(answer)
    assert not Contribution.stored.exists()


def test_what_fits_is_offered_no_file(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))

    assert "as_file" not in browser.get(url_of(topic)).content.decode()
    assert "as_file" not in send(browser, topic, body="").content.decode()


def test_the_whole_way_without_script(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))
    page = send(browser, topic, body=LONG, action="as_file", place_at="kept").content.decode()
    short, whole = field(page, "body").strip(), field(page, "long_text").strip()
    assert whole == LONG
    # What is kept beside a text that everyone reads is in the municipality's language.
    assert short.startswith("Hele svaret er i den vedhæftede fil »Hele svaret«.\n\nWe live by the sea")
    assert short.endswith(" …")
    assert not Contribution.stored.exists()

    seen = send(browser, topic, body=short, long_text=whole, action="preview").content.decode()
    assert "This file is made of your text" in seen
    assert "hear the &lt;turbines&gt; at night, *every* night" in seen.partition("What stands in the file")[2]
    assert f'name="long_text" value="{html.escape(LONG)}"' in seen.replace("&#39;", "&#x27;")

    assert send(browser, topic, body="In short: no.", long_text=whole, asked="once").status_code == 302
    kept, file = Contribution.stored.get(), Attachment.objects.get()
    assert (kept.body, kept.status) == ("In short: no.", ContributionStatus.WAITING)
    assert (file.name, file.kind) == ("Hele svaret", "pdf")
    assert file.description == "Hele teksten, 11.848 tegn."
    with file.file.open() as stored:
        read = PdfReader(io.BytesIO(stored.read()))
    assert topic.title in (read.metadata or {})["/Title"]
    assert "/StructTreeRoot" in read.trailer["/Root"], "it is tagged, so that it can be read aloud"
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    assert text.count("hear the <turbines> at night, *every* night") >= 145


REFUSED = {
    "identity number": (f"{LONG}\n\nMine is {NUMBER}.", "national identity number"),
    "bars": (f"{LONG}\n\n████", "what a moderator has redacted"),
    "too long for a file": ("x" * (LONGEST_LONG_TEXT + 1), "Here a file is made of at most 200,000"),
    "nothing": (" \n ", "Write a text before you send."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_may_stand_in_no_text_may_stand_in_no_file(
    case: str, topic: Topic, as_seen_by: Browser, at: datetime, quick: list[str]
) -> None:
    long, sentence = REFUSED[case]
    browser = as_seen_by(factories.a_writer(at))
    changed = send(browser, topic, body=long, action="as_file")
    assert (changed.status_code, sentence in shown(changed)) == (422, True)
    assert field(changed.content.decode(), "body").strip() == long.strip()

    if long.strip():
        sent = send(browser, topic, body="In short.", long_text=long)
        assert (sent.status_code, sentence in shown(sent)) == (422, True)
        assert field(sent.content.decode(), "long_text").strip() == long.strip()
    with pytest.raises(UnfitText):
        fit_long_text(long)
    assert not Contribution.stored.exists()
    assert quick == []


def submit(topic: Topic, at: datetime, *, long: str, **more: Any) -> Contribution:
    key = factories.a_contribution(topic, at=at).submission_key
    assert key is not None
    more = {"by": factories.a_writer(at), "submission_key": key} | more
    return submit_contribution(topic=topic, kind=ContributionKind.VIEW, body="In short.", long_text=long, at=at, **more)


def test_what_is_noticed_in_it_stands_beside_the_contribution(topic: Topic, at: datetime, quick: list[str]) -> None:
    made = submit(topic, at, long=f"{LONG}\n\nWrite to lone@example.org or ring 23 45 67 89, or 23 45 67 88.")

    assert quick
    assert set(flags_of([made.pk])[made.pk]) >= {Flag.EMAIL, Flag.PHONE}
    noticed = noticed_in(made.pk, version=1, text=made.body, at=at)
    told = [str(reason(finding, made.body)) for finding in noticed if finding.detail == "file"]
    assert "In the file with the whole response: E-mail address." in told
    assert len(told) == len(set(told))


def test_the_author_is_asked_about_it_once(topic: Topic, as_seen_by: Browser, at: datetime, quick: list[str]) -> None:
    browser = as_seen_by(factories.a_writer(at))
    long = f"{LONG}\n\nRing 23 45 67 89."
    asked = send(browser, topic, body="In short.", long_text=long)
    assert "23 45 67 89" in shown(asked).partition("Before you send")[2].partition("You can change your text")[0]
    assert not Contribution.stored.exists()

    assert send(browser, topic, body="In short.", long_text=long, asked="once").status_code == 302


def test_however_often_it_is_sent_it_is_received_once_and_another_text_again(
    topic: Topic, at: datetime, quick: list[str]
) -> None:
    first = submit(topic, at, long=LONG)
    key = factories.a_contribution(topic, at=at).submission_key

    again = submit(topic, at, long=LONG)
    assert again != first, "another form"
    same = {"submission_key": key}
    once = submit(topic, at, long=LONG, **same)
    assert submit(topic, at, long=LONG, **same) == once
    assert submit(topic, at, long=f"{LONG} And more.", **same) != once
    assert Attachment.objects.filter(contribution=once).count() == 1


def test_no_file_is_made_for_those_who_may_not_write(topic: Topic, at: datetime, quick: list[str]) -> None:
    late: dict[str, Any] = {"by": factories.a_writer(at), "submission_key": uuid4(), "at": at + timedelta(days=400)}

    with pytest.raises(NotAllowed):
        submit_contribution(topic=topic, kind=ContributionKind.VIEW, body="In short.", long_text=LONG, **late)

    assert quick == []


def test_it_is_kept_through_the_log_in(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(None)
    factories.a_writer(at)
    send(browser, topic, body="In short.", long_text=LONG)

    page = browser.get(log_in(browser)).content.decode()
    if "long_text" not in page:
        page = browser.get(url_of(topic)).content.decode()
    assert field(page, "long_text").strip() == LONG
    assert field(page, "body").strip() == "In short."


def test_the_opening_ends_with_a_word() -> None:
    assert opening_of("Short.") == "Short."
    assert opening_of("wordy " * 200) == f"{('wordy ' * 99).strip()} …"
