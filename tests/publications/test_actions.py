from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError, NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import move_to_consultation
from apps.discussions.errors import CannotLeave
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.errors import CannotCite, NothingToPublish, UnfitStatement, WrittenMeanwhile
from apps.publications.models import Statement, Summary
from apps.publications.queries import is_same, statements_citing, statements_of, uncited_by_draft
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, a_refused, an_official, the_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


def _text(title: str, *cites: int, body: str = "Body.") -> StatementText:
    return StatementText(title=title, body=body, cites=cites)


def _draft(consultation: Consultation, at: datetime, *texts: StatementText, seen: int | None = None) -> Summary:
    return draft_summary(consultation=consultation, statements=texts, seen=seen, by=an_official(at), at=at)


def _said(statements: Sequence[Statement]) -> list[tuple[str, list[int]]]:
    return [(one.title, [cited.number for cited in one.citations.all()]) for one in statements]


def _entries() -> list[Entry]:
    return list(Entry.objects.filter(kind__startswith="summary.").order_by("pk"))


def test_a_draft_is_kept_in_order_and_replaced_whole(at: datetime, topic: Topic) -> None:
    one, two = a_published(topic, at=at).number, a_published(topic, at=at).number

    summary = _draft(topic.consultation, at, _text("B", two, one, two), _text("A"))
    assert _said(statements_of(summary, is_public=False)) == [("B", [one, two]), ("A", [])]
    again = _draft(topic.consultation, at, _text("C", one))

    assert again.pk == summary.pk
    assert _said(statements_of(summary, is_public=False)) == [("C", [one])]
    assert statements_of(summary, is_public=True) == []
    assert [facts_of(entry) for entry in _entries()] == [{"statements": 2}, {"statements": 1}]


@pytest.mark.parametrize("is_there", [True, False])
def test_only_what_is_published_here_can_be_cited(at: datetime, topic: Topic, is_there: bool) -> None:
    elsewhere = the_topic(a_hearing(at=at))
    for _turn in range(5):
        a_published(elsewhere, at=at)
    fine = a_published(topic, at=at).number
    bad = a_refused(topic, at=at).number if is_there else 5
    waiting = a_contribution(topic, at=at).number

    with pytest.raises(CannotCite) as refusal:
        _draft(topic.consultation, at, _text("A", fine, bad), _text("B", waiting))

    assert f"{min(bad, waiting)}, {max(bad, waiting)}" in str(refusal.value)
    assert not Statement.objects.exists()
    assert _entries() == []


def test_a_statement_is_cleaned_and_holds_no_identity_number(at: datetime, topic: Topic) -> None:
    summary = _draft(topic.consultation, at, _text(" Two\u202e \n words ", body="One\r\n<b>two</b>"))

    statement = statements_of(summary, is_public=False)[0]
    assert (statement.title, statement.body) == ("Two words", "One\n<b>two</b>")
    assert "<b>" not in statement.body_html
    with pytest.raises(UnfitStatement):
        _draft(topic.consultation, at, _text("A", body="She is 010180-1234."))


def test_nobody_but_officials_writes_or_publishes(at: datetime, topic: Topic) -> None:
    summary = _draft(topic.consultation, at, _text("A", a_published(topic, at=at).number))

    with pytest.raises(NotAllowed):
        draft_summary(consultation=topic.consultation, statements=[], by=a_moderator(at), at=at)
    with pytest.raises(NotAllowed):
        publish_summary(summary=summary, by=a_moderator(at), at=at)

    assert len(_entries()) == 1


def test_publishing_shows_the_draft_and_keeps_it(at: datetime, topic: Topic) -> None:
    one, two = a_published(topic, at=at), a_published(topic, at=at)
    summary = _draft(topic.consultation, at, _text("A", one.number), _text("B", one.number, two.number))

    summary = publish_summary(summary=summary, by=an_official(at), at=at + timedelta(hours=1))

    assert summary.is_published
    assert (summary.version, summary.covers_until) == (1, at + timedelta(hours=1))
    assert is_same(statements_of(summary, is_public=True), statements_of(summary, is_public=False))
    citing = statements_citing([one.pk, two.pk])
    assert [one.title for one in citing[one.pk]] == ["A", "B"]
    assert [two.title for two in citing[two.pk]] == ["B"]
    facts = facts_of(_entries()[-1])
    assert (facts["version"], facts["cited"], facts["numbers"]) == (1, 2, [one.number, two.number])


def test_a_new_draft_changes_nothing_public_until_it_replaces_it(at: datetime, topic: Topic) -> None:
    one, two = a_published(topic, at=at), a_published(topic, at=at)
    publish_summary(summary=_draft(topic.consultation, at, _text("A", one.number)), by=an_official(at), at=at)

    summary = _draft(topic.consultation, at, _text("B", two.number))
    assert _said(statements_of(summary, is_public=True)) == [("A", [one.number])]
    summary = publish_summary(summary=summary, by=an_official(at), at=at)

    assert _said(statements_of(summary, is_public=True)) == [("B", [two.number])]
    assert summary.version == 2
    assert dict(statements_citing([one.pk])) == {}


def test_there_must_be_something_to_publish(at: datetime, topic: Topic) -> None:
    number = a_published(topic, at=at).number
    for texts in ([], [_text("A", number), _text("B")]):
        summary = _draft(topic.consultation, at, *texts)
        with pytest.raises(NothingToPublish):
            publish_summary(summary=summary, by=an_official(at), at=at)

    assert not Summary.objects.get().is_published


def test_nobody_overwrites_or_publishes_what_they_have_not_seen(at: datetime, topic: Topic) -> None:
    number = a_published(topic, at=at).number
    mine = _draft(topic.consultation, at, _text("Mine", number), seen=0)
    assert mine.revision == 1
    theirs = _draft(topic.consultation, at, _text("Theirs", number), seen=1)

    for too_late in (
        lambda: _draft(topic.consultation, at, _text("Mine again", number), seen=1),
        lambda: publish_summary(summary=mine, seen=1, by=an_official(at), at=at),
    ):
        with pytest.raises(WrittenMeanwhile) as refusal:
            too_late()
        assert isinstance(refusal.value, DomainError)

    assert _said(statements_of(theirs, is_public=False)) == [("Theirs", [number])]
    publish_summary(summary=theirs, seen=2, by=an_official(at), at=at)
    with pytest.raises(WrittenMeanwhile):
        publish_summary(summary=theirs, seen=2, by=an_official(at), at=at)
    assert Summary.objects.get().version == 1


def test_what_a_published_summary_cites_does_not_leave_the_hearing(at: datetime, topic: Topic) -> None:
    cited, other = a_published(topic, at=at), a_published(topic, at=at)
    there, by = the_topic(a_hearing(at=at)), as_moderator(a_moderator(at))
    publish_summary(summary=_draft(topic.consultation, at, _text("A", cited.number)), by=an_official(at), at=at)

    with pytest.raises(CannotLeave, match=rf"nr\. {cited.number} "):
        move_to_consultation(contribution=cited, to=there, with_replies=True, by=by, at=at)
    move_to_consultation(contribution=other, to=there, with_replies=True, by=by, at=at)

    assert statements_citing([cited.pk])


def test_a_reply_that_is_cited_holds_back_only_a_move_that_takes_it_along(at: datetime, topic: Topic) -> None:
    root = a_published(topic, at=at)
    reply = a_published(topic, at=at, in_reply_to=root)
    there, by = the_topic(a_hearing(at=at)), as_moderator(a_moderator(at))
    publish_summary(summary=_draft(topic.consultation, at, _text("A", reply.number)), by=an_official(at), at=at)

    with pytest.raises(CannotLeave):
        move_to_consultation(contribution=root, to=there, with_replies=True, by=by, at=at)
    move_to_consultation(contribution=root, to=there, with_replies=False, by=by, at=at)


def test_a_draft_holds_nothing_back_and_is_not_published_with_what_has_left(at: datetime, topic: Topic) -> None:
    row = a_published(topic, at=at)
    summary = _draft(topic.consultation, at, _text("A", row.number))
    there, by = the_topic(a_hearing(at=at)), as_moderator(a_moderator(at))
    move_to_consultation(contribution=row, to=there, with_replies=True, by=by, at=at)

    with pytest.raises(CannotCite, match=r"numre: 1\."):
        publish_summary(summary=summary, by=an_official(at), at=at)
    with pytest.raises(CannotCite, match=r"numre: 1\."):
        _draft(topic.consultation, at, _text("A", 1))
    assert uncited_by_draft(topic.consultation, None).count == 0
