"""How long a moderator's pages take: a hundred texts read and decided one by one, and a queue of five or thousands."""

import time
from datetime import datetime, timedelta
from statistics import median, quantiles
from unittest.mock import patch

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions import Author, Received, Writing, receive_many
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import Contribution
from tests.factories import a_hearing, a_moderator, a_writer, the_topic

pytestmark = [pytest.mark.benchmark, pytest.mark.django_db]
QUEUE = "/en/moderation/"
NARROWED = ("", "?q=text", "?part=free", "?thing=texts")
OUTCOMES = ["publish", "publish", "publish", "refuse"]


def waiting(hearing: Consultation, count: int, at: datetime) -> None:
    author = Author(name="Vera Vind", person=a_writer(at))
    rows = [
        Received(
            writing=Writing(topic=the_topic(hearing), author=author, kind=ContributionKind.VIEW, body=f"Text {step}"),
            received_at=at + timedelta(seconds=step),
            status=ContributionStatus.WAITING,
        )
        for step in range(count)
    ]
    with patch("apps.discussions.actions.drafting.to_html", lambda text: f"<p>{text}</p>"):
        receive_many(consultation_id=hearing.pk, rows=rows, by=THE_SYSTEM, decided_by=THE_SYSTEM)


def signed_in(at: datetime) -> Client:
    client = Client()
    client.force_login(a_moderator(at))
    return client


def test_a_hundred_waiting_texts_are_read_and_decided(at: datetime, capsys: pytest.CaptureFixture[str]) -> None:
    waiting(a_hearing(at=at), 100, at)
    client, taken = signed_in(at), []
    with time_machine.travel(at + timedelta(hours=1), tick=False):
        page = client.get(f"{QUEUE}items/{Contribution.stored.order_by('number')[0].pk}/")
        for turn in range(100):
            outcome = OUTCOMES[turn % len(OUTCOMES)]
            sent = {"outcome": outcome, "version": "1", "reason": "personal_attack", "sentence": "It attacks a person."}
            start = time.perf_counter()
            page = client.post(f"{QUEUE}items/{page.context['contribution'].pk}/decide/", sent, follow=True)
            taken.append(time.perf_counter() - start)

    with capsys.disabled():
        print(  # noqa: T201 - this is the report
            f"\n100 texts decided and the next one shown in {sum(taken):.1f} s: "
            f"median {1000 * median(taken):.0f} ms, 95 % within {1000 * quantiles(taken, n=20)[-1]:.0f} ms"
        )
    assert not Contribution.stored.filter(status=ContributionStatus.WAITING).exists()


def test_five_thousand_waiting_cost_as_many_queries_as_five(at: datetime) -> None:
    hearing, client, counts = a_hearing(at=at), signed_in(at), []
    for more in (5, 4_995):
        waiting(hearing, more, at)
        first = Contribution.stored.order_by("pk")[0]
        counts.append([_queries(client, f"{QUEUE}{page}") for page in (*NARROWED, f"items/{first.pk}/")])

    assert counts[0] == counts[1]


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as made:
        assert client.get(address).status_code == 200
    return len(made)
