"""Two moderators hold the same file back: the second is told what stands, and keeps what was typed."""

from datetime import datetime

import pytest
from django.test import Client

from apps.discussions.models import Attachment
from apps.ledger.models import Entry
from apps.moderation.models import Decision
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
FIRST = {"reason": "private_information", "sentence": "It shows a neighbour."}
SECOND = FIRST | {"sentence": "The photographer has not been asked."}


def browser(person: object) -> Client:
    client = Client()
    client.force_login(person)  # type: ignore[arg-type]
    return client


@pytest.fixture
def file(at: datetime) -> Attachment:
    topic = factories.the_topic(factories.a_hearing(at=at))
    return factories.a_published(topic, at=at, files=[factories.a_file(name="plan")]).attachments.get()


def test_the_second_reason_is_not_lost_in_silence(file: Attachment, at: datetime) -> None:
    address = f"/en/moderation/files/{file.pk}/"
    assert browser(factories.a_moderator(at)).post(address, FIRST).status_code == 302

    answer = browser(factories.a_moderator(at)).post(address, SECOND)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "held back already" in page
    assert FIRST["sentence"] in page
    assert f"{SECOND['sentence']}</textarea>" in page
    assert Decision.objects.count() == 1
    assert Entry.objects.filter(kind="contribution.file_held").count() == 1


def test_a_second_click_comes_to_the_same_page(file: Attachment, at: datetime) -> None:
    moderator, address = browser(factories.a_moderator(at)), f"/en/moderation/files/{file.pk}/"
    answers = [moderator.post(address, FIRST) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Decision.objects.count() == 1
