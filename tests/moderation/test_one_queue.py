"""Texts, reports and appeals in one queue: one order, the same filters, and on to the next thing whatever it is."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.models import Contribution
from apps.moderation.actions import (
    Ruling,
    claim_contribution,
    decide_appeal,
    decide_contribution,
    decide_pause_appeal,
    note_conflict,
)
from apps.moderation.enums import AppealOutcome, Outcome
from apps.moderation.models import Appeal, Case, ReportCase
from apps.moderation.queries import Narrowed, key_of, next_waiting, overdue, queue_length
from tests import factories
from tests.moderation.cases import (
    REASONS,
    STAYS,
    a_neighbour,
    a_report,
    a_report_appeal,
    an_appeal,
    left,
    refused_by_moderator,
    reverse,
)
from tests.moderation.desk import SENTENCE, a_colleague, a_reason, publish, queued, shown
from tests.moderation.pauses import a_pause, an_appeal_against

pytestmark = pytest.mark.django_db
QUEUE, REPORTS, APPEALS = "/en/moderation/", "/en/moderation/reports/", "/en/moderation/appeals/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at, title="The wind hearing")


@pytest.fixture
def topic(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


@pytest.fixture
def client(colleague: User) -> Client:
    return browser(colleague)


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def reported(topic: Topic, at: datetime, minutes: int = 0, body: str = "Reported text") -> ReportCase:
    text = factories.a_published(topic, at=at - timedelta(minutes=minutes), body=body)
    return a_report(text, at=at - timedelta(minutes=minutes), by=a_neighbour(at)).case


def appealed(topic: Topic, at: datetime, minutes: int = 0, body: str = "Refused text") -> Appeal:
    moment = at - timedelta(minutes=minutes)
    return an_appeal(refused_by_moderator(topic, at=moment, body=body), at=moment)


@pytest.fixture
def all_three(topic: Topic, at: datetime) -> tuple[Contribution, ReportCase, Appeal]:
    """One of each: the appeal was made a week ago, the reports are due before the text."""
    appeal = appealed(topic, at, minutes=60 * 24 * 7)
    case = reported(topic, at, minutes=30)
    return factories.a_contribution(topic, at=at - timedelta(minutes=20), body="Waiting text"), case, appeal


def addresses(page: str) -> list[str]:
    return re.findall(r'<h3><a href="([^"]+)">', page)


def test_all_that_waits_stands_in_one_order(client: Client, all_three: tuple[Contribution, ReportCase, Appeal]) -> None:
    text, case, appeal = all_three

    page = client.get(QUEUE)

    assert addresses(page.content.decode()) == [
        f"{APPEALS}{appeal.pk}/",
        f"{REPORTS}{case.pk}/",
        f"{QUEUE}items/{text.pk}/",
    ]
    assert appeal.due_at < case.due_at < text.due_at  # type: ignore[operator]
    words = shown(page)
    assert "3 wait for a decision." in words
    for told in ("1 report", "Appeal", "Not published", "Waiting text", "Reported text", "Refused text"):
        assert told in words
    assert page.content.decode().count('name="id"') == 1  # only a text is chosen to be published
    assert queue_length() == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("thing=texts", "t"),
        ("thing=reports", "r"),
        ("thing=appeals", "a"),
        ("thing=none", "art"),
        ("q=waiting", "t"),
        ("q=reported", "r"),
        ("q=refused", "a"),
        ("q=una", "art"),
        ("kind=question", ""),
        ("part=edited", ""),
        ("part=free", "art"),
        ("part=mine", ""),
        ("topic=none", "art"),
        ("part=overdue", "a"),
    ],
)
def test_the_filters_hold_for_everything(
    query: str, found: str, client: Client, all_three: tuple[Contribution, ReportCase, Appeal], at: datetime
) -> None:
    text, case, appeal = all_three
    places = {"t": f"{QUEUE}items/{text.pk}/", "r": f"{REPORTS}{case.pk}/", "a": f"{APPEALS}{appeal.pk}/"}
    Appeal.objects.update(due_at=at - timedelta(minutes=1))

    page = client.get(f"{QUEUE}?{query}").content.decode()

    assert [address.split("?")[0] for address in addresses(page)] == [places[sign] for sign in found]


def test_a_consultation_and_a_topic_hold_for_everything(
    client: Client, all_three: tuple[Contribution, ReportCase, Appeal], hearing: Consultation, at: datetime
) -> None:
    other = factories.a_topic(hearing, at=at, title="Noise")
    case = reported(other, at)
    elsewhere = appealed(factories.the_topic(factories.a_hearing(at=at, title="Elsewhere")), at)

    assert len(addresses(client.get(f"{QUEUE}?consultation={hearing.slug}").content.decode())) == 4
    only = client.get(f"{QUEUE}?consultation={hearing.slug}&topic={other.slug}").content.decode()
    there = client.get(f"{QUEUE}?consultation={elsewhere.contribution.consultation.slug}").content.decode()
    assert [address.split("?")[0] for address in addresses(only)] == [f"{REPORTS}{case.pk}/"]
    assert [address.split("?")[0] for address in addresses(there)] == [f"{APPEALS}{elsewhere.pk}/"]


def test_the_parts_hold_everything_once(client: Client, topic: Topic, at: datetime) -> None:
    for minutes in range(10):
        reported(topic, at - timedelta(days=1), minutes=minutes)
        appealed(topic, at - timedelta(days=1), minutes=minutes)
        factories.a_contribution(topic, at=at)

    first = client.get(QUEUE).content.decode()
    behind = re.findall(r'href="(/en/moderation/\?after=[^"]+)"', first)
    second = client.get(behind[0]).content.decode()

    everything = addresses(first) + addresses(second)
    assert (len(addresses(first)), len(everything), len(set(everything))) == (25, 30, 30)


def test_what_narrows_survives_on_every_page_and_leads_on(
    client: Client, all_three: tuple[Contribution, ReportCase, Appeal], hearing: Consultation
) -> None:
    text, case, appeal = all_three
    narrowed = f"?consultation={hearing.slug}&part=free"
    escaped = narrowed.replace("&", "&amp;")

    on_appeal = client.get(f"{APPEALS}{appeal.pk}/{narrowed}").content.decode()
    on_reports = client.get(f"{REPORTS}{case.pk}/{narrowed}").content.decode()
    on_text = client.get(f"{QUEUE}items/{text.pk}/{narrowed}").content.decode()

    for page in (on_appeal, on_reports, on_text):
        assert f'href="{QUEUE}{escaped}"' in page
        assert len(addresses(page)) == 3
        assert page.count('class="qitem" aria-current="true"') == 1
        assert 'id="keys"' in page
    assert f'href="{REPORTS}{case.pk}/{escaped}" rel="next"' in on_appeal
    assert f'href="{APPEALS}{appeal.pk}/{escaped}" rel="prev"' in on_reports
    assert f'href="{QUEUE}items/{text.pk}/{escaped}" rel="next"' in on_reports
    assert f'href="{REPORTS}{case.pk}/{escaped}" rel="prev"' in on_text
    decided = client.post(f"{APPEALS}{appeal.pk}/{narrowed}", {"outcome": "upheld", "sentence": REASONS})
    assert decided["Location"] == f"{REPORTS}{case.pk}/{narrowed}"
    settled = client.post(f"{REPORTS}{case.pk}/{narrowed}", {"sentence": STAYS})
    assert settled["Location"] == f"{QUEUE}items/{text.pk}/{narrowed}"
    last = client.post(f"{QUEUE}items/{text.pk}/decide/{narrowed}", {"outcome": "publish", "version": "1"})
    assert last["Location"] == f"{QUEUE}{narrowed}"


def test_taking_it_from_its_page_leads_back_and_keeps_colleagues_out(
    client: Client, all_three: tuple[Contribution, ReportCase, Appeal], at: datetime
) -> None:
    _text, case, appeal = all_three
    for kind, row, place in (("report", case, REPORTS), ("appeal", appeal, APPEALS)):
        page = client.get(f"{place}{row.pk}/").content.decode()
        assert f'name="case" value="{kind}-{row.pk}"' in page
        taken = client.post(f"{QUEUE}items/{row.contribution_id}/claim/?part=mine", {"case": f"{kind}-{row.pk}"})
        assert taken["Location"] == f"{place}{row.pk}/?part=mine"
        assert "Taken by you until" in shown(client.get(f"{place}{row.pk}/"))
    assert len(addresses(client.get(f"{QUEUE}?part=mine").content.decode())) == 2
    third = browser(a_colleague(at))
    assert len(addresses(third.get(f"{QUEUE}?part=free").content.decode())) == 1

    for row, place, fields in (
        (case, REPORTS, {"sentence": STAYS}),
        (appeal, APPEALS, {"outcome": "upheld", "sentence": REASONS}),
    ):
        page = shown(third.get(f"{place}{row.pk}/"))
        assert "has taken this contribution" in page
        assert "A colleague has taken it, and decides." in page
        refused = third.post(f"{place}{row.pk}/", fields)
        assert refused.status_code == 409
        assert fields["sentence"] in refused.content.decode()
        row.refresh_from_db()
        assert row.is_open


def test_a_claim_that_lapsed_is_nobodys_and_the_later_one_counts(
    client: Client, all_three: tuple[Contribution, ReportCase, Appeal], colleague: User, at: datetime
) -> None:
    _text, case, appeal = all_three
    third = a_colleague(at)
    for row in (case, appeal):
        claim_contribution(contribution=row.contribution, by=third, at=at - timedelta(minutes=16))

    assert client.post(f"{REPORTS}{case.pk}/", {"sentence": STAYS}).status_code == 302
    assert not Case.objects.get(contribution=case.contribution_id).claimed_by
    claim_contribution(contribution=appeal.contribution, by=colleague, at=at)
    late = browser(third).post(f"{APPEALS}{appeal.pk}/", {"outcome": "upheld", "sentence": REASONS})
    assert late.status_code == 409
    assert client.post(f"{APPEALS}{appeal.pk}/", {"outcome": "upheld", "sentence": REASONS}).status_code == 302


def test_who_may_not_decide_sees_that_a_colleague_has_to(
    topic: Topic, hearing: Consultation, colleague: User, at: datetime
) -> None:
    first = factories.a_moderator(at)
    decided, mine = appealed(topic, at), reported(topic, at)
    a_report(mine.contribution, at=at, by=first)
    about = reported(topic, at)
    note_conflict(contribution=about.contribution, person=first, by=colleague, at=at)
    written = factories.a_topic(hearing, at=at)
    own = factories.a_published(written, at=at, by=first)
    a_report(own, at=at, by=a_neighbour(at))
    beside = reported(written, at)
    client = browser(first)

    page = client.get(QUEUE)

    words = shown(page)
    assert words.count("For a colleague") == 2
    for told in ("You decided first", "You reported it", "Yours"):
        assert words.count(told) == 1
    assert 'btn--block" href' not in page.content.decode()
    for row, place in ((decided, APPEALS), (mine, REPORTS), (about, REPORTS), (beside, REPORTS)):
        assert 'name="sentence"' not in client.get(f"{place}{row.pk}/").content.decode()
        kind = "appeal" if place == APPEALS else "report"
        taken = client.post(f"{QUEUE}items/{row.contribution_id}/claim/", {"case": f"{kind}-{row.pk}"})
        assert taken.status_code == 403


def test_work_goes_on_with_what_one_may_decide(topic: Topic, colleague: User, at: datetime) -> None:
    first = factories.a_moderator(at)
    appealed(topic, at, minutes=60 * 24 * 7)
    a_report(reported(topic, at, minutes=50).contribution, at=at, by=first)
    held = reported(topic, at, minutes=40)
    claim_contribution(contribution=held.contribution, by=colleague, at=at)
    free = reported(topic, at, minutes=10)
    waiting = factories.a_contribution(topic, at=at - timedelta(minutes=5))

    answer = browser(first).post(f"{QUEUE}items/{waiting.pk}/decide/", {"outcome": "publish", "version": "1"})

    assert answer["Location"] == f"{REPORTS}{free.pk}/"


def test_what_was_taken_back_shows_no_word_and_is_found_by_none(client: Client, topic: Topic, at: datetime) -> None:
    case = reported(topic, at, body="Regretted words")
    author = case.contribution.author
    assert author is not None
    withdraw_contribution(contribution=case.contribution, by=author, at=at)

    assert "Regretted" not in client.get(QUEUE).content.decode()
    assert queued(client.get(f"{QUEUE}?q=regretted")) == []
    assert "Regretted" not in client.get(f"{REPORTS}{case.pk}/").content.decode()
    assert client.post(f"{REPORTS}{case.pk}/", {}).status_code == 302


def test_overdue_counts_everything(topic: Topic, at: datetime) -> None:
    appeal = appealed(topic, at - timedelta(days=3))
    reported(topic, at - timedelta(days=3))
    factories.a_contribution(topic, at=at)
    assert overdue(at=at) == 1

    Appeal.objects.filter(pk=appeal.pk).update(due_at=at - timedelta(seconds=1))
    assert overdue(at=at) == 2


def test_several_appeals_about_the_same_reports_are_one_line(client: Client, topic: Topic, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    reports = [a_report(text, at=at, by=a_neighbour(at, name)) for name in ("nora", "nina")]
    left(reports[0], at=at)
    reports[1].case.refresh_from_db()
    first, second = (a_report_appeal(report, at=at) for report in reports)

    assert addresses(client.get(QUEUE).content.decode()) == [f"{APPEALS}{first.pk}/"]
    assert client.get(f"{APPEALS}{second.pk}/").status_code == 200
    assert queue_length() == 1


def test_its_parts_are_asked_for_by_themselves(
    client: Client, all_three: tuple[Contribution, ReportCase, Appeal]
) -> None:
    _text, case, appeal = all_three
    for address in (f"{REPORTS}{case.pk}/", f"{APPEALS}{appeal.pk}/"):
        rows = client.get(address, headers={"X-Fragment": "rows"})
        assert len(addresses(rows.content.decode())) == 3
        assert "<html" not in rows.content.decode()
        assert "<html" not in client.get(address, headers={"X-Fragment": "holder"}).content.decode()
        assert "X-Fragment" in rows["Vary"]


def test_a_line_stays_where_it_was_when_it_is_decided(
    all_three: tuple[Contribution, ReportCase, Appeal], colleague: User, at: datetime
) -> None:
    text, case, _appeal = all_three
    before = key_of(text)
    decide_contribution(contribution=text, ruling=publish(), by=colleague, at=at)

    assert key_of(text) == before
    assert key_of(case) > key_of(_appeal)  # type: ignore[operator]


@pytest.mark.parametrize("count", [1, 3])
def test_every_page_costs_the_same_for_one_and_three(
    count: int, client: Client, topic: Topic, at: datetime, django_assert_num_queries: object
) -> None:
    third = a_colleague(at)
    for turn in range(count):
        case, appeal = reported(topic, at, minutes=turn), appealed(topic, at, minutes=turn)
        text = factories.a_contribution(topic, at=at)
        for row in (case.contribution, appeal.contribution, text):
            claim_contribution(contribution=row, by=third, at=at)

    with django_assert_num_queries(21):  # type: ignore[operator]
        assert len(addresses(client.get(QUEUE).content.decode())) == 3 * count
    with django_assert_num_queries(33):  # type: ignore[operator]
        client.get(f"{REPORTS}{case.pk}/")
    with django_assert_num_queries(33):  # type: ignore[operator]
        client.get(f"{APPEALS}{appeal.pk}/")


def test_who_reported_a_text_decides_no_appeal_about_it(topic: Topic, colleague: User, at: datetime) -> None:
    """They asked for a decision against its author."""
    text = factories.a_published(topic, at=at)
    a_report(text, at=at, by=colleague)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=text, ruling=hide, by=factories.a_moderator(at), at=at)
    about_text, about_pause = an_appeal(text, at=at), an_appeal_against(a_pause(text, at=at), at=at)

    page, third = browser(colleague).get(QUEUE), a_colleague(at)

    assert shown(page).count("You reported it") == 2
    with pytest.raises(NotAllowed, match="You reported this yourself"):
        decide_appeal(appeal=about_text, ruling=reverse(), by=colleague, at=at)
    upheld: dict[str, Any] = {"outcome": AppealOutcome.UPHELD, "sentence": REASONS}
    with pytest.raises(NotAllowed, match="You reported this yourself"):
        decide_pause_appeal(appeal=about_pause, **upheld, by=colleague, at=at)
    for person, found in ((colleague, None), (third, about_text)):
        following = next_waiting(Narrowed(viewer=person, at=at), behind=text)
        assert (following.row if following else None) == found
    assert decide_appeal(appeal=about_text, ruling=reverse(), by=third, at=at).outcome == "reversed"
    assert decide_pause_appeal(appeal=about_pause, **upheld, by=third, at=at).outcome == "upheld"
