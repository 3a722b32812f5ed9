"""Where a consultation publishes first: at once by the system, unread; held where it may harm; read ends the wait."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.actions import ConsultationText, draft_consultation, revise_consultation, stop_writing
from apps.consultations.enums import ModerationMode
from apps.consultations.models import Topic
from apps.discussions import actions
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import AlreadyReviewed, EditedSinceRead
from apps.discussions.models import Contribution
from apps.discussions.queries import news_since, thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from apps.municipality.queries import due_after
from tests import factories, personas
from tests.discussions.recount import assert_counts_are_true

pytestmark = pytest.mark.django_db

CALM = "The benches by the harbour are a gift."
HELD = {
    "phone": "Ring til mig på 22 33 44 55.",
    "e-mail": "Skriv til una@example.org.",
    "coarse": "Sikke en idiot.",
    "hidden": "The benches\u202e are a gift.",
}


@pytest.fixture
def calm(topic: Topic, at: datetime) -> Topic:
    """The topic of a hearing that publishes first."""
    factories.publishing_first(topic.consultation, at=at)
    return topic


def kinds() -> list[tuple[str, str]]:
    told = Entry.objects.filter(kind__startswith="contribution.").order_by("pk")
    return [(entry.kind.removeprefix("contribution."), entry.actor_role) for entry in told]


def test_a_calm_text_is_published_at_once_by_the_system_and_is_unread(calm: Topic, at: datetime) -> None:
    row = factories.a_contribution(calm, at=at, body=CALM)

    row.refresh_from_db()
    assert (row.status, row.decided_at, row.unread_since) == ("published", at, at)
    assert row.due_at == due_after(at, hours=4)
    assert kinds() == [("received", "citizen"), ("unread_published", "system")]
    assert [shown.contribution for shown in thread_page(calm).rows] == [row]
    sequence_entries()
    assert [told.number for told in news_since(calm, 0, at=at)[0]] == [row.number]
    assert_counts_are_true(calm.consultation)
    assert check_ledger().problem == ""


@pytest.mark.parametrize("what", HELD)
def test_what_may_harm_waits_as_it_does_elsewhere(calm: Topic, at: datetime, what: str) -> None:
    row = factories.a_contribution(calm, at=at, body=HELD[what])

    row.refresh_from_db()
    assert row.is_waiting
    assert not row.is_unread
    assert kinds() == [("received", "citizen")]


def test_a_held_text_that_is_changed_keeps_waiting(calm: Topic, at: datetime) -> None:
    row = factories.a_contribution(calm, at=at, body=HELD["phone"])

    actions.revise_contribution(
        contribution=row, kind=ContributionKind.VIEW, body=CALM, by=factories.a_writer(at), at=at
    )

    row.refresh_from_db()
    assert row.is_waiting


def test_a_double_click_is_one_publication(calm: Topic, at: datetime) -> None:
    first = factories.a_contribution(calm, at=at, body=CALM)

    again = actions.submit_contribution(
        topic=calm,
        kind=ContributionKind.VIEW,
        body=CALM,
        submission_key=first.submission_key,
        by=factories.a_writer(at),
        at=at,
    )

    assert again == first
    assert kinds() == [("received", "citizen"), ("unread_published", "system")]


def test_the_brake_and_who_may_write_hold_as_elsewhere(calm: Topic, at: datetime) -> None:
    stop_writing(consultation=calm.consultation, sentence="We tidy up.", by=factories.a_moderator(at), at=at)

    with pytest.raises(NotAllowed):
        factories.a_contribution(calm, at=at, body=CALM)
    assert not Contribution.stored.exists()


def by(at: datetime) -> dict[str, object]:
    return {"by": as_moderator(factories.a_moderator(at)), "at": at}


def _reason() -> dict[str, object]:
    return {"reason": RefusalReason.objects.get(code="private_information"), "sentence": "Private."}


def _redact(row: Contribution, at: datetime) -> None:
    reason = RefusalReason.objects.get(code="private_information")
    actions.redact_contribution(contribution=row, version=1, passage="benches", reason=reason, **by(at))


def _move(row: Contribution, at: datetime) -> None:
    to = factories.a_topic(row.consultation, at=at)
    actions.move_contribution(contribution=row, to=to, with_replies=True, **by(at))


ENDINGS: dict[str, Callable[[Contribution, datetime], object]] = {
    "reviewed": lambda row, at: actions.review_contribution(contribution=row, version=1, **by(at)),
    "hidden": lambda row, at: actions.hide_contribution(contribution=row, **_reason(), **by(at)),
    "redacted": _redact,
    "moved": _move,
    "reopened": lambda row, at: actions.reopen_contribution(contribution=row, **by(at)),
    "withdrawn": lambda row, at: actions.withdraw_contribution(contribution=row, by=row.author, at=at),
    "erased": lambda row, at: factories.erase(row, at=at),
}


@pytest.mark.parametrize("kind", ENDINGS)
def test_every_decision_a_withdrawal_and_an_erasure_end_the_wait_to_be_read(
    calm: Topic, at: datetime, kind: str
) -> None:
    row = factories.a_contribution(calm, at=at, body=CALM)

    ENDINGS[kind](row, at + timedelta(minutes=5))

    row.refresh_from_db()
    assert not row.is_unread
    assert kinds()[-1][0] == kind
    assert_counts_are_true(calm.consultation)
    sequence_entries()
    assert check_ledger().problem == ""


def test_replies_that_follow_a_move_still_wait_to_be_read(calm: Topic, at: datetime) -> None:
    root = factories.a_contribution(calm, at=at, body=CALM)
    reply = factories.a_contribution(calm, at=at, body="I agree.", in_reply_to=root)

    _move(root, at)

    reply.refresh_from_db()
    assert reply.is_unread


def test_what_is_read_is_not_read_again_and_only_as_it_stands(calm: Topic, at: datetime) -> None:
    row = factories.a_contribution(calm, at=at, body=CALM)

    with pytest.raises(EditedSinceRead):
        actions.review_contribution(contribution=row, version=2, **by(at))
    actions.review_contribution(contribution=row, version=1, **by(at))
    with pytest.raises(AlreadyReviewed):
        actions.review_contribution(contribution=row, version=1, **by(at))
    assert [kind for kind, _role in kinds()].count("reviewed") == 1


def test_what_a_moderator_published_does_not_wait_to_be_read(topic: Topic, at: datetime) -> None:
    row = factories.a_published(topic, at=at)

    with pytest.raises(AlreadyReviewed):
        actions.review_contribution(contribution=row, version=1, **by(at))


def test_what_waited_before_the_mode_was_set_keeps_waiting_and_what_is_unread_stays_so_after_it(
    topic: Topic, at: datetime
) -> None:
    waiting = factories.a_contribution(topic, at=at, body=CALM)
    factories.publishing_first(topic.consultation, at=at)
    unread = factories.a_contribution(topic, at=at, body=CALM)
    hearing = topic.consultation
    text = ConsultationText(title=hearing.title, lede=hearing.lede)

    revise_consultation(consultation=hearing, text=text, by=factories.an_official(at), at=at)

    for row in (waiting, unread):
        row.refresh_from_db()
    assert (waiting.status, unread.status, unread.is_unread) == ("waiting", "published", True)
    assert factories.a_contribution(topic, at=at, body=CALM).is_waiting


# ------------------------------------------------------------------ the choice itself


def test_choosing_it_is_told_in_the_ledger_each_time(topic: Topic, at: datetime) -> None:
    hearing = factories.publishing_first(topic.consultation, at=at)
    official = factories.an_official(at)
    text = ConsultationText(title=hearing.title, lede=hearing.lede, moderation_mode=ModerationMode.AFTER)
    assert not revise_consultation(consultation=hearing, text=text, by=official, at=at)
    text = ConsultationText(title=hearing.title, lede=hearing.lede, contact="Mette")
    revise_consultation(consultation=hearing, text=text, by=official, at=at)

    told = Entry.objects.filter(kind="consultation.moderation_set").order_by("pk")
    assert [entry.payload for entry in told] == ['{"mode":"after"}', '{"mode":"before"}']
    assert [entry.actor_role for entry in told] == ["official", "official"]
    assert Entry.objects.filter(kind="consultation.revised").count() == 1
    assert check_ledger().problem == ""


def test_a_draft_that_publishes_first_is_told_too(at: datetime) -> None:
    text = ConsultationText(title="Benches", moderation_mode=ModerationMode.AFTER)

    draft_consultation(text=text, by=factories.an_official(at), at=at)

    assert Entry.objects.filter(kind="consultation.moderation_set").count() == 1


@pytest.mark.parametrize("make", [personas.resident, personas.moderator, personas.administrator])
def test_only_officials_choose_it(topic: Topic, at: datetime, make: Callable[..., User]) -> None:
    person = make(at=at)
    text = ConsultationText(title=topic.consultation.title, moderation_mode=ModerationMode.AFTER)

    with pytest.raises(NotAllowed):
        revise_consultation(consultation=topic.consultation, text=text, by=person, at=at)


def test_a_row_that_says_otherwise_than_the_ledger_is_found(calm: Topic, at: datetime) -> None:
    row = factories.a_contribution(calm, at=at, body=CALM)
    sequence_entries()
    Contribution.stored.filter(pk=row.pk).update(unread_since=None)

    assert "to be read" in check_ledger().problem
