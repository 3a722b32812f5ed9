"""The brake: nobody writes where it is on, everyone reads why, and what was sent before stays."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import pytest
import time_machine
from django.test import Client

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.actions import resume_writing, stop_writing
from apps.consultations.errors import StopSentenceMissing
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import return_contribution, revise_contribution, submit_contribution
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories, personas
from tests.moderation.desk import a_reason, shown

pytestmark = pytest.mark.django_db

WHY = "The tone has gone; we open again on Monday."


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at)


@pytest.fixture
def topic(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


@pytest.fixture
def address(hearing: Consultation) -> str:
    return f"/en/moderation/consultations/{hearing.slug}/brake/"


def write(topic: Topic, at: datetime, key: int = 1) -> Contribution:
    return submit_contribution(
        topic=topic, kind="view", body="A view", submission_key=UUID(int=key), by=factories.a_writer(at), at=at
    )


@pytest.mark.parametrize("whole", [True, False])
def test_nobody_writes_while_it_is_on_and_a_page_opened_before_is_told_why(
    hearing: Consultation, topic: Topic, at: datetime, whole: bool
) -> None:
    waiting = write(topic, at)
    place = {"consultation": hearing} if whole else {"consultation": hearing, "topic": topic}
    other = factories.a_topic(hearing, at=at)

    assert stop_writing(sentence=WHY, by=factories.a_moderator(at), at=at, **place)

    # `topic` is the row as it was read before.
    with pytest.raises(NotAllowed, match="we open again on Monday"):
        write(topic, at, key=2)
    with pytest.raises(NotAllowed, match="we open again"):
        revise_contribution(
            contribution=Contribution.stored.get(pk=waiting.pk), kind="view", body="B", by=factories.a_writer(at), at=at
        )
    if whole:
        with pytest.raises(NotAllowed):
            write(other, at, key=3)
    else:
        write(other, at, key=3)

    assert resume_writing(by=factories.a_moderator(at), at=at, **place)
    write(topic, at, key=4)
    told = Entry.objects.filter(kind__startswith="writing.").order_by("pk").values_list("kind", "topic_id", "payload")
    where = None if whole else topic.pk
    assert list(told) == [("writing.stopped", where, "{}"), ("writing.resumed", where, "{}")]
    assert check_ledger().problem == ""


def test_an_edit_that_was_asked_for_is_taken_all_the_same(hearing: Consultation, topic: Topic, at: datetime) -> None:
    row, by = write(topic, at), as_moderator(factories.a_moderator(at))
    return_contribution(contribution=row, version=1, reason=a_reason(), sentence="Calmer.", by=by, at=at)
    stop_writing(consultation=hearing, sentence=WHY, by=factories.a_moderator(at), at=at)

    assert revise_contribution(contribution=row, kind="view", body="Calm", by=factories.a_writer(at), at=at)


def test_twice_is_once_and_the_first_sentence_stays(hearing: Consultation, at: datetime) -> None:
    moderator = factories.a_moderator(at)
    assert stop_writing(consultation=hearing, sentence=WHY, by=moderator, at=at)
    assert not stop_writing(consultation=hearing, sentence="Another", by=moderator, at=at)
    assert Consultation.objects.get().stop_sentence == WHY
    assert resume_writing(consultation=hearing, by=factories.an_official(at), at=at)
    assert not resume_writing(consultation=hearing, by=moderator, at=at)
    assert Entry.objects.filter(kind="writing.resumed").get().actor_role == "official"


def test_it_takes_a_sentence_and_the_role(hearing: Consultation, at: datetime) -> None:
    with pytest.raises(StopSentenceMissing):
        stop_writing(consultation=hearing, sentence="  ", by=factories.a_moderator(at), at=at)
    with pytest.raises(NotAllowed):
        stop_writing(consultation=hearing, sentence=WHY, by=personas.resident(at=at), at=at)
    assert not Entry.objects.filter(kind="writing.stopped").exists()


def test_one_button_stops_a_topic_and_everyone_reads_why(
    client: Client, hearing: Consultation, topic: Topic, address: str, at: datetime
) -> None:
    client.force_login(factories.a_moderator(at))

    answer = client.post(address, {"action": "stop", "place": str(topic.pk), "sentence": WHY}, follow=True)
    assert "Writing is stopped. Everyone reads your sentence there." in shown(answer)

    reader = Client()
    page = shown(reader.get(f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"))
    assert f"Writing is stopped for now: {WHY}" in page
    assert "Send contribution" not in page
    client.post(address, {"action": "resume", "place": str(topic.pk)})
    assert "Send contribution" in shown(reader.get(f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"))

    client.post(address, {"action": "stop", "place": "", "sentence": WHY})
    assert f"Writing is stopped for now: {WHY}" in shown(reader.get(f"/en/consultations/{hearing.slug}/"))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"place": "", "sentence": ""}, "Write one sentence that tells everyone"),
        ({"place": "987654", "sentence": WHY}, "Choose a topic of this consultation"),
        ({"place": "x", "sentence": WHY}, "Choose a topic of this consultation"),
        ({"place": "", "sentence": "Ask nina@example.org"}, "e-mail address or a telephone number"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    client: Client, address: str, at: datetime, typed: dict[str, str], told: str
) -> None:
    client.force_login(factories.a_moderator(at))

    answer = client.post(address, {"action": "stop"} | typed)

    assert answer.status_code == 422
    assert told in shown(answer)
    assert typed["sentence"] in answer.content.decode()
    assert not Consultation.objects.exclude(stop_sentence="").exists()
