"""Four eyes: nothing is published that a colleague has not approved as it stands."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.common.permissions import may, why_not
from apps.consultations import actions, queries
from apps.consultations.enums import ConsultationStatus, ReviewStatus, TeamRole
from apps.consultations.errors import ChangedSinceSeen, NotApproved, NotReady, ReasonMissing
from apps.consultations.models import Consultation, DraftComment, Review
from apps.ledger.models import Entry
from apps.municipality.actions import set_up_municipality
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def draft(at: datetime, official: User) -> Consultation:
    """A draft that only an approval is missing of."""
    made = factories.a_draft(at=at, title="Eight turbines")
    phase = actions.PhaseDates(title="Hearing", opens_at=at, closes_at=at + 30 * DAY, accepts_contributions=True)
    actions.set_phases(consultation=made, phases=[phase], by=official, at=at)
    factories.a_topic(made, at=at)
    return made


@pytest.fixture
def colleague(at: datetime, official: User, draft: Consultation) -> User:
    person = personas.colleague(at=at)
    actions.add_member(consultation=draft, person=person, role=TeamRole.ANSWERER, by=official, at=at)
    return person


def asked(draft: Consultation, official: User, at: datetime) -> Review:
    assert actions.ask_for_review(consultation=draft, by=official, at=at)
    return Review.objects.select_related("consultation").get(consultation=draft, status=ReviewStatus.ASKED)


def publish(draft: Consultation, official: User, at: datetime) -> bool:
    return actions.publish_consultation(consultation=draft, by=official, at=at)


def test_without_an_approval_nothing_is_published(draft: Consultation, official: User, at: datetime) -> None:
    with pytest.raises(NotApproved, match=r"Ask for a review|Bed om"):
        publish(draft, official, at)
    asked(draft, official, at)
    with pytest.raises(NotApproved):
        publish(draft, official, at)

    draft.refresh_from_db()
    assert (draft.status, draft.is_published) == (ConsultationStatus.REVIEW, False)


def test_what_a_colleague_approved_is_published(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    review = asked(draft, official, at)
    assert actions.approve_draft(review=review, by=colleague, at=at)
    assert not actions.approve_draft(review=review, by=colleague, at=at)

    assert publish(draft, official, at)

    draft.refresh_from_db()
    assert (draft.status, draft.is_published) == (ConsultationStatus.PUBLISHED, True)
    told = Entry.objects.filter(kind__startswith="review.").order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["review.asked", "review.approved"]


def test_every_change_after_the_approval_needs_a_new_one(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    actions.approve_draft(review=asked(draft, official, at), by=colleague, at=at)
    assert not actions.ask_for_review(consultation=draft, by=official, at=at)
    factories.a_topic(draft, at=at)

    with pytest.raises(NotApproved, match=r"changed after|ændret efter"):
        publish(draft, official, at)
    actions.approve_draft(review=asked(draft, official, at), by=colleague, at=at)

    assert publish(draft, official, at)


def test_a_change_of_the_team_and_comments_leave_the_approval(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    actions.approve_draft(review=asked(draft, official, at), by=colleague, at=at)
    actions.comment_on_draft(consultation=draft, comment="Well done.", by=colleague, at=at)
    [*_others, member] = queries.team_of(draft)
    actions.change_member(member=member, role=TeamRole.EDITOR, by=official, at=at)

    assert publish(draft, official, at)


def test_nobody_approves_what_they_asked_for_or_changed_last(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    [*_others, member] = queries.team_of(draft)
    actions.change_member(member=member, role=TeamRole.EDITOR, by=official, at=at)
    review = asked(draft, official, at)
    with pytest.raises(NotAllowed, match=r"asked|bedt"):
        actions.approve_draft(review=review, by=official, at=at)
    actions.add_topic(consultation=draft, text=actions.TopicText(title="Noise"), by=colleague, at=at)

    with pytest.raises(NotAllowed, match=r"changed the draft last|sidst"):
        actions.approve_draft(review=review, by=colleague, at=at)


def test_nobody_outside_the_team_approves_or_comments(draft: Consultation, official: User, at: datetime) -> None:
    review, outsider = asked(draft, official, at), personas.colleague(at=at)

    with pytest.raises(NotAllowed):
        actions.approve_draft(review=review, by=outsider, at=at)
    with pytest.raises(NotAllowed):
        actions.comment_on_draft(consultation=draft, comment="Hm.", by=outsider, at=at)
    assert not may("consultations.discuss_draft", outsider, draft)


def test_what_changed_while_it_was_looked_at_is_not_approved(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    review, seen = asked(draft, official, at), queries.draft_state(draft)
    factories.a_topic(draft, at=at)

    with pytest.raises(ChangedSinceSeen):
        actions.approve_draft(review=review, seen=seen, by=colleague, at=at)


def test_a_draft_is_sent_back_with_what_to_change(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    review = asked(draft, official, at)
    with pytest.raises(ReasonMissing):
        actions.send_draft_back(review=review, comment=" ", by=colleague, at=at)
    assert actions.send_draft_back(review=review, comment="Say how loud.", by=colleague, at=at)

    draft.refresh_from_db()
    assert draft.status == ConsultationStatus.DRAFT
    [comment] = queries.comments_on(draft)
    assert (comment.body, comment.author, comment.settled_at) == ("Say how loud.", colleague, None)
    with pytest.raises(NotApproved, match=r"sent the draft back|tilbage"):
        publish(draft, official, at)
    assert actions.settle_comment(comment=comment, by=official, at=at)
    assert not actions.settle_comment(comment=comment, by=official, at=at)


def test_a_review_is_asked_for_when_nothing_is_missing(official: User, at: datetime) -> None:
    with pytest.raises(NotReady):
        actions.ask_for_review(consultation=factories.a_draft(at=at), by=official, at=at)


def test_where_two_pairs_of_eyes_are_not_asked_for_one_official_publishes(
    draft: Consultation, official: User, at: datetime
) -> None:
    facts = {"name": "Vesterhav", "site_name": "Vesterhav", "code": "0661", "needs_four_eyes": False}
    set_up_municipality(facts=facts, district_names=[], by=THE_SYSTEM, at=at)

    assert publish(draft, official, at)


def test_after_the_publication_there_is_no_draft_to_discuss(official: User, at: datetime) -> None:
    assert why_not("consultations.discuss_draft", official, factories.a_hearing(at=at)) is not None


def test_comments_stand_in_no_entry(draft: Consultation, colleague: User, at: datetime) -> None:
    actions.comment_on_draft(consultation=draft, comment="A secret remark.", by=colleague, at=at)

    assert not Entry.objects.filter(payload__contains="secret").exists()


def test_the_team_is_told_of_a_review_and_who_asked_of_what_came_of_it(
    draft: Consultation, official: User, colleague: User, at: datetime
) -> None:
    tasks.write_mail()
    OutgoingMail.objects.all().delete()
    review = asked(draft, official, at)
    tasks.write_mail()
    assert [(one.to, one.key.split(":")[0]) for one in OutgoingMail.objects.all()] == [
        ("karl@example.org", "review.asked")
    ]
    OutgoingMail.objects.all().delete()
    actions.approve_draft(review=review, by=colleague, at=at)
    tasks.write_mail()

    assert [(one.to, one.key.split(":")[0]) for one in OutgoingMail.objects.all()] == [
        ("olaf@example.org", "review.approved")
    ]


def test_on_the_page_one_asks_and_a_colleague_approves(
    draft: Consultation, official: User, colleague: User, as_seen_by: Browser
) -> None:
    page = f"/en/desk/consultations/{draft.slug}/review/"
    mine, theirs = as_seen_by(official), as_seen_by(colleague)
    mine.post(page, {"ask": "1"})
    assert b"Approve the draft" not in mine.get(page).content
    shown = theirs.get(page)
    assert b"Approve the draft" in shown.content

    theirs.post(page, {"say": "1", "comment": "How high are they?"})
    theirs.post(page, {"approve": "1", "seen": shown.context["state"]})

    assert b"How high are they?" in mine.get(page).content
    assert Review.objects.get(consultation=draft).status == ReviewStatus.APPROVED
    mine.post(page, {"settle": DraftComment.objects.get().pk})
    assert DraftComment.objects.get().settled_at is not None
    assert b"Publish now" in mine.get(f"/en/desk/consultations/{draft.slug}/publish/").content


def test_a_comment_that_is_refused_comes_back(
    draft: Consultation, official: User, colleague: User, as_seen_by: Browser
) -> None:
    page = f"/en/desk/consultations/{draft.slug}/review/"
    as_seen_by(official).post(page, {"ask": "1"})

    answer = as_seen_by(colleague).post(page, {"send_back": "1", "comment": ""})

    assert answer.status_code == 422
    assert b"Write what has to change" in answer.content


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three_comments(
    count: int, draft: Consultation, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    official = factories.an_official(at)
    for _turn in range(count):
        actions.comment_on_draft(consultation=draft, comment="Hm.", by=official, at=at)
    client, page = as_seen_by(official), f"/en/desk/consultations/{draft.slug}/review/"
    client.get(page)

    with django_assert_num_queries(16):
        client.get(page)
