"""The list of reasons: kept by officials and administrators, told in the ledger, and never with another code."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.actions import ReasonText, add_reason, change_reason, resume_reason, retire_reason
from apps.municipality.errors import LawMissing, ReasonTaken
from apps.municipality.models import RefusalReason
from apps.municipality.queries import reason_at, reasons_by_code, selectable_reasons
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
TEXT = ReasonText(title_da="Gentagelse", title_en="Repetition", rule_number=7)
SENT = {
    "title_da": "Gentagelse",
    "title_en": "Repetition",
    "rule_number": "7",
    "ground": "incompatible",
    "category": "STATEMENT_CATEGORY_OTHER_VIOLATION_TC",
    "suggestion_en": "The same   was said before.",
}


@pytest.fixture
def as_seen_by() -> Browser:
    def browser(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return browser


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def told() -> list[tuple[str, str, str]]:
    """Return what the ledger tells of reasons, in order: what, which, in which role."""
    entries = Entry.objects.filter(kind__startswith="reason.").order_by("pk")
    return [(entry.kind, str(facts_of(entry)["reason"]), entry.actor_role) for entry in entries]


def test_the_first_six_say_what_they_are_against_and_how_to_begin() -> None:
    reasons = selectable_reasons()

    assert [reason.rule_number for reason in reasons] == [1, 2, 3, 4, 5, 6]
    assert [reason.code for reason in reasons if reason.ground == "illegal"] == ["unlawful"]
    assert "Straffeloven" in reasons[2].legal_ground
    assert all(reason.suggestion_da and reason.suggestion_en for reason in reasons)


def test_a_reason_is_added_changed_retired_and_used_again(official: User, at: datetime) -> None:
    reason = add_reason(text=TEXT, by=official, at=at)
    assert reason.code == "repetition"
    assert selectable_reasons()[-1] == reason

    changed = ReasonText(title_da="Gentagelser", title_en="Repetitions", rule_number=7)
    assert change_reason(reason=reason, text=changed, by=official, at=at)
    reason.refresh_from_db()
    assert (reason.code, reason.title) == ("repetition", "Gentagelser")
    assert not change_reason(reason=reason, text=changed, by=official, at=at)

    assert retire_reason(reason=reason, by=official, at=at)
    assert not retire_reason(reason=reason, by=official, at=at)
    assert reason not in selectable_reasons()
    assert resume_reason(reason=reason, by=personas.administrator(at=at), at=at)
    assert not resume_reason(reason=reason, by=official, at=at)

    assert told() == [
        ("reason.added", "repetition", "official"),
        ("reason.changed", "repetition", "official"),
        ("reason.retired", "repetition", "official"),
        ("reason.resumed", "repetition", "administrator"),
    ]


def test_pages_show_the_new_words_at_once(
    official: User, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    before = reasons_by_code()["spam"]
    text = ReasonText(title_da="Skrald", title_en="Junk")

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        change_reason(reason=before, text=text, by=official, at=at)

    assert reasons_by_code()["spam"].title == "Skrald"


def test_what_the_programs_use_is_not_for_people_to_change() -> None:
    assert reason_at("moderated_in_source") is None
    assert reason_at("spam") is not None


@pytest.mark.parametrize("title", ["Repetition", "Spam", "!?"])
def test_a_title_that_makes_no_code_of_its_own_is_refused(title: str, official: User, at: datetime) -> None:
    add_reason(text=TEXT, by=official, at=at)
    count = RefusalReason.objects.count()

    with pytest.raises(ReasonTaken), transaction.atomic():
        add_reason(text=ReasonText(title_da="En", title_en=title), by=official, at=at)

    assert RefusalReason.objects.count() == count


def test_nothing_is_illegal_without_a_law(official: User, at: datetime) -> None:
    reason = RefusalReason.objects.get(code="spam")
    text = ReasonText(title_da="Spam", title_en="Spam", ground="illegal")

    with pytest.raises(LawMissing):
        change_reason(reason=reason, text=text, by=official, at=at)
    with pytest.raises(LawMissing):
        add_reason(text=text, by=official, at=at)
    with pytest.raises(IntegrityError), transaction.atomic():
        RefusalReason.objects.filter(pk="spam").update(ground="illegal")


def test_others_change_nothing(at: datetime) -> None:
    reason, moderator = RefusalReason.objects.get(code="spam"), factories.a_moderator(at)

    with pytest.raises(NotAllowed):
        add_reason(text=TEXT, by=moderator, at=at)
    with pytest.raises(NotAllowed):
        change_reason(reason=reason, text=TEXT, by=moderator, at=at)
    for turn in (retire_reason, resume_reason):
        with pytest.raises(NotAllowed):
            turn(reason=reason, by=moderator, at=at)

    assert told() == []


# ------------------------------------------------------------------ the pages


def test_a_reason_is_added_on_its_page(official: User, as_seen_by: Browser) -> None:
    browser = as_seen_by(official)

    answer = browser.post("/en/desk/reasons/add/", SENT, follow=True)

    reason = RefusalReason.objects.get(code="repetition")
    assert (reason.rule_number, reason.suggestion_en) == (7, "The same was said before.")
    assert "“Repetition” can be chosen from now on." in answer.content.decode()
    assert 'href="/en/desk/reasons/edit/repetition/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title_da": ""}, "This field is required."),
        ({"title_en": "Spam"}, "There is a reason of that title already."),
        ({"ground": "illegal"}, "Name the law and its section"),
        ({"rule_number": "-1"}, "greater than or equal to 1"),
        ({"category": "STATEMENT_CATEGORY_NONE"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_answered_with_a_sentence_and_nothing_is_lost(
    wrong: dict[str, str], sentence: str, official: User, as_seen_by: Browser
) -> None:
    answer = as_seen_by(official).post("/en/desk/reasons/add/", SENT | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "The same   was said before." in page
    assert told() == []


def test_a_reason_is_changed_and_retired_on_its_page(official: User, as_seen_by: Browser) -> None:
    browser = as_seen_by(official)
    address = "/en/desk/reasons/edit/spam/"
    assert 'value="Reklame eller spam"' in browser.get(address).content.decode()

    assert "“Repetition” is saved." not in browser.post(address, SENT | {"ground": "illegal"}).content.decode()
    assert browser.post(address, SENT).status_code == 302
    browser.post(address, {"action": "retire"})
    assert "No longer used" in browser.get("/en/desk/reasons/").content.decode()
    browser.post(address, {"action": "resume"})

    assert [kind for kind, _code, _role in told()] == ["reason.changed", "reason.retired", "reason.resumed"]
    assert RefusalReason.objects.get(code="spam").title_en == "Repetition"


def test_no_page_changes_what_is_not_there_or_the_programs_own(official: User, as_seen_by: Browser) -> None:
    for code in ("nothing", "moderated_in_source"):
        assert as_seen_by(official).post(f"/en/desk/reasons/edit/{code}/", SENT).status_code == 404


def test_the_desk_leads_to_the_list(official: User, as_seen_by: Browser) -> None:
    assert 'href="/en/desk/reasons/"' in as_seen_by(official).get("/en/desk/").content.decode()


@pytest.mark.parametrize("more", [0, 3])
def test_the_list_costs_the_same_whatever_it_holds(
    more: int, official: User, as_seen_by: Browser, at: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more):
        add_reason(text=ReasonText(title_da="En", title_en=f"One {number}"), by=official, at=at)
    browser = as_seen_by(official)

    with django_assert_max_num_queries(6):
        browser.get("/en/desk/reasons/")
