"""The municipality's coat of arms or logo: taken as a picture alone, shown beside the name, gone when removed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.actions import change_municipality, remove_crest
from apps.municipality.models import Crest, Municipality
from apps.municipality.queries import the_municipality
from apps.residency.engine.codes import CodedLetter
from apps.residency.rendering.letters import letters_as_pdf
from tests import factories, personas
from tests.common import files

pytestmark = pytest.mark.django_db

Committing = Callable[..., Any]
PAGE = "/en/desk/municipality/crest/"
WORDS = {"words_da": "Havn Kommunes byvåben: tre sild", "words_en": "The arms of Havn: three herrings"}


@pytest.fixture
def keeper(at: datetime) -> User:
    return personas.administrator(at=at)


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


@pytest.fixture
def sends(desk: Client, django_capture_on_commit_callbacks: Committing) -> Callable[..., Any]:
    """Return what posts the form and lets happen what waits for the commit."""

    def send(name: str = "arms.png", content: bytes | None = None, **words: str) -> Any:
        picture = {} if content is None else {"picture": SimpleUploadedFile(name, content)}
        with django_capture_on_commit_callbacks(execute=True):
            return desk.post(PAGE, WORDS | words | picture)

    return send


def told() -> list[object]:
    return [facts_of(entry)["fields"] for entry in Entry.objects.filter(kind="municipality.changed").order_by("pk")]


def test_a_picture_stands_beside_the_name_and_is_kept_by_browsers(sends: Callable[..., Any], client: Client) -> None:
    assert "<img" not in client.get("/").content.decode().partition("</header>")[0]
    assert sends(content=files.from_a_telephone("PNG")).status_code == 302

    crest = the_municipality().crest
    assert crest is not None
    address = f"/crest/{crest.sha256}/"
    for path, words in (("/", WORDS["words_da"]), ("/en/", WORDS["words_en"])):
        head = client.get(path).content.decode().partition("</header>")[0]
        assert address in head
        assert f'alt="{words}" width="4" height="6"' in head
    picture = client.get(address)
    content = b"".join(picture)
    assert picture["Content-Type"] == "image/png"
    assert picture["X-Content-Type-Options"] == "nosniff"
    assert {"public", "immutable", "max-age=31536000"} <= set(picture["Cache-Control"].split(", "))
    assert content.startswith(b"\x89PNG")
    assert not any(secret in content for secret in files.SECRETS)
    assert told() == ["crest"]


def test_another_takes_its_place_and_the_old_file_goes(sends: Callable[..., Any], client: Client) -> None:
    sends(content=files.picture())
    old = Crest.objects.get()
    sends("arms.jpg", files.picture("JPEG"))

    new = Crest.objects.get()
    assert (new.kind, new.sha256 == old.sha256) == ("jpeg", False)
    assert not storages["papers"].exists(old.file.name)
    assert client.get(f"/crest/{old.sha256}/").status_code == 404
    assert b"".join(client.get(f"/crest/{new.sha256}/")).startswith(files.picture("JPEG")[:3])
    assert told() == ["crest", "crest"]


def test_other_words_need_no_other_picture_and_what_is_the_same_is_not_told(sends: Callable[..., Any]) -> None:
    sends(content=files.picture())
    assert sends().status_code == 302
    assert sends(content=files.picture()).status_code == 302
    assert told() == ["crest"]

    sends(words_en="Three fish")
    assert Crest.objects.get().words_en == "Three fish"
    assert told() == ["crest", "crest"]


def test_removed_it_leaves_the_name_alone(
    sends: Callable[..., Any], desk: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    sends(content=files.picture())
    crest = Crest.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        page = desk.post(PAGE, {"remove": "1"}, follow=True).content.decode()

    assert "The picture is removed." in page
    assert crest.sha256 not in page
    assert not Crest.objects.exists()
    assert not storages["papers"].exists(crest.file.name)
    desk.post(PAGE, {"remove": "1"})
    assert told() == ["crest", "crest"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("arms.svg", files.SVG, "SVG drawings can hold programs and are not taken"),
        ("arms.png", files.SVG, "SVG drawings can hold programs and are not taken"),
        ("arms.pdf", files.SCRIPT_PDF, "This is not a file that can be taken here"),
        ("arms.png", files.picture("JPEG"), "its name does not end in .jpeg"),
        ("arms.png", b"\x89PNG\r\n\x1a\n" + b"0" * 600_000, "a crest or logo is at most 500"),
        ("arms.png", files.picture(size=(2001, 2)), "2,001 by 2 pixels: a crest or logo has at most 2,000"),
        ("arms.png", None, "This field is required."),
    ],
)
def test_what_is_not_taken_is_told_and_the_words_stay(
    name: str, content: bytes | None, sentence: str, sends: Callable[..., Any]
) -> None:
    answer = sends(name, content)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence.replace("jpeg", "jpg") in page
    assert WORDS["words_en"] in page
    assert not Crest.objects.exists()
    assert told() == []


@pytest.mark.parametrize("missing", ["words_da", "words_en"])
def test_no_picture_without_words_for_those_who_cannot_see_it(missing: str, sends: Callable[..., Any]) -> None:
    assert sends(content=files.picture(), **{missing: " "}).status_code == 422
    assert not Crest.objects.exists()


def test_only_administrators_remove_it(sends: Callable[..., Any], at: datetime) -> None:
    sends(content=files.picture())
    with pytest.raises(NotAllowed):
        remove_crest(by=factories.an_official(at), at=at)
    assert Crest.objects.exists()


def test_other_facts_leave_it_where_it_is(sends: Callable[..., Any], keeper: User, at: datetime) -> None:
    sends(content=files.picture())
    change_municipality(facts={"phone": "70 00 00 00"}, by=keeper, at=at)
    assert Municipality.objects.get().crest is not None


def test_a_page_costs_no_query_more_with_it(
    sends: Callable[..., Any], client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sends(content=files.picture())
    the_municipality()
    with django_assert_num_queries(0):
        page = client.get("/en/was").content.decode()
    assert "/crest/" in page


def test_a_letter_carries_it_in_its_head(sends: Callable[..., Any]) -> None:
    letter = CodedLetter(name="Peter Holm", address="Havnegade 1", postal_line="7700 Havn", code="12345678")

    without = letters_as_pdf([letter], municipality=the_municipality())
    sends(content=files.picture(size=(60, 40)))
    with_it = letters_as_pdf([letter], municipality=the_municipality())

    assert b"/Subtype /Image" in with_it
    assert b"/Subtype /Image" not in without
