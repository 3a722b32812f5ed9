"""Citing one text of a letter that several sent answers all of them."""

from datetime import datetime

import pytest

from apps.publications.actions import StatementText, draft_summary
from apps.publications.queries import uncited_by_draft
from tests import factories
from tests.discussions.letters import confirmed, letters

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("cited", [1, 2])
def test_whoever_sent_the_same_letter_is_answered_with_the_one_that_is_cited(cited: int, at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    rows = letters(topic, 3, at=at)
    alone = factories.a_published(topic, at=at)
    text = StatementText(title="Noise", body="People ask about noise.", cites=[cited])
    summary = draft_summary(consultation=topic.consultation, statements=[text], by=factories.an_official(at), at=at)
    before = uncited_by_draft(topic.consultation, summary)

    confirmed(rows, at=at)
    after = uncited_by_draft(topic.consultation, summary)

    assert [row.number for row, _excerpt in before.rows] == sorted({1, 2, 3, alone.number} - {cited})
    assert [row.number for row, _excerpt in after.rows] == [alone.number]
    assert (before.count, after.count) == (3, 1)
