"""Signatures of texts: made by a sweep for all that is there, gone with the text, and found by an index."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions import actions, handlers
from apps.discussions.actions import (
    clear_refused_texts,
    hide_contribution,
    redact_contribution,
    remember_signatures,
    restore_contribution,
    revise_contribution,
    tell_apart,
    withdraw_contribution,
)
from apps.discussions.models import UNSIGNED, Contribution, LetterApart
from apps.discussions.queries import Offer, offered_letters, others_alike
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.discussions.tasks import remember_signatures as sweep
from apps.municipality.models import RefusalReason
from apps.screening.models import SignatureBand, TextSignature
from tests import factories
from tests.discussions.filling import fill
from tests.discussions.letters import LETTER, OWN_LINE, confirmed, letters, sender, signed
from tests.discussions.test_thread_plans import plan_of, statements

pytestmark = pytest.mark.django_db

OTHER = (
    "Cykelstien langs fjorden er blevet en gave for alle, der bor herude. Tak for den. Kunne den mon forlænges til "
    "havnen, så børnene kan cykle trygt til sejlklubben om sommeren, når der er mange biler på vejen?"
)


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


def remembered() -> list[int]:
    return list(TextSignature.objects.order_by("subject_id").values_list("subject_id", flat=True))


def offers(**where: int) -> list[tuple[int, list[int]]]:
    return [(offer.first.number, [row.number for row in offer.others]) for offer in offered_letters(**where)]


# ------------------------------------------------------------------ the sweep


def test_the_sweep_remembers_each_text_once_oldest_first(
    topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.signing, "BATCH", 2)
    rows = letters(topic, 3, at=at)
    waiting = factories.a_contribution(topic, at=at, body=OTHER)
    refused = factories.a_refused(topic, at=at, body=OTHER)
    short = factories.a_published(topic, at=at, body="I agree.")
    factories.an_answer(short, at=at, body=OTHER)

    assert sweep() == 6
    assert remembered() == [*(row.pk for row in rows), waiting.pk, refused.pk], "short texts have no signature"
    assert remember_signatures() == 0
    leaders = TextSignature.objects.filter(subject_id__in=remembered(), leader=None).order_by("pk")
    assert [leader.subject_id for leader in leaders] == [rows[0].pk, waiting.pk], "the oldest leads"


def test_new_and_changed_texts_nudge_the_sweep(
    topic: Topic,
    at: datetime,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: pytest.FixtureRequest,
) -> None:
    nudged: list[object] = []
    monkeypatch.setattr(handlers, "nudge", nudged.append)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        row = factories.a_contribution(topic, at=at)
    assert nudged == [sweep]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.publish_contribution(contribution=row, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
    assert nudged == [sweep]


@pytest.mark.parametrize("change", ["withdrawn", "erased", "cleared", "revised", "redacted"])
def test_the_signature_goes_with_the_text_at_once(change: str, topic: Topic, at: datetime) -> None:
    person, by = sender("Anna Aa", at), as_moderator(factories.a_moderator(at))
    reason = RefusalReason.objects.get(code="private_information")
    make = factories.a_contribution if change == "revised" else factories.a_published
    row = make(topic, at=at, body=signed("Anna Aa"), by=person)
    remember_signatures()
    assert remembered() == [row.pk]
    tell_apart(texts=[row], apart_from=factories.a_published(topic, at=at), at=at)

    if change == "withdrawn":
        withdraw_contribution(contribution=row, by=person, at=at)
    elif change == "erased":
        factories.erase(row, at=at)
    elif change == "cleared":
        hide_contribution(contribution=row, reason=reason, sentence="It names somebody.", by=by, at=at)
        assert clear_refused_texts(at=at + REFUSED_TEXTS_KEPT) == 1
    elif change == "revised":
        revise_contribution(contribution=row, kind=row.kind, body=OTHER, by=person, at=at)
    else:
        redact_contribution(contribution=row, version=1, passage="skolen", reason=reason, by=by, at=at)

    assert remembered() == []
    assert not SignatureBand.objects.exists()
    assert not LetterApart.objects.exists()
    remember_signatures()
    assert remembered() == ([row.pk] if change in {"revised", "redacted"} else [])


def test_a_text_that_is_hidden_keeps_its_signature(topic: Topic, at: datetime) -> None:
    [row] = letters(topic, 1, at=at)
    remember_signatures()
    by, reason = as_moderator(factories.a_moderator(at)), RefusalReason.objects.get(code="private_information")

    hide_contribution(contribution=row, reason=reason, sentence="It names somebody.", by=by, at=at)
    assert remembered() == [row.pk]
    restore_contribution(contribution=row, by=by, at=at)

    assert remember_signatures() == 0
    assert remembered() == [row.pk]


# ------------------------------------------------------------------ what is offered to moderators


def test_texts_of_one_topic_that_are_much_alike_are_offered(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    factories.a_published(topic, at=at, body=OTHER)
    waiting = factories.a_contribution(topic, at=at, body=signed("Carl Carstensen"), by=sender("Carl Carstensen", at))
    elsewhere = factories.a_topic(topic.consultation, at=at)
    factories.a_published(elsewhere, at=at, body=signed("Dorte Dam"), by=sender("Dorte Dam", at))
    factories.a_refused(topic, at=at, body=signed("Erik Elm"))
    assert offers() == []

    remember_signatures()

    assert offers() == [(rows[0].number, [rows[1].number, waiting.number])]
    assert offers(topic=elsewhere.pk) == []
    assert offers(consultation=topic.consultation_id) == offers(topic=topic.pk) == offers()
    assert others_alike(rows[0]) == [rows[1], waiting]


def test_a_later_letter_is_offered_to_join(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    remember_signatures()
    confirmed(rows, at=at)
    assert offers() == []

    late = factories.a_published(topic, at=at, body=signed("Carl Carstensen"), by=sender("Carl Carstensen", at))
    remember_signatures()

    [offer] = offered_letters()
    assert offer == Offer(rows[0], [late])
    assert offer.is_known


def test_what_was_told_apart_is_offered_among_itself_and_not_once_more(topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    own = [
        factories.a_published(topic, at=at, body=signed(name, f"{LETTER} {OWN_LINE}"), by=sender(name, at))
        for name in ("Dorte Dam", "Erik Elm", "Frida Fynbo")
    ]
    remember_signatures()
    assert offers() == [(1, [2, 3, 4, 5])]

    confirmed(rows, at=at)
    tell_apart(texts=own, apart_from=rows[0], at=at)

    assert offers() == [(3, [4, 5])]
    assert others_alike(own[0]) == own[1:]
    assert others_alike(rows[0]) == []
    tell_apart(texts=own[1:], apart_from=own[0], at=at)
    assert offers() == [(4, [5])]
    tell_apart(texts=own[2:], apart_from=own[1], at=at)
    assert offers() == []


@pytest.mark.parametrize("count", [2, 7])
def test_offering_costs_the_same_for_few_and_for_many(count: int, topic: Topic, at: datetime) -> None:
    letters(topic, count, at=at)
    remember_signatures()

    with CaptureQueriesContext(connection) as queries:
        assert len(offers()) == 1

    assert len(queries) == 3


def test_the_sweep_reads_along_an_index(topic: Topic, at: datetime) -> None:
    fill(topic, 500, at=at, reply_every=0)
    remember_signatures()
    factories.a_contribution(topic, at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")

    with statements() as made:
        list(Contribution.stored.filter(UNSIGNED, pk__gt=0).order_by("pk").values_list("pk", flat=True)[:200])

    assert all("contribution_unsigned" in plan_of(statement) for statement in made), [plan_of(one) for one in made]
