"""The evidence about what came by letter: how, when, typed in by whom, and the scan itself."""

import io
import zipfile
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client

from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.portal.queries.evidence import evidence_about
from tests import factories
from tests.discussions.outside import STREET, a_scan, entered
from tests.portal.leaving import confirmed_just_now

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def test_a_letter_comes_with_its_scan_its_day_and_who_typed_it_in(
    as_seen_by: Browser, topic: Topic, at: datetime
) -> None:
    voice = entered(topic, at=at, scan=a_scan())
    moderator = factories.a_moderator(at)

    answer = confirmed_just_now(as_seen_by(moderator), moderator).post(
        f"/en/moderation/items/{voice.contribution_id}/evidence/"
    )

    found = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert found.read("scan.pdf") == b"%PDF-1.7\na letter"
    assert f"{voice.sha256}  scan.pdf" in found.read("SHA256SUMS").decode()
    told = evidence_about(voice.contribution, at=at)
    assert (told["came"]["channel"], told["came"]["came_on"]) == (str(voice.get_channel_display()), at.date())
    assert told["came"]["typed_in_by"]
    assert told["came"]["scan"]["sha256"] == voice.sha256
    assert STREET not in found.read("evidence.json").decode()


def test_what_was_written_on_the_site_came_in_no_other_way(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)

    assert evidence_about(Contribution.stored.get(pk=row.pk), at=at)["came"] is None
