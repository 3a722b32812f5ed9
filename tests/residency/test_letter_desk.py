"""Letters at the town hall: who sees which wait, prints them and posts them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.queries import look_ups_of
from apps.accounts.rules import THE_SYSTEM
from apps.common import pdf
from apps.residency.actions import enter_code
from apps.residency.models import Letter, LetterBatch
from apps.residency.rendering import why_no_pdf
from tests import factories, personas
from tests.conftest import missing
from tests.personas import PERSONAS, everyone
from tests.residency.posted import batched, home, posted, requested
from tests.residency.verified import account

pytestmark = pytest.mark.django_db

LIST = "/en/desk/residents/letters/"


@pytest.fixture(autouse=True)
def _stopped_clock(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def ida(at: datetime) -> User:
    return account(at)


@pytest.fixture
def desk(client: Client, at: datetime) -> Client:
    """An official's browser."""
    client.force_login(factories.an_official(at))
    return client


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("persona", PERSONAS)
def test_names_and_codes_are_for_officials(persona: str, client: Client, at: datetime) -> None:
    people = everyone(at=at)
    letter = requested(account(at, number=7), at, name="Sofie Hemmelig")
    batch, _printed = batched(at, requested(account(at, number=8), at, name="Birgit Hemmelig", to=home(2)))
    viewer, may = people[persona], persona == "official"
    if isinstance(viewer, User):
        client.force_login(viewer)

    pages = [
        client.get(LIST),
        client.get(f"{LIST}batches/{batch.pk}/"),
        client.post(f"{LIST}{letter.pk}/cancel/"),
        client.post(f"{LIST}{letter.pk}/double/"),
        client.post(f"{LIST}batches/{batch.pk}/csv/"),
        client.post(f"{LIST}batches/{batch.pk}/pdf/"),
        client.post(LIST, {"letters": [letter.pk]}),
        client.post(f"{LIST}batches/{batch.pk}/posted/"),
    ]

    assert [page.status_code in {200, 302} for page in pages] == [may or persona == "anonymous"] * len(pages)
    assert any("Hemmelig" in text(page) for page in pages[:5]) == may
    assert (LetterBatch.objects.get(pk=batch.pk).posted_at is not None) == may
    assert LetterBatch.objects.count() == 1 + may


def test_a_colleague_whose_name_is_protected_stands_there_by_their_post(client: Client, at: datetime) -> None:
    batch, _printed = batched(at, requested(account(at, number=8), at))
    maker = batch.made_by
    assert maker is not None
    protect_name(person=maker, by=THE_SYSTEM, at=at)
    client.force_login(personas.colleague(at=at))

    for page in (text(client.get(LIST)), text(client.get(f"{LIST}batches/{batch.pk}/"))):
        assert maker.display_name not in page
        assert f"<bdi>{maker.job_title or 'Medarbejder'}, " in page


def test_the_list_shows_the_cap_and_marks_doubles(desk: Client, ida: User, at: datetime) -> None:
    resident = account(at, number=2)
    _letter, code = posted(resident, at)
    enter_code(typed=code, by=resident, at=at)
    requested(ida, at + timedelta(minutes=1))
    requested(account(at, number=3), at, name="Somebody Else", to=home(2))
    before = len(look_ups_of(resident))

    page = text(desk.get(LIST))

    assert page.index("Somebody Else") < page.index("Ida Holm")
    assert "2 letters to this address within a year, of 8 at most." in page
    assert page.count("The same name at this address is a verified resident since") == 1
    assert len(look_ups_of(resident)) == before


def test_opening_a_double_is_a_look_up_that_both_can_see(desk: Client, ida: User, at: datetime) -> None:
    resident = account(at, number=2)
    _letter, code = posted(resident, at)
    enter_code(typed=code, by=resident, at=at)
    before = len(look_ups_of(resident))
    letter = requested(ida, at)

    page = text(desk.post(f"{LIST}{letter.pk}/double/"))

    assert page.count("<bdi>Ida</bdi>") == 2
    assert len(look_ups_of(resident)) == before + 1
    assert len(look_ups_of(ida)) == 1
    assert desk.get(f"{LIST}{letter.pk}/double/").status_code == 405


def test_two_accounts_that_ask_for_one_name_at_one_address_are_marked(desk: Client, ida: User, at: datetime) -> None:
    requested(ida, at)
    assert "Asked for by two accounts" not in text(desk.get(LIST))
    requested(account(at, number=2), at, name="ida holm")

    assert text(desk.get(LIST)).count("Asked for by two accounts") == 2


def test_the_list_costs_the_same_for_one_letter_and_for_three(desk: Client, ida: User, at: datetime) -> None:
    requested(ida, at)
    desk.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(LIST)
    for number in (2, 3):
        resident = account(at, number=number + 10)
        _letter, code = posted(resident, at, name=f"Name {number}x", to=home(number))
        enter_code(typed=code, by=resident, at=at)
        requested(account(at, number=number), at, name=f"Name {number}x", to=home(number))

    with CaptureQueriesContext(connection) as three:
        page = text(desk.get(LIST))

    assert page.count('name="letters"') == 3
    assert len(three) == len(one)
    assert len(three) < 20


def test_a_letter_is_cancelled_with_a_sentence_only(desk: Client, ida: User, at: datetime) -> None:
    letter = requested(ida, at)

    assert desk.post(f"{LIST}{letter.pk}/cancel/").status_code == 200
    empty = desk.post(f"{LIST}{letter.pk}/cancel/", {"sentence": " "})
    assert empty.status_code == 422
    desk.post(f"{LIST}{letter.pk}/cancel/", {"sentence": "Come to the desk, please."})

    letter.refresh_from_db()
    assert (letter.status, letter.sentence) == ("cancelled", "Come to the desk, please.")


@pytest.mark.parametrize("sent", [{}, {"letters": ["4711"]}, {"letters": ["x"]}])
def test_putting_nothing_together_is_refused(sent: dict[str, Any], desk: Client, ida: User, at: datetime) -> None:
    requested(ida, at)

    response = desk.post(LIST, sent)

    assert response.status_code == 422
    assert "Nothing has been put together yet" in text(response)
    assert not LetterBatch.objects.exists()


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("csv", b"\xef\xbb\xbf")])
def test_letters_go_from_the_list_to_the_post(form: str, begins: bytes, desk: Client, ida: User, at: datetime) -> None:
    if form == "pdf" and why_no_pdf() is not None:
        missing("The libraries that make PDF files are not installed (README names the packages).")
    letter = requested(ida, at)
    batch_page = desk.post(LIST, {"letters": [letter.pk]}, follow=True)
    address = batch_page.redirect_chain[0][0]
    assert "they have no codes yet" in text(batch_page)

    file = desk.post(f"{address}{form}/")

    assert file.content.startswith(begins)
    assert file["Cache-Control"] == "private, no-store"
    assert file["Content-Disposition"].startswith("attachment;")
    assert "Each download makes new codes" in text(desk.get(address))
    assert "Are these letters posted?" in text(desk.get(f"{address}posted/"))
    assert Letter.objects.get().status == "requested"
    done = desk.post(f"{address}posted/", follow=True)
    assert "1 letter is in the post." in text(done)
    assert "1 letter was posted" in text(desk.get(address))
    assert "Holm" not in text(desk.get(address))
    assert desk.post(f"{address}{form}/").status_code == 409


def test_without_the_libraries_the_page_offers_the_table(
    desk: Client, ida: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch, _printed = batched(at, requested(ida, at))
    code_hash = Letter.objects.get().code_hash

    def lacking(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(pdf, "import_module", lacking)
    pdf.can_make_pdf.cache_clear()
    try:
        page = text(desk.get(f"{LIST}batches/{batch.pk}/"))
        refused = desk.post(f"{LIST}batches/{batch.pk}/pdf/", follow=True)
    finally:
        monkeypatch.undo()
        pdf.can_make_pdf.cache_clear()

    assert "cannot make PDF files" in page
    assert "/pdf/" not in page
    assert "/csv/" in page
    assert "cannot make PDF files" in text(refused)
    assert Letter.objects.get().code_hash == code_hash


def test_officials_are_told_that_a_colleague_prints_their_own_letter(desk: Client, at: datetime) -> None:
    own = requested(factories.an_official(at), at)
    colleague = personas.colleague(at=at)

    page = text(desk.get(LIST))
    desk.force_login(colleague)
    batch = desk.post(LIST, {"letters": [own.pk]}).headers["Location"]
    desk.force_login(factories.an_official(at))

    assert "Your own letter. A colleague prints it." in page
    assert f'value="{own.pk}"' not in page
    assert "A colleague prints and posts them." in text(desk.get(batch))
    assert desk.post(f"{batch}csv/").status_code == 403
    assert desk.post(f"{LIST}{own.pk}/cancel/", {"sentence": "Mine."}).status_code == 404
