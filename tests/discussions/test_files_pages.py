"""Files on pages: sent with a form that loses no text, listed beside it, handed out to those who may read it."""

import html
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.rules import as_moderator
from apps.common.uploads import LARGEST
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.models import Attachment, Contribution
from apps.exchange.queries import check_ledger
from tests import factories, personas
from tests.common import files
from tests.discussions.conftest import Browser, address_of
from tests.discussions.moving import Move
from tests.discussions.sending import STORED, log_in, send, shown, typed_in, url_of
from tests.discussions.test_files import _a_disk_of_its_own, reason  # noqa: F401 - the first is used by all tests here

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nnothing"
HOSTILE = '"><svg onload=alert(1)>\u202efdp'


def upload(name: str = "plan.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


def address(row: Contribution, position: int = 1, name: str = "contribution-file") -> str:
    here = {"slug": row.consultation.slug, "number": row.number, "position": position}
    return address_of(f"discussions:{name}", **here)


def thread(topic: Topic) -> str:
    return address_of("portal:topic", slug=topic.consultation.slug, topic=topic.slug)


# ------------------------------------------------------------------ sending


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("map.svg", files.SVG, "SVG drawings can hold programs"),
        ("page.pdf", files.HTML, "This is not a file that can be taken here"),
        ("plan.docx", b"PK\x03\x04word", "Save it as one of these and upload that: PDF, PNG, JPEG, WebP."),
        ("place.geojson", files.POINT.encode(), "This is not a file that can be taken here"),
        ("photo.png", files.picture("JPEG"), "its name does not end in .jpg"),
        ("plan.exe", PDF, "its name does not end in .pdf"),
        ("bomb.png", files.png_that_says_it_is(13_000, 13_000), "at most 40 million"),
        ("words.png", files.png_with_a_bomb_of_words(), "The picture cannot be read"),
        ("webp.webp", files.webp_that_says_it_is("VP8X", 16_000, 16_000), "at most 40 million"),
        ("cut.png", files.picture("PNG", size=(400, 300))[:90], "The picture cannot be read"),
        ("nothing.pdf", b"", "The file is empty."),
        ("010190-1234.pdf", PDF, "looks as if it holds a national identity number"),
    ],
)
def test_an_unfit_file_is_refused_by_name_and_the_text_is_kept(  # noqa: PLR0917 - cases
    name: str, content: bytes, sentence: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))

    answer = send(browser, topic, file_1=upload("fine.pdf"), file_2=upload(name, content), about_2="My street.")

    page = shown(answer)
    assert answer.status_code == 422
    assert f"“{name}”" in page
    assert sentence in page
    assert typed_in(answer) == STORED
    assert 'value="My street."' in answer.content.decode()
    assert "Choose your files again before you send. Files are kept nowhere until" in page
    assert f"You had chosen: fine.pdf , {name}" in page
    assert not Contribution.stored.exists()
    assert not Attachment.objects.exists()


def test_what_is_too_large_together_is_refused(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    half = PDF + bytes(LARGEST // 2)

    answer = send(as_seen_by(factories.a_writer(at)), topic, file_1=upload(content=half), file_2=upload(content=half))

    assert "At most 25.0\xa0MB can be sent with a contribution" in html.unescape(answer.content.decode())
    assert typed_in(answer) == STORED
    assert not Contribution.stored.exists()


def test_files_are_received_with_their_text(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    photo = upload("C:\\Users\\una\\my house.JPG", files.from_a_telephone())

    answer = send(as_seen_by(factories.a_writer(at)), topic, file_2=upload(), file_4=photo, about_4="My house.")

    assert answer.status_code == 302
    row = Contribution.stored.get()
    first, second = row.attachments.order_by("position")
    assert (first.name, first.kind, second.name, second.kind) == ("plan", "pdf", "my house", "jpeg")
    assert (first.description, second.description) == ("", "My house.")
    assert check_ledger().problem == ""


def test_a_reply_carries_files_as_well(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    asked = factories.a_published(topic, at=at)

    send(as_seen_by(factories.a_writer(at)), topic, reply_to=asked.number, file_1=upload())

    assert Attachment.objects.get().contribution.in_reply_to == asked


def test_a_look_first_tells_which_files_to_choose_again_and_has_room_for_them(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))

    seen = send(browser, topic, action="preview", file_1=upload("støj.pdf"), about_1="At night.")

    page = seen.content.decode()
    assert "You had chosen: støj.pdf" in shown(seen)
    assert 'type="file" name="file_1"' in page
    assert 'value="At night."' in page
    assert 'enctype="multipart/form-data"' in page
    assert not Contribution.stored.exists()


def test_a_guest_is_told_that_files_are_not_kept_over_a_log_in(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_writer(at)
    browser = as_seen_by(personas.anonymous(at=at))
    assert "Log in first: files are not kept while you do." in shown(browser.get(url_of(topic)))

    assert send(browser, topic, file_1=upload()).status_code == 302
    back = browser.get(log_in(browser))

    assert typed_in(back) == STORED
    assert "Choose your files again before you send." in shown(back)
    assert "while you do" not in shown(back)


def test_a_text_that_is_too_long_is_kept_with_how_to_send_it_as_a_file(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    long = "A long response. " * 700

    answer = send(as_seen_by(factories.a_writer(at)), topic, body=long)

    assert "save all of it as a PDF, attach that below, and say here in a few words what it is about" in shown(answer)
    assert typed_in(answer) == long
    assert "maxlength" not in answer.content.decode().partition("<textarea")[2].partition(">")[0]


def test_the_author_changes_files_while_the_text_waits(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    author = factories.a_writer(at)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file(name=HOSTILE)])
    browser, url = (
        as_seen_by(author),
        address_of("discussions:contribution-revise", slug=topic.consultation.slug, number=1),
    )
    typed = {"kind": row.kind, "body": row.body}
    assert "Leave out" in shown(browser.get(url))
    assert "<svg onload" not in browser.get(url).content.decode()

    refused = browser.post(url, typed | {"leave_out": "1", "file_1": upload("a.docx", b"PK")})
    assert refused.status_code == 422
    assert "“a.docx”" in shown(refused)
    assert 'value="1" checked' in refused.content.decode()
    assert Attachment.objects.get().is_shown

    assert browser.post(url, typed | {"leave_out": ["1", "x"], "file_1": upload("b.pdf")}).status_code == 302
    assert [file.status for file in row.attachments.order_by("position")] == ["left_out", "shown"]
    assert check_ledger().problem == ""


# ------------------------------------------------------------------ reading


def test_the_thread_lists_name_kind_and_size_and_runs_no_name(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    factories.a_published(topic, at=at, files=[factories.a_file(name=HOSTILE, about=HOSTILE)])

    page = as_seen_by(personas.anonymous(at=at)).get(thread(topic)).content.decode()

    assert "<svg onload" not in page
    assert "\u202e" not in page
    assert re.search(r'href="/en/consultations/[^"]+/c/1/files/1/"', page)
    assert "PDF, 16\xa0bytes" in html.unescape(page)


def test_a_file_is_handed_out_as_a_download_that_can_do_nothing(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    row = factories.a_published(
        topic, at=at, files=[factories.a_file(name=f"Støj {HOSTILE}\r\nX: y", content=files.SCRIPT_PDF)]
    )

    response = as_seen_by(personas.anonymous(at=at)).get(address(row))

    assert b"".join(response.streaming_content) == files.SCRIPT_PDF  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="stoej-svg-onloadalert1fdp-x-y.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-" in response["Cache-Control"]


def test_a_picture_is_shown_in_a_page_and_nothing_else_is(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    picture = factories.a_file(content=files.picture(), ending="png")
    row = factories.a_published(topic, at=at, files=[picture, factories.a_file()])
    browser = as_seen_by(personas.anonymous(at=at))

    response = browser.get(address(row, name="contribution-image"))

    assert response["Content-Type"] == "image/png"
    assert response["Content-Disposition"].startswith("inline")
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert browser.get(address(row, 2, name="contribution-image")).status_code == 404
    assert browser.get(address(row, 3)).status_code == 404


def test_a_file_that_is_gone_from_the_disk_is_not_there(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    row = factories.a_published(topic, at=at, files=[factories.a_file()])
    file = row.attachments.get().file
    file.storage.delete(file.name)

    assert as_seen_by(personas.anonymous(at=at)).get(address(row)).status_code == 404


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden", "withdrawn", "held", "redacted", "erased"])
def test_of_what_is_not_public_nothing_is_told_or_handed_out(
    state: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    by, author = as_moderator(factories.a_moderator(at)), factories.a_writer(at)
    sent = [factories.a_file(name="secret-name", content=b"%PDF-1.7 secret-bytes", about="secret-words")]
    row = factories.a_contribution(topic, at=at, by=author, body="I live at number 7 there.", files=sent)
    _bring(row, state, by=by, at=at)
    shown_to = {
        "waiting": (200, 200), "refused": (200, 200), "hidden": (200, 200), "withdrawn": (200, 404),
        "held": (200, 200), "redacted": (200, 200), "erased": (404, 404),
    }[state]  # fmt: skip

    for viewer in (personas.anonymous(at=at), personas.resident(at=at), factories.an_official(at)):
        browser = as_seen_by(viewer)
        assert browser.get(address(row)).status_code == 404
        assert "secret-" not in browser.get(thread(topic)).content.decode()
    for viewer, status in zip((author, factories.a_moderator(at)), shown_to, strict=True):
        response = as_seen_by(viewer).get(address(row))
        assert response.status_code == status
        assert not response.streaming or b"".join(response.streaming_content)  # type: ignore[attr-defined]


def _bring(row: Contribution, state: str, *, by: actions.Author, at: datetime) -> None:
    acting = {"contribution": row, "by": by, "at": at}
    if state == "waiting":
        return
    if state == "refused":
        actions.refuse_contribution(version=1, reason=reason(), sentence="", **acting)
        return
    actions.publish_contribution(version=1, **acting)
    change: Callable[[], object] = {
        "hidden": lambda: actions.hide_contribution(reason=reason(), sentence="", **acting),
        "withdrawn": lambda: actions.withdraw_contribution(contribution=row, by=row.author, at=at),
        "held": lambda: actions.hold_file(attachment=row.attachments.get(), reason=reason(), sentence="", by=by, at=at),
        "redacted": lambda: actions.redact_contribution(version=1, passage="number 7", reason=reason(), **acting),
        "erased": lambda: factories.erase(row, at=at),
    }[state]
    change()


def test_a_file_that_is_held_back_leaves_a_line_with_the_reason(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    row = factories.a_published(topic, at=at, files=[factories.a_file(name="secret-name")])
    by = as_moderator(factories.a_moderator(at))
    actions.hold_file(attachment=row.attachments.get(), reason=reason(), sentence="It shows a child.", by=by, at=at)

    page = shown(as_seen_by(personas.anonymous(at=at)).get(thread(topic)))

    assert "A moderator holds this file back. Reason:" in page
    assert "It shows a child." in page
    assert "secret-name" not in page
    assert "secret-name" in shown(as_seen_by(factories.a_writer(at)).get(thread(topic)))


def test_the_old_address_of_a_text_that_was_moved_hands_its_files_out(
    here: Topic, there: Topic, move: Move, as_seen_by: Browser, at: datetime
) -> None:
    row = factories.a_published(here, at=at, files=[factories.a_file()])
    old = address(row)
    move(row, there)

    response = as_seen_by(personas.anonymous(at=at)).get(old)

    assert b"".join(response.streaming_content) == PDF  # type: ignore[attr-defined]


def test_a_thread_costs_the_same_for_one_and_for_three_texts_with_files(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(personas.anonymous(at=at))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            factories.a_published(topic, at=at, files=[factories.a_file(), factories.a_file()])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert browser.get(thread(topic)).content.decode().count("/files/1/") == sum(range(more + 1))
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_receipt_tells_the_fingerprint_of_each_file(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    author = factories.a_writer(at)
    row = factories.a_contribution(topic, at=at, by=author, files=[factories.a_file(name=HOSTILE)])
    url = address_of("portal:contribution-receipt", slug=topic.consultation.slug, number=row.number)

    page = as_seen_by(author).get(url).content.decode()

    assert row.attachments.get().fingerprint in page
    assert "<svg onload" not in page
