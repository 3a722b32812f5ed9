"""Texts of one topic that count as one letter: what can, what comes of each change, and what the ledger tells."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import (
    clear_refused_texts,
    confirm_letter,
    divide_letter,
    forget_author,
    hide_contribution,
    move_contribution,
    move_to_consultation,
    redact_contribution,
    reopen_contribution,
    restore_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionStatus
from apps.discussions.errors import LetterChanged, NotOneLetter
from apps.discussions.models import Contribution, LetterApart
from apps.discussions.queries import numbers_of_same_letters, texts_of_letter
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.exchange.queries import check_ledger
from apps.ledger.models import Actor, Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories
from tests.discussions.letters import LETTER, OWN_LINE, confirmed, letters, sender, signed
from tests.discussions.recount import assert_counts_are_true

pytestmark = pytest.mark.django_db

WORDS = "It names a private person."


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def by(at: datetime) -> Actor:
    return as_moderator(factories.a_moderator(at))


@pytest.fixture
def reason() -> RefusalReason:
    return RefusalReason.objects.get(code="private_information")


def told() -> list[tuple[str, dict[str, object]]]:
    entries = Entry.objects.filter(kind__startswith="cluster.").order_by("pk")
    return [(entry.kind.removeprefix("cluster."), facts_of(entry)) for entry in entries]


# ------------------------------------------------------------------ what counts as one


def test_a_confirmed_letter_keeps_its_numbers_and_places_and_has_one_entry(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    before = list(Contribution.stored.order_by("pk").values_list("number", "root_number", "status", "topic_id"))

    cluster = confirmed(rows, at=at)

    assert (cluster.shown_number, cluster.size) == (1, 3)
    assert told() == [("confirmed", {"numbers": [1, 2, 3]})]
    assert list(Contribution.stored.order_by("pk").values_list("number", "root_number", "status", "topic_id")) == before
    assert Contribution.stored.get(number=3).same_as == 1
    assert Contribution.stored.get(number=1).same_as is None
    assert Contribution.stored.get(number=1).others_with_it == 2
    assert_counts_are_true(topic.consultation)
    assert check_ledger().problem == ""


def test_the_entry_holds_numbers_and_nothing_of_people(topic: Topic, at: datetime) -> None:
    confirmed(letters(topic, 2, at=at), at=at)

    entry = Entry.objects.get(kind="cluster.confirmed")

    assert entry.payload == '{"numbers":[1,2]}'
    assert entry.actor_role == "moderator"


def test_a_later_letter_joins_and_one_with_an_earlier_number_is_shown_then(
    topic: Topic, by: Actor, at: datetime
) -> None:
    rows = letters(topic, 4, at=at)
    cluster = confirmed(rows[1:3], at=at)

    again = confirm_letter(shown=(rows[1], 1), others=[(rows[0], 1), (rows[2], 1), (rows[3], 1)], by=by, at=at)

    assert again == cluster
    assert (again.shown_number, again.size) == (1, 4)
    assert told()[1] == ("joined", {"numbers": [1, 4], "shown": 2})
    assert confirm_letter(shown=(rows[1], 1), others=[(rows[0], 1)], by=by, at=at) is None, "there is nothing new"
    assert len(told()) == 2
    assert check_ledger().problem == ""


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (f"{LETTER} {OWN_LINE}", NotOneLetter),
        (LETTER.replace("imod", "ikke imod"), NotOneLetter),
        ("No.", NotOneLetter),
    ],
)
def test_what_says_something_of_its_own_is_refused(
    body: str, error: type[Exception], topic: Topic, by: Actor, at: datetime
) -> None:
    [first] = letters(topic, 1, at=at)
    other = factories.a_published(topic, at=at, body=body)

    with pytest.raises(NotOneLetter), transaction.atomic():
        confirm_letter(shown=(first, 1), others=[(other, 1)], by=by, at=at)

    assert told() == []
    assert not Contribution.stored.exclude(cluster=None).exists()


def test_nothing_alone_elsewhere_or_of_the_municipality_is_a_letter(topic: Topic, by: Actor, at: datetime) -> None:
    [first] = letters(topic, 1, at=at)
    elsewhere = factories.a_published(factories.a_topic(topic.consultation, at=at), at=at, body=LETTER)
    other_hearing = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at, body=LETTER)
    answer = factories.an_answer(first, at=at, body=LETTER)

    for other in (elsewhere, other_hearing, answer):
        with pytest.raises(NotOneLetter), transaction.atomic():
            confirm_letter(shown=(first, 1), others=[(other, 1)], by=by, at=at)
    assert confirm_letter(shown=(first, 1), others=[], by=by, at=at) is None
    assert told() == []


@pytest.mark.parametrize("state", ["waiting", "refused", "hidden", "withdrawn", "erased", "another version"])
def test_only_what_everyone_reads_as_it_was_read_counts(
    state: str, topic: Topic, by: Actor, reason: RefusalReason, at: datetime
) -> None:
    [first] = letters(topic, 1, at=at)
    person = sender("Bodil Bro", at)
    other = factories.a_contribution(topic, at=at, body=LETTER, by=person)
    if state == "refused":
        other = factories.a_refused(topic, at=at, body=LETTER)
    elif state != "waiting":
        other = factories.a_published(topic, at=at, body=LETTER, by=person)
    if state == "hidden":
        hide_contribution(contribution=other, reason=reason, sentence=WORDS, by=by, at=at)
    elif state == "withdrawn":
        withdraw_contribution(contribution=other, by=person, at=at)
    elif state == "erased":
        factories.erase(other, at=at)

    with pytest.raises(LetterChanged), transaction.atomic():
        confirm_letter(shown=(first, 1), others=[(other, 2 if state == "another version" else 1)], by=by, at=at)

    assert told() == []


def test_a_text_of_another_letter_is_not_taken_from_it(topic: Topic, by: Actor, at: datetime) -> None:
    rows = letters(topic, 4, at=at)
    confirmed(rows[:2], at=at)
    confirmed(rows[2:], at=at)

    with pytest.raises(LetterChanged), transaction.atomic():
        confirm_letter(shown=(rows[0], 1), others=[(rows[3], 1)], by=by, at=at)


def test_the_database_refuses_a_letter_of_what_is_not_public(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    confirmed(rows, at=at)

    for status in (ContributionStatus.WAITING, ContributionStatus.WITHDRAWN):
        with pytest.raises(IntegrityError), transaction.atomic():
            Contribution.stored.filter(pk=rows[0].pk).update(status=status, due_at=at)


# ------------------------------------------------------------------ what becomes of it


def _withdraw(row: Contribution, _by: Actor, _reason: RefusalReason, at: datetime) -> None:
    assert row.author is not None
    withdraw_contribution(contribution=row, by=row.author, at=at)


def _move(row: Contribution, by: Actor, _reason: RefusalReason, at: datetime) -> None:
    to = factories.a_topic(row.consultation, at=at)
    move_contribution(contribution=row, to=to, with_replies=True, by=by, at=at)


def _redact(row: Contribution, by: Actor, reason: RefusalReason, at: datetime) -> None:
    redact_contribution(contribution=row, version=1, passage="skolen", reason=reason, by=by, at=at)


def _reopen(row: Contribution, by: Actor, _reason: RefusalReason, at: datetime) -> None:
    reopen_contribution(contribution=row, by=by, at=at)


def _erase(row: Contribution, _by: Actor, _reason: RefusalReason, at: datetime) -> None:
    factories.erase(row, at=at)


def _hide_and_clear(row: Contribution, by: Actor, reason: RefusalReason, at: datetime) -> None:
    hide_contribution(contribution=row, reason=reason, sentence=WORDS, by=by, at=at)
    assert clear_refused_texts(at=at + REFUSED_TEXTS_KEPT) == 1


Change = Callable[[Contribution, Actor, RefusalReason, datetime], None]


@pytest.mark.parametrize("change", [_withdraw, _move, _redact, _reopen, _erase, _hide_and_clear])
def test_a_text_that_goes_or_changes_leaves_its_letter_and_the_next_is_shown(
    change: Change, topic: Topic, by: Actor, reason: RefusalReason, at: datetime
) -> None:
    rows = letters(topic, 3, at=at)
    cluster = confirmed(rows, at=at)

    change(Contribution.stored.select_related("author", "topic", "consultation").get(number=1), by, reason, at)

    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (2, 2)
    assert Contribution.stored.get(number=1).cluster is None
    assert [row.number for row in texts_of_letter(cluster.pk)] == [2, 3]
    assert check_ledger().problem == ""
    change(Contribution.stored.select_related("author", "topic", "consultation").get(number=2), by, reason, at)
    assert Contribution.stored.get(number=3).others_with_it == 0, "one text alone is no letter of several"
    assert Contribution.stored.get(number=3).same_as is None
    assert check_ledger().problem == ""


def test_a_hidden_text_is_not_counted_and_comes_back_when_it_is_shown_again(
    topic: Topic, by: Actor, reason: RefusalReason, at: datetime
) -> None:
    rows = letters(topic, 3, at=at)
    cluster = confirmed(rows, at=at)

    hide_contribution(contribution=rows[0], reason=reason, sentence=WORDS, by=by, at=at)

    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (2, 2)
    assert Contribution.stored.get(number=1).others_with_it == 0
    assert Contribution.stored.get(number=1).same_as is None
    assert numbers_of_same_letters(topic.consultation_id, [1, 2]) == {2: [3]}
    assert check_ledger().problem == ""
    restore_contribution(contribution=rows[0], by=by, at=at)
    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (1, 3)
    assert check_ledger().problem == ""


def test_replies_that_follow_a_move_leave_their_letter_there(topic: Topic, by: Actor, at: datetime) -> None:
    root = factories.a_published(topic, at=at, body="What do you say?")
    reply, other = (
        factories.a_published(topic, at=at, body=signed(name), by=sender(name, at), in_reply_to=answered)
        for name, answered in (("Anna Aa", root), ("Bodil Bro", None))
    )
    cluster = confirmed([reply, other], at=at)

    to = factories.a_topic(topic.consultation, at=at)
    move_contribution(contribution=root, to=to, with_replies=True, by=by, at=at)

    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (other.number, 1)
    assert check_ledger().problem == ""


def test_a_text_is_taken_out_again_and_a_letter_is_undone(topic: Topic, by: Actor, at: datetime) -> None:
    rows = letters(topic, 4, at=at)
    cluster = confirmed(rows, at=at)

    assert divide_letter(cluster=cluster, texts=[rows[0]], by=by, at=at)
    assert not divide_letter(cluster=cluster, texts=[rows[0]], by=by, at=at)

    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (2, 3)
    assert LetterApart.objects.get().contribution == rows[0], "it is not offered once more"
    assert divide_letter(cluster=cluster, texts=rows, by=by, at=at)
    cluster.refresh_from_db()
    assert (cluster.shown_number, cluster.size) == (None, 0)
    assert told()[1:] == [("divided", {"numbers": [1]}), ("divided", {"numbers": [2, 3, 4]})]
    assert check_ledger().problem == ""


def test_who_deletes_their_account_stays_with_the_letter_without_a_name(topic: Topic, by: Actor, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    cluster = confirmed(rows, at=at)
    assert rows[1].author is not None

    forget_author(person=rows[1].author, by=by, at=at)

    assert [row.author_name for row in texts_of_letter(cluster.pk)] == ["Anna Aa", ""]


def test_citing_one_text_of_a_letter_stands_for_the_others(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    alone = factories.a_published(topic, at=at)
    confirmed(rows, at=at)

    assert numbers_of_same_letters(topic.consultation_id, [2, alone.number, 99]) == {2: [1, 3]}


@pytest.mark.parametrize("wrong", ["shown_number", "cluster"])
def test_rows_that_differ_from_the_ledger_are_found(wrong: str, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    cluster = confirmed(rows, at=at)

    if wrong == "cluster":
        Contribution.stored.filter(pk=rows[2].pk).update(cluster=None)
    else:
        type(cluster).objects.filter(pk=cluster.pk).update(shown_number=2)

    assert "letter" in check_ledger().problem


def test_the_page_of_a_letter_costs_the_same_for_two_and_five_that_were_moved_here(
    topic: Topic, by: Actor, at: datetime, django_assert_num_queries: Any
) -> None:
    there = factories.the_topic(factories.a_hearing(at=at))
    rows = letters(topic, 5, at=at)
    for row in rows:
        move_to_consultation(contribution=row, to=there, with_replies=False, by=by, at=at)
    rows = list(Contribution.stored.filter(pk__in=[row.pk for row in rows]).order_by("number"))
    page = f"/en/consultations/{there.consultation.slug}/c/1/letter/"
    confirmed(rows[:2], at=at)
    Client().get(page)

    for texts in (rows[:2], rows):
        if texts == rows:
            confirmed(texts, at=at)
        with django_assert_num_queries(7):
            assert Client().get(page).status_code == 200
