"""Putting back what was redacted: that passage and no other, as a version of its own that proves itself."""

from datetime import datetime

import pytest

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    lift_redaction,
    redact_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import AlreadyDecided, UnfitPassage
from apps.discussions.models import Contribution, PastText
from apps.discussions.queries import is_changed_by_author, redaction_stands, sealed_texts
from apps.exchange.queries import check_ledger
from apps.ledger.actions import fingerprint
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "Ole Hansen drives too fast past Per Olsen, says Bo."


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def published(topic: Topic, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body=TEXT)


def redact(row: Contribution, passage: str, at: datetime) -> None:
    reason, by = RefusalReason.objects.get(code="private_information"), as_moderator(factories.a_moderator(at))
    redact_contribution(contribution=row, version=row.version, passage=passage, reason=reason, by=by, at=at)


def lift(row: Contribution, version: int, at: datetime, note: str = "") -> str:
    by = as_moderator(factories.another_moderator(at))
    lift_redaction(contribution=row, version=version, by=by, at=at, note=note)
    return row.body


def test_the_text_stands_as_its_author_wrote_it(published: Contribution, at: datetime) -> None:
    redact(published, "Ole Hansen", at)
    assert redaction_stands(published, 1)

    assert lift(published, 1, at, note="Put back.") == TEXT

    assert (published.version, published.is_published, published.note) == (3, True, "Put back.")
    assert published.body_html == f"<p>{TEXT}</p>"
    assert sealed_texts(published) == []
    assert not redaction_stands(published, 1)
    assert not is_changed_by_author(published, since=1)
    entry = Entry.objects.get(kind="contribution.unredacted")
    told = {"version": 3, "fingerprint": fingerprint(bytes(published.salt), TEXT), "reason": "private_information"}
    assert facts_of(entry) == told
    assert entry.number == published.number
    assert check_ledger().problem == ""


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 2, 1), (2, 1, 3), (2, 3, 1)])
def test_of_several_only_that_one_is_put_back(order: tuple[int, ...], published: Contribution, at: datetime) -> None:
    passages = {1: "Ole Hansen", 2: "Per Olsen", 3: "Bo"}
    for passage in passages.values():
        redact(published, passage, at)

    for turn, version in enumerate(order):
        body = lift(published, version, at)
        assert [passage in body for passage in passages.values()] == [
            number in order[: turn + 1] for number in passages
        ]
    assert published.body == TEXT
    assert check_ledger().problem == ""


def test_what_is_redacted_elsewhere_stays_so_in_what_is_put_back(topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at, body="Ole Hansen drives. Hansen sings. So.")
    redact(row, "Ole Hansen drives.", at)
    redact(row, "Hansen", at)

    body = lift(row, 1, at)

    assert "Ole" in body
    assert "Hansen" not in body
    assert lift(row, 2, at) == "Ole Hansen drives. Hansen sings. So."


def test_where_two_passages_cannot_be_told_apart_it_is_refused_and_nothing_changes(topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at, body="O*le* drives. Ole sings. So.")
    redact(row, "O*le* drives.", at)
    redact(row, "Ole", at)
    before = row.body

    with pytest.raises(UnfitPassage):
        lift(row, 1, at)

    row.refresh_from_db()
    assert (row.body, row.version) == (before, 3)
    assert not Entry.objects.filter(kind="contribution.unredacted").exists()
    assert lift(row, 2, at).endswith("Ole sings. So.")
    assert lift(row, 1, at) == "O*le* drives. Ole sings. So."


def test_a_version_of_its_author_is_left_alone(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at, body=TEXT)
    redact(row, "Ole Hansen", at)
    author = row.author
    assert author is not None
    revise_contribution(contribution=row, kind=ContributionKind.VIEW, body=f"{row.body} Now.", by=author, at=at)

    assert not redaction_stands(row, 1)
    assert is_changed_by_author(row, since=1)
    with pytest.raises(AlreadyDecided):
        lift(row, 1, at)
    redact(row, "Per Olsen", at)
    assert "Per Olsen" in lift(row, 3, at)
    assert "Ole Hansen" not in row.body


def test_it_is_put_back_once_and_never_into_what_is_gone(published: Contribution, at: datetime) -> None:
    redact(published, "Ole Hansen", at)
    redact(published, "Per Olsen", at)
    lift(published, 1, at)
    for version in (1, 4, 7):
        with pytest.raises(AlreadyDecided):
            lift(published, version, at)
    reason, by = RefusalReason.objects.get(code="spam"), as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=published, reason=reason, sentence="So.", by=by, at=at)
    assert redaction_stands(published, 2)
    assert "Per Olsen" in lift(published, 2, at)
    assert published.is_hidden


def test_nothing_is_put_back_into_what_was_taken_back(published: Contribution, at: datetime) -> None:
    redact(published, "Ole Hansen", at)
    author = published.author
    assert author is not None
    withdraw_contribution(contribution=published, by=author, at=at)

    assert not redaction_stands(published, 1)
    with pytest.raises(AlreadyDecided):
        lift(published, 1, at)


def test_the_passage_goes_with_the_text(published: Contribution, at: datetime) -> None:
    redact(published, "Ole Hansen", at)
    assert PastText.objects.get().passage == "Ole Hansen"
    factories.erase(published, at=at)

    assert PastText.objects.get().passage == ""
