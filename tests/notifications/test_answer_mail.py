"""Who is told of an answer to several, of a correction, and of what officials have to answer or to read."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.actions import correct_answer, publish_joint_answer
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.publications.actions import assign_answer, end_assignment, send_back_answer, send_to_reader
from tests import factories, personas
from tests.publications.drafting import a_colleague, a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def olaf(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def karl(topic: Topic, at: datetime) -> User:
    return a_colleague(topic.consultation, at=at)


def written(kind: str) -> list[OutgoingMail]:
    sequence_entries()
    write_mail()
    return list(OutgoingMail.objects.filter(key__startswith=f"{kind}:").order_by("to"))


def asked_by_two(topic: Topic, at: datetime) -> list[Contribution]:
    una, rita = factories.a_writer(at), personas.resident(at=at)
    return [factories.a_published(topic, at=at, by=who) for who in (una, rita, una)]


def together(rows: list[Contribution], olaf: User, at: datetime) -> Contribution:
    return publish_joint_answer(to=rows, body="Yes, all.", submission_key=UUID(int=5), by=olaf, at=at)


def test_each_is_told_once_of_all_of_theirs(topic: Topic, olaf: User, at: datetime) -> None:
    rows = asked_by_two(topic, at)
    answer = together(rows, olaf, at)

    mails = written("answer.bundled")

    assert [mail.to for mail in mails] == ["rita@example.org", "una@example.org"]
    assert f"nr. {rows[0].number}, {rows[2].number}." in mails[1].body
    assert f"nr. {rows[1].number}." in mails[0].body
    for mail in mails:
        assert "Yes, all." in mail.body
        assert f"/c/{answer.number}/" in mail.body


def test_a_correction_is_told_to_whom_the_answer_was(topic: Topic, olaf: User, at: datetime) -> None:
    rows = asked_by_two(topic, at)
    single = factories.an_answer(rows[1], at=at)
    for step, old in enumerate((together(rows, olaf, at), single)):
        correct_answer(answer=old, body="No.", submission_key=UUID(int=60 + step), by=olaf, at=at)

    mails = written("answer.corrected")

    assert sorted(mail.to for mail in mails) == ["rita@example.org", "rita@example.org", "una@example.org"]
    assert all("rettet sit svar" in mail.body for mail in mails)


def test_who_is_given_something_is_told_its_number_and_no_word(
    topic: Topic, olaf: User, karl: User, at: datetime
) -> None:
    kept, taken = (factories.a_published(topic, at=at, body="Is it loud?") for _turn in range(2))
    own = factories.a_published(topic, at=at)
    for row in (kept, taken):
        assign_answer(contribution=row, official=karl, by=olaf, at=at)
    end_assignment(contribution=taken, by=olaf, at=at)
    assign_answer(contribution=own, official=olaf, by=olaf, at=at)

    (mail,) = written("assignment.made")

    assert mail.to == karl.email
    assert f"nr. {kept.number} " in mail.body
    assert "Is it loud?" not in mail.body


def test_reader_and_writer_are_told_while_it_is_so(topic: Topic, olaf: User, karl: User, at: datetime) -> None:
    draft = a_draft(factories.a_published(topic, at=at), by=olaf, at=at, body="Half an answer.")
    send_to_reader(draft=draft, reader=karl, seen=1, by=olaf, at=at)
    (asked,) = written("answerdraft.sent")
    send_back_answer(draft=draft, comment="Name the street.", by=karl, at=at + timedelta(minutes=5))
    (back,) = written("answerdraft.sent_back")

    assert (asked.to, back.to) == (karl.email, olaf.email)
    for mail in (asked, back):
        assert f"/desk/answers/{draft.pk}/" in mail.body
        assert "Half an answer." not in mail.body
        assert "Name the street." not in mail.body
