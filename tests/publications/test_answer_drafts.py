"""Answers while they are written: saved, read by a second official, published once."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import CannotAnswer, UnfitText
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.queries import the_municipality
from apps.publications import actions
from apps.publications.enums import DraftStatus
from apps.publications.errors import (
    CannotPick,
    CommentNeeded,
    DraftChangedMeanwhile,
    DraftGone,
    NothingAnswered,
    UnfitAnswer,
    UnfitReader,
)
from apps.publications.models import AnswerDraft
from apps.publications.queries import answer_draft_at
from tests import factories, personas
from tests.publications.drafting import a_colleague, a_draft, needing_a_reader

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def colleague(topic: Topic, at: datetime) -> User:
    return a_colleague(topic.consultation, at=at)


@pytest.fixture
def asked(topic: Topic, at: datetime) -> list[Contribution]:
    return [factories.a_published(topic, at=at, kind=ContributionKind.QUESTION) for _turn in range(2)]


@pytest.fixture
def draft(asked: list[Contribution], official: User, at: datetime) -> AnswerDraft:
    return a_draft(asked[0], by=official, at=at)


def answers() -> list[Contribution]:
    return list(Contribution.stored.filter(kind=ContributionKind.ANSWER).order_by("number"))


def save(draft: AnswerDraft, body: str, by: User, at: datetime, seen: int = 1) -> bool:
    return actions.save_answer(draft=draft, body=body, source="", seen=seen, by=by, at=at)


def send(draft: AnswerDraft, reader: User, by: User, at: datetime, seen: int = 1) -> None:
    actions.send_to_reader(draft=draft, reader=reader, seen=seen, by=by, at=at)


def test_a_second_click_begins_no_second_draft(asked: list[Contribution], official: User, at: datetime) -> None:
    first, second = (a_draft(asked[0], by=official, at=at) for _click in range(2))

    assert first.pk == second.pk
    assert Entry.objects.filter(kind="answerdraft.saved").count() == 1


def test_of_two_who_save_at_once_the_second_overwrites_nothing(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    assert save(draft, "Mine.", official, at)

    with pytest.raises(DraftChangedMeanwhile):
        save(draft, "Theirs.", colleague, at)
    assert AnswerDraft.objects.get().body == "Mine."
    assert save(draft, "Both.", colleague, at, seen=2)
    assert not save(draft, "Both.", colleague, at, seen=3)
    standing = AnswerDraft.objects.get()
    assert (standing.body, standing.revision, standing.changed_by, standing.author) == (
        "Both.",
        3,
        colleague,
        official,
    )


def test_only_who_may_answer_there_writes(draft: AnswerDraft, at: datetime) -> None:
    outsider = personas.colleague(at=at)

    for who in (outsider, factories.a_moderator(at)):
        with pytest.raises(NotAllowed):
            save(draft, "No.", who, at)
    assert AnswerDraft.objects.get().revision == 1


def test_an_identity_number_is_stored_nowhere(draft: AnswerDraft, official: User, at: datetime) -> None:
    with pytest.raises(UnfitAnswer):
        save(draft, "Write 010180-1234.", official, at)


def test_a_draft_to_one_is_published_under_it_once(
    draft: AnswerDraft, asked: list[Contribution], official: User, at: datetime
) -> None:
    first, second = (actions.publish_draft(draft=draft, seen=1, by=official, at=at) for _click in range(2))

    assert first == second
    assert [(row.pk, row.in_reply_to_id, row.body) for row in answers()] == [(first.pk, asked[0].pk, "Yes.")]
    standing = AnswerDraft.objects.get()
    assert (standing.status, standing.body, standing.answer_id) == (DraftStatus.PUBLISHED, "", first.pk)
    assert facts_of(Entry.objects.get(kind="answerdraft.published")) == {"draft": draft.pk, "read": "no"}


def test_a_draft_to_several_is_published_as_one_answer(
    draft: AnswerDraft, asked: list[Contribution], official: User, at: datetime
) -> None:
    assert actions.pick_for_answer(draft=draft, numbers=[row.number for row in asked], by=official, at=at) == 1

    answer = actions.publish_draft(draft=draft, seen=2, by=official, at=at)

    assert answer.root_id is None
    assert sorted(answer.links_out.values_list("contribution", flat=True)) == [row.pk for row in asked]


def test_what_was_changed_since_is_not_published_unseen(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    save(draft, "Other words.", colleague, at)

    with pytest.raises(DraftChangedMeanwhile):
        actions.publish_draft(draft=draft, seen=1, by=official, at=at)
    assert answers() == []


def test_what_cannot_be_picked_is_named(draft: AnswerDraft, topic: Topic, official: User, at: datetime) -> None:
    waiting, refused = factories.a_contribution(topic, at=at), factories.a_refused(topic, at=at)
    elsewhere = factories.a_published(factories.a_topic(topic.consultation, at=at), at=at)
    for unfit in (waiting.number, refused.number, elsewhere.number, 999):
        with pytest.raises(CannotPick, match=str(unfit)):
            actions.pick_for_answer(draft=draft, numbers=[unfit], by=official, at=at)
    assert draft.contributions.count() == 1


@pytest.mark.usefixtures("in_english")
def test_hundreds_of_numbers_in_one_request_are_refused(
    draft: AnswerDraft, topic: Topic, official: User, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("apps.publications.actions.answers.MOST_ANSWERED", 2)
    more = [factories.a_published(topic, at=at).number for _turn in range(2)]

    with pytest.raises(CannotPick, match="at most 2"):
        actions.pick_for_answer(draft=draft, numbers=more, by=official, at=at)


@pytest.mark.usefixtures("in_english")
def test_what_was_withdrawn_meanwhile_is_said_and_the_draft_stays(
    draft: AnswerDraft, asked: list[Contribution], official: User, at: datetime
) -> None:
    actions.pick_for_answer(draft=draft, numbers=[asked[1].number], by=official, at=at)
    withdraw_contribution(contribution=asked[1], by=factories.a_writer(at), at=at)

    with pytest.raises(CannotAnswer, match=rf"no\. {asked[1].number}\."):
        actions.publish_draft(draft=draft, seen=2, by=official, at=at)
    assert AnswerDraft.objects.get().body == "Yes."
    assert actions.leave_out_of_answer(draft=draft, contribution_id=asked[1].pk, by=official, at=at)
    assert actions.publish_draft(draft=draft, seen=3, by=official, at=at).in_reply_to_id == asked[0].pk


def test_an_answer_to_nothing_and_an_empty_one_are_not_published(
    draft: AnswerDraft, asked: list[Contribution], official: User, at: datetime
) -> None:
    save(draft, "", official, at)
    with pytest.raises(UnfitText):
        actions.publish_draft(draft=draft, seen=2, by=official, at=at)
    actions.leave_out_of_answer(draft=draft, contribution_id=asked[0].pk, by=official, at=at)
    with pytest.raises(NothingAnswered):
        actions.publish_draft(draft=draft, seen=3, by=official, at=at)


def test_a_reader_publishes_in_the_writers_name(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    send(draft, colleague, official, at)

    answer = actions.publish_draft(draft=draft, seen=1, by=colleague, at=at + LATER)

    assert (answer.author, answer.author_name) == (official, official.display_name)
    entry = Entry.objects.get(kind="answerdraft.published")
    assert facts_of(entry)["read"] == "yes"
    assert entry.person.person_id == colleague.pk


def test_nobody_changes_or_publishes_what_somebody_else_reads(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    send(draft, colleague, official, at)

    for who in (official, colleague):
        with pytest.raises(NotAllowed):
            save(draft, "Other.", who, at)
    with pytest.raises(NotAllowed):
        actions.publish_draft(draft=draft, seen=1, by=official, at=at)
    assert actions.take_back_answer(draft=draft, by=official, at=at)
    assert not actions.take_back_answer(draft=draft, by=official, at=at)
    assert save(draft, "Other.", official, at)


def test_a_reader_is_a_second_official_who_may_answer_there(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    outsider = personas.administrator(at=at)
    for unfit in (official, outsider):
        with pytest.raises(UnfitReader):
            send(draft, unfit, official, at)
    save(draft, "In their words.", colleague, at)
    with pytest.raises(UnfitReader):
        send(draft, colleague, official, at, seen=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnswerDraft.objects.update(reader=official)


def test_a_reader_sends_back_with_a_word_and_it_goes_on_from_there(
    draft: AnswerDraft, official: User, colleague: User, at: datetime
) -> None:
    send(draft, colleague, official, at)

    with pytest.raises(CommentNeeded):
        actions.send_back_answer(draft=draft, comment=" ", by=colleague, at=at)
    with pytest.raises(NotAllowed):
        actions.send_back_answer(draft=draft, comment="No.", by=official, at=at)
    actions.send_back_answer(draft=draft, comment="Name the street.", by=colleague, at=at)
    with pytest.raises(NotAllowed):
        actions.send_back_answer(draft=draft, comment="Again.", by=colleague, at=at)

    standing = AnswerDraft.objects.get()
    assert (standing.status, standing.comment) == (DraftStatus.SENT_BACK, "Name the street.")
    save(draft, "Yes, in Main Street.", official, at)
    send(draft, colleague, official, at, seen=2)
    assert AnswerDraft.objects.get().comment == ""


@pytest.mark.usefixtures("in_english")
def test_where_each_answer_needs_a_reader_nobody_publishes_alone(
    draft: AnswerDraft, asked: list[Contribution], official: User, colleague: User, at: datetime
) -> None:
    needing_a_reader()

    with pytest.raises(NotAllowed, match="second official"):
        actions.publish_draft(draft=draft, seen=1, by=official, at=at)
    with pytest.raises(NotAllowed, match="second official"):
        actions.answer_at_once(to=asked[1], body="Yes.", submission_key=UUID(int=5), by=official, at=at)
    send(draft, colleague, official, at)
    assert actions.publish_draft(draft=draft, seen=1, by=colleague, at=at).is_published
    assert the_municipality().answers_need_reader


def test_a_correction_is_drafted_once_in_the_answers_words(
    asked: list[Contribution], official: User, colleague: User, at: datetime
) -> None:
    answer = factories.an_answer(asked[0], at=at, body="Yes.")

    first, second = (actions.begin_answer_correction(answer=answer, by=who, at=at) for who in (official, colleague))

    assert first.pk == second.pk
    assert (first.body, first.corrects_id) == ("Yes.", answer.pk)
    with pytest.raises(CannotPick):
        actions.pick_for_answer(draft=first, numbers=[asked[1].number], by=official, at=at)
    save(first, "No.", official, at)
    new = actions.publish_draft(draft=first, seen=2, by=official, at=at)
    assert [link.contribution_id for link in new.links_out.all()] == [answer.pk]
    with pytest.raises(CannotPick, match=str(new.number)):
        actions.begin_answer_correction(answer=answer, by=official, at=at)


def test_what_is_thrown_away_is_gone_and_what_is_published_is_not(
    draft: AnswerDraft, asked: list[Contribution], official: User, at: datetime
) -> None:
    stale = answer_draft_at(draft.pk)
    assert stale is not None
    assert actions.discard_answer(draft=draft, by=official, at=at)
    assert not actions.discard_answer(draft=stale, by=official, at=at)
    with pytest.raises(DraftGone):
        save(stale, "Too late.", official, at)

    published = a_draft(asked[1], by=official, at=at, key=9)
    actions.publish_draft(draft=published, seen=1, by=official, at=at)
    with pytest.raises(NotAllowed):
        actions.discard_answer(draft=published, by=official, at=at)


def test_entries_tell_numbers_and_no_word(draft: AnswerDraft, official: User, colleague: User, at: datetime) -> None:
    send(draft, colleague, official, at)
    actions.send_back_answer(draft=draft, comment="Name the street.", by=colleague, at=at)

    told = " ".join(Entry.objects.filter(kind__startswith="answerdraft.").values_list("payload", flat=True))
    assert "Yes" not in told
    assert "street" not in told
    assert official.display_name not in told
