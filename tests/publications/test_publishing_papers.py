"""A white paper is published by a second official, and only when every voice is accounted for."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.publications.actions import (
    StatementWords,
    ask_for_review,
    begin_correction,
    begin_white_paper,
    note_contributions,
    publish_white_paper,
    save_intro,
    save_statement,
    send_back,
    take_back,
)
from apps.publications.engine.freezing import checksum_of
from apps.publications.errors import (
    NotCovered,
    NothingWritten,
    NotWeighedYet,
    PaperLocked,
    UnfitPaper,
    WrittenMeanwhile,
)
from apps.publications.models import PaperVersion, Treated
from apps.publications.queries import account_of, coverage_of, supplement_due, treated_in
from tests.factories import a_contribution, a_hearing, a_published, a_refused, an_official, the_topic
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, marked, publish_paper, weigh

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


def test_it_is_published_by_a_colleague_with_its_checksum_in_the_ledger(at: datetime, topic: Topic) -> None:
    one, two = a_published(topic, at=at, body="One. Two."), a_refused(topic, at=at)
    paper = a_paper(topic.consultation, at=at)
    marked(a_statement(paper, topic, at=at), one, passages=[(0, 4)], at=at)
    note_contributions(paper=paper, numbers=[two.number], sentence="Not published.", by=an_official(at), at=at)

    version = publish_paper(paper, at=at)

    assert (version.version, version.received, version.left_out) == (1, 2, 0)
    assert version.checksum == checksum_of(version.content) == checksum_of(PaperVersion.objects.get().content)
    told = facts_of(Entry.objects.get(kind="whitepaper.published"))
    assert (told["checksum"], told["received"], told["scope"]) == (version.checksum, 2, "received")
    rows = Treated.objects.order_by("number").values_list("number", "how", "label", "was_public")
    assert list(rows) == [(one.number, "statement", "1.1", True), (two.number, "noted", "", False)]
    assert [place.label for place in treated_in([one.pk, two.pk])[one.pk]] == ["1.1"]
    assert "One" not in str(version.content)
