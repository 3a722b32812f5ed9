"""Papers of a case: added and replaced at the desk, never lost, and handed out to those who may have them."""

import hashlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override
from PIL import Image

from apps.common.errors import NotAllowed
from apps.common.permissions import may
from apps.common.uploads import LARGEST
from apps.consultations import actions
from apps.consultations.errors import NotStored, ReasonMissing
from apps.consultations.models import Consultation, Document, DocumentVersion
from apps.consultations.queries import documents_of, readable_file, readable_files
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories
from tests.common import files
from tests.consultations.test_views import address
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
PLAN = {"title": "The plan", "description": "What the council has before it."}


def upload(name: str, content: bytes, said: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=said)


def kinds(consultation: Consultation) -> list[str]:
    told = Entry.objects.filter(consultation_id=consultation.pk, kind__startswith="document.").order_by("pk")
    return list(told.values_list("kind", flat=True))


def replaced(document: Document, at: datetime, content: bytes = b"%PDF-1.7\nmore") -> DocumentVersion:
    paper = factories.a_paper(content=content, title="Plan with a map")
    by = factories.an_official(at)
    return actions.replace_document(document=document, paper=paper, what_changed="A map.", by=by, at=at)


def download(client: Client, name: str, hearing: Consultation, **more: object) -> tuple[int, bytes]:
    response = client.get(address(name, slug=hearing.slug, position=1, **more))
    # Read to its end, a file is closed; closing it by hand would close the database too.
    content = b"".join(response) if response.streaming else b""  # type: ignore[arg-type]
    return response.status_code, content


def test_a_document_is_kept_under_a_name_of_chance_and_fingerprinted(at: datetime) -> None:
    official, draft = factories.an_official(at), factories.a_draft(at=at)
    content = b"%PDF-1.7 words"
    paper = factories.a_paper(content=content, title=" Støj\n& lys ", name="../../etc/passwd\u202efdp.pdf")

    document = actions.add_document(consultation=draft, paper=paper, by=official, at=at)

    version = document.versions.get()
    assert (document.position, version.version, version.title) == (1, 1, "Støj & lys")
    assert (version.size, version.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert (version.added_at, version.added_by) == (at, official)
    assert len(version.file.name) == len("documents/.pdf") + 32
    assert "passwd" not in version.file.name
    with version.file.open("rb") as stored:
        assert stored.read() == content
    assert kinds(draft) == ["document.added"]


def test_files_lie_outside_of_what_a_server_may_serve(at: datetime, settings: object) -> None:
    version = factories.a_document(factories.a_draft(at=at), at=at).versions.get()

    assert str(settings.MEDIA_ROOT) not in version.file.path  # type: ignore[attr-defined]
    assert str(settings.STATIC_ROOT) not in version.file.path  # type: ignore[attr-defined]


def test_a_replaced_document_keeps_every_version(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    document = factories.a_document(hearing, at=at)
    first = document.versions.get()

    second = replaced(document, at)

    found = documents_of(hearing)[0]
    assert (found.current, found.earlier) == (second, [first])
    assert (second.version, second.what_changed, second.title) == (2, "A map.", "Plan with a map")
    assert first.file.storage.exists(first.file.name)
    told = Entry.objects.get(kind="document.replaced")
    assert (told.subject_id, told.payload) == (document.pk, f'{{"sha256":"{second.sha256}","version":2}}')
    assert check_ledger().problem == ""


@pytest.mark.parametrize("persona", [name for name in PERSONAS if name != "official"])
def test_others_change_no_papers(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    document = factories.a_document(factories.a_hearing(at=at), at=at)
    version, paper = document.versions.get(), factories.a_paper()
    acting = {"by": viewer, "at": at}

    for refused in (
        lambda: actions.add_document(consultation=document.consultation, paper=paper, **acting),
        lambda: actions.replace_document(document=document, paper=paper, what_changed="x", **acting),
        lambda: actions.hold_document(version=version, sentence="x", **acting),
        lambda: actions.release_document(version=version, **acting),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert kinds(document.consultation) == ["document.added"]


def test_nothing_is_replaced_held_back_or_drawn_without_a_word(at: datetime) -> None:
    official, hearing = factories.an_official(at), factories.a_hearing(at=at)
    document = factories.a_document(hearing, at=at)
    picture = factories.a_paper(content=files.picture(), name="a.png")
    silent = actions.Paper(title="Map", file=picture.file, description=" \u202e ")

    with override("en"), pytest.raises(ReasonMissing, match="what changed"):
        actions.replace_document(document=document, paper=picture, what_changed=" \n", by=official, at=at)
    with override("en"), pytest.raises(ReasonMissing, match="held back"):
        actions.hold_document(version=document.versions.get(), sentence=" ", by=official, at=at)
    with override("en"), pytest.raises(ReasonMissing, match="cannot see it"):
        actions.add_document(consultation=hearing, paper=silent, by=official, at=at)

    assert kinds(hearing) == ["document.added"]
    assert DocumentVersion.objects.count() == Document.objects.count() == 1


def test_a_full_disk_leaves_no_row_and_a_sentence(at: datetime, desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = factories.a_draft(at=at)

    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)

    with pytest.raises(NotStored):
        factories.a_document(draft, at=at)
    page = desk.post(address("document-add", slug=draft.slug), PLAN | {"file": upload("a.pdf", b"%PDF-1.7")})

    assert "could not be stored" in page.content.decode()
    assert not Document.objects.exists()
    assert kinds(draft) == []


def test_a_held_file_is_there_for_officials_alone_until_it_is_released(at: datetime) -> None:
    official, hearing = factories.an_official(at), factories.a_hearing(at=at)
    document = factories.a_document(hearing, at=at)
    replaced(document, at)
    current = document.versions.get(version=2)

    assert actions.hold_document(version=current, sentence="It names\na neighbour.", by=official, at=at)
    assert not actions.hold_document(version=current, sentence="Again.", by=official, at=at)

    current.refresh_from_db()
    assert current.held_sentence == "It names a neighbour."
    assert readable_file(None, hearing.slug, 1) is None, "nor does the earlier one pass for the current one"
    assert readable_file(None, hearing.slug, 1, 2) is None
    assert readable_file(None, hearing.slug, 1, 1) == document.versions.get(version=1)
    assert readable_file(official, hearing.slug, 1) == current
    assert check_ledger().problem == ""

    assert actions.release_document(version=current, by=official, at=at)
    assert not actions.release_document(version=current, by=official, at=at)
    assert readable_file(None, hearing.slug, 1) == current
    assert kinds(hearing)[-2:] == ["document.held", "document.released"]
    assert check_ledger().problem == ""


@pytest.mark.parametrize("persona", PERSONAS)
def test_rule_and_list_of_files_agree(persona: str, at: datetime) -> None:
    viewer = everyone(at=at)[persona]
    versions = [
        factories.a_document(made(at=at), at=at).versions.get() for made in (factories.a_draft, factories.a_hearing)
    ]
    held = factories.a_document(versions[1].document.consultation, at=at).versions.get()
    actions.hold_document(version=held, sentence="x", by=factories.an_official(at), at=at)
    held.refresh_from_db()

    listed = set(readable_files(viewer))

    for version in (*versions, held):
        assert may("consultations.read_document", viewer, version) == (version in listed)
    assert len(listed) == (3 if persona == "official" else 1)


REFUSED = {
    "a drawing": ("plan.svg", files.SVG, "Web pages and SVG drawings"),
    "a drawing in disguise": ("plan.png", files.SVG, "Web pages and SVG drawings"),
    "a page in disguise": ("plan.pdf", files.HTML, "Web pages and SVG drawings"),
    "a program": ("plan.pdf", b"MZ", "Save it as one of these"),
    "a false ending": ("plan.pdf", files.picture("JPEG"), "does not end in .jpg"),
    "a bomb": ("plan.png", files.png_that_says_it_is(13_000, 13_000), "13,000 by 13,000 pixels"),
    "a broken picture": ("plan.png", files.picture()[:40], "cannot be read"),
    "26 MB": ("plan.pdf", b"%PDF-1.7".ljust(26 * 1024 * 1024), "At most 25.0"),
}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_takes_nothing_typed_with_it(
    name: str, content: bytes, sentence: str, desk: Client, at: datetime
) -> None:
    draft = factories.a_draft(at=at)

    response = desk.post(address("document-add", slug=draft.slug), PLAN | {"file": upload(name, content)})

    assert response.status_code == 422
    page = response.content.decode().replace("\xa0", " ")
    assert sentence in page
    for typed in PLAN.values():
        assert typed in page
    assert not Document.objects.exists()
    assert kinds(draft) == []


def test_a_request_beyond_all_measure_is_refused_unread(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    response = desk.post(
        address("document-add", slug=draft.slug), PLAN, CONTENT_LENGTH=str(4 * LARGEST), HTTP_ACCEPT_LANGUAGE="en"
    )

    assert response.status_code == 413
    assert "choose a smaller file" in response.content.decode()


def test_a_picture_without_words_is_refused_with_its_title_kept(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    typed = {"title": "The harbour", "file": upload("a.png", files.picture(), "image/png")}

    response = desk.post(address("document-add", slug=draft.slug), typed)

    assert response.status_code == 422
    assert "for those who cannot see it" in response.content.decode()
    assert "The harbour" in response.content.decode()
    assert not Document.objects.exists()


def test_a_picture_loses_what_is_hidden_in_it_and_is_shown_with_its_words(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    typed = {"title": "Harbour", "description": 'A "quiet" harbour.', "file": upload("a.jpg", files.from_a_telephone())}

    assert desk.post(address("document-add", slug=hearing.slug), typed).status_code == 302

    page = Client().get(address("document-list", slug=hearing.slug)).content.decode()
    where = address("document-image", slug=hearing.slug, position=1, version=1)
    assert f'<img src="{where}" alt="A &quot;quiet&quot; harbour."' in page
    response = Client().get(where)
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert "attachment" not in response["Content-Disposition"]
    assert response["Content-Security-Policy"].startswith("sandbox")
    with Image.open(BytesIO(content)) as shown:
        assert not shown.getexif()
    assert not any(secret in content for secret in files.SECRETS)
    assert hashlib.sha256(content).hexdigest() in page


def test_a_paper_with_a_script_is_a_download_that_can_do_nothing(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    paper = factories.a_paper(title='Støj"; filename="x.html', content=files.SCRIPT_PDF)
    actions.add_document(consultation=hearing, paper=paper, by=factories.an_official(at), at=at)

    response = client.get(address("document", slug=hearing.slug, position=1))

    assert b"".join(response.streaming_content) == files.SCRIPT_PDF  # type: ignore[attr-defined]
    assert response["Content-Disposition"] == 'attachment; filename="stoej-filenamexhtml.pdf"'
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox")
    assert download(client, "document-image", hearing, version=1)[0] == 404, "a paper is no picture"


def test_a_file_that_is_gone_or_never_was_is_not_found(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    file = factories.a_document(hearing, at=at).versions.get().file

    file.storage.delete(file.name)

    assert download(client, "document", hearing)[0] == 404
    for version in (0, 2, 10**30):
        assert download(client, "document-version", hearing, version=version)[0] == 404


@pytest.mark.parametrize("persona", PERSONAS)
def test_papers_of_drafts_are_for_officials(persona: str, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(everyone(at=at)[persona])
    draft = factories.a_draft(at=at)
    paper = factories.a_paper(content=files.picture(), name="a.png")
    actions.add_document(consultation=draft, paper=paper, by=factories.an_official(at), at=at)
    expected = 200 if persona == "official" else 404

    assert download(browser, "document", draft)[0] == expected
    assert download(browser, "document-version", draft, version=1)[0] == expected
    assert download(browser, "document-image", draft, version=1)[0] == expected
    assert browser.get(address("document-list", slug=draft.slug)).status_code == expected


def test_the_whole_way_of_a_document_at_the_desk(desk: Client, client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    factories.a_document(hearing, at=at, title="First plan")
    here = {"slug": hearing.slug, "position": 1}
    form = desk.get(address("document-replace", **here)).content.decode()
    assert 'value="First plan"' in form

    typed = PLAN | {"file": upload("b.pdf", b"%PDF-1.7\nsecond")}
    assert (
        "Write one sentence" not in (refused := desk.post(address("document-replace", **here), typed)).content.decode()
    )
    assert refused.status_code == 422
    typed = PLAN | {"what_changed": "A map was added.", "file": upload("b.pdf", b"%PDF-1.7\nsecond")}
    assert desk.post(address("document-replace", **here), typed).status_code == 302

    page = client.get(address("document-list", slug=hearing.slug)).content.decode()
    for shown in ("The plan", "A map was added.", "1 earlier version", "First plan"):
        assert shown in page
    assert download(client, "document", hearing) == (200, b"%PDF-1.7\nsecond")
    assert download(client, "document-version", hearing, version=1) == (200, b"%PDF-1.7\nnothing")

    silent = desk.post(address("document-hold", **here, version=1), {"sentence": "  "})
    assert silent.status_code == 422
    assert "Everyone can read it" in silent.content.decode()
    assert desk.post(address("document-hold", **here, version=9), {"sentence": "x"}).status_code == 404
    held = desk.post(address("document-hold", **here, version=1), {"sentence": "It names a neighbour."})
    assert held.status_code == 302
    page = client.get(address("document-list", slug=hearing.slug)).content.decode()
    assert "It names a neighbour." in page
    assert address("document-version", **here, version=1) not in page
    assert download(client, "document-version", hearing, version=1)[0] == 404
    assert download(desk, "document-version", hearing, version=1)[0] == 200

    desk.post(address("document-hold", **here, version=1), {"release": "1"})
    assert download(client, "document-version", hearing, version=1)[0] == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_papers_costs_the_same_for_one_and_three(
    rows: int, client: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    hearing = factories.a_hearing(at=at)
    for _turn in range(rows):
        replaced(factories.a_document(hearing, at=at), at)
    where = address("document-list", slug=hearing.slug)
    client.get(where)

    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        client.get(where)
