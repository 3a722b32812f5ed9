"""Moving a text to another hearing: a number there, a signpost here, and nothing lost or told that was not before."""

from datetime import datetime, timedelta

import pytest

from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError
from apps.consultations.enums import NamePolicy
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import (
    hold_contribution,
    move_contribution,
    redact_contribution,
    revise_contribution,
    submit_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import (
    CannotReply,
    HeldText,
)
from apps.discussions.models import Contribution, Signpost
from apps.discussions.queries import contributions_by, personal_data_of
from apps.discussions.queries.places import contribution_id
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of, sentence_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.moving import Move, agrees, stands

pytestmark = pytest.mark.django_db
MOVED = ContributionStatus.MOVED


def test_a_published_text_is_published_there_and_its_number_stays_here(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at, body="Plant oaks.")

    left = move(row, there)

    assert (row.consultation_id, row.topic, row.number, row.is_published) == (there.consultation_id, there, 2, True)
    assert (row.body, row.received_at, row.moved_from) == ("Plant oaks.", at, left)
    assert (left.consultation_id, left.topic_id, left.number, left.status) == (here.consultation_id, here.pk, 1, MOVED)
    assert (left.body, left.body_html, left.author_name, left.moved_to) == ("", "", "", row)
    assert left.author == row.author
    assert (stands(here), stands(there)) == (["1>2"], ["1", "2"])
    agrees(here, there)


def test_both_places_tell_it_in_the_ledger(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    row = factories.a_published(here, at=at)

    move(row, there)

    away, arrived = list(Entry.objects.order_by("pk"))[-2:]
    assert (away.kind, away.consultation_id, away.topic_id, away.number) == (
        "contribution.moved_out", here.consultation_id, here.pk, 1,
    )  # fmt: skip
    assert (arrived.kind, arrived.consultation_id, arrived.topic_id, arrived.number) == (
        "contribution.moved_in", there.consultation_id, there.pk, 2,
    )  # fmt: skip
    assert away.subject_id == arrived.subject_id == row.pk
    assert facts_of(away) == {"to": "forest", "to_number": 2, "reason": "off_topic", "stayed": []}
    assert sentence_of(away) == "No. 1 was moved to “forest”, where it is no. 2 (off_topic)."
    assert sentence_of(arrived) == "No. 2 was moved here from “wind”, where it was no. 1."


def test_what_waits_goes_on_waiting_with_its_due_time_and_is_shown_nowhere(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_contribution(here, at=at)
    due_at = row.due_at

    move(row, there)

    row.refresh_from_db()
    assert (row.is_waiting, row.due_at, row.decided_at) == (True, due_at, None)
    assert (stands(here), stands(there)) == (["1>2"], ["1"])
    agrees(here, there)


def test_replies_follow_under_numbers_of_their_own_in_the_order_received(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    root = factories.a_published(here, at=at)
    reply = factories.a_published(here, at=at, in_reply_to=root)
    factories.a_published(here, at=at)
    factories.an_answer(reply, at=at)
    factories.a_contribution(here, at=at, in_reply_to=reply)

    move(root, there, with_replies=True)

    assert stands(here) == ["1>2", "1/2>3", "1/4>4", "1/5>5", "3"]
    assert stands(there) == ["1", "2", "2/3", "2/4"]
    rows = Contribution.stored.filter(consultation=there.consultation_id, number__gt=1).order_by("number")
    assert list(rows.values_list("number", "root_number", "in_reply_to_number")) == [
        (2, 2, None), (3, 2, 2), (4, 2, 3), (5, 2, 3),
    ]  # fmt: skip
    agrees(here, there)


def test_replies_that_stay_become_roots_and_answers_go_with_what_they_answer(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    root = factories.a_published(here, at=at, kind=ContributionKind.QUESTION)
    reply = factories.a_published(here, at=at, in_reply_to=root)
    answer = factories.an_answer(root, at=at)
    factories.an_answer(reply, at=at)
    root.refresh_from_db()

    left = move(root, there)

    assert (stands(here), stands(there)) == (["1>2", "1/3>3", "2", "4"], ["1", "2", "2/3"])
    reply.refresh_from_db()
    assert (reply.root, reply.in_reply_to, reply.in_reply_to_number) == (None, left, 1)
    answer.refresh_from_db()
    assert (answer.in_reply_to, root.answered_at, left.answered_at) == (root, answer.received_at, None)
    agrees(here, there)


def test_a_reply_that_is_moved_becomes_a_root_and_takes_its_answer_along(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    root = factories.a_published(here, at=at)
    reply = factories.a_published(here, at=at, in_reply_to=root)
    factories.an_answer(reply, at=at)
    factories.a_published(here, at=at, in_reply_to=reply)

    move(reply, there, with_replies=True)

    assert stands(here) == ["1", "1/2>2", "1/3>3", "1/4"]
    assert stands(there) == ["1", "2", "2/3"]
    assert reply.in_reply_to is None
    agrees(here, there)


def test_traces_stay_where_they_are(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    root = factories.a_published(here, at=at)
    taken_back = factories.a_published(here, at=at, in_reply_to=root)
    withdraw_contribution(contribution=taken_back, by=factories.a_writer(at), at=at)

    move(root, there, with_replies=True)

    taken_back.refresh_from_db()
    assert (taken_back.consultation_id, taken_back.root_number) == (here.consultation_id, 2)
    agrees(here, there)


def test_a_text_can_be_moved_on_and_back_and_every_number_leads_to_it(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at)

    first = move(row, there)
    second = move(row, here)

    for left in (first, second):
        left.refresh_from_db()
        assert left.moved_to == row
    assert (row.consultation_id, row.number, row.moved_from, second.moved_from) == (
        here.consultation_id, 2, second, first,
    )  # fmt: skip
    assert (stands(here), stands(there)) == (["1>2", "2"], ["1", "2>2"])
    agrees(here, there)


def test_a_signpost_within_the_hearing_leads_to_the_number_that_stayed(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row, beside = factories.a_published(here, at=at), factories.a_topic(here.consultation, at=at)
    by = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=row, to=beside, with_replies=False, by=by, at=at)

    left = move(row, there)

    assert Signpost.objects.get().contribution == left
    assert stands(beside) == ["1>2"]
    agrees(here, there)


def test_former_versions_and_sealed_originals_follow_the_text(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_contribution(here, at=at, body="One and two.")
    revise_contribution(contribution=row, kind=row.kind, body="Two and three.", by=factories.a_writer(at), at=at)
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(factories.a_moderator(at))
    redact_contribution(contribution=row, version=2, passage="three", reason=reason, by=by, at=at)

    left = move(row, there)

    assert list(row.past_texts.order_by("version").values_list("body", flat=True)) == ["One and two.", "Two and three."]
    assert not left.past_texts.exists()
    agrees(here, there)
    row.past_texts.filter(version=1).update(body="Something else.")
    assert check_ledger().problem.endswith("The former texts of no. 2 are not those in the ledger")


# ---------------------------------------------------------------- who wrote it


def test_badge_and_name_stay_those_of_the_receipt(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    resident = personas.resident(at=at, display_name="Rikke Ravn")
    row = factories.a_published(here, at=at, by=resident)
    name, district = row.author_name, row.author_district

    move(row, there)

    row.refresh_from_db()
    assert (row.author_name, row.author_district, row.author_is_resident) == (name, district, True)


def test_where_only_first_names_are_shown_no_more_is(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    Consultation.objects.filter(pk=there.consultation_id).update(name_policy=NamePolicy.FIRST_NAME)
    row = factories.a_published(
        here, at=at, by=personas.unverified(at=at, email="p@e.org", display_name="Per Emil Holm")
    )
    answer = factories.an_answer(row, at=at)

    move(row, there)
    assert row.author_name == "Per"
    move(row, here)

    row.refresh_from_db()
    assert row.author_name == "Per"
    assert Contribution.stored.get(pk=answer.pk).author_name == factories.an_official(at).display_name


def test_a_first_name_with_its_district_stays_as_it_is(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    Consultation.objects.all().update(name_policy=NamePolicy.FIRST_NAME)
    here.refresh_from_db()
    row = factories.a_published(here, at=at, by=personas.resident(at=at, display_name="Rikke Ravn"))
    name = row.author_name
    assert name.startswith("Rikke")

    move(row, there)

    assert row.author_name == name


def test_a_text_is_its_authors_once_with_the_numbers_it_had(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at)
    move(row, there)
    author = factories.a_writer(at)

    mine = [told for told in personal_data_of(author, at=at) if told["text"] == row.body]

    assert row in contributions_by(author)
    assert not contributions_by(author).filter(status=MOVED).exists()
    assert [(told["consultation"], told["number"]) for told in mine] == [("Forest", 2)]
    assert mine[0]["numbers_before"] == [
        {"number": 1, "consultation": "Wind", "moved_at": (at + timedelta(minutes=1)).isoformat()}
    ]


def test_a_form_sent_again_after_the_move_finds_the_text_where_it_is(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at, body="Plant oaks.")
    assert row.submission_key
    move(row, there)

    again = submit_contribution(
        topic=here,
        kind=row.kind,
        body="Plant oaks.",
        submission_key=row.submission_key,
        by=factories.a_writer(at),
        at=at,
    )

    assert again == row


def test_nobody_replies_to_a_signpost(here: Topic, there: Topic, move: Move, at: datetime) -> None:
    row = factories.a_published(here, at=at)
    left = move(row, there)

    for answered in (left, row):
        with pytest.raises(CannotReply):
            factories.a_contribution(here, at=at, in_reply_to=answered)


def test_a_legal_hold_goes_with_the_text_and_its_old_number_leads_to_it(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at)
    hold_contribution(
        contribution_id=row.pk,
        reason="Case",
        review_on=(at + timedelta(days=9)).date(),
        by=personas.administrator(at=at),
        at=at,
    )

    move(row, there)

    assert contribution_id("wind", 1) == contribution_id("forest", 2) == row.pk
    with pytest.raises(HeldText):
        factories.proposal(row, at=at)


def test_there_is_nothing_to_erase_of_a_number_that_was_left(
    here: Topic, there: Topic, move: Move, at: datetime
) -> None:
    row = factories.a_published(here, at=at)
    left = move(row, there)

    with pytest.raises(DomainError, match="moved to another hearing"):
        factories.proposal(left, at=at)
    factories.erase(row, at=at)

    agrees(here, there)
