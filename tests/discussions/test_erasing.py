"""A text goes on a named ground, by two people, with every copy of it; the proof and its neighbours stay."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.actions import lift_hold, place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.accounts.queries import held_ids
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import (
    clear_refused_texts,
    confirm_erasure,
    decline_erasure,
    erasing,
    hold_contribution,
    propose_erasure,
    publish_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus, ErasureGround, ErasureStatus
from apps.discussions.errors import ErasureDecided, ErasureProposed, HeldText, TextErased
from apps.discussions.models import Contribution, PastText, TextErasure
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.discussions.recount import assert_counts_are_true
from tests.discussions.sending import someone

pytestmark = pytest.mark.django_db

WORDS = "My neighbour Nanna is ill"


@pytest.fixture
def revised(topic: Topic, at: datetime) -> Contribution:
    """A published text with a former version; both hold the words."""
    row = factories.a_contribution(topic, at=at, body=f"{WORDS}, she told me.")
    assert row.author is not None
    revise_contribution(contribution=row, kind=ContributionKind.VIEW, body=f"{WORDS}.", by=row.author, at=at)
    publish_contribution(contribution=row, version=2, by=as_moderator(factories.a_moderator(at)), at=at)
    return row


def _hold(held: HeldSubject, pk: int, at: datetime) -> None:
    place_hold(
        held=held, held_id=pk, reason="A case", review_on=date(2027, 1, 1), by=personas.administrator(at=at), at=at
    )


def _holds_nothing(row: Contribution) -> bool:
    row.refresh_from_db()
    kept = [row.body, row.body_html, row.source, row.note, bytes(row.salt)]
    for past in PastText.objects.filter(contribution=row):
        kept += [past.body, bytes(past.salt)]
    return not any(kept)


def test_one_moderator_erases_nothing_alone(revised: Contribution, at: datetime) -> None:
    erasure = factories.proposal(revised, at=at)

    with pytest.raises(NotAllowed, match="two people"):
        confirm_erasure(erasure=erasure, by=factories.a_moderator(at), at=at)
    with pytest.raises(NotAllowed, match="two people"):
        decline_erasure(erasure=erasure, by=factories.a_moderator(at), at=at)
    with pytest.raises(IntegrityError, match="erasure_takes_two_people"), transaction.atomic():
        TextErasure.objects.filter(pk=erasure.pk).update(
            status=ErasureStatus.CONFIRMED, decided_by=erasure.asked_by, decided_at=at
        )

    revised.refresh_from_db()
    assert revised.is_published
    assert WORDS in revised.body


@pytest.mark.parametrize("persona", [name for name in personas.PERSONAS if name not in {"anonymous", "moderator"}])
def test_nobody_but_moderators_erases(persona: str, revised: Contribution, at: datetime) -> None:
    person = someone(persona, at)
    assert isinstance(person, User)
    erasure = factories.proposal(revised, at=at)

    with pytest.raises(NotAllowed):
        factories.proposal(revised, at=at, by=person)
    with pytest.raises(NotAllowed):
        confirm_erasure(erasure=erasure, by=person, at=at)


def test_moderators_erase_nothing_that_they_wrote(topic: Topic, at: datetime) -> None:
    writer = factories.another_moderator(at)
    row = factories.a_published(topic, at=at, by=writer)

    with pytest.raises(NotAllowed, match="wrote this yourself"):
        factories.proposal(row, at=at, by=writer)
    with pytest.raises(NotAllowed, match="wrote this yourself"):
        confirm_erasure(erasure=factories.proposal(row, at=at), by=writer, at=at)


def test_what_waits_is_refused_first(topic: Topic, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="Refuse it first"):
        factories.proposal(factories.a_contribution(topic, at=at), at=at)


def test_a_text_is_proposed_and_decided_once(revised: Contribution, at: datetime) -> None:
    erasure = factories.proposal(revised, at=at)
    with pytest.raises(ErasureProposed):
        factories.proposal(revised, at=at, by=factories.another_moderator(at))
    decline_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)

    with pytest.raises(ErasureDecided):
        confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)
    again = factories.proposal(revised, at=at)
    confirm_erasure(erasure=again, by=factories.another_moderator(at), at=at)
    revised.refresh_from_db()
    with pytest.raises(NotAllowed, match="erased already"):
        factories.proposal(revised, at=at)


@pytest.mark.parametrize("held", HeldSubject)
def test_what_a_hold_is_on_stays(held: HeldSubject, revised: Contribution, at: datetime) -> None:
    erasure = factories.proposal(revised, at=at)
    pk = revised.pk if held == HeldSubject.CONTRIBUTION else revised.author_id
    assert pk
    _hold(held, pk, at)

    with pytest.raises(HeldText):
        confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)
    decline_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)
    with pytest.raises(HeldText):
        factories.proposal(revised, at=at)

    revised.refresh_from_db()
    assert WORDS in revised.body


def test_a_lifted_hold_is_in_nobodys_way(revised: Contribution, at: datetime) -> None:
    administrator = personas.administrator(at=at)
    hold = place_hold(
        held=HeldSubject.CONTRIBUTION,
        held_id=revised.pk,
        reason="A case",
        review_on=date(2027, 1, 1),
        by=administrator,
        at=at,
    )
    lift_hold(hold=hold, by=administrator, at=at)

    factories.erase(revised, at=at)

    assert revised.status == ContributionStatus.ERASED


@pytest.mark.parametrize("state", ["published", "refused", "withdrawn", "answer"])
def test_everything_of_the_text_goes_and_everything_else_stays(state: str, topic: Topic, at: datetime) -> None:
    asked = factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)
    row = {
        "published": lambda: factories.a_published(topic, at=at, body=WORDS),
        "refused": lambda: factories.a_refused(topic, at=at, body=WORDS),
        "withdrawn": lambda: factories.a_published(topic, at=at, body=WORDS),
        "answer": lambda: factories.an_answer(asked, at=at, body=WORDS),
    }[state]()
    if state == "withdrawn" and row.author:
        withdraw_contribution(contribution=row, by=row.author, at=at)
    reply = factories.a_published(topic, at=at, in_reply_to=row) if state == "published" else asked
    decided_at, later = row.decided_at, at + timedelta(days=3)

    factories.erase(row, at=later)

    assert _holds_nothing(row)
    assert (row.status, row.erasure_ground, row.text_erased_at) == ("erased", "third_party", later)
    assert row.decided_at == decided_at
    reply.refresh_from_db()
    assert reply.is_published
    told = Entry.objects.get(kind="contribution.erased", number=row.number)
    assert facts_of(told) == {"ground": "third_party"}
    assert_counts_are_true(topic.consultation)
    sequence_entries()
    assert check_ledger().problem == ""


def test_the_ledger_tells_the_ground_and_no_more(revised: Contribution, at: datetime) -> None:
    erasure = propose_erasure(
        contribution=revised,
        ground=ErasureGround.ORDER,
        sentence="The court wrote to us.",
        by=factories.a_moderator(at),
        at=at,
    )
    confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)

    told = "".join(Entry.objects.values_list("payload", flat=True))
    assert "The court wrote" not in told
    assert WORDS not in told
    # A proposal that may come to nothing leads nobody to the text.
    assert set(Entry.objects.filter(kind="erasure.proposed").values_list("number", "consultation_id")) == {(None, None)}


def test_refused_texts_go_when_no_appeal_can_come(topic: Topic, at: datetime) -> None:
    old, held = factories.a_refused(topic, at=at, body=WORDS), factories.a_refused(topic, at=at, body=WORDS)
    shown = factories.a_published(topic, at=at, body=WORDS)
    _hold(HeldSubject.CONTRIBUTION, held.pk, at)
    then = at + REFUSED_TEXTS_KEPT
    young = factories.a_refused(factories.the_topic(factories.a_hearing(at=then)), at=then, body=WORDS)

    assert clear_refused_texts(at=then - timedelta(seconds=1)) == 0
    assert clear_refused_texts(at=then, dry_run=True) == 1
    assert not _holds_nothing(old)
    assert clear_refused_texts(at=then) == 1
    assert clear_refused_texts(at=then) == 0

    assert _holds_nothing(old)
    assert (old.status, old.refusal_reason_id, old.refusal_sentence) == (
        ContributionStatus.REFUSED,
        "private_information",
        "It names a private person.",
    )
    for kept in (held, shown, young):
        kept.refresh_from_db()
        assert kept.body == WORDS
    assert Entry.objects.filter(kind="contribution.cleared").count() == 1
    sequence_entries()
    assert check_ledger().problem == ""


def test_a_hold_on_the_author_keeps_their_refused_texts(topic: Topic, at: datetime) -> None:
    row = factories.a_refused(topic, at=at)
    assert row.author_id
    _hold(HeldSubject.PERSON, row.author_id, at)

    assert clear_refused_texts(at=at + REFUSED_TEXTS_KEPT) == 0


@pytest.mark.parametrize("held", list(HeldSubject))
def test_a_hold_placed_while_texts_are_cleared_keeps_the_text(
    held: HeldSubject, topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = factories.a_refused(topic, at=at, body=WORDS)
    assert row.author_id
    held_id = row.pk if held == HeldSubject.CONTRIBUTION else row.author_id
    lock = erasing._locked

    def held_before_the_lock(listed: Contribution) -> Contribution:
        _hold(held, held_id, at)
        return lock(listed)

    monkeypatch.setattr(erasing, "_locked", held_before_the_lock)

    assert clear_refused_texts(at=at + REFUSED_TEXTS_KEPT) == 0
    row.refresh_from_db()
    assert row.body == WORDS


@pytest.mark.parametrize("held", list(HeldSubject))
def test_a_hold_placed_while_a_text_is_erased_keeps_the_text(
    held: HeldSubject, revised: Contribution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    erasure, lock = factories.proposal(revised, at=at), erasing._locked
    assert revised.author_id
    held_id = revised.pk if held == HeldSubject.CONTRIBUTION else revised.author_id

    def held_before_the_lock(listed: Contribution) -> Contribution:
        _hold(held, held_id, at)
        return lock(listed)

    monkeypatch.setattr(erasing, "_locked", held_before_the_lock)

    with pytest.raises(HeldText):
        confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)
    assert not _holds_nothing(revised)


def test_a_text_that_was_erased_meanwhile_is_not_held(
    revised: Contribution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    erasure, lock = factories.proposal(revised, at=at), erasing._locked

    def erased_before_the_lock(listed: Contribution) -> Contribution:
        monkeypatch.setattr(erasing, "_locked", lock)
        confirm_erasure(erasure=erasure, by=factories.another_moderator(at), at=at)
        return lock(listed)

    monkeypatch.setattr(erasing, "_locked", erased_before_the_lock)
    adam, review_on = personas.administrator(at=at), date(2027, 1, 1)

    with pytest.raises(TextErased):
        hold_contribution(contribution_id=revised.pk, reason="A case", review_on=review_on, by=adam, at=at)
    assert not held_ids(HeldSubject.CONTRIBUTION, [revised.pk])


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"status": "erased"}, "contribution_erased_on_a_ground"),
        ({"erasure_ground": "order"}, "contribution_erased_on_a_ground"),
        ({"text_erased_at": datetime(2026, 1, 1).astimezone()}, "contribution_erased_has_no_text"),
    ],
)
def test_the_database_knows_no_half_erasure(changes: dict[str, object], constraint: str, revised: Contribution) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contribution.stored.filter(pk=revised.pk).update(**changes)
