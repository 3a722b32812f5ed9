"""A move may have a sentence for everyone: it stands where the text stood, and goes when the move is taken back."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution, Signpost
from apps.moderation.actions import Ruling, decide_contribution, undo_decision
from apps.moderation.enums import Outcome
from apps.moderation.models import Decision
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.moderation.desk import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
WHY = "Noise has a topic of its own."


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at)


@pytest.fixture
def beside(topic: Topic, at: datetime) -> Topic:
    return factories.a_topic(topic.consultation, at=at, title="Noise")


@pytest.fixture
def elsewhere(topic: Topic, at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at, title="Forest"))


def sent(to: Topic, sentence: str = WHY) -> dict[str, str]:
    named = {"move_reason": "off_topic", "move_sentence": sentence}
    return {"version": "1", "outcome": "move", "to": str(to.pk), "with_replies": "on", **named}


def decide(row: Contribution, by: User, data: dict[str, str]) -> tuple[int, str]:
    client = Client()
    client.force_login(by)
    answer = client.post(f"/en/moderation/items/{row.pk}/decide/", data, follow=True)
    return answer.status_code, shown(answer)


def thread(topic: Topic) -> str:
    return shown(Client().get(f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/"))


@pytest.mark.parametrize("to", ["beside", "elsewhere"])
def test_it_stands_where_the_text_stood_and_in_the_log_and_the_mail(
    to: str, published: Contribution, moderator: User, request: pytest.FixtureRequest
) -> None:
    left = published.topic

    assert decide(published, moderator, sent(request.getfixturevalue(to)))[0] == 200

    client = Client()
    client.force_login(moderator)
    write_mail()
    mail = OutgoingMail.objects.order_by("pk").last()
    assert WHY in thread(left)
    assert WHY in shown(client.get("/en/moderation/log/"))
    assert mail is not None
    assert WHY in mail.body


@pytest.mark.parametrize("to", ["beside", "elsewhere"])
def test_a_move_needs_none(to: str, published: Contribution, moderator: User, request: pytest.FixtureRequest) -> None:
    left = published.topic

    assert decide(published, moderator, sent(request.getfixturevalue(to), ""))[0] == 200

    assert "No. 1 was moved to another" in thread(left)
    assert Decision.objects.get().sentence == ""


@pytest.mark.parametrize(
    ("sentence", "says"),
    [("Ring 12 34 56 78.", "Leave it out: everyone can read the sentence."), ("x" * 201, "at most 200 characters")],
)
def test_an_unfit_one_is_refused_and_stays_in_its_field(
    sentence: str, says: str, published: Contribution, moderator: User, beside: Topic
) -> None:
    status, page = decide(published, moderator, sent(beside, sentence))

    assert status == 422
    assert says in page
    assert sentence in page
    assert not Decision.objects.exists()


def test_only_the_signpost_of_the_text_itself_says_it(
    published: Contribution, moderator: User, beside: Topic, at: datetime
) -> None:
    factories.a_published(published.topic, at=at, in_reply_to=published)
    move = Ruling(outcome=Outcome.MOVE, version=1, to=beside, with_replies=True, sentence=WHY)

    decide_contribution(contribution=published, ruling=move, by=moderator, at=at)

    assert list(Signpost.objects.order_by("number").values_list("number", "sentence")) == [(1, WHY), (2, "")]


def test_undoing_the_move_takes_it_away(published: Contribution, moderator: User, beside: Topic, at: datetime) -> None:
    move = Ruling(outcome=Outcome.MOVE, version=1, to=beside, sentence=WHY)
    decision = decide_contribution(contribution=published, ruling=move, by=moderator, at=at)

    undo_decision(decision=decision, by=moderator, at=at + timedelta(seconds=59))

    assert not Signpost.objects.exclude(sentence="").exists()
    assert WHY not in thread(published.topic) + thread(beside)
