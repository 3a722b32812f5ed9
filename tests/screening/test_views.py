"""The pages of both lists: what they show, take in and refuse; what was typed is kept."""

from collections.abc import Callable
from datetime import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.screening.actions import EmployeeFacts, end_employee, protect_employee, protect_employees
from apps.screening.models import ListedWord, ProtectedEmployee
from apps.screening.queries import listed_people, listed_words
from tests import factories, personas

pytestmark = pytest.mark.django_db

LIST, ADD, IMPORT = (reverse(f"screening:employee-{page}") for page in ("list", "add", "import"))
WORDS, ADD_WORD = (reverse(f"screening:word-{page}") for page in ("list", "add"))


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def desk(official: User, client: Client, at: datetime) -> Client:
    client.force_login(official)
    return client


def page(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined,no-any-return]


def names(at: datetime) -> list[str]:
    return [person.name for person in listed_people(at=at)]


def test_the_desk_leads_to_both_lists(desk: Client) -> None:
    shown = page(desk.get(reverse("portal:desk")))

    assert LIST in shown
    assert WORDS in shown


def test_an_empty_list_says_how_to_begin(desk: Client) -> None:
    assert IMPORT in page(desk.get(LIST))


def test_an_administrator_who_is_no_official_keeps_the_list_too(client: Client, at: datetime) -> None:
    client.force_login(personas.administrator(at=at))

    with time_machine.travel(at, tick=False):
        assert client.post(ADD, {"name": "Mette Holm"}).status_code == 302
        row = ProtectedEmployee.objects.get()
        changed = client.post(reverse("screening:employee-edit", args=[row.pk]), {"name": "Mette Lund"})

    assert changed.status_code == 302
    assert names(at) == ["Mette Lund"]


def test_a_name_is_added_changed_and_ended(desk: Client, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        typed = {"name": "Mette Holm", "spellings": "MKH\r\nM. Lund", "title": "Planlægger", "department": "Plan"}
        assert desk.post(ADD, typed).status_code == 302
        row = ProtectedEmployee.objects.get()
        assert (row.spellings, row.active_from, row.active_until) == ("MKH\nM. Lund", at, None)
        address = reverse("screening:employee-edit", args=[row.pk])
        assert "M. Lund" in page(desk.get(address))
        kept = typed | {"first_day": "2026-09-15", "last_day": "2026-12-31", "is_elected": "on"}
        assert desk.post(address, kept).status_code == 302
        row.refresh_from_db()
        assert row.active_from == at, "a day that is sent again keeps its moment"
        assert row.active_until is not None
        assert row.active_until.isoformat() == "2026-12-31T23:00:00+00:00"
        assert listed_people(at=at)[0].is_elected
        assert desk.post(reverse("screening:employee-end", args=[row.pk])).status_code == 302
        assert names(at) == []
        assert "Ended" in page(desk.get(f"/en{LIST}"))
        assert desk.post(reverse("screening:employee-end", args=[row.pk]), follow=True).status_code == 200
        assert desk.post(address, kept | {"last_day": ""}).status_code == 302, "and it can be looked for again"
        assert names(at) == ["Mette Holm"]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "Holm"}, "Write first name and surname"),
        ({"name": ""}, "required"),
        ({"title": "CPR 010190-1234"}, "identity number"),
        ({"spellings": "010190-1234"}, "identity number"),
        ({"first_day": "2026-10-02", "last_day": "2026-10-01"}, "before the first"),
        ({"last_day": "2026-09-01"}, "before the first"),
        ({"name": "Mette Lund", "department": "Plan"}, "on the list already"),
    ],
)
def test_a_refusal_says_what_to_do_and_keeps_what_was_typed(
    wrong: dict[str, str], sentence: str, desk: Client, official: User, at: datetime
) -> None:
    protect_employee(facts=EmployeeFacts(name="Mette Lund", department="Plan"), by=official, at=at)
    typed = {"name": "Mette Holm", "department": "Jobcenter Vest"} | wrong

    with time_machine.travel(at, tick=False):
        answer = desk.post(f"/en{ADD}", typed)

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert typed["department"] in page(answer)
    assert ProtectedEmployee.objects.count() == 1


def test_words_are_looked_for_in_names_departments_and_spellings(desk: Client, official: User, at: datetime) -> None:
    rows = [
        EmployeeFacts(name="Åse Thygesen", department="Sundhed"),
        EmployeeFacts(name="Bo Rose", spellings="BRO", title="Vejingeniør"),
    ]
    protect_employees(rows=rows, by=official, at=at)

    for words, found in (("åse", "Thygesen"), ("sundhed thyg", "Thygesen"), ("bro", "Rose"), ("vejing", "Rose")):
        shown = page(desk.post(LIST, {"words": words}))
        assert found in shown
        assert ({"Thygesen", "Rose"} - {found}).pop() not in shown
    assert "Thygesen" not in page(desk.post(LIST, {"words": "nobody"}))


def test_a_long_list_has_pages(desk: Client, official: User, at: datetime) -> None:
    protect_employees(
        rows=[EmployeeFacts(name=f"Person Nummer{chr(65 + n // 26)}{chr(65 + n % 26)}") for n in range(51)],
        by=official,
        at=at,
    )

    first = desk.get(LIST)
    behind = desk.get(f"{LIST}{first.context['older']}")

    assert len(first.context["rows"]) == 50
    assert [row["employee"].name for row in behind.context["rows"]] == ["Person NummerBY"]
    assert desk.get(f"{LIST}?after=x").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    count: int, desk: Client, official: User, at: datetime, django_assert_num_queries: Callable[[int], object]
) -> None:
    rows = [EmployeeFacts(name=f"Person {letter}") for letter in "ABC"[:count]]
    protect_employees(rows=rows, by=official, at=at)
    desk.get(LIST)

    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]
        desk.get(LIST)


@pytest.mark.parametrize("count", [1, 3])
def test_the_words_cost_the_same_for_one_and_for_three(
    count: int, desk: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    kept = ListedWord.objects.order_by("pk")[:count].values_list("pk", flat=True)
    ListedWord.objects.exclude(pk__in=list(kept)).delete()
    desk.get(WORDS)

    with django_assert_num_queries(QUERIES):  # type: ignore[attr-defined]
        desk.get(WORDS)


QUERIES = 4  # session, person, roles, and the list


def test_many_names_are_pasted(desk: Client, official: User, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        protect_employee(facts=EmployeeFacts(name="Bo Rose"), by=official, at=at)
        pasted = "Holm, Mette; Planlægger; Plan; MKH\r\nBo Rose\r\nLis Borg;;;;ja"
        answer = desk.post(f"/en{IMPORT}", {"pasted": pasted}, follow=True)

    assert "2 names are new on the list. 1 was there already." in page(answer)
    assert names(at) == ["Bo Rose", "Mette Holm", "Lis Borg"]
    assert [person.is_elected for person in listed_people(at=at)] == [False, False, True]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_many_names_come_in_a_file(encoding: str, desk: Client, at: datetime) -> None:
    file = SimpleUploadedFile("list.csv", "navn;afdeling\nSøren Ågård;Børn og Unge".encode(encoding))

    with time_machine.travel(at, tick=False):
        assert desk.post(IMPORT, {"file": file}).status_code == 302

    assert [(person.name, person.department) for person in listed_people(at=at)] == [("Søren Ågård", "Børn og Unge")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "choose a file"),
        ("Mette Holm\nHolm\nSøren Aagaard", "Line 2: Write first name and surname"),
        ("Mette Holm;" + "x" * 121, "Line 1: Name, title and department have at most"),
        ("Mette Holm;010190-1234", "identity number"),
        ("Mette Holm\n" * 5_001, "more than 5,000"),
    ],
)
def test_a_list_with_a_mistake_is_kept_off_whole_and_comes_back(content: str, sentence: str, desk: Client) -> None:
    file = SimpleUploadedFile("list.csv", content.encode() or b" ")

    answer = desk.post(f"/en{IMPORT}", {"pasted": "", "file": file})

    assert answer.status_code == 422
    assert sentence in page(answer)
    assert content.split("\n", maxsplit=1)[0][:100] in page(answer)
    assert not ProtectedEmployee.objects.exists()


def test_a_file_that_is_no_list_is_refused(desk: Client) -> None:
    file = SimpleUploadedFile("list.csv", b"x" * (1024 * 1024 + 1))

    answer = desk.post(f"/en{IMPORT}", {"pasted": "Mette Holm", "file": file})

    assert answer.status_code == 422
    assert "At most 1 MB" in page(answer)
    assert "Mette Holm" in page(answer)


def test_a_word_is_added_changed_taken_off_and_added_again(desk: Client) -> None:
    assert desk.post(ADD_WORD, {"word": "Bandeord*", "language": "da"}).status_code == 302
    listed = ListedWord.objects.get(word="bandeord*")
    address = reverse("screening:word-edit", args=[listed.pk])
    assert desk.post(address, {"word": "bandeordet", "language": "da"}).status_code == 302
    assert desk.post(reverse("screening:word-end", args=[listed.pk])).status_code == 302
    assert "bandeordet" not in listed_words()
    assert "Taken off" in page(desk.get(f"/en{WORDS}?q=bandeordet"))
    assert desk.post(reverse("screening:word-end", args=[listed.pk]), follow=True).status_code == 200
    assert desk.post(ADD_WORD, {"word": "bandeordet", "language": "da"}).status_code == 302
    assert "bandeordet" in listed_words()


@pytest.mark.parametrize("word", ["a", "*", "a*", "12", ""])
def test_a_word_that_stands_in_ordinary_texts_is_refused(word: str, desk: Client) -> None:
    before = ListedWord.objects.count()

    assert desk.post(ADD_WORD, {"word": word, "language": "da"}).status_code == 422
    assert ListedWord.objects.count() == before


def test_a_word_twice_is_refused(desk: Client) -> None:
    listed = ListedWord.objects.filter(language="da").order_by("pk")[0]

    answer = desk.post(f"/en{ADD_WORD}", {"word": listed.word, "language": "da"})

    assert answer.status_code == 422
    assert "on the list already" in page(answer)


def test_what_is_not_there_is_not_found(desk: Client) -> None:
    for name in ("screening:employee-edit", "screening:word-edit"):
        assert desk.get(reverse(name, args=[987_654])).status_code == 404
    for name in ("screening:employee-end", "screening:word-end"):
        assert desk.post(reverse(name, args=[987_654])).status_code == 404


def test_what_is_over_offers_no_end(desk: Client, official: User, at: datetime) -> None:
    row = protect_employee(facts=EmployeeFacts(name="Mette Holm"), by=official, at=at)
    address, end = (reverse(f"screening:employee-{page}", args=[row.pk]) for page in ("edit", "end"))

    assert end in page(desk.get(address))
    end_employee(employee=row, by=official, at=at)
    assert end not in page(desk.get(address))
