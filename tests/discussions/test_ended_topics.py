"""A topic that is merged or deleted while somebody writes, answers or moves: nothing is lost, and each is told."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.actions import TopicText, add_topic, reach_stage, remove_topic
from apps.consultations.enums import ConsultationStatus
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import delete_topic, merge_topics, move_contribution, publish_answer
from apps.discussions.actions.moving import move_to_consultation
from apps.discussions.errors import DestinationGone
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from tests import factories, personas
from tests.discussions.conftest import Browser
from tests.discussions.sending import STORED, TEXT, log_in, send, shown, typed_in, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at)


@pytest.fixture
def noise(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


@pytest.fixture
def roads(hearing: Consultation, olaf: User, at: datetime) -> Topic:
    text = TopicText(title="Roads", question="Which roads?")
    return add_topic(consultation=hearing, text=text, by=olaf, at=at)


@pytest.fixture
def olaf(at: datetime) -> User:
    return factories.an_official(at)


def test_a_text_for_a_deleted_topic_is_shown_with_the_topics_that_are_left(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    delete_topic(topic=Topic.objects.get(pk=noise.pk), by=olaf, at=at)
    browser = as_seen_by(personas.resident(at=at))

    answer = send(browser, noise, kind="question")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "was deleted meanwhile" in shown(answer)
    assert "With æ, ø & å." in shown(answer)
    assert f'formaction="{url_of(roads)}"' in page
    there = send(browser, roads, action="edit", left=str(noise.pk), kind="question")
    assert typed_in(there) == STORED
    assert send(browser, roads, kind="question").status_code == 302
    assert Contribution.stored.get().kind == "question"


def test_an_address_where_no_topic_ever_was_is_no_page(noise: Topic, as_seen_by: Browser, at: datetime) -> None:
    noise.slug = "never"

    assert send(as_seen_by(personas.resident(at=at)), noise).status_code == 404


def test_a_deleted_topic_of_which_nothing_is_kept_is_no_page(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    delete_topic(topic=Topic.objects.get(pk=noise.pk), by=olaf, at=at)

    answer = as_seen_by(personas.resident(at=at)).get(url_of(noise))

    assert answer.status_code == 404
    assert "was deleted meanwhile" not in shown(answer)


def test_of_a_draft_nobody_else_learns_that_a_topic_was_deleted(olaf: User, as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    topics = [add_topic(consultation=draft, text=TopicText(title=name), by=olaf, at=at) for name in ("One", "Two")]
    delete_topic(topic=Topic.objects.get(pk=topics[0].pk), by=olaf, at=at)

    assert send(as_seen_by(personas.resident(at=at)), topics[0]).status_code == 404


@pytest.mark.parametrize("end", ["delete", "merge"])
def test_a_kept_text_comes_back_after_the_log_in_though_its_topic_ended(  # noqa: PLR0917 - the pieces
    end: str, noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    factories.a_writer(at)
    trees = add_topic(consultation=noise.consultation, text=TopicText(title="Trees"), by=olaf, at=at)
    browser = as_seen_by(personas.AnonymousUser())
    send(browser, noise)
    here = Topic.objects.get(pk=noise.pk)
    if end == "delete":
        delete_topic(topic=here, by=olaf, at=at)
    else:
        merge_topics(topic=here, into=roads, by=olaf, at=at)

    back = log_in(browser)
    page = browser.get(back)

    assert back == url_of(noise)
    assert page.status_code == (404 if end == "delete" else 200)
    assert "I hear the turbines at night." in shown(page)
    assert f'formaction="{url_of(roads)}"' in page.content.decode()
    # What is merged has one place; of what is deleted the writer chooses.
    assert (f'formaction="{url_of(trees)}"' in page.content.decode()) is (end == "delete")
    assert f'href="{url_of(noise)}"' in browser.get("/en/me/").content.decode()
    send(browser, roads, action="edit", left=str(noise.pk))
    assert typed_in(browser.get(url_of(roads))) == STORED
    assert f'href="{url_of(noise)}"' not in browser.get("/en/me/").content.decode()


def test_a_text_for_a_merged_topic_is_led_to_where_that_went(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    root = factories.a_published(noise, at=at)
    merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)
    browser = as_seen_by(personas.resident(at=at))

    answer = send(browser, noise, reply_to=str(root.number))

    assert answer.status_code == 409
    assert "was merged into “ Roads ” meanwhile" in shown(answer)
    assert f'name="reply_to" value="{root.number}"' in answer.content.decode()
    assert send(browser, roads, reply_to=str(root.number)).status_code == 302
    assert Contribution.stored.get(number=2).root_id == root.pk


def test_a_second_click_after_the_merge_leads_to_the_receipt(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(personas.resident(at=at))
    send(browser, noise)
    merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)

    again = send(browser, noise)

    assert again.status_code == 302
    assert Contribution.stored.count() == 1


def test_signed_out_nothing_is_led_through_the_log_in_to_an_ended_topic(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)

    answer = send(as_seen_by(personas.AnonymousUser()), noise)

    assert answer.status_code == 409
    assert f'formaction="{url_of(roads)}"' in answer.content.decode()


def test_where_writing_is_over_the_text_is_kept_and_no_topic_is_offered(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    delete_topic(topic=Topic.objects.get(pk=noise.pk), by=olaf, at=at)
    type(noise.consultation.phases.get()).objects.update(closes_at=at - timedelta(minutes=1))

    answer = send(as_seen_by(personas.resident(at=at)), noise)

    assert answer.status_code == 409
    assert "The deadline has passed" in shown(answer)
    assert "I hear the turbines at night." in shown(answer)
    assert "formaction" not in answer.content.decode()


def test_what_stood_in_a_text_is_shown_as_text(
    noise: Topic, roads: Topic, olaf: User, as_seen_by: Browser, at: datetime
) -> None:
    delete_topic(topic=Topic.objects.get(pk=noise.pk), by=olaf, at=at)

    answer = send(as_seen_by(personas.resident(at=at)), noise, body='"><script>alert(1)</script>')

    assert "<script>alert(1)" not in answer.content.decode()


STAGES = [ConsultationStatus.CONSIDERED, ConsultationStatus.DECIDED, ConsultationStatus.ARCHIVED]


@pytest.mark.parametrize("stage", [*STAGES, ConsultationStatus.CANCELLED])
def test_when_people_were_heard_topics_are_part_of_the_record(
    stage: ConsultationStatus, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    Consultation.objects.update(status=stage, cancelled_at=at if stage == ConsultationStatus.CANCELLED else None)

    with pytest.raises(NotAllowed, match="part of the record"):
        merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)
    with pytest.raises(NotAllowed, match="part of the record"):
        delete_topic(topic=Topic.objects.get(pk=noise.pk), by=olaf, at=at)
    assert Topic.objects.filter(merged_into=None).count() == 2


def test_after_the_deadline_topics_can_be_merged_until_they_are_considered(
    noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    later = at + timedelta(days=90)
    merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=later)
    trees = add_topic(consultation=noise.consultation, text=TopicText(title="Trees"), by=olaf, at=later)
    reach_stage(consultation=noise.consultation, to=ConsultationStatus.CONSIDERED, by=olaf, at=later)

    with pytest.raises(NotAllowed, match="part of the record"):
        merge_topics(topic=Topic.objects.get(pk=trees.pk), into=roads, by=olaf, at=later)


def test_nothing_is_moved_to_a_topic_that_was_deleted_just_now(
    noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    row, by = factories.a_published(noise, at=at), as_moderator(factories.a_moderator(at))
    elsewhere = factories.a_published(factories.the_topic(factories.a_hearing(at=at)), at=at)
    remove_topic(topic=Topic.objects.get(pk=roads.pk), by=olaf, at=at)

    with pytest.raises(DestinationGone):
        move_contribution(contribution=row, to=roads, with_replies=True, by=by, at=at)
    with pytest.raises(DestinationGone):
        move_to_consultation(contribution=elsewhere, to=roads, with_replies=True, by=by, at=at)

    row.refresh_from_db()
    assert row.topic_id == noise.pk
    assert check_ledger().problem == ""


def test_an_answer_to_a_text_whose_topic_was_merged_stands_where_the_text_stands(
    noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    asked = factories.a_published(noise, at=at)
    stale = Contribution.stored.select_related("topic", "consultation").get(pk=asked.pk)
    merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)

    answer = publish_answer(to=stale, body=TEXT, submission_key=UUID(int=3), by=olaf, at=at)

    assert (answer.topic_id, answer.root_id, answer.number) == (roads.pk, asked.pk, 2)
    roads.refresh_from_db()
    assert roads.answered_count == 1
    assert check_ledger().problem == ""


def _desk(topic: Topic, what: str) -> str:
    return f"/en/desk/consultations/{topic.consultation.slug}/topics/{topic.slug}/{what}/"


def test_a_second_click_on_merge_answers_as_the_first(noise: Topic, roads: Topic, olaf: User, at: datetime) -> None:
    for _each in range(2):
        factories.a_published(noise, at=at)
    factories.a_published(roads, at=at)
    official = Client()
    official.force_login(olaf)

    answers = [official.post(_desk(noise, "merge"), {"into": roads.slug}, follow=True) for _click in range(2)]

    for answer in answers:
        assert answer.redirect_chain[-1][0].endswith("/topics/roads/")
        assert "The topic is merged: 2 numbers stand here now." in answer.content.decode()
    assert check_ledger().problem == ""


def test_merged_into_one_it_is_not_merged_into_another_by_a_second_click(
    noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    trees = add_topic(consultation=noise.consultation, text=TopicText(title="Trees"), by=olaf, at=at)
    official = Client()
    official.force_login(olaf)
    official.post(_desk(noise, "merge"), {"into": roads.slug})

    answer = official.post(_desk(noise, "merge"), {"into": trees.slug})

    assert answer.status_code == 422
    assert "was merged into another one already" in answer.content.decode()


def test_a_second_click_on_delete_answers_as_the_first(noise: Topic, roads: Topic, olaf: User, at: datetime) -> None:
    official, stranger = Client(), Client()
    official.force_login(olaf)
    stranger.force_login(personas.colleague(at=at))

    answers = [official.post(_desk(noise, "delete"), follow=True) for _click in range(2)]

    for answer in answers:
        assert "The topic is deleted." in answer.content.decode()
    assert official.get(_desk(noise, "delete")).status_code == 404
    assert stranger.post(_desk(noise, "delete")).status_code == 404
