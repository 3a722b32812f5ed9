"""A passage that was redacted by mistake is put back within a minute, before anybody was told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.discussions.queries import sealed_texts
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import UNDO_LASTS, Decision, StatementOfReasons
from apps.moderation.queries import holder_of, queue_item, undoable_by
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, publish, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
TEXT = "Ole Hansen drives **too** fast."
SOON = timedelta(seconds=59)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body=TEXT)


def redact(row: Contribution, by: User, at: datetime, passage: str = "Ole Hansen", version: int = 1) -> Decision:
    ruling = Ruling(outcome=Outcome.REDACT, version=version, passage=passage, reason=a_reason(), sentence=SENTENCE)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def test_the_passage_stands_there_again_as_an_entry_of_its_own(
    published: Contribution, moderator: User, at: datetime
) -> None:
    decision = redact(published, moderator, at)
    assert undoable_by(moderator, at=at + SOON) == [decision]

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    published.refresh_from_db()
    assert (published.body, published.is_published, published.note) == (TEXT, True, "")
    assert "Ole Hansen" in published.body_html
    assert sealed_texts(published) == []
    kinds = Entry.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["contribution.redacted", "contribution.unredacted"]
    assert not StatementOfReasons.objects.exists()
    assert check_ledger().problem == ""


def test_what_waits_still_waits_and_is_the_moderators(topic: Topic, moderator: User, at: datetime) -> None:
    waiting = factories.a_contribution(topic, at=at, body=TEXT)
    decision = redact(waiting, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    waiting.refresh_from_db()
    assert (waiting.body, waiting.is_waiting) == (TEXT, True)
    item = queue_item(waiting.pk)
    assert item is not None
    assert holder_of(item, at=at + SOON) == moderator
    decide_contribution(contribution=waiting, ruling=publish(waiting.version), by=moderator, at=at + SOON)
    assert check_ledger().problem == ""


def test_its_files_are_shown_again(topic: Topic, moderator: User, at: datetime) -> None:
    text = factories.a_published(topic, at=at, body=TEXT, files=[factories.a_file(name="plan")])
    decision = redact(text, moderator, at)
    assert text.attachments.get().is_held

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert not text.attachments.get().is_held
    assert check_ledger().problem == ""


def test_an_earlier_redaction_stays(published: Contribution, moderator: User, at: datetime) -> None:
    redact(published, moderator, at - timedelta(hours=1))
    second = redact(published, moderator, at, passage="fast", version=2)

    undo_decision(decision=second, by=moderator, at=at + SOON)

    published.refresh_from_db()
    assert "Ole Hansen" not in published.body
    assert published.body.endswith("drives **too** fast.")
    assert check_ledger().problem == ""


def test_what_was_redacted_after_it_is_in_the_way(published: Contribution, moderator: User, at: datetime) -> None:
    first = redact(published, moderator, at)
    redact(published, moderator, at, passage="fast", version=2)

    with pytest.raises(Overtaken):
        undo_decision(decision=first, by=moderator, at=at + SOON)

    published.refresh_from_db()
    assert "Ole Hansen" not in published.body


def test_after_a_minute_the_author_may_have_been_told(published: Contribution, moderator: User, at: datetime) -> None:
    decision = redact(published, moderator, at)

    with pytest.raises(NotAllowed, match="too late to undo"):
        undo_decision(decision=decision, by=moderator, at=at + UNDO_LASTS)

    published.refresh_from_db()
    assert "Ole Hansen" not in published.body


def test_nobody_is_told_of_it_while_it_can_be_undone_nor_when_it_was(
    published: Contribution, moderator: User, at: datetime, settings: Any
) -> None:
    settings.UNDO_SECONDS = 60
    write(at)
    OutgoingMail.objects.all().delete()
    decision = redact(published, moderator, at)

    write(at + SOON)
    assert not OutgoingMail.objects.exists()
    undo_decision(decision=decision, by=moderator, at=at + SOON)
    write(at + timedelta(minutes=5))

    assert not OutgoingMail.objects.exists()


def write(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        write_mail()


def test_the_button_stands_on_the_page_that_tells_of_it(published: Contribution, moderator: User, at: datetime) -> None:
    client = Client()
    client.force_login(moderator)
    place = f"/en/moderation/items/{published.pk}/decide/"
    sent = {"outcome": "redact", "version": "1", "passage": "Ole Hansen", "reason": "personal_attack"}
    page = client.post(place, sent | {"sentence": SENTENCE}, follow=True)
    address = f"/en/moderation/decisions/{Decision.objects.get().pk}/undo/"
    assert f'action="{address}"' in page.content.decode()

    undone = shown(client.post(address, follow=True))

    assert "The decision on no. 1 is undone. It stands as it stood before." in undone
    published.refresh_from_db()
    assert published.body == TEXT
