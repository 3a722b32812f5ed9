"""Who reported a text leaves it to colleagues until one of them has looked into the report."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.enums import ModerationMode
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.actions import Ruling, decide_contribution, settle_reports
from apps.moderation.enums import Outcome, QueuePart
from apps.moderation.models import Decision, ReportCase
from apps.moderation.queries import Narrowed, next_waiting
from tests import factories
from tests.moderation.cases import STAYS, a_report
from tests.moderation.desk import SENTENCE, a_colleague, a_reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(topic: Topic, at: datetime) -> Contribution:
    """A text that a moderator reported."""
    row = factories.a_published(topic, at=at, body="Ole Hansen is a crook.")
    a_report(row, at=at, by=factories.a_moderator(at))
    return Contribution.stored.get(pk=row.pk)


def against(outcome: Outcome) -> Ruling:
    return Ruling(outcome=outcome, version=1, reason=a_reason(), sentence=SENTENCE, passage="Ole Hansen")


@pytest.mark.parametrize("outcome", [Outcome.HIDE, Outcome.REDACT])
def test_who_reported_a_text_does_not_decide_on_it(outcome: Outcome, reported: Contribution, at: datetime) -> None:
    with override("en"), pytest.raises(NotAllowed, match="You reported this yourself"):
        decide_contribution(contribution=reported, ruling=against(outcome), by=factories.a_moderator(at), at=at)

    assert not Decision.objects.exists()
    assert ReportCase.objects.get().is_open
    assert decide_contribution(contribution=reported, ruling=against(outcome), by=a_colleague(at), at=at)


def test_once_a_colleague_has_looked_into_it_they_decide_again(reported: Contribution, at: datetime) -> None:
    settle_reports(case=ReportCase.objects.get(), sentence=STAYS, by=a_colleague(at), at=at)

    assert decide_contribution(contribution=reported, ruling=against(Outcome.HIDE), by=factories.a_moderator(at), at=at)


def test_the_item_says_so_and_the_form_is_refused(reported: Contribution, client: Client, at: datetime) -> None:
    client.force_login(factories.a_moderator(at))

    page = client.get(f"/en/moderation/items/{reported.pk}/").content.decode()
    sent: dict[str, Any] = {"outcome": "hide", "version": "1", "reason": a_reason().code, "sentence": SENTENCE}
    answer = client.post(f"/en/moderation/items/{reported.pk}/decide/", sent)

    assert "You reported this yourself. A colleague has to look into it." in page
    assert answer.status_code == 403
    assert not Decision.objects.exists()


def test_what_is_read_after_it_was_published_comes_next_to_colleagues_only(topic: Topic, at: datetime) -> None:
    factories.publishing_first(topic.consultation, at=at)
    topic.refresh_from_db()
    before, row = (factories.a_contribution(topic, at=at) for _ in range(2))
    moderator, colleague = factories.a_moderator(at), a_colleague(at)
    a_report(row, at=at, by=moderator)
    assert topic.consultation.moderation_mode == ModerationMode.AFTER

    def follows(person: User) -> Any:
        found = next_waiting(Narrowed(viewer=person, at=at, part=QueuePart.UNREAD), behind=before)
        return found and found.row

    assert (follows(moderator), follows(colleague)) == (None, row)


def test_the_version_that_is_kept_is_the_one_that_stands_whatever_was_sent(
    topic: Topic, client: Client, at: datetime
) -> None:
    row = factories.a_published(topic, at=at)
    client.force_login(factories.a_moderator(at))
    sent = {"outcome": "hide", "version": "9" * 25, "reason": a_reason().code, "sentence": SENTENCE}

    assert client.post(f"/en/moderation/items/{row.pk}/decide/", sent).status_code == 302
    assert Decision.objects.get().version == 1
