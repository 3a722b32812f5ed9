"""A move to another hearing, or to the suggestion box, is taken back within a minute: both numbers stay given."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.enums import NamePolicy
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.errors import Overtaken
from apps.moderation.models import UNDO_LASTS, Decision
from apps.moderation.queries import undoable_by
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.discussions.moving import agrees, stands
from tests.factories.standing import a_box
from tests.moderation.desk import publish, shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
SOON = timedelta(seconds=59)


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def there(at: datetime) -> Topic:
    topic = factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    factories.a_published(topic, at=at)
    return topic


@pytest.fixture
def _held(settings: Any) -> None:
    settings.UNDO_SECONDS = 60


def moved(row: Contribution, to: Topic, by: User, at: datetime, *, with_replies: bool = True) -> Decision:
    row.refresh_from_db()
    ruling = Ruling(outcome=Outcome.MOVE, version=row.version, to=to, with_replies=with_replies)
    return decide_contribution(contribution=row, ruling=ruling, by=by, at=at)


def place(row: Contribution) -> dict[str, Any]:
    """Return all that a move changes of a row, but for the moment of the decision."""
    row = Contribution.stored.get(pk=row.pk)
    names = ("consultation_id", "topic_id", "number", "root_id", "root_number", "in_reply_to_id", "in_reply_to_number")
    kept = ("status", "author_name", "proposal_version", "moved_from_id", "answered_at", "unread_since", "due_at")
    return {name: getattr(row, name) for name in (*names, *kept)}


def test_text_and_signpost_change_places_in_entries_of_their_own(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    text = factories.a_published(topic, at=at)
    before = place(text)
    decision = moved(text, there, moderator, at)
    assert undoable_by(moderator, at=at + SOON) == [decision]

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert place(text) == before
    assert (stands(topic), stands(there)) == (["1"], ["1", "2>1"])
    kinds = list(Entry.objects.order_by("pk").values_list("kind", "number"))[-2:]
    assert kinds == [("contribution.moved_out", 2), ("contribution.moved_back", 1)]
    agrees(topic, there)


@pytest.mark.parametrize("with_replies", [True, False])
def test_what_followed_and_what_stayed_stand_under_it_again(
    with_replies: bool, topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    root = factories.a_published(topic, at=at)
    first = factories.a_published(topic, at=at, in_reply_to=root)
    second = factories.a_published(topic, at=at, in_reply_to=first)
    answer = factories.an_answer(root, at=at)
    alone = factories.a_published(topic, at=at)
    rows = (root, first, second, answer, alone)
    before = [place(row) for row in rows]
    decision = moved(root, there, moderator, at, with_replies=with_replies)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert [place(row) for row in rows] == before
    assert stands(topic) == ["1", "1/2", "1/3", "1/4", "5"]
    agrees(topic, there)


def test_a_reply_stands_under_its_root_again(topic: Topic, there: Topic, moderator: User, at: datetime) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)
    answer = factories.an_answer(reply, at=at)
    before = [place(row) for row in (root, reply, answer)]
    decision = moved(reply, there, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert [place(row) for row in (root, reply, answer)] == before
    agrees(topic, there)


def test_what_was_written_meanwhile_under_a_reply_that_stayed_goes_with_it(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    root = factories.a_published(topic, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=root)
    decision = moved(root, there, moderator, at, with_replies=False)
    reply.refresh_from_db()
    meanwhile = factories.a_published(topic, at=at, in_reply_to=reply)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert {place(row)["root_id"] for row in (reply, meanwhile)} == {root.pk}
    agrees(topic, there)


def test_what_waits_and_has_files_comes_back_from_the_suggestion_box(
    topic: Topic, moderator: User, at: datetime
) -> None:
    box = factories.the_topic(a_box(at=at))
    text = factories.a_contribution(topic, at=at, files=[factories.a_file(name="plan")])
    before = place(text)
    decision = moved(text, box, moderator, at)

    undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert place(text) == before
    agrees(topic, box)


def test_it_can_be_moved_and_taken_back_again_under_the_next_number(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    text = factories.a_published(topic, at=at)
    for step in range(2):
        moment = at + timedelta(seconds=10 * step)
        decision = moved(text, there, moderator, moment)
        undo_decision(decision=decision, by=moderator, at=moment + timedelta(seconds=5))

    moved(text, there, moderator, at + timedelta(minutes=1))

    assert (stands(topic), stands(there)) == (["1>4"], ["1", "2>4", "3>4", "4"])
    agrees(topic, there)


def test_it_comes_back_to_where_it_had_been_moved_before(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    third = factories.the_topic(factories.a_hearing(at=at, title="Sea"))
    text = factories.a_published(topic, at=at)
    moved(text, there, moderator, at)
    before = place(text)
    decision = moved(text, third, moderator, at + timedelta(seconds=5))

    undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=9))

    assert place(text) == before
    assert (stands(topic), stands(there), stands(third)) == (["1>2"], ["1", "2"], ["1>2"])
    agrees(topic, there, third)


def test_what_was_decided_before_can_be_undone_then(topic: Topic, there: Topic, moderator: User, at: datetime) -> None:
    text = factories.a_contribution(topic, at=at)
    published = decide_contribution(contribution=text, ruling=publish(), by=moderator, at=at)
    decision = moved(text, there, moderator, at + timedelta(seconds=5))
    assert undoable_by(moderator, at=at + SOON) == [decision]
    undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=9))
    assert undoable_by(moderator, at=at + SOON) == [published]

    undo_decision(decision=Decision.objects.get(pk=published.pk), by=moderator, at=at + SOON)

    assert place(text)["status"] == "waiting"
    agrees(topic, there)


def _reply(text: Contribution, at: datetime) -> None:
    factories.a_published(text.topic, at=at, in_reply_to=text)


def _revise(text: Contribution, at: datetime) -> None:
    revise_contribution(contribution=text, kind=text.kind, body="Newer", by=factories.a_writer(at), at=at)


def _withdraw(text: Contribution, at: datetime) -> None:
    withdraw_contribution(contribution=text, by=factories.a_writer(at), at=at)


@pytest.mark.parametrize("deed", [_reply, _revise, _withdraw])
def test_what_happened_there_meanwhile_is_not_taken_back(
    deed: Any, topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    text = (factories.a_contribution if deed is _revise else factories.a_published)(topic, at=at)
    decision = moved(text, there, moderator, at)
    deed(Contribution.stored.get(pk=text.pk), at)
    before = place(text)

    with pytest.raises(Overtaken):
        undo_decision(decision=decision, by=moderator, at=at + SOON)

    assert place(text) == before
    assert Decision.objects.get(pk=decision.pk).undone_at is None
    agrees(topic, there)


def test_where_only_first_names_are_shown_the_rest_is_gone(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    Consultation.objects.filter(pk=there.consultation_id).update(name_policy=NamePolicy.FIRST_NAME)
    decision = moved(factories.a_published(topic, at=at), Topic.objects.get(pk=there.pk), moderator, at)
    client = Client()
    client.force_login(moderator)

    page = client.post(f"/en/moderation/decisions/{decision.pk}/undo/")

    assert page.status_code == 403
    assert "only first names are shown in that hearing" in shown(page)
    assert undoable_by(moderator, at=at) == []


def test_only_for_a_minute(topic: Topic, there: Topic, moderator: User, at: datetime) -> None:
    decision = moved(factories.a_published(topic, at=at), there, moderator, at)

    with pytest.raises(NotAllowed):
        undo_decision(decision=decision, by=moderator, at=at + UNDO_LASTS)


def test_it_is_undone_on_the_page_and_the_log_says_so(
    topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    text = factories.a_published(topic, at=at)
    decision = moved(text, there, moderator, at)
    client = Client()
    client.force_login(moderator)
    assert f"/moderation/decisions/{decision.pk}/undo/" in client.get("/en/moderation/").content.decode()

    page = client.post(f"/en/moderation/decisions/{decision.pk}/undo/", follow=True)

    assert "The decision on no. 1 is undone. It stands as it stood before." in shown(page)
    assert "Undone" in shown(client.get("/en/moderation/log/"))
    sequence_entries()
    public = shown(Client().get(f"/en/consultations/{topic.consultation.slug}/moderation/"))
    assert "No. 1 is here again: that it was moved to “Forest”, no. 2, was taken back." in public


@pytest.mark.usefixtures("_held")
@pytest.mark.parametrize("undone", [True, False])
def test_nobody_is_told_of_either_within_the_minute(
    undone: bool, topic: Topic, there: Topic, moderator: User, at: datetime
) -> None:
    root = factories.a_published(topic, at=at)
    factories.a_published(topic, at=at, in_reply_to=root)
    with time_machine.travel(at + timedelta(minutes=5), tick=False):
        write_mail()
    before = OutgoingMail.objects.count()
    later = at + timedelta(minutes=6)
    decision = moved(root, there, moderator, later)

    with time_machine.travel(later + SOON, tick=False):
        write_mail()
        assert OutgoingMail.objects.count() == before
        if undone:
            undo_decision(decision=decision, by=moderator, at=later + SOON)
    with time_machine.travel(later + timedelta(minutes=5), tick=False):
        write_mail()

    assert OutgoingMail.objects.count() == before + (0 if undone else 2)
    assert check_ledger().problem == ""
