"""What becomes of suggestions: said by officials, kept step by step, told in the ledger and to the author."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import hide_contribution, set_suggestion_status
from apps.discussions.engine.similar import are_similar, stems_of
from apps.discussions.enums import SuggestionStatus
from apps.discussions.errors import CannotLeave, ReasonNeeded, SameStatus
from apps.discussions.models import Contribution, SuggestionStep
from apps.discussions.queries import Asked, listed_suggestions, similar_suggestions
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.moving import Move
from tests.factories.standing import a_box, a_suggestion

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
PLANNED, DONE, NOT_DONE = SuggestionStatus.PLANNED, SuggestionStatus.DONE, SuggestionStatus.NOT_DONE


@pytest.fixture
def box(at: datetime) -> Consultation:
    return a_box(at=at)


def says(row: Contribution, status: SuggestionStatus, sentence: str = "", *, at: datetime) -> SuggestionStep:
    by = factories.an_official(at)
    return set_suggestion_status(contribution=row, status=status, sentence=sentence, by=by, at=at)


def listed(box: Consultation, **asked: str) -> list[int]:
    return [row.number for row in listed_suggestions(box, Asked(**asked), before=None, limit=20, at=box.created_at)]


def test_each_step_stands_and_is_told_with_the_sum(box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    before = Entry.objects.count()

    says(row, PLANNED, "In the spring.", at=at)
    says(row, DONE, at=at + MINUTE)

    told = [(step.status, step.sentence, step.is_current) for step in SuggestionStep.objects.order_by("pk")]
    assert told == [(PLANNED, "In the spring.", False), (DONE, "", True)]
    assert [entry.kind for entry in Entry.objects.order_by("pk")[before:]] == [
        "suggestion.status_set",
        "agreement.counted",
    ] * 2
    assert check_ledger().problem == ""


def test_the_ledger_holds_no_word_of_the_sentence(box: Consultation, at: datetime) -> None:
    says(a_suggestion(box, at=at), NOT_DONE, "Hans asked us not to.", at=at)

    facts = facts_of(Entry.objects.get(kind="suggestion.status_set"))
    assert (facts["status"], set(facts)) == ("not_done", {"status", "fingerprint"})
    assert "Hans" not in str(facts)


def test_a_sentence_that_was_changed_behind_the_ledger_is_found(box: Consultation, at: datetime) -> None:
    says(a_suggestion(box, at=at), PLANNED, "In the spring.", at=at)
    SuggestionStep.objects.update(sentence="Never.")

    assert "What becomes of its suggestions" in check_ledger().problem


def test_what_is_not_done_needs_a_reason(box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at)

    with pytest.raises(ReasonNeeded):
        says(row, NOT_DONE, "  ", at=at)
    assert not row.steps.exists()


def test_the_same_again_is_refused(box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    says(row, PLANNED, at=at)

    with pytest.raises(SameStatus):
        says(row, PLANNED, at=at)
    with pytest.raises(SameStatus):
        says(row, SuggestionStatus.RECEIVED, at=at)
    assert row.steps.count() == 1


@pytest.mark.parametrize("who", ["resident", "administrator", "superuser", "speaker"])
def test_only_officials_say_it(who: str, box: Consultation, at: datetime) -> None:
    row, person = a_suggestion(box, at=at), getattr(personas, who)(at=at)

    with pytest.raises(NotAllowed):
        set_suggestion_status(contribution=row, status=PLANNED, by=person, at=at)
    with pytest.raises(NotAllowed):
        set_suggestion_status(contribution=row, status=PLANNED, by=factories.a_moderator(at), at=at)


def test_only_public_suggestions_have_a_status(box: Consultation, topic: Topic, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    reply = factories.a_published(row.topic, at=at, in_reply_to=row)
    answer = factories.an_answer(row, at=at)
    waiting = factories.a_contribution(row.topic, at=at)
    of_hearing = factories.a_published(topic, at=at)

    for other in (reply, answer, waiting, of_hearing):
        with pytest.raises(NotAllowed):
            says(other, PLANNED, at=at)


def test_the_list_is_in_the_order_received_newest_first(box: Consultation, at: datetime) -> None:
    for _each in range(3):
        a_suggestion(box, at=at)
    first = Contribution.stored.get(consultation=box, number=1)
    factories.a_published(first.topic, at=at, in_reply_to=first)
    factories.an_answer(first, at=at)
    says(first, DONE, at=at)

    assert listed(box) == [3, 2, 1]
    assert [row.number for row in listed_suggestions(box, Asked(), before=3, limit=1, at=at)] == [2]


def test_it_is_narrowed_by_topic_status_and_words(box: Consultation, at: datetime) -> None:
    a_suggestion(box, at=at, body="Ålegræs i fjorden")
    says(a_suggestion(box, at=at, body="A bench by the lake"), PLANNED, at=at)
    nature = box.topics.get(title="Nature")
    factories.a_published(nature, at=at, body="More trees")

    assert listed(box, topic="nature") == [3]
    assert listed(box, status="planned") == [2]
    assert listed(box, status="received") == [3, 1]
    assert listed(box, words="bench lake") == [2]
    assert listed(box, words="ålegræs") == [1]


def test_what_is_not_public_is_not_in_the_list(box: Consultation, at: datetime) -> None:
    row = a_suggestion(box, at=at, body="A bench by the lake")
    factories.a_contribution(row.topic, at=at, body="A bench by the lake too")
    reason = RefusalReason.objects.get(code="spam")
    by = as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=row, reason=reason, sentence="It advertises.", by=by, at=at)

    assert listed(box) == []
    assert similar_suggestions(box, "A bench by the lake", at=at) == []


def test_similar_ones_are_found_newest_first(box: Consultation, at: datetime) -> None:
    a_suggestion(box, at=at, body="Lav en fodgængerovergang ved skolen på Strandvejen.")
    a_suggestion(box, at=at, body="Flere bænke langs stranden, tak.")
    a_suggestion(box, at=at, body="Fodgængerfelt ved Strandvejens skole mangler!")

    found = similar_suggestions(box, "Der mangler et fodgængerfelt på Strandvejen ud for skolen", at=at)

    assert [row.number for row in found] == [3, 1]
    assert similar_suggestions(box, "Gratis bus til badet", at=at) == []
    assert similar_suggestions(box, "", at=at) == []


def test_words_that_say_nothing_make_nothing_alike() -> None:
    assert not are_similar(stems_of("Kommunen skal lave noget andet"), stems_of("Kommunen skal lave noget mere"))
    assert are_similar(stems_of("A playground in the park"), stems_of("The park needs a new playground"))


def test_a_suggestion_with_a_status_stays_in_the_box(box: Consultation, there: Topic, move: Move, at: datetime) -> None:
    row = a_suggestion(box, at=at)
    says(row, PLANNED, at=at)

    with pytest.raises(CannotLeave, match=r"has said what becomes of no\. 1"):
        move(row, there)


def test_one_without_can_be_moved_to_a_hearing(box: Consultation, there: Topic, move: Move, at: datetime) -> None:
    row = a_suggestion(box, at=at)

    move(row, there)

    assert listed(box) == []
    assert check_ledger().problem == ""
