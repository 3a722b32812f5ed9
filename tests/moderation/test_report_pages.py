"""The form on which anyone reports a text, its receipt, and what somebody who asks twice or too late is told."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.models import Appeal, Report, ReportCase
from apps.moderation.rules import APPEAL_TAKEN
from apps.moderation.views import reporting
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.moderation.authors import browser
from tests.moderation.cases import (
    APPEALED,
    EXPLAINED,
    STAYS,
    a_neighbour,
    a_report,
    an_appeal,
    left,
    refused_by_moderator,
)
from tests.moderation.desk import shown

pytestmark = pytest.mark.django_db
Browser = Callable[[personas.Viewer | None], Client]


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def as_seen_by() -> Browser:
    def browser(person: personas.Viewer | None) -> Client:
        client = Client()
        client.force_login(person)  # type: ignore[arg-type]
        return client

    return browser


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body="Everyone reads this")


def _address(row: Contribution, page: str = "report") -> str:
    return f"/en/consultations/{row.consultation.slug}/c/{row.number}/{page}/"


def _typed(**changes: str) -> dict[str, str]:
    return {"reason": "personal_attack", "explanation": EXPLAINED, "submission_key": str(uuid4())} | changes


def test_the_thread_leads_to_the_form_but_not_from_the_own_text(
    published: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    factories.an_answer(published, at=at)
    thread = f"/en/consultations/{published.consultation.slug}/topics/{published.topic.slug}/"

    page = Client().get(thread).content.decode()

    assert page.count('/report/"') == 1
    assert _address(published) in page
    assert '/report/"' not in as_seen_by(published.author).get(thread).content.decode()


def test_somebody_signed_out_reports_and_gets_a_link(published: Contribution) -> None:
    form = Client().get(_address(published))
    assert "Everyone reads this" in shown(form)
    assert 'name="email"' in form.content.decode()

    answer = Client().post(_address(published), _typed(), follow=True)

    report = Report.objects.get()
    assert (report.reporter, report.email, report.explanation) == (None, "", EXPLAINED)
    page = shown(answer)
    assert "Your report was received." in page
    assert f"http://testserver/en/reports/{report.key}/" in page
    assert EXPLAINED not in page
    published.refresh_from_db()
    assert published.is_published


def test_with_an_address_receipt_and_outcome_come_by_mail(published: Contribution, at: datetime) -> None:
    Client().post(_address(published), _typed(email="Passer@Example.org"))
    write_mail()
    receipt = OutgoingMail.objects.get(to="passer@example.org")
    report = Report.objects.get()
    assert f"/reports/{report.key}/" in receipt.body
    assert "need do nothing" in receipt.body

    left(report, at=at)
    write_mail()

    outcome = OutgoingMail.objects.exclude(pk=receipt.pk).get(to="passer@example.org")
    assert STAYS in outcome.body
    assert "appeal until" in outcome.body
    for mail in (receipt, outcome):
        assert "Everyone reads this" not in mail.body
        assert EXPLAINED not in mail.body


def test_an_address_that_others_type_gets_few_mails(published: Contribution, topic: Topic, at: datetime) -> None:
    for _turn in range(5):
        Client().post(_address(published), _typed(email="victim@example.org"))
    write_mail()

    assert Report.objects.count() == 5
    assert OutgoingMail.objects.filter(to="victim@example.org").exclude(status="refused").count() == 3


def test_a_double_click_is_one_report(published: Contribution) -> None:
    typed, client = _typed(), Client()

    first, second = (client.post(_address(published), typed) for _click in range(2))

    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_reporting_twice_leads_to_the_first_receipt(published: Contribution, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(a_neighbour(at))
    assert 'name="email"' not in browser.get(_address(published)).content.decode()

    first, second = (browser.post(_address(published), _typed()) for _turn in range(2))

    assert first["Location"] == second["Location"]
    assert Report.objects.get().reporter == a_neighbour(at)
    assert "My reports" in shown(browser.get("/en/me/"))


def test_nobody_is_told_that_others_reported(published: Contribution, as_seen_by: Browser, at: datetime) -> None:
    browser, author = as_seen_by(personas.resident(at=at)), as_seen_by(published.author)
    pages = ("/en/", _address(published), "/en/ledger/", f"/en/consultations/{published.consultation.slug}/ledger/")
    thread = f"/en/consultations/{published.consultation.slug}/topics/{published.topic.slug}/"
    seen = [_plain(who.get(page)) for who in (browser, author) for page in (thread, *pages[:1], *pages[3:])]

    for number in range(3):
        a_report(published, at=at, email=f"n{number}@example.org")

    assert [_plain(who.get(page)) for who in (browser, author) for page in (thread, *pages[:1], *pages[3:])] == seen
    assert "3 reports" not in shown(browser.get(_address(published)))


def _plain(response: object) -> str:
    return re.sub(r"csrfmiddlewaretoken\S+ value=\S+|[0-9a-f]{8}-[0-9a-f-]{27}", "", shown(response))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"reason": ""}, "Choose what is wrong"),
        ({"reason": "because"}, "valid choice"),
        ({"email": "nobody"}, "valid email address"),
        ({"explanation": "He is 010190-1234"}, "CPR"),
        ({"legal_ground": "x" * 201}, "at most 200"),
        ({"submission_key": "1"}, "valid UUID"),
    ],
)
def test_an_unfit_report_comes_back_with_what_was_typed(
    typed: dict[str, str], sentence: str, published: Contribution
) -> None:
    answer = Client().post(_address(published), _typed(**typed))

    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert typed.get("explanation", EXPLAINED) in answer.content.decode()
    assert not Report.objects.exists()


def test_a_program_is_thanked_and_nothing_is_kept(published: Contribution) -> None:
    answer = Client().post(_address(published), _typed(homepage="https://example.org"), follow=True)

    assert "Your report was received." in shown(answer)
    assert not ReportCase.objects.exists()


def test_very_many_from_one_network_lose_nothing(published: Contribution, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "RATES", "2/m/ip")
    for _turn in range(2):
        Client().post(_address(published), _typed())

    answer = Client().post(_address(published), _typed())

    assert answer.status_code == 429
    assert "Wait a few minutes" in shown(answer)
    assert EXPLAINED in answer.content.decode()
    assert Report.objects.count() == 2


def test_what_is_not_public_is_refused(
    topic: Topic, published: Contribution, as_seen_by: Browser, at: datetime
) -> None:
    waiting, answer = factories.a_contribution(topic, at=at), factories.an_answer(published, at=at)

    for row, reader in ((waiting, Client()), (answer, Client()), (published, as_seen_by(published.author))):
        assert reader.get(_address(row)).status_code == 403
        assert reader.post(_address(row), _typed()).status_code == 403
    assert Client().get(_address(published).replace("/c/1/", "/c/99/")).status_code == 404
    assert Client().get("/en/reports/nobody-knows-this/").status_code == 404
    assert not ReportCase.objects.exists()


def test_who_reported_appeals_from_the_receipt(published: Contribution, at: datetime) -> None:
    report = a_report(published, at=at)
    receipt, appeal = f"/en/reports/{report.key}/", f"/en/reports/{report.key}/appeal/"
    assert "Nobody has looked into your report yet" in shown(Client().get(appeal))
    early = Client().post(appeal, {"text": APPEALED})
    assert early.status_code == 422
    assert APPEALED in early.content.decode()
    left(report, at=at)
    assert STAYS in shown(Client().get(receipt))
    assert Client().post(appeal, {"text": " "}).status_code == 422

    answers = [Client().post(appeal, {"text": APPEALED}) for _click in range(2)]

    assert {answer["Location"] for answer in answers} == {receipt}
    assert Appeal.objects.get().text == APPEALED
    assert "You appealed against the decision." in shown(Client().get(receipt))
    assert APPEALED not in shown(Client().get(receipt))


def test_after_half_a_year_it_is_too_late(published: Contribution, at: datetime) -> None:
    report = left(a_report(published, at=at), at=at)

    with time_machine.travel(at + APPEAL_TAKEN + timedelta(minutes=1), tick=False):
        answer = Client().post(f"/en/reports/{report.key}/appeal/", {"text": APPEALED})

    assert answer.status_code == 422
    assert "six months" in shown(answer)
    assert APPEALED in answer.content.decode()
    assert not Appeal.objects.exists()


def test_a_double_click_settles_reports_and_an_appeal_once(topic: Topic, at: datetime) -> None:
    case = a_report(factories.a_published(topic, at=at), at=at).case
    appeal = an_appeal(refused_by_moderator(topic, at=at), at=at)
    desk, sent = browser(factories.another_moderator(at)), {"sentence": STAYS}

    for page, more in ((f"reports/{case.pk}", {}), (f"appeals/{appeal.pk}", {"outcome": "upheld"})):
        place = f"/en/moderation/{page}/"
        assert [desk.post(place, sent | more).status_code for _click in range(2)] == [302, 302]
        assert desk.post(place, {"sentence": "Something else."} | more).status_code == 409
