"""What waits for an answer: questions and what was given to somebody, in working days, what is due first on top."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from apps.accounts.models import RoleAssignment, User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import Municipality
from apps.municipality.queries import answer_due_on, answers_overdue_from_before, working_days_between
from apps.publications.actions import assign_answer, end_assignment
from apps.publications.enums import Whose
from apps.publications.errors import UnfitAssignee
from apps.publications.models import Assignment
from apps.publications.queries import Wanted, departments, to_answer
from tests import factories, personas
from tests.publications.drafting import a_colleague

pytestmark = pytest.mark.django_db

LIST = "/en/desk/answers/"
DAY = timedelta(days=1)


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at - 40 * DAY, closes=100 * DAY))


@pytest.fixture
def olaf(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def karl(topic: Topic, at: datetime) -> User:
    return a_colleague(topic.consultation, at=at)


def a_question(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)


def numbers(viewer: User, at: datetime, **wanted: object) -> list[int]:
    return [item.contribution.number for item in to_answer(viewer, Wanted(**wanted), at=at)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("since", "due"),
    [
        (datetime(2026, 9, 15, 8, tzinfo=UTC), date(2026, 9, 22)),  # a Tuesday
        (datetime(2026, 9, 18, 20, tzinfo=UTC), date(2026, 9, 25)),  # a Friday evening
        (datetime(2026, 9, 19, 8, tzinfo=UTC), date(2026, 9, 25)),  # a Saturday
        (datetime(2026, 3, 31, 8, tzinfo=UTC), date(2026, 4, 10)),  # Easter lies between, three days of it at work
    ],
)
def test_the_goal_is_counted_in_working_days_and_danish_holidays_are_none(since: datetime, due: date) -> None:
    assert answer_due_on(since) == due


def test_overdue_is_what_had_its_working_days() -> None:
    """On every day of a month with Easter both ways of counting say the same."""
    target = 5
    for day in range(40):
        at = datetime(2026, 3, 20, 9, tzinfo=UTC) + day * DAY
        before = answers_overdue_from_before(at)
        for back in range(20):
            since = at - back * DAY
            assert (since < before) == (working_days_between(since, at) > target)


def test_the_goal_is_a_setting_of_the_municipality() -> None:
    Municipality.objects.create(pk=1, name="Havn", site_name="Havn taler", answer_target_days=2)
    cache.clear()

    assert answer_due_on(datetime(2026, 9, 15, 8, tzinfo=UTC)) == date(2026, 9, 17)


def test_what_is_due_first_stands_on_top_and_what_is_overdue_is_marked(topic: Topic, olaf: User, at: datetime) -> None:
    new, old = a_question(topic, at - DAY), a_question(topic, at - DAY + timedelta(minutes=1))
    Contribution.stored.filter(pk=old.pk).update(received_at=at - 20 * DAY)
    factories.an_answer(a_question(topic, at), at=at)
    factories.a_published(topic, at=at)

    found = to_answer(olaf, Wanted(), at=at)

    assert [(item.contribution, item.is_overdue) for item in found] == [(old, True), (new, False)]
    assert numbers(olaf, at, is_overdue=True) == [old.number]


def test_what_is_given_to_somebody_waits_for_an_answer_from_then_on(
    topic: Topic, olaf: User, karl: User, at: datetime
) -> None:
    view = factories.a_published(topic, at=at - 30 * DAY)
    question = a_question(topic, at - DAY)
    assert numbers(olaf, at) == [question.number]

    assign_answer(contribution=view, official=karl, by=olaf, at=at)

    (item,) = to_answer(karl, Wanted(whose=Whose.MINE), at=at)
    assert (item.contribution, item.is_overdue, item.due_on) == (view, False, answer_due_on(at))
    assert numbers(olaf, at) == [question.number, view.number]
    assert numbers(olaf, at, whose=Whose.MINE) == []
    assert numbers(olaf, at, whose=Whose.NOBODYS) == [question.number]
    factories.an_answer(view, at=at)
    assert numbers(karl, at, whose=Whose.MINE) == []


def test_the_days_of_a_question_count_from_its_receipt_whoever_has_it(
    topic: Topic, olaf: User, karl: User, at: datetime
) -> None:
    question = a_question(topic, at - 20 * DAY)

    assign_answer(contribution=question, official=karl, by=olaf, at=at)
    assign_answer(contribution=question, department="Roads", by=olaf, at=at)

    (item,) = to_answer(olaf, Wanted(department="Roads"), at=at)
    assert item.is_overdue
    assert numbers(karl, at, whose=Whose.MINE) == []


def test_a_department_has_what_was_given_to_it_also_outside_the_team(topic: Topic, olaf: User, at: datetime) -> None:
    question = a_question(topic, at)
    outsider = personas.colleague(at=at)
    RoleAssignment.objects.filter(person=outsider).update(department="Roads")
    assert numbers(outsider, at) == []

    assign_answer(contribution=question, department=" Roads\n", by=olaf, at=at)

    assert numbers(outsider, at) == [question.number]
    assert "Roads" in departments()


def test_it_is_given_to_one_who_may_answer_it(topic: Topic, olaf: User, at: datetime) -> None:
    question, outsider = a_question(topic, at), personas.colleague(at=at)
    for given in ({"official": outsider}, {}, {"official": olaf, "department": "Roads"}, {"department": "010180-1234"}):
        with pytest.raises(UnfitAssignee):
            assign_answer(contribution=question, **given, by=olaf, at=at)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        assign_answer(contribution=question, department="Roads", by=outsider, at=at)
    assert not Assignment.objects.exists()


def test_what_is_answered_or_not_shown_is_given_to_nobody(topic: Topic, olaf: User, at: datetime) -> None:
    answered, waiting = a_question(topic, at), factories.a_contribution(topic, at=at)
    factories.an_answer(answered, at=at)
    answered.refresh_from_db()
    for row in (answered, waiting):
        with pytest.raises(NotAllowed):
            assign_answer(contribution=row, department="Roads", by=olaf, at=at)


def test_to_give_it_twice_is_once_and_entries_name_nobody(topic: Topic, olaf: User, karl: User, at: datetime) -> None:
    question = a_question(topic, at)
    for _click in range(2):
        assign_answer(contribution=question, official=karl, by=olaf, at=at)
    assert end_assignment(contribution=question, by=olaf, at=at)
    assert not end_assignment(contribution=question, by=olaf, at=at)

    told = Entry.objects.filter(kind__startswith="assignment.").order_by("pk")
    assert [entry.kind for entry in told] == ["assignment.made", "assignment.ended"]
    assert facts_of(told[0]) == {"assignee": "official"}


def test_the_page_is_filtered_paged_and_marked(  # noqa: PLR0917 - fixtures
    client: Client, topic: Topic, olaf: User, karl: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.publications.views.answer_lists.PAGE", 2)
    rows = [a_question(topic, at - (20 - turn) * DAY) for turn in range(3)]
    assign_answer(contribution=rows[2], official=karl, by=olaf, at=at)
    client.force_login(olaf)

    first = client.get(LIST)
    assert [item.contribution for item, _text in first.context["items"]] == rows[:2]
    assert "wait--late" in first.content.decode()
    second = client.get(LIST + first.context["next"])
    assert [item.contribution for item, _text in second.context["items"]] == rows[2:]
    assert "Given to Karl Kok" in second.content.decode()
    assert "Nothing here waits for an answer" in client.get(f"{LIST}?whose=mine").content.decode()
    for odd in ("?after=x", "?after=2026-01-01_5", "?after=2026-01-01T00:00:00%2B00:00_x", "?whose=yours&overdue=2"):
        assert len(client.get(LIST + odd).context["items"]) == 2


def test_it_is_given_away_on_a_page(client: Client, topic: Topic, olaf: User, karl: User, at: datetime) -> None:
    question = a_question(topic, at)
    parts = {"slug": topic.consultation.slug, "number": question.number}
    page = "/en" + reverse("publications:answer-assign", kwargs=parts).removeprefix("/en").removeprefix("/da")
    client.force_login(olaf)

    both = client.post(page, {"official": karl.pk, "department": "Roads"})
    assert both.status_code == 422
    assert 'value="Roads"' in both.content.decode()
    assert client.post(page, {"official": karl.pk, "department": ""}).status_code == 302
    assert "Given to Karl Kok" in client.get(page).content.decode()
    assert client.post(page, {"action": "nobody"}).status_code == 302
    assert not Assignment.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(  # noqa: PLR0917 - fixtures
    count: int, client: Client, topic: Topic, olaf: User, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    for _turn in range(count):
        assign_answer(contribution=a_question(topic, at), official=olaf, by=olaf, at=at)
    client.force_login(olaf)
    client.get(LIST)

    with django_assert_num_queries(10):  # type: ignore[attr-defined]
        client.get(LIST)
