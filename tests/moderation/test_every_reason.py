"""Why a text was moved or is shown again: a reason from the list, a sentence that everyone can read."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import SentenceMissing, UnfitSentence
from apps.moderation.models import Decision, StatementOfReasons
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, shown

pytestmark = pytest.mark.django_db
WHY = "It keeps the house rules after all."


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def hidden(topic: Topic, moderator: User, at: datetime) -> Contribution:
    row = factories.a_published(topic, at=at)
    hide = Ruling(outcome=Outcome.HIDE, version=1, reason=a_reason(), sentence=SENTENCE)
    decide_contribution(contribution=row, ruling=hide, by=moderator, at=at)
    return Contribution.stored.get(pk=row.pk)


def restore(sentence: str) -> Ruling:
    return Ruling(outcome=Outcome.RESTORE, version=1, sentence=sentence)


@pytest.mark.parametrize(("chosen", "code"), [(None, "off_topic"), ("duplicate", "duplicate")])
@pytest.mark.parametrize("is_far", [False, True])
def test_a_move_has_a_reason_that_the_log_tells(
    is_far: bool, chosen: str | None, code: str, topic: Topic, at: datetime
) -> None:
    moderator, client = factories.a_moderator(at), Client()
    row = factories.a_published(topic, at=at)
    place = factories.a_hearing(at=at) if is_far else topic.consultation
    to = factories.the_topic(place) if is_far else factories.a_topic(place, at=at, title="Elsewhere")
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=to, reason=a_reason(chosen) if chosen else None)

    decision = decide_contribution(contribution=row, ruling=ruling, by=moderator, at=at)

    assert decision.reason_id == code
    assert facts_of(Entry.objects.get(kind__in=("contribution.moved", "contribution.moved_out")))["reason"] == code
    assert not StatementOfReasons.objects.exists()
    sequence_entries()
    with override("en"):
        title = a_reason(code).title
    assert f"({title})" in shown(client.get(f"/en/consultations/{topic.consultation.slug}/moderation/"))
    assert check_ledger().problem == ""


def test_a_move_that_is_taken_back_says_so(topic: Topic, moderator: User, at: datetime) -> None:
    row, to = factories.a_published(topic, at=at), factories.a_topic(topic.consultation, at=at, title="Elsewhere")
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=to)

    undo_decision(
        decision=decide_contribution(contribution=row, ruling=ruling, by=moderator, at=at), by=moderator, at=at
    )

    told = [facts_of(entry)["reason"] for entry in Entry.objects.filter(kind="contribution.moved").order_by("pk")]
    assert told == ["off_topic", "undone"]


def test_the_form_offers_that_it_belongs_elsewhere(topic: Topic, moderator: User, client: Client, at: datetime) -> None:
    row, to = factories.a_published(topic, at=at), factories.a_topic(topic.consultation, at=at, title="Elsewhere")
    client.force_login(moderator)

    page = client.get(f"/en/moderation/items/{row.pk}/").content.decode()
    sent = {"outcome": "move", "version": "1", "to": str(to.pk), "move_reason": "spam"}
    client.post(f"/en/moderation/items/{row.pk}/decide/", sent)

    (field,) = re.findall(r'<select name="move_reason".*?</select>', page, re.DOTALL)
    assert re.findall(r'value="(\w+)" selected', field) == ["off_topic"]
    assert Decision.objects.get().reason_id == "spam"


def test_what_is_shown_again_has_the_sentence_beside_it(
    hidden: Contribution, moderator: User, client: Client, at: datetime
) -> None:
    client.force_login(moderator)
    sent: dict[str, Any] = {"outcome": "restore", "version": "1", "sentence": WHY}

    assert "Say why it is shown again" in client.get(f"/en/moderation/items/{hidden.pk}/").content.decode()
    assert client.post(f"/en/moderation/items/{hidden.pk}/decide/", sent).status_code == 302

    hidden.refresh_from_db()
    assert (hidden.is_published, hidden.note) == (True, WHY)
    assert Decision.objects.latest("pk").sentence == WHY
    place = f"/en/consultations/{hidden.consultation.slug}/c/{hidden.number}/"
    assert WHY in Client().get(place, follow=True).content.decode()
    assert WHY in shown(client.get(f"/en/moderation/items/{hidden.pk}/"))


@pytest.mark.parametrize(
    ("sentence", "error"), [(" ", SentenceMissing), ("Call 12345678.", UnfitSentence), ("a" * 201, UnfitSentence)]
)
def test_without_a_sentence_that_can_stand_there_it_stays_hidden(
    sentence: str, error: type[Exception], hidden: Contribution, client: Client, at: datetime
) -> None:
    moderator = factories.a_moderator(at)
    with pytest.raises(error):
        decide_contribution(contribution=hidden, ruling=restore(sentence), by=moderator, at=at)

    client.force_login(moderator)
    sent: dict[str, Any] = {"outcome": "restore", "version": "1", "sentence": sentence}
    assert client.post(f"/en/moderation/items/{hidden.pk}/decide/", sent).status_code == 422
    hidden.refresh_from_db()
    assert hidden.is_hidden
