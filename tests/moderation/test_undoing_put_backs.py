"""A passage that was put back by mistake is taken out again within a minute: its redaction stands as it stood."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.models import Contribution
from apps.discussions.queries import sealed_texts
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, show_file, submit_appeal, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import Decision, StatementOfReasons
from apps.moderation.queries import holder_of, queue_item, undoable_by
from apps.moderation.rules import stands
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
TEXT = "Ole Hansen drives **too** fast."
WHY = "He is a councillor."
EARLIER, SOON = timedelta(hours=1), timedelta(seconds=59)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def text(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at - 2 * EARLIER, body=TEXT, files=[factories.a_file(name="plan")])


@pytest.fixture
def redaction(text: Contribution, moderator: User, at: datetime) -> Decision:
    return redact(text, moderator, at - EARLIER)


def redact(row: Contribution, by: User, at: datetime, passage: str = "Ole Hansen") -> Decision:
    ruling = Ruling(outcome=Outcome.REDACT, version=row.version, passage=passage, reason=a_reason(), sentence=SENTENCE)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def put_back(row: Contribution, by: User, at: datetime, sentence: str = WHY) -> Decision:
    row.refresh_from_db()
    ruling = Ruling(outcome=Outcome.LIFT, version=row.version, sentence=sentence)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def test_the_text_stands_as_it_stood_as_an_entry_of_its_own(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    text.refresh_from_db()
    stood = (text.body, text.body_html, text.note)
    decision = put_back(text, moderator, at)
    assert undoable_by(moderator, at=at + SOON) == [decision]

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    text.refresh_from_db()
    assert (text.body, text.body_html, text.note) == stood
    assert "Ole Hansen" not in text.body
    assert [past.body for past in sealed_texts(text)] == [TEXT]
    kinds = list(Entry.objects.filter(kind__contains="redacted").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["contribution.redacted", "contribution.unredacted", "contribution.redacted"]
    assert check_ledger().problem == ""


def test_its_reasons_and_the_way_to_appeal_stand_again(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    decision = put_back(text, moderator, at)
    assert not stands(redaction)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert stands(Decision.objects.get(pk=redaction.pk))
    assert StatementOfReasons.objects.get().decision == redaction
    assert text.author is not None
    submit_appeal(decision=redaction, text="It is about his office.", by=text.author, at=at + SOON)


def test_it_can_be_put_back_again_and_taken_out_again(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    for _turn in range(2):
        undo_decision(decision=put_back(text, moderator, at), by=moderator, at=at + SOON)

    put_back(text, moderator, at + SOON)

    text.refresh_from_db()
    assert (text.body, text.note) == (TEXT, WHY)
    assert sealed_texts(text) == []
    assert check_ledger().problem == ""


def test_a_former_note_stands_there_again(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    redact(text, moderator, at - EARLIER, passage="fast")
    put_back(text, moderator, at - EARLIER, sentence="Fast is no insult.")
    decision = put_back(text, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    text.refresh_from_db()
    assert text.note == "Fast is no insult."
    assert "Ole Hansen" not in text.body
    assert text.body.endswith("drives **too** fast.")


def test_its_files_are_held_back_again(text: Contribution, redaction: Decision, moderator: User, at: datetime) -> None:
    decision = put_back(text, moderator, at)
    assert text.attachments.get().is_shown

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    file = text.attachments.get()
    assert (file.is_held, file.held_with, file.held_reason) == (True, redaction.version, a_reason())
    assert check_ledger().problem == ""


def test_a_file_that_a_moderator_had_shown_stays_shown(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    show_file(attachment=text.attachments.get(), by=moderator, at=at - EARLIER / 2)
    decision = put_back(text, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert text.attachments.get().is_shown
    assert check_ledger().problem == ""


def test_what_waits_still_waits_and_is_the_moderators(topic: Topic, moderator: User, at: datetime) -> None:
    waiting = factories.a_contribution(topic, at=at, body=TEXT)
    redact(waiting, moderator, at)
    decision = put_back(waiting, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    waiting.refresh_from_db()
    assert waiting.is_waiting
    assert "Ole Hansen" not in waiting.body
    item = queue_item(waiting.pk)
    assert item is not None
    assert holder_of(item, at=at + SOON) == moderator
    assert check_ledger().problem == ""


def test_what_happened_since_is_in_the_way(
    text: Contribution, redaction: Decision, moderator: User, at: datetime
) -> None:
    decision = put_back(text, moderator, at)
    assert text.author is not None
    withdraw_contribution(contribution=text, by=text.author, at=at)

    with pytest.raises(Overtaken):
        undo_decision(decision=decision, by=moderator, at=at + SOON)

    other = put_back_of_another(text, moderator, at)
    redact(other.case.contribution, moderator, at, passage="fast")
    with pytest.raises(Overtaken):
        undo_decision(decision=other, by=moderator, at=at + SOON)


def put_back_of_another(beside: Contribution, by: User, at: datetime) -> Decision:
    row = factories.a_published(beside.topic, at=at, body=TEXT)
    redact(row, by, at)
    return put_back(row, by, at)


def test_nobody_is_told_of_either(
    text: Contribution, redaction: Decision, moderator: User, at: datetime, settings: Any
) -> None:
    settings.UNDO_SECONDS = 60
    write(at)
    OutgoingMail.objects.all().delete()
    decision = put_back(text, moderator, at)

    write(at + SOON)
    assert not OutgoingMail.objects.exists()
    undo_decision(decision=decision, by=moderator, at=at + SOON)
    write(at + timedelta(minutes=5))

    assert not OutgoingMail.objects.exists()


def write(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        write_mail()


def test_it_is_undone_on_the_page(text: Contribution, redaction: Decision, moderator: User, at: datetime) -> None:
    client = Client()
    client.force_login(moderator)
    sent = {"outcome": "lift", "version": "2", "put_back": WHY, "internal_facts": ""}
    page = client.post(f"/en/moderation/items/{text.pk}/decide/", sent, follow=True)
    address = f"/en/moderation/decisions/{Decision.objects.get(outcome='lift').pk}/undo/"
    assert f'action="{address}"' in page.content.decode()

    undone = shown(client.post(address, follow=True))

    assert "The decision on no. 1 is undone. It stands as it stood before." in undone
    text.refresh_from_db()
    assert "Ole Hansen" not in text.body
    assert WHY not in shown(client.get(f"/en/consultations/{text.consultation.slug}/c/1/", follow=True))
