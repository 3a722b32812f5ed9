"""From a refusal to a text that is shown after an appeal, on the pages of author and moderators; and who is refused."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.moderation.actions import name_deputy
from apps.moderation.models import Appeal, Case, Deputy
from apps.moderation.rules import APPEAL_TAKEN
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.moderation.cases import (
    APPEALED,
    EXPLAINED,
    REASONS,
    STAYS,
    a_neighbour,
    a_report,
    a_report_appeal,
    an_appeal,
    left,
    refused_by_moderator,
)
from tests.moderation.desk import SENTENCE, shown

pytestmark = pytest.mark.django_db

QUEUE, REPORTS, APPEALS = "/en/moderation/", "/en/moderation/reports/", "/en/moderation/appeals/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def refused(topic: Topic, at: datetime) -> Contribution:
    return refused_by_moderator(topic, at=at, body="My view of the matter")


def _browser(person: personas.Viewer | None) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


def _address(row: Contribution, page: str) -> str:
    return f"/en/consultations/{row.consultation.slug}/c/{row.number}/{page}/"


def _mails_to(person: User | None) -> list[OutgoingMail]:
    write_mail()
    assert person is not None
    return list(OutgoingMail.objects.filter(to=person.email).order_by("-pk"))


def test_from_refusal_to_a_text_shown_after_an_appeal(refused: Contribution, at: datetime) -> None:
    author = _browser(refused.author)
    receipt = author.get(_address(refused, "receipt"))
    assert _address(refused, "appeal") in receipt.content.decode()
    form = shown(author.get(_address(refused, "appeal")))
    assert SENTENCE in form
    assert "A different person decides." in form

    answer = author.post(_address(refused, "appeal"), {"text": APPEALED}, follow=True)
    assert "Your appeal was received." in shown(answer)
    assert "You appealed against the decision." in shown(author.get(_address(refused, "receipt")))
    assert "You appealed against the decision." in shown(author.get("/en/me/"))
    assert "er modtaget" in _mails_to(refused.author)[0].subject

    appeal = Appeal.objects.get()
    colleague = _browser(factories.another_moderator(at))
    assert f"{APPEALS}{appeal.pk}/" in colleague.get(QUEUE).content.decode()
    assert APPEALED in shown(colleague.get(f"{APPEALS}{appeal.pk}/"))
    answer = colleague.post(f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS}, follow=True)

    assert "is shown at its place" in shown(answer)
    thread = shown(Client().get(f"/en/consultations/{refused.consultation.slug}/topics/{refused.topic.slug}/"))
    assert "My view of the matter" in thread
    assert "Shown after an appeal" in thread
    assert REASONS in shown(author.get(_address(refused, "receipt")))
    mail = _mails_to(refused.author)[0]
    assert "omgjort" in mail.subject
    assert REASONS in mail.body
    assert APPEALED not in mail.body
    ledger = shown(Client().get(f"/en/consultations/{refused.consultation.slug}/ledger/"))
    assert "the decision was reversed" in ledger


def test_the_first_moderator_has_no_form_and_is_refused(refused: Contribution, at: datetime) -> None:
    appeal = an_appeal(refused, at=at)
    first = _browser(factories.a_moderator(at))

    page = first.get(f"{APPEALS}{appeal.pk}/")
    assert "You made the decision" in shown(page)
    assert 'name="outcome"' not in page.content.decode()
    answer = first.post(f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS})

    assert answer.status_code == 403
    assert "You made the decision" in shown(answer)
    assert REASONS in answer.content.decode()
    appeal.refresh_from_db()
    assert appeal.is_open


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"outcome": ""}, "Choose what to decide."),
        ({"outcome": "perhaps"}, "valid choice"),
        ({"sentence": " "}, "why you decide so"),
        ({"sentence": "Ask una@example.org"}, "e-mail address"),
    ],
)
def test_an_unfit_decision_loses_nothing(
    typed: dict[str, str], sentence: str, refused: Contribution, at: datetime
) -> None:
    appeal = an_appeal(refused, at=at)
    fields = {"outcome": "upheld", "sentence": REASONS} | typed

    answer = _browser(factories.another_moderator(at)).post(f"{APPEALS}{appeal.pk}/", fields)

    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert fields["sentence"].strip() in answer.content.decode()
    appeal.refresh_from_db()
    assert appeal.is_open


def test_a_double_click_decides_once(refused: Contribution, at: datetime) -> None:
    appeal = an_appeal(refused, at=at)
    colleague = _browser(factories.another_moderator(at))
    fields = {"outcome": "upheld", "sentence": REASONS}

    first, second = (colleague.post(f"{APPEALS}{appeal.pk}/", fields) for _click in range(2))

    assert (first.status_code, second.status_code) == (302, 302)
    assert Entry.objects.filter(kind="appeal.upheld").count() == 1
    differently = colleague.post(f"{APPEALS}{appeal.pk}/", fields | {"sentence": "Another sentence."})
    assert differently.status_code == 409
    assert "decided this already" in shown(differently)
    assert "Another sentence." in differently.content.decode()


def test_an_appeal_after_the_deadline_is_refused_and_kept_in_the_window(refused: Contribution, at: datetime) -> None:
    with time_machine.travel(at + APPEAL_TAKEN + timedelta(minutes=1), tick=False):
        author = _browser(refused.author)
        assert "six months" in shown(author.get(_address(refused, "appeal")))
        answer = author.post(_address(refused, "appeal"), {"text": APPEALED})
        assert _address(refused, "appeal") not in author.get(_address(refused, "receipt")).content.decode()

    assert answer.status_code == 422
    assert APPEALED in answer.content.decode()
    assert not Appeal.objects.exists()


def test_sent_twice_it_is_one_appeal(refused: Contribution) -> None:
    author = _browser(refused.author)

    answers = [author.post(_address(refused, "appeal"), {"text": APPEALED}) for _click in range(2)]

    assert {answer["Location"] for answer in answers} == {_address(refused, "receipt")}
    assert Appeal.objects.count() == 1
    assert "already" in shown(author.get(_address(refused, "appeal")))


def test_an_empty_appeal_is_asked_for_its_reasons(refused: Contribution) -> None:
    answer = _browser(refused.author).post(_address(refused, "appeal"), {"text": " "})

    assert answer.status_code == 422
    assert "Write why the decision is wrong" in shown(answer)


def test_nobody_else_finds_the_form(topic: Topic, refused: Contribution, at: datetime) -> None:
    published = factories.a_published(topic, at=at)

    for person in (a_neighbour(at), factories.a_moderator(at), factories.an_official(at)):
        assert _browser(person).get(_address(refused, "appeal")).status_code == 404
        assert _browser(person).post(_address(refused, "appeal"), {"text": APPEALED}).status_code == 404
    assert _browser(refused.author).get(_address(published, "appeal")).status_code == 404
    assert "/login/" in Client().get(_address(refused, "appeal"))["Location"]
    assert not Appeal.objects.exists()


def test_reports_are_left_with_a_sentence(topic: Topic, at: datetime) -> None:
    text = factories.a_published(topic, at=at, body="A sharp word")
    for name in ("nora", "nina", "noel"):
        a_report(text, at=at, by=a_neighbour(at, name))
    case = a_report(text, at=at, by=a_neighbour(at)).case
    moderator = _browser(factories.a_moderator(at))
    assert "3 reports" in shown(moderator.get(QUEUE))
    page = shown(moderator.get(f"{REPORTS}{case.pk}/"))
    assert EXPLAINED in page
    assert "A sharp word" in page
    assert "Neighbour" not in page
    assert "3 reports on this text." in shown(moderator.get(f"/en/moderation/items/{text.pk}/"))
    assert moderator.post(f"{REPORTS}{case.pk}/", {"sentence": ""}).status_code == 422

    answer = moderator.post(f"{REPORTS}{case.pk}/", {"sentence": STAYS}, follow=True)

    assert "The queue is empty." in shown(answer)
    for name in ("nora", "nina", "noel"):
        assert STAYS in _mails_to(a_neighbour(at, name))[0].body
    again = _browser(factories.another_moderator(at)).post(f"{REPORTS}{case.pk}/", {"sentence": "Because."})
    assert again.status_code == 409
    assert "Because." in again.content.decode()


def test_a_reporters_appeal_hides_the_text_with_its_reason(topic: Topic, at: datetime) -> None:
    text = factories.a_published(topic, at=at)
    appeal = a_report_appeal(left(a_report(text, at=at, by=a_neighbour(at)), at=at), at=at)
    colleague = _browser(factories.another_moderator(at))
    assert APPEALED in shown(colleague.get(f"{APPEALS}{appeal.pk}/"))
    fields = {"outcome": "reversed", "sentence": REASONS}
    assert "Choose why it cannot be shown" in shown(colleague.post(f"{APPEALS}{appeal.pk}/", fields))

    colleague.post(f"{APPEALS}{appeal.pk}/", fields | {"reason": "personal_attack"})

    text.refresh_from_db()
    assert text.is_hidden
    assert "vises ikke længere" in _mails_to(a_neighbour(at))[0].body


def test_the_note_whom_a_text_is_about_keeps_them_out(topic: Topic, at: datetime) -> None:
    waiting, mona = factories.a_contribution(topic, at=at), factories.a_moderator(at)
    colleague = _browser(factories.another_moderator(at))
    address = f"/en/moderation/items/{waiting.pk}/about/"
    assert "Mona Munk" in shown(colleague.get(address))
    assert colleague.post(address, {"person": "0"}).status_code == 422

    colleague.post(address, {"person": str(mona.pk)})

    assert Case.objects.get().about_staff == mona
    item = shown(_browser(mona).get(f"/en/moderation/items/{waiting.pk}/"))
    assert "The text is about you." in item
    assert _browser(mona).get(address).status_code == 403
    assert "For a colleague" in shown(_browser(mona).get("/en/moderation/"))
    colleague.post(address, {"person": ""})
    assert Case.objects.get().about_staff is None


def test_an_administrator_names_the_deputy_who_then_decides(refused: Contribution, at: datetime) -> None:
    official = factories.an_official(at)
    assert _browser(official).get(QUEUE).status_code == 403
    administrator = _browser(personas.administrator(at=at))
    assert "Nobody is deputy." in shown(administrator.get("/en/moderation/deputy/"))

    administrator.post("/en/moderation/deputy/", {"person": str(official.pk)})

    assert Deputy.objects.get().person == official
    assert "Deputy now: Olaf Overgaard" in shown(administrator.get("/en/moderation/deputy/"))
    appeal = an_appeal(refused, at=at)
    assert "stedfortræder" in _mails_to(official)[0].subject
    deputy = _browser(official)
    assert "Cases for the deputy" in shown(deputy.get("/en/desk/"))
    queue = deputy.get(QUEUE).content.decode()
    assert f"{APPEALS}{appeal.pk}/" in queue
    assert "/en/moderation/log/" not in queue
    deputy.post(f"{APPEALS}{appeal.pk}/", {"outcome": "reversed", "sentence": REASONS})
    refused.refresh_from_db()
    assert refused.is_published
    assert deputy.get("/en/moderation/log/").status_code == 403
    assert "The queue is empty." in shown(deputy.get(QUEUE))
    administrator.post("/en/moderation/deputy/", {"person": ""})
    assert deputy.get(QUEUE).status_code == 403


def test_the_deputy_decides_what_waits_where_too_few_are_left(topic: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    factories.another_moderator(at)
    of_moderator = factories.a_contribution(topic, at=at, by=factories.a_moderator(at))
    waiting = factories.a_contribution(topic, at=at)
    other = factories.a_contribution(factories.a_topic(topic.consultation, at=at), at=at)
    name_deputy(person=official, by=personas.administrator(at=at), at=at)
    deputy, items = _browser(official), "/en/moderation/items/"

    page = deputy.get(QUEUE).content.decode()
    assert f"{items}{waiting.pk}/" in page
    assert f"{items}{other.pk}/" not in page
    assert deputy.get(f"{items}{other.pk}/").status_code == 403
    assert deputy.get(f"{items}{waiting.pk}/").status_code == 200
    answer = deputy.post(f"{items}{waiting.pk}/decide/", {"outcome": "publish", "version": "1"})

    assert answer["Location"] == f"{items}{of_moderator.pk}/"
    waiting.refresh_from_db()
    assert waiting.is_published
