"""A passage that was redacted is put back after the minute of undoing too: with a sentence, told to its author."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.errors import AlreadyDecided, EditedSinceRead
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.moderation.errors import SentenceMissing, UnfitSentence
from apps.moderation.indicators import measures
from apps.moderation.models import Decision
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
TEXT = "Ole Hansen drives **too** fast."
WHY = "He is a councillor, and it is about his office."
EARLIER = timedelta(hours=1)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def redacted(topic: Topic, moderator: User, at: datetime) -> Contribution:
    row = factories.a_published(topic, at=at - 2 * EARLIER, body=TEXT)
    redact(row, moderator, at - EARLIER)
    return row


def redact(row: Contribution, by: User, at: datetime, passage: str = "Ole Hansen") -> Decision:
    ruling = Ruling(outcome=Outcome.REDACT, version=row.version, passage=passage, reason=a_reason(), sentence=SENTENCE)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def put_back(row: Contribution, by: User, at: datetime, sentence: str = WHY, version: int = 0) -> Decision:
    ruling = Ruling(outcome=Outcome.LIFT, version=version or row.version, sentence=sentence)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def test_it_stands_there_again_with_the_sentence_beside_it(
    redacted: Contribution, moderator: User, at: datetime
) -> None:
    decision = put_back(redacted, moderator, at)

    redacted.refresh_from_db()
    assert (redacted.body, redacted.note, redacted.is_published) == (TEXT, WHY, True)
    assert (decision.reason, decision.sentence, decision.is_of_appeal) == (a_reason(), WHY, False)
    assert Entry.objects.filter(kind="contribution.unredacted", actor_role="moderator").count() == 1
    assert check_ledger().problem == ""
    place = f"/en/consultations/{redacted.consultation.slug}/"
    assert WHY in shown(Client().get(f"{place}c/{redacted.number}/", follow=True))


def test_its_author_is_told(redacted: Contribution, moderator: User, at: datetime) -> None:
    User.objects.update(language="en")
    write_mail()
    OutgoingMail.objects.all().delete()
    put_back(redacted, moderator, at)

    with time_machine.travel(at + timedelta(minutes=2), tick=False):
        write_mail()

    mail = OutgoingMail.objects.get()
    assert mail.subject.endswith("A passage of your contribution no. 1 is put back")
    assert WHY in mail.body


def test_the_latest_goes_first_and_the_earlier_stays(redacted: Contribution, moderator: User, at: datetime) -> None:
    redact(redacted, moderator, at - EARLIER, passage="fast")

    put_back(redacted, moderator, at)

    redacted.refresh_from_db()
    assert redacted.body.endswith("drives **too** fast.")
    assert "Ole Hansen" not in redacted.body
    put_back(redacted, moderator, at)
    redacted.refresh_from_db()
    assert redacted.body == TEXT
    with pytest.raises(AlreadyDecided):
        put_back(redacted, moderator, at)
    assert check_ledger().problem == ""


@pytest.mark.parametrize(
    ("sentence", "refusal"), [(" ", SentenceMissing), ("Ring 22 33 44 55.", UnfitSentence), ("x" * 201, UnfitSentence)]
)
def test_it_needs_a_sentence_fit_for_everyone(
    sentence: str, refusal: type[Exception], redacted: Contribution, moderator: User, at: datetime
) -> None:
    with pytest.raises(refusal):
        put_back(redacted, moderator, at, sentence)

    redacted.refresh_from_db()
    assert "Ole Hansen" not in redacted.body


def test_it_is_refused_on_another_version_than_was_read_and_on_what_is_gone(
    redacted: Contribution, moderator: User, at: datetime
) -> None:
    with pytest.raises(EditedSinceRead):
        put_back(redacted, moderator, at, version=1)
    withdraw_contribution(contribution=redacted, by=factories.a_writer(at), at=at)
    with pytest.raises(AlreadyDecided):
        put_back(redacted, moderator, at)


def test_it_is_no_reason_given_against_a_text(redacted: Contribution, moderator: User, at: datetime) -> None:
    before = [share.count for share in measures(at=at, days=30).reasons]
    put_back(redacted, moderator, at)

    assert [share.count for share in measures(at=at + timedelta(seconds=1), days=30).reasons] == before


def test_on_the_page(redacted: Contribution, client: Client, moderator: User, at: datetime) -> None:
    client.force_login(moderator)
    place = f"/en/moderation/items/{redacted.pk}/"
    assert "Put a passage back" in shown(client.get(place))
    sent: dict[str, Any] = {"outcome": "lift", "version": "2", "internal_facts": ""}

    refused = client.post(f"{place}decide/", sent | {"put_back": ""})
    assert refused.status_code == 422
    assert "Write one sentence on why the passage is put back." in shown(refused)

    told = client.post(f"{place}decide/", sent | {"put_back": WHY}, follow=True)
    page = shown(told)
    assert "The passage is put back into no. 1." in page
    assert "Withheld before:" in page
    assert 'value="lift"' not in told.content.decode()
    assert WHY in shown(client.get("/en/moderation/log/"))


def test_a_text_of_which_nothing_was_redacted_has_nothing_to_put_back(
    topic: Topic, client: Client, moderator: User, at: datetime
) -> None:
    row = factories.a_published(topic, at=at)
    client.force_login(moderator)

    assert 'value="lift"' not in client.get(f"/en/moderation/items/{row.pk}/").content.decode()
    with pytest.raises(AlreadyDecided):
        put_back(row, moderator, at)


def test_a_text_that_is_shown_again_keeps_why_it_was_hidden(topic: Topic, moderator: User, at: datetime) -> None:
    row = factories.a_published(topic, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=row, ruling=hide, by=moderator, at=at)

    shown_again = Ruling(outcome=Outcome.RESTORE, version=1, sentence=WHY)
    decision = decide_contribution(contribution=row, ruling=shown_again, by=moderator, at=at)

    assert (decision.reason, decision.sentence) == (a_reason(), WHY)


def test_the_ledger_and_the_public_log_tell_why_it_had_been_withheld(
    topic: Topic, moderator: User, at: datetime
) -> None:
    published = factories.a_published(topic, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=published, ruling=hide, by=moderator, at=at)
    restore = Ruling(outcome=Outcome.RESTORE, version=1, sentence="It is no attack.")
    decide_contribution(contribution=published, ruling=restore, by=moderator, at=at)
    sequence_entries()

    entry = Entry.objects.get(kind="contribution.restored")
    log = shown(Client().get(f"/en/consultations/{published.consultation.slug}/moderation/"))
    assert facts_of(entry)["reason"] == "personal_attack"
    assert "No. 1 is shown after all. Before, it was not (Personal attack)." in log
    assert check_ledger().problem == ""
