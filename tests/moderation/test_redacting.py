"""Redacting a passage at the desk: what the moderator gives, what comes back, and what the author is told."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from apps.accounts.models import User
from apps.discussions.models import Contribution
from apps.moderation.enums import Outcome
from apps.moderation.models import Decision, StatementOfReasons
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, an_answer, the_topic
from tests.moderation.desk import SENTENCE, hidden_version, shown

pytestmark = pytest.mark.django_db

TEXT = "Ole Hansen drives too fast."
BAR = "█████ [streget ud af en moderator: Personangreb, retningslinje 1] █████"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def client(at: datetime) -> Client:
    client = Client()
    client.force_login(a_moderator(at))
    return client


@pytest.fixture
def published(at: datetime) -> Contribution:
    return a_published(the_topic(a_hearing(at=at)), at=at, body=TEXT)


def _address(row: Contribution, verb: str = "") -> str:
    return f"/en/moderation/items/{row.pk}/{verb}"


def _send(client: Client, row: Contribution, *, follow: bool = False, **words: str) -> HttpResponse:
    sent = {"outcome": "redact", "version": "1", "passage": "Ole Hansen", "reason": "personal_attack"}
    answer: HttpResponse = client.post(_address(row, "decide/"), sent | {"sentence": SENTENCE} | words, follow=follow)
    return answer


def test_a_passage_of_a_published_text_is_redacted(client: Client, published: Contribution) -> None:
    page = shown(_send(client, published, follow=True))

    published.refresh_from_db()
    assert published.body == f"{BAR} drives too fast."
    assert "A passage of no. 1 is redacted. Its author gets the reason by mail." in page
    assert f"What it said before a passage was redacted {TEXT}" in page
    decision = Decision.objects.get()
    assert (decision.outcome, decision.version, decision.sentence) == (Outcome.REDACT, 1, SENTENCE)
    statement = StatementOfReasons.objects.get()
    assert statement.decision_visibility == "DECISION_VISIBILITY_OTHER"
    assert "Ole Hansen" not in f"{statement.explanation} {statement.decision_facts}"


def test_what_still_waits_is_decided_on_next(client: Client, published: Contribution, at: datetime) -> None:
    waiting = a_contribution(published.topic, at=at, body=TEXT)

    answer = _send(client, waiting, follow=True)

    assert "It still waits: publish or refuse it." in shown(answer)
    assert hidden_version(answer) == "2"
    waiting.refresh_from_db()
    assert (waiting.is_waiting, waiting.body) == (True, f"{BAR} drives too fast.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"passage": " "}, "Copy the passage from the text."),
        ({"passage": "Per Hansen"}, "The passage does not stand in the text like this."),
        ({"passage": TEXT}, "The passage is all that the text says."),
        ({"reason": ""}, "Choose why it cannot be published."),
        ({"sentence": ""}, "Write one sentence that the author and everyone else can read."),
        ({"sentence": "Write to ole@example.org."}, "looks as if it holds an e-mail address"),
    ],
)
def test_what_is_missing_or_wrong_is_answered_with_a_sentence_and_nothing_is_lost(
    wrong: dict[str, str], sentence: str, client: Client, published: Contribution
) -> None:
    answer = _send(client, published, internal_facts="Asked by phone.", **wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert "Asked by phone." in page
    assert wrong.get("passage", "Ole Hansen").strip() in page
    assert wrong.get("sentence", SENTENCE) in page
    published.refresh_from_db()
    assert published.body == TEXT
    assert not Decision.objects.exists()


def test_two_that_redact_at_once_do_not_overwrite_each_other(client: Client, published: Contribution) -> None:
    _send(client, published)

    answer = _send(client, published, passage="too fast")

    page = shown(answer)
    assert answer.status_code == 409
    assert "The text was changed after you opened it." in page
    assert "too fast</textarea>" in answer.content.decode()
    assert hidden_version(answer) == "2"
    published.refresh_from_db()
    assert published.body == f"{BAR} drives too fast."


def test_an_answer_is_not_redacted(client: Client, published: Contribution, at: datetime) -> None:
    answer = an_answer(published, at=at, body=TEXT)

    assert 'value="redact"' not in client.get(_address(answer)).content.decode()
    _send(client, answer)
    assert not Decision.objects.exists()
    answer.refresh_from_db()
    assert answer.body == TEXT


def test_the_author_is_told_why_with_the_text_as_it_stands(client: Client, published: Contribution) -> None:
    User.objects.filter(pk=published.author_id).update(language="en")
    write_mail()
    OutgoingMail.objects.all().delete()
    _send(client, published)

    write_mail()

    mail = OutgoingMail.objects.get()
    assert mail.subject == "A passage of your contribution no. 1 is redacted"
    for told in (
        "rule 1 of the house rules",
        SENTENCE,
        "you can appeal until",
        "/c/1/appeal/?statement=",
        f"> {BAR} drives",
    ):
        assert told in mail.body
    assert "Ole Hansen" not in mail.body


def test_the_receipt_tells_the_author_why_and_the_appeal_shows_what_they_wrote(
    client: Client, published: Contribution
) -> None:
    place = f"/en/consultations/{published.consultation.slug}/c/1"
    author = Client()
    author.force_login(published.author)  # type: ignore[arg-type]
    assert "redacted a passage" not in shown(author.get(f"{place}/receipt/"))

    _send(client, published)

    receipt = shown(author.get(f"{place}/receipt/"))
    assert f"A moderator has redacted a passage of your contribution. Personal attack (rule 1). {SENTENCE}" in receipt
    assert "A moderator has redacted a passage. The receipt tells why." in shown(author.get("/en/me/"))
    assert f"What you wrote {TEXT}" in shown(author.get(f"{place}/appeal/"))
