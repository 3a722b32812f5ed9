"""That a file is shown again is taken back within a minute: it is held back for the reason that stood before."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Attachment
from apps.exchange.queries import check_ledger
from apps.moderation.actions import Ruling, decide_contribution, hold_back_file, show_file, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import Decision
from apps.moderation.queries import undoable_by
from apps.moderation.rules import stands
from tests import factories
from tests.moderation.desk import SENTENCE, a_reason, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
SAID = "It shows a neighbour."
EARLIER = timedelta(hours=1)
SOON = timedelta(seconds=59)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def file(topic: Topic, at: datetime) -> Attachment:
    body = "Ole Hansen drives too fast."
    text = factories.a_published(topic, at=at - 2 * EARLIER, body=body, files=[factories.a_file(name="plan")])
    return text.attachments.get()


def hold(file: Attachment, by: User, at: datetime) -> Decision:
    hold_back_file(attachment=file, reason=a_reason(), sentence=SAID, by=by, at=at)
    return Decision.objects.latest("pk")


def show(file: Attachment, by: User, at: datetime) -> Decision:
    assert show_file(attachment=file, by=by, at=at)
    return Decision.objects.latest("pk")


def held(file: Attachment) -> tuple[bool, str | None, str, int | None]:
    file = Attachment.objects.get(pk=file.pk)
    return file.is_held, file.held_reason_id, file.held_sentence, file.held_with


def test_it_is_held_back_again_as_it_was(file: Attachment, moderator: User, at: datetime) -> None:
    first = hold(file, moderator, at - EARLIER)
    before = held(file)
    decision = show(file, moderator, at)
    assert (decision.reason, decision.sentence) == (a_reason(), SAID)
    assert undoable_by(moderator, at=at + SOON) == [decision]

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert held(file) == before
    assert stands(Decision.objects.get(pk=first.pk))
    assert check_ledger().problem == ""


def test_what_a_redaction_held_back_is_held_back_with_it_again(file: Attachment, moderator: User, at: datetime) -> None:
    text, reason = file.contribution, a_reason("private_information")
    for version, passage in ((1, "Ole Hansen"), (2, "too fast")):
        ruling = Ruling(outcome=Outcome.REDACT, version=version, passage=passage, reason=reason, sentence=SENTENCE)
        decide_contribution(contribution=text, ruling=ruling, by=moderator, at=at - EARLIER)
        text.refresh_from_db()
    before = held(file)
    assert before == (True, reason.pk, "", 1)
    decision = show(file, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert held(file) == before
    assert check_ledger().problem == ""


def test_a_file_held_back_anew_meanwhile_stays_as_it_is(file: Attachment, moderator: User, at: datetime) -> None:
    hold(file, moderator, at - EARLIER)
    decision = show(file, moderator, at)
    hold(file, factories.another_moderator(at), at)

    with pytest.raises(Overtaken):
        undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert held(file)[0]


def test_the_page_says_so(file: Attachment, moderator: User, at: datetime) -> None:
    hold(file, moderator, at - EARLIER)
    decision = show(file, moderator, at)
    client = Client()
    client.force_login(moderator)

    page = client.post(f"/en/moderation/decisions/{decision.pk}/undo/", follow=True)

    assert "The file beside no. 1 is held back again." in shown(page)
    assert "Withheld before: Personal attack: It shows a neighbour." in shown(client.get("/en/moderation/log/"))
