"""House rules have versions: what held when a text was decided on can be read for ever."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.actions import RuleText, publish_house_rules, retire_reason, text_of_rule
from apps.municipality.errors import RuleInUse
from apps.municipality.models import HouseRule, HouseRulesVersion, RefusalReason
from apps.municipality.queries import house_rules, rule_in_words, rules_version
from tests import factories, personas

pytestmark = pytest.mark.django_db

Committing = Callable[..., Any]
CHANGE = {"what_changed_da": "Ny regel 7", "what_changed_en": "New rule 7"}
SEVENTH = RuleText(number=7, title_da="Én stemme", title_en="One voice", text_en="Write as yourself.")


@pytest.fixture
def keeper(at: datetime) -> User:
    return personas.administrator(at=at)


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def standing() -> list[RuleText]:
    return [text_of_rule(rule) for rule in house_rules(1)]


def sent(rules: list[RuleText]) -> dict[str, str]:
    """Return the rules as the form posts them."""
    rows = {
        f"rules-{place}-{name}": str(getattr(rule, name))
        for place, rule in enumerate(rules)
        for name in RuleText.__dataclass_fields__
    }
    return rows | CHANGE | {"rules-TOTAL_FORMS": str(len(rules)), "rules-INITIAL_FORMS": str(len(rules))}


def test_the_site_opens_with_a_version_that_every_reason_fits() -> None:
    numbers = {rule.number for rule in house_rules()}

    assert rules_version() == 1
    assert numbers == {1, 2, 3, 4, 5, 6}
    named = RefusalReason.objects.filter(is_selectable=True).values_list("rule_number", flat=True)
    assert set(named) <= numbers
    assert all(rule.title_da and rule.title_en and rule.text_da and rule.text_en for rule in house_rules())


def test_another_version_holds_from_its_publication_and_the_first_stays(
    keeper: User, at: datetime, django_capture_on_commit_callbacks: Committing
) -> None:
    before = standing()
    assert rules_version() == 1
    with django_capture_on_commit_callbacks(execute=True):
        made = publish_house_rules(rules=[SEVENTH, *before], by=keeper, at=at, **CHANGE)

    assert made is not None
    assert (made.version, made.published_at, rules_version()) == (2, at, 2)
    assert [rule.number for rule in house_rules()] == [1, 2, 3, 4, 5, 6, 7]
    assert standing() == before
    entry = Entry.objects.get(kind="rules.published")
    assert facts_of(entry)["version"] == 2
    assert len(str(facts_of(entry)["sha256"])) == 64
    reason = RefusalReason.objects.get(code="personal_attack")
    assert rule_in_words(reason).startswith("Retningslinje 1 (version 2): ")


def test_the_same_rules_make_no_version(keeper: User, at: datetime) -> None:
    assert publish_house_rules(rules=standing(), by=keeper, at=at, **CHANGE) is None
    assert HouseRulesVersion.objects.count() == 1
    assert not Entry.objects.filter(kind="rules.published").exists()


def test_a_rule_that_a_reason_names_stays_until_the_reason_is_gone(keeper: User, at: datetime) -> None:
    fewer = [rule for rule in standing() if rule.number != 6]

    with pytest.raises(RuleInUse, match="retningslinje 6"), transaction.atomic():
        publish_house_rules(rules=fewer, by=keeper, at=at, **CHANGE)
    assert HouseRule.objects.count() == 6

    retire_reason(reason=RefusalReason.objects.get(code="spam"), by=keeper, at=at)
    assert publish_house_rules(rules=fewer, by=keeper, at=at, **CHANGE)


def test_only_administrators_change_them(at: datetime) -> None:
    with pytest.raises(NotAllowed):
        publish_house_rules(rules=[SEVENTH], by=factories.an_official(at), at=at, **CHANGE)
    assert HouseRulesVersion.objects.count() == 1


def test_everyone_reads_the_rules_in_force_and_those_before(
    desk: Client, client: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/en/desk/house-rules/", sent([*standing(), SEVENTH]))

    now = client.get("/en/house-rules/").content.decode()
    for told in ("One voice", "Write as yourself.", "New rule 7", "Version 2"):
        assert told in now
    assert "no longer holds" not in now
    before = client.get("/en/house-rules/1/").content.decode()
    assert "Write as yourself." not in before
    assert "This version no longer holds." in before
    assert client.get("/en/house-rules/3/").status_code == 404
    assert "Én stemme" in client.get("/house-rules/").content.decode()
    assert "One voice" in client.get("/en/how-it-works/").content.decode()


def test_a_rule_that_is_only_explained_in_danish_is_marked_and_said(client: Client) -> None:
    assert "only in Danish" not in client.get("/en/house-rules/").content.decode()
    HouseRule.objects.filter(number=1).update(text_da="Hvad den\nbetyder <b>her</b>", text_en="")

    page = client.get("/en/house-rules/").content.decode()
    assert "Some of it is only in Danish." in page
    assert '<span lang="da">Hvad den<br>betyder &lt;b&gt;her&lt;/b&gt;</span>' in page
    assert 'lang="da">Hvad' not in client.get("/house-rules/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"rules-1-number": "1"}, "Two rules have number 1."),
        ({"rules-0-title_en": ""}, "This field is required."),
        ({"rules-0-number": "0"}, "greater than or equal to 1"),
        ({"what_changed_en": ""}, "This field is required."),
        ({f"rules-{place}-DELETE": "on" for place in range(6)}, "Write at least one rule"),
        ({"rules-5-DELETE": "on"}, "belongs to house rule 6"),
        ({"rules-0-text_da": "Ring 010170-1234"}, "This looks like an identity number."),
    ],
)
def test_what_is_wrong_is_answered_with_a_sentence_and_nothing_is_lost(
    wrong: dict[str, str], sentence: str, desk: Client
) -> None:
    answer = desk.post("/en/desk/house-rules/", sent(standing()) | {"rules-0-title_da": "Et andet navn"} | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Et andet navn" in page
    assert HouseRulesVersion.objects.count() == 1


def test_more_rows_keep_what_was_typed(desk: Client) -> None:
    page = desk.post("/en/desk/house-rules/", sent([SEVENTH]) | {"more": "1"}).content.decode()

    assert 'value="One voice"' in page
    assert 'value="New rule 7"' in page
    assert "This field is required" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    count: int, keeper: User, at: datetime, client: Client, django_assert_num_queries: Any
) -> None:
    for turn in range(count):
        rules = [*standing(), RuleText(number=10 + turn, title_da="Ny", title_en="New")]
        publish_house_rules(rules=rules, by=keeper, at=at, **CHANGE)
    client.get("/en/house-rules/")

    with django_assert_num_queries(4):
        client.get("/en/house-rules/")
