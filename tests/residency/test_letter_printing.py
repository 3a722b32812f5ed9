"""Letters on paper: who prints them, what stands in the files, and what is gone when they are posted."""

import csv
import io
import logging
from datetime import datetime, timedelta

import pytest
from django.utils import translation
from pypdf import PdfReader

from apps.accounts.models import User
from apps.accounts.queries import look_ups_of
from apps.common import pdf
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.municipality.models import Municipality
from apps.residency.actions import cancel_own_letter, enter_code, make_batch, make_codes, post_letters
from apps.residency.engine.codes import CodedLetter, shown
from apps.residency.enums import LetterStatus
from apps.residency.errors import BatchNotPrinted, BatchPosted, NoLettersChosen, NoPrinting, WrongCode
from apps.residency.models import Letter, LetterBatch
from apps.residency.rendering import letters_as_pdf, letters_as_table, why_no_pdf
from tests import factories, personas
from tests.conftest import missing
from tests.residency.posted import batched, home, requested
from tests.residency.verified import account

pytestmark = pytest.mark.django_db
TOWN = Municipality(
    name="Vesterhav Kommune",
    site_name="Vesterhav i dialog",
    address="Rådhuspladsen 1, 7999 Vesterhav",
    phone="70 00 00 00",
    email="dialog@vesterhav.example",
)


@pytest.fixture
def _in_english() -> None:
    translation.activate("en")


@pytest.fixture
def letters(at: datetime) -> list[Letter]:
    """Three letters that wait, of three people."""
    people = [account(at, number=number) for number in (1, 2, 3)]
    return [
        requested(person, at + timedelta(minutes=step), name=f"Ida Holm den {'IV'[step // 2 :]}", to=home(step + 1))
        for step, person in enumerate(people)
    ]


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def _with_libraries() -> None:
    """What makes PDF files."""
    if why_no_pdf() is not None:
        missing("The libraries that make PDF files are not installed (README names the packages).")


def printed(count: int) -> list[CodedLetter]:
    codes = ("ACDEF34779", "HJKMN34779", "PRTWX34779")
    return [
        CodedLetter(
            name=f"Åse Ørsted {code[:2]}", address=f"Møllevej {step}, 1. tv", postal_line="9982 Havby", code=code
        )
        for step, code in enumerate(codes[:count], start=1)
    ]


# ------------------------------------------------------------------ who


def test_only_officials_put_letters_together_and_print_them(at: datetime, letters: list[Letter]) -> None:
    ids = [letter.pk for letter in letters]
    batch, _printed = batched(at, letters[0])

    for persona in (personas.unverified, personas.moderator, personas.administrator):
        viewer = persona(at=at)
        for act in (
            lambda by=viewer: make_batch(letter_ids=ids, by=by, at=at),
            lambda by=viewer: make_codes(batch=batch, by=by, at=at),
            lambda by=viewer: post_letters(batch=batch, by=by, at=at),
        ):
            with pytest.raises(NotAllowed):
                act()

    assert LetterBatch.objects.count() == 1


@pytest.mark.usefixtures("_in_english")
def test_officials_never_see_the_code_of_their_own_letter(at: datetime, letters: list[Letter], official: User) -> None:
    own = requested(official, at, to=home(9))
    with pytest.raises(NoLettersChosen):
        make_batch(letter_ids=[own.pk], by=official, at=at)
    colleague = personas.colleague(at=at)
    batch = make_batch(letter_ids=[own.pk, letters[0].pk], by=colleague, at=at)

    with pytest.raises(NotAllowed, match="colleague"):
        make_codes(batch=batch, by=official, at=at)
    with pytest.raises(NotAllowed, match="colleague"):
        post_letters(batch=batch, by=official, at=at)

    assert len(make_codes(batch=batch, by=colleague, at=at)) == 2


def test_each_person_reads_once_that_their_letter_was_looked_at(
    at: datetime, letters: list[Letter], official: User
) -> None:
    batch = make_batch(letter_ids=[letter.pk for letter in letters[:2]], by=official, at=at)
    make_codes(batch=batch, by=official, at=at)
    make_codes(batch=batch, by=official, at=at)

    seen = [[entry.payload for entry in look_ups_of(letter.person)] for letter in letters]
    assert seen == [['{"reason":"letter"}'], ['{"reason":"letter"}'], []]


# ------------------------------------------------------------------ codes and the post


def test_a_letter_stands_in_one_batch_only(at: datetime, letters: list[Letter], official: User) -> None:
    make_batch(letter_ids=[letters[0].pk], by=official, at=at)

    with pytest.raises(NoLettersChosen):
        make_batch(letter_ids=[letters[0].pk, 4711], by=official, at=at)


def test_letters_are_not_posted_before_they_have_codes(at: datetime, letters: list[Letter], official: User) -> None:
    batch = make_batch(letter_ids=[letters[0].pk], by=official, at=at)

    with pytest.raises(BatchNotPrinted):
        post_letters(batch=batch, by=official, at=at)
    cancel_own_letter(letter=letters[0], by=letters[0].person, at=at)
    with pytest.raises(NoLettersChosen):
        make_codes(batch=batch, by=official, at=at)
    with pytest.raises(BatchNotPrinted):
        post_letters(batch=batch, by=official, at=at)


def test_each_download_makes_new_codes_and_the_former_ones_die(
    at: datetime, letters: list[Letter], official: User
) -> None:
    batch, first = batched(at, letters[0])
    second = make_codes(batch=batch, by=official, at=at)
    post_letters(batch=batch, by=official, at=at)

    with pytest.raises(WrongCode):
        enter_code(typed=first[0].code, by=letters[0].person, at=at)
    assert enter_code(typed=second[0].code, by=letters[0].person, at=at)
    with pytest.raises(BatchPosted):
        make_codes(batch=batch, by=official, at=at)
    with pytest.raises(BatchPosted):
        post_letters(batch=batch, by=official, at=at)


def test_with_the_post_names_and_addresses_go(at: datetime, letters: list[Letter], official: User) -> None:
    batch, _printed = batched(at, *letters)
    cancel_own_letter(letter=letters[1], by=letters[1].person, at=at)

    assert post_letters(batch=batch, by=official, at=at) == 2

    rows = {row.pk: row for row in Letter.objects.all()}
    assert {(row.name, row.address, row.postal_line) for row in rows.values()} == {("", "", "")}
    assert [rows[letter.pk].status for letter in letters] == ["posted", "cancelled", "posted"]
    assert rows[letters[0].pk].expires_at == at + timedelta(days=30)
    assert rows[letters[1].pk].status == LetterStatus.CANCELLED
    assert Entry.objects.get(kind="letters.posted").payload == '{"count":2}'


@pytest.mark.usefixtures("_with_libraries")
def test_neither_codes_nor_addresses_are_stored_logged_or_told_to_the_ledger(
    at: datetime, letters: list[Letter], official: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    batch, coded = batched(at, *letters)
    letters_as_pdf(coded, municipality=TOWN)
    letters_as_table(coded, municipality=TOWN)
    post_letters(batch=batch, by=official, at=at)

    told = f"{list(Entry.objects.values())} {list(Letter.objects.values())} {caplog.text} {coded!r}"
    for letter in coded:
        assert not any(secret in told for secret in (letter.code, shown(letter.code), letter.name, letter.address))


# ------------------------------------------------------------------ the files


@pytest.mark.usefixtures("_with_libraries")
def test_every_page_is_a_letter_with_its_code_and_address() -> None:
    rows = printed(3)

    pages = [page.extract_text() for page in PdfReader(io.BytesIO(letters_as_pdf(rows, municipality=TOWN))).pages]

    assert len(pages) == 3
    for page, row in zip(pages, rows, strict=True):
        assert page.count(shown(row.code)) == 2
        assert not any(shown(other.code) in page for other in rows if other != row)
        for words in (row.name, row.address, row.postal_line, TOWN.name, TOWN.phone, TOWN.email, TOWN.address):
            assert words in page
        assert "/me/verify/code/" in page
        assert "/en/me/verify/code/" in page
        assert "30" in page


@pytest.mark.usefixtures("_with_libraries")
def test_the_address_stands_in_the_window_of_the_envelope() -> None:
    page = PdfReader(io.BytesIO(letters_as_pdf(printed(1), municipality=TOWN))).pages[0]
    places: dict[str, tuple[float, float]] = {}

    def note(text: str, _cm: list[float], matrix: list[float], _font: object, _size: float) -> None:
        places[text.strip()] = (_cm[0] * matrix[4] + _cm[4], _cm[3] * matrix[5] + _cm[5])

    page.extract_text(visitor_text=note)
    millimetre = 72 / 25.4
    height = float(page.mediabox.height)
    lines = [place for text, place in places.items() if text in {"Åse Ørsted AC", "Møllevej 1, 1. tv", "9982 Havby"}]

    assert len(lines) == 3
    for across, up in lines:
        assert 20 * millimetre <= across <= 105 * millimetre
        assert 45 * millimetre <= height - up <= 90 * millimetre


@pytest.mark.usefixtures("_with_libraries")
def test_long_names_do_not_make_a_second_page() -> None:
    rows = [CodedLetter(name="Å" * 120, address="Ø" * 200, postal_line="W" * 100, code="ACDEF34779")]

    assert len(PdfReader(io.BytesIO(letters_as_pdf(rows, municipality=TOWN))).pages) == 1


@pytest.mark.usefixtures("_with_libraries")
def test_markup_in_a_name_is_words() -> None:
    rows = [CodedLetter(name="<img src=x> & Co", address="Møllevej 1", postal_line="9982 Havby", code="ACDEF34779")]

    assert "<img src=x> & Co" in PdfReader(io.BytesIO(letters_as_pdf(rows, municipality=TOWN))).pages[0].extract_text()


@pytest.mark.usefixtures("_in_english")
def test_without_the_libraries_there_is_a_sentence_and_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(_name: str) -> None:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "import_module", lacking)
    pdf.can_make_pdf.cache_clear()
    try:
        assert "table" in str(why_no_pdf())
        with pytest.raises(NoPrinting):
            letters_as_pdf(printed(1), municipality=TOWN)
        assert letters_as_table(printed(1), municipality=TOWN)
    finally:
        monkeypatch.undo()
        pdf.can_make_pdf.cache_clear()


@pytest.mark.parametrize("separator", [";", ","])
@pytest.mark.parametrize("name", ["=1+1", "+45", "-x", "@SUM(A1)", " =1", '"=1', "a;=1", "a\n=1", "\t=1", "a,=1;@b"])
def test_no_cell_of_the_table_is_a_formula(name: str, separator: str) -> None:
    rows = [CodedLetter(name=name, address="Møllevej 1", postal_line="9982 Havby", code="ACDEF34779")]

    data = letters_as_table(rows, municipality=TOWN)

    assert data.startswith(b"\xef\xbb\xbf")
    table = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))
    cells = [cell.strip(" \t\"'") if cell.strip().startswith('"') else cell for row in table for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert len(data.decode().strip().split("\r\n")) == 2


def test_the_table_holds_what_a_print_house_needs() -> None:
    table = csv.DictReader(
        io.StringIO(letters_as_table(printed(2), municipality=TOWN).decode("utf-8-sig")), delimiter=";"
    )
    rows = list(table)

    assert [row["code"] for row in rows] == ["ACDEF-34779", "HJKMN-34779"]
    assert (rows[0]["name"], rows[0]["address"], rows[0]["postal_line"]) == (
        "Åse Ørsted AC",
        "Møllevej 1, 1. tv",
        "9982 Havby",
    )
    assert rows[0]["page_en"].endswith("/en/me/verify/code/")
