"""Claiming and deciding: every way out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from apps.accounts.models import User
from apps.common.errors import DomainError, NotAllowed
from apps.consultations.models import Consultation
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionStatus
from apps.discussions.errors import AlreadyDecided, EditedSinceRead, SameTopic
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.moderation.actions import Ruling, claim_contribution, decide_contribution, release_contribution
from apps.moderation.enums import Outcome
from apps.moderation.errors import ClaimedByAnother, ReasonMissing, TopicMissing, UnfitSentence
from apps.moderation.models import CLAIM_LASTS, Case, Decision
from apps.moderation.queries import holder_of
from apps.moderation.views.choices import POSSIBLE
from tests import personas
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, a_topic, a_writer, the_topic
from tests.moderation.desk import FACTS, SENTENCE, a_colleague, a_reason, publish, refuse, someone

pytestmark = pytest.mark.django_db
A_SECOND = timedelta(seconds=1)


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at)


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


@pytest.fixture
def waiting(hearing: Consultation, at: datetime) -> Contribution:
    return a_contribution(the_topic(hearing), at=at)


def decisive_entries(contribution: Contribution) -> list[str]:
    kinds = ("contribution.published", "contribution.refused", "contribution.moved")
    told = Entry.objects.filter(subject="contribution", subject_id=contribution.pk, kind__in=kinds)
    return list(told.order_by("id").values_list("kind", flat=True))


def fresh(contribution: Contribution) -> Contribution:
    return Contribution.stored.get(pk=contribution.pk)


# ---------------------------------------------------------------- claims


def test_a_claim_holds_until_its_last_second(waiting: Contribution, moderator: User, at: datetime) -> None:
    colleague = a_colleague(at)
    assert claim_contribution(contribution=waiting, by=moderator, at=at)

    assert not claim_contribution(contribution=waiting, by=colleague, at=at + CLAIM_LASTS - A_SECOND)
    assert holder_of(fresh(waiting), at=at + CLAIM_LASTS - A_SECOND) == moderator


def test_a_claim_lapses_at_fifteen_minutes_sharp(waiting: Contribution, moderator: User, at: datetime) -> None:
    colleague = a_colleague(at)
    claim_contribution(contribution=waiting, by=moderator, at=at)
    sharp = at + timedelta(minutes=15)

    assert holder_of(fresh(waiting), at=sharp) is None
    assert claim_contribution(contribution=waiting, by=colleague, at=sharp)
    assert holder_of(fresh(waiting), at=sharp) == colleague


def test_claiming_again_gives_another_fifteen_minutes(waiting: Contribution, moderator: User, at: datetime) -> None:
    later = at + timedelta(minutes=10)
    claim_contribution(contribution=waiting, by=moderator, at=at)

    assert claim_contribution(contribution=waiting, by=moderator, at=later)
    assert holder_of(fresh(waiting), at=later + CLAIM_LASTS - A_SECOND) == moderator


def test_only_the_holder_lets_go(waiting: Contribution, moderator: User, at: datetime) -> None:
    colleague = a_colleague(at)
    claim_contribution(contribution=waiting, by=moderator, at=at)

    assert not release_contribution(contribution=waiting, by=colleague, at=at)
    assert release_contribution(contribution=waiting, by=moderator, at=at)
    assert not release_contribution(contribution=waiting, by=moderator, at=at)
    assert claim_contribution(contribution=waiting, by=colleague, at=at)


def test_what_is_decided_cannot_be_claimed(waiting: Contribution, moderator: User, at: datetime) -> None:
    decide_contribution(contribution=waiting, ruling=refuse(), by=moderator, at=at)

    with pytest.raises(AlreadyDecided):
        claim_contribution(contribution=waiting, by=a_colleague(at), at=at)


@pytest.mark.parametrize("act", [claim_contribution, release_contribution])
def test_citizens_neither_claim_nor_release(act: Callable[..., bool], waiting: Contribution, at: datetime) -> None:
    with pytest.raises(NotAllowed):
        act(contribution=waiting, by=personas.resident(at=at), at=at)

    assert not Case.objects.exists()


# ---------------------------------------------------------------- decisions


def test_publishing_shows_the_text_and_frees_the_claim(waiting: Contribution, moderator: User, at: datetime) -> None:
    claim_contribution(contribution=waiting, by=moderator, at=at)

    decision = decide_contribution(contribution=waiting, ruling=publish(), by=moderator, at=at)

    assert fresh(waiting).is_published
    assert (decision.outcome, decision.decided_by, decision.decided_at) == (Outcome.PUBLISH, moderator, at)
    assert holder_of(fresh(waiting), at=at) is None
    assert decisive_entries(waiting) == ["contribution.published"]


def test_refusing_keeps_reason_sentence_and_facts_apart(waiting: Contribution, moderator: User, at: datetime) -> None:
    ruling = refuse(sentence=f"  {SENTENCE} ", facts=FACTS)

    decision = decide_contribution(contribution=waiting, ruling=ruling, by=moderator, at=at)

    row = fresh(waiting)
    assert row.status == ContributionStatus.REFUSED
    assert (row.refusal_reason, row.refusal_sentence) == (a_reason(), SENTENCE)
    assert (decision.reason, decision.sentence, decision.internal_facts) == (a_reason(), SENTENCE, FACTS)
    assert decisive_entries(waiting) == ["contribution.refused"]


def test_a_decision_keeps_only_what_its_outcome_needs(waiting: Contribution, moderator: User, at: datetime) -> None:
    ruling = replace(refuse(), outcome=Outcome.PUBLISH, to=waiting.topic)

    decision = decide_contribution(contribution=waiting, ruling=ruling, by=moderator, at=at)

    assert (decision.reason, decision.sentence, decision.moved_to) == (None, "", None)


def test_what_was_moved_waits_on_with_its_moderator(
    waiting: Contribution, hearing: Consultation, moderator: User, at: datetime
) -> None:
    to = a_topic(hearing, at=at)
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=to)

    decision = decide_contribution(contribution=waiting, ruling=ruling, by=moderator, at=at)

    row = fresh(waiting)
    assert (row.topic, row.is_waiting, decision.moved_to) == (to, True, to)
    assert holder_of(row, at=at) == moderator
    assert decisive_entries(waiting) == ["contribution.moved"]


def test_what_is_published_can_be_moved(hearing: Consultation, moderator: User, at: datetime) -> None:
    published, to = a_published(the_topic(hearing), at=at), a_topic(hearing, at=at)
    reply = a_published(the_topic(hearing), at=at, in_reply_to=published)
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=to, with_replies=True)

    decide_contribution(contribution=published, ruling=ruling, by=moderator, at=at)

    assert [fresh(row).topic for row in (published, reply)] == [to, to]
    assert holder_of(fresh(published), at=at) is None


# ---------------------------------------------------------------- refusals


def refused_and_nothing_changed(problem: type[DomainError], contribution: Contribution, **asked: object) -> None:
    """Hold a refused decision to leaving rows, claims and the ledger as they were."""
    before = (fresh(contribution).status, fresh(contribution).topic_id, Entry.objects.count(), Decision.objects.count())
    claims = list(Case.objects.values_list("claimed_by", "claimed_at"))

    with pytest.raises(problem):
        decide_contribution(contribution=contribution, **asked)  # type: ignore[arg-type]

    row = fresh(contribution)
    assert (row.status, row.topic_id, Entry.objects.count(), Decision.objects.count()) == before
    assert list(Case.objects.values_list("claimed_by", "claimed_at")) == claims


@pytest.mark.parametrize("persona", ["unverified", "resident", "official", "administrator"])
def test_nobody_else_decides(persona: str, waiting: Contribution, at: datetime) -> None:
    refused_and_nothing_changed(NotAllowed, waiting, ruling=publish(), by=someone(persona, at), at=at)


def test_the_own_text_is_for_a_colleague(hearing: Consultation, moderator: User, at: datetime) -> None:
    own = a_contribution(the_topic(hearing), at=at, by=moderator)

    refused_and_nothing_changed(NotAllowed, own, ruling=publish(), by=moderator, at=at)
    decide_contribution(contribution=own, ruling=publish(), by=a_colleague(at), at=at)


def test_what_a_colleague_holds_is_hers(waiting: Contribution, moderator: User, at: datetime) -> None:
    colleague = a_colleague(at)
    claim_contribution(contribution=waiting, by=colleague, at=at)

    refused_and_nothing_changed(ClaimedByAnother, waiting, ruling=publish(), by=moderator, at=at)
    decide_contribution(contribution=waiting, ruling=publish(), by=moderator, at=at + CLAIM_LASTS)


@pytest.mark.parametrize("first", [Outcome.PUBLISH, Outcome.REFUSE])
@pytest.mark.parametrize("second", [Outcome.PUBLISH, Outcome.REFUSE])
def test_nothing_is_decided_twice(
    first: Outcome, second: Outcome, waiting: Contribution, moderator: User, at: datetime
) -> None:
    decide_contribution(contribution=waiting, ruling=replace(refuse(), outcome=first), by=moderator, at=at)
    ruling = replace(refuse(), outcome=second)

    refused_and_nothing_changed(AlreadyDecided, waiting, ruling=ruling, by=a_colleague(at), at=at)


def test_a_stale_page_decides_nothing(waiting: Contribution, moderator: User, at: datetime) -> None:
    stale = fresh(waiting)
    decide_contribution(contribution=waiting, ruling=publish(), by=moderator, at=at)

    refused_and_nothing_changed(AlreadyDecided, stale, ruling=refuse(), by=a_colleague(at), at=at)


def test_what_its_author_withdrew_is_over(waiting: Contribution, moderator: User, at: datetime) -> None:
    withdraw_contribution(contribution=waiting, by=a_writer(at), at=at)

    refused_and_nothing_changed(AlreadyDecided, waiting, ruling=publish(), by=moderator, at=at)


# Nothing was redacted in this text, so there is nothing to put back.
@pytest.mark.parametrize("outcome", [one for one in POSSIBLE[ContributionStatus.WAITING] if one != Outcome.LIFT])
def test_a_text_changed_meanwhile_is_not_decided(
    outcome: Outcome, waiting: Contribution, hearing: Consultation, moderator: User, at: datetime
) -> None:
    revise_contribution(contribution=waiting, kind=waiting.kind, body="Another text", by=a_writer(at), at=at)
    ruling = replace(refuse(version=1), outcome=outcome, to=a_topic(hearing, at=at), passage="Another")

    refused_and_nothing_changed(EditedSinceRead, waiting, ruling=ruling, by=moderator, at=at)
    decide_contribution(contribution=waiting, ruling=replace(ruling, version=2), by=moderator, at=at)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"reason": None}, ReasonMissing),
        ({"sentence": " "}, ReasonMissing),
        ({"outcome": Outcome.MOVE}, TopicMissing),
        ({"sentence": "Her number is 010190-1234."}, UnfitSentence),
        ({"sentence": "Call 21436587."}, UnfitSentence),
        ({"internal_facts": "Her number is 010190-1234."}, UnfitSentence),
    ],
)
def test_an_incomplete_or_unfit_ruling_is_refused(
    changes: dict[str, object], problem: type[DomainError], waiting: Contribution, moderator: User, at: datetime
) -> None:
    ruling = replace(refuse(), **changes)  # type: ignore[arg-type]

    refused_and_nothing_changed(problem, waiting, ruling=ruling, by=moderator, at=at)


def test_a_move_goes_somewhere_else(waiting: Contribution, moderator: User, at: datetime) -> None:
    ruling = Ruling(outcome=Outcome.MOVE, version=1, to=waiting.topic)
    refused_and_nothing_changed(SameTopic, waiting, ruling=ruling, by=moderator, at=at)
