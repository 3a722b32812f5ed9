"""Topics that come to an end: merged with every number, or deleted before anybody wrote; and moves beside them."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import DomainError, NotAllowed
from apps.consultations.actions import TopicText, add_topic, publish_minutes, set_facts, translate_consultation
from apps.consultations.models import Consultation, EnglishText, Topic
from apps.consultations.queries import facts_of as facts_of_topic
from apps.consultations.queries import minutes_topics_of, topics_of
from apps.discussions.actions import (
    confirm_letter,
    delete_topic,
    hide_contribution,
    merge_topics,
    move_contribution,
    publish_contribution,
    submit_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.errors import CannotMerge, TopicGone, TopicInUse
from apps.discussions.models import Contribution, LetterCluster, Signpost
from apps.discussions.queries import thread_page
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.concurrency import at_once, shared_database
from tests.discussions.recount import assert_counts_are_true
from tests.factories.standing import a_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at)


@pytest.fixture
def noise(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


@pytest.fixture
def roads(hearing: Consultation, at: datetime) -> Topic:
    return _another(hearing, "Roads", at)


@pytest.fixture
def olaf(at: datetime) -> User:
    return factories.an_official(at)


def _another(hearing: Consultation, title: str, at: datetime) -> Topic:
    return add_topic(consultation=hearing, text=TopicText(title=title), by=factories.an_official(at), at=at)


def _is_sound(hearing: Consultation) -> None:
    assert check_ledger().problem == ""
    assert_counts_are_true(hearing)


def _moved(row: Contribution, to: Topic, at: datetime) -> None:
    by = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=row, to=to, with_replies=True, by=by, at=at)


def test_every_number_goes_along_as_it_stood(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    there = factories.a_published(roads, at=at)
    root = factories.a_published(noise, at=at)
    reply = factories.a_published(noise, at=at, in_reply_to=root)
    factories.an_answer(root, at=at)
    waiting = factories.a_contribution(noise, at=at)
    factories.a_refused(noise, at=at)
    hidden = factories.a_published(noise, at=at)
    reason, by = RefusalReason.objects.get(code="spam"), as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=hidden, reason=reason, sentence="It advertises.", by=by, at=at)

    assert merge_topics(topic=noise, into=roads, by=olaf, at=at) == 6

    assert [row.number for row in thread_page(roads).rows] == [there.number, 2, 3, 4, 6, 7]
    reply.refresh_from_db()
    assert (reply.root_id, reply.topic_id, reply.number) == (root.pk, roads.pk, 3)
    entry = Entry.objects.get(kind="topic.merged")
    assert facts_of(entry) == {"from": noise.slug, "to": roads.slug}
    assert not Entry.objects.filter(kind="contribution.moved").exists()
    publish_contribution(contribution=Contribution.stored.get(pk=waiting.pk), version=1, by=by, at=at)
    _is_sound(hearing)


def test_letters_and_signposts_of_before_go_along(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    alike = [factories.a_published(noise, at=at, body="The same long letter about the noise.") for _each in range(2)]
    by = as_moderator(factories.a_moderator(at))
    cluster = confirm_letter(shown=(alike[0], 1), others=[(alike[1], 1)], by=by, at=at)
    trees = _another(hearing, "Trees", at)
    out, back, came = (factories.a_published(topic, at=at) for topic in (noise, roads, trees))
    _moved(out, trees, at)
    _moved(back, noise, at)
    _moved(came, noise, at)

    merge_topics(topic=noise, into=roads, by=olaf, at=at)

    assert cluster is not None
    assert LetterCluster.objects.get(pk=cluster.pk).topic_id == roads.pk
    posts = Signpost.objects.order_by("number", "topic").values_list("number", "topic__slug", "to_topic__slug")
    assert set(posts) == {
        (1, noise.slug, "roads"),
        (2, noise.slug, "roads"),
        (3, noise.slug, "trees"),
        (4, noise.slug, "roads"),
        (5, noise.slug, "roads"),
        (5, "trees", "roads"),
    }
    _is_sound(hearing)


def test_merged_once_more_the_first_leads_to_the_last(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    trees = _another(hearing, "Trees", at)
    factories.a_published(noise, at=at)

    merge_topics(topic=noise, into=roads, by=olaf, at=at)
    merge_topics(topic=roads, into=trees, by=olaf, at=at)

    noise.refresh_from_db()
    assert noise.merged_into_id == trees.pk
    assert topics_of(hearing) == [trees]
    _is_sound(hearing)


def test_what_cannot_be_merged(hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime) -> None:
    elsewhere = factories.the_topic(factories.a_hearing(at=at))
    for into in (noise, elsewhere):
        with pytest.raises(CannotMerge, match="same hearing"):
            merge_topics(topic=noise, into=into, by=olaf, at=at)
    merge_topics(topic=noise, into=roads, by=olaf, at=at)
    trees = _another(hearing, "Trees", at)
    with pytest.raises(CannotMerge, match="merged into another one itself"):
        merge_topics(topic=trees, into=noise, by=olaf, at=at)
    with pytest.raises(NotAllowed, match="already"):
        merge_topics(topic=noise, into=trees, by=olaf, at=at)
    with pytest.raises(NotAllowed, match="post"):
        merge_topics(topic=factories.the_topic(a_post(at=at)), into=trees, by=olaf, at=at)


@pytest.mark.parametrize("who", ["resident", "moderator", "administrator", "superuser"])
def test_nobody_else_ends_a_topic(who: str, noise: Topic, roads: Topic, at: datetime) -> None:
    person = factories.a_moderator(at) if who == "moderator" else getattr(personas, who)(at=at)

    with pytest.raises(NotAllowed):
        merge_topics(topic=noise, into=roads, by=person, at=at)
    with pytest.raises(NotAllowed):
        delete_topic(topic=noise, by=person, at=at)
    assert Topic.objects.filter(merged_into=None).count() == 2


def test_nobody_writes_there_any_more_and_nothing_is_moved_there(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    trees = _another(hearing, "Trees", at)
    row, stale = factories.a_published(trees, at=at), Topic.objects.get(pk=noise.pk)
    merge_topics(topic=noise, into=roads, by=olaf, at=at)

    with pytest.raises(NotAllowed, match="was merged"):
        _write(stale, personas.resident(at=at), at)
    _moved(row, stale, at)

    row.refresh_from_db()
    assert row.topic_id == roads.pk
    _is_sound(hearing)


def _write(topic: Topic, by: User, at: datetime) -> Contribution:
    kind = ContributionKind.VIEW
    return submit_contribution(topic=topic, kind=kind, body="More trees.", submission_key=uuid4(), by=by, at=at)


@pytest.mark.parametrize("is_there_too", [False, True])
def test_key_figures_and_minutes_go_along(
    is_there_too: bool,
    hearing: Consultation,
    roads: Topic,
    olaf: User,
    at: datetime,
) -> None:
    noise = factories.the_topic(hearing)
    for topic, label in ((noise, "decibels"), (roads, "lorries")):
        set_facts(consultation=hearing, topic=topic, facts=[("39", label, "", "")], by=olaf, at=at)
    held, later = factories.a_meeting(hearing, at=at), at + timedelta(days=3)
    linked = [noise, roads] if is_there_too else [noise]
    publish_minutes(meeting=held, text="We talked.", topics=linked, attended=None, by=olaf, at=later)

    merge_topics(topic=noise, into=roads, by=olaf, at=later)

    assert [fact.label for fact in facts_of_topic(hearing, roads)] == ["lorries", "decibels"]
    assert minutes_topics_of(held) == [roads]
    _is_sound(hearing)


def test_what_is_deleted_leaves_no_english_and_no_link_from_minutes(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    set_facts(consultation=hearing, topic=noise, facts=[("39", "decibels", "", "")], by=olaf, at=at)
    english = {f"topic-{noise.pk}-title": "Noise", f"fact-{noise.pk}-1-label": "dB", f"topic-{roads.pk}-title": "Roads"}
    translate_consultation(consultation=hearing, texts=english, by=olaf, at=at)
    held, later = factories.a_meeting(hearing, at=at), at + timedelta(days=3)
    publish_minutes(meeting=held, text="We talked.", topics=[noise, roads], attended=None, by=olaf, at=later)

    delete_topic(topic=noise, by=olaf, at=later)

    assert list(EnglishText.objects.values_list("text", flat=True)) == ["Roads"]
    assert minutes_topics_of(held) == [roads]
    _is_sound(hearing)


def test_what_is_merged_keeps_its_english_when_the_english_version_is_saved(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    english = {f"topic-{noise.pk}-title": "Noise", f"topic-{roads.pk}-title": "Roads"}
    translate_consultation(consultation=hearing, texts=english, by=olaf, at=at)
    merge_topics(topic=noise, into=roads, by=olaf, at=at)
    same, other = {f"topic-{roads.pk}-title": "Roads"}, {f"topic-{roads.pk}-title": "All roads"}

    assert not translate_consultation(consultation=hearing, texts=same, by=olaf, at=at)
    assert translate_consultation(consultation=hearing, texts=other, by=olaf, at=at)

    texts = dict(EnglishText.objects.values_list("place", "text"))
    assert texts == {f"topic-{noise.pk}-title": "Noise", f"topic-{roads.pk}-title": "All roads"}
    _is_sound(hearing)


def test_an_empty_topic_is_deleted_and_the_next_one_has_a_place(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    delete_topic(topic=noise, by=olaf, at=at)

    assert topics_of(hearing) == [roads]
    assert facts_of(Entry.objects.get(kind="topic.removed")) == {"slug": noise.slug}
    _another(hearing, "Trees", at)
    with pytest.raises(TopicGone):
        _received_late(roads, noise, at)
    _is_sound(hearing)


def _received_late(topic: Topic, gone: Topic, at: datetime) -> None:
    """Send a text whose topic went between the look at it and the number."""
    from apps.discussions.actions import receiving  # noqa: PLC0415 - the step between

    writing = receiving.Writing(
        topic=gone,
        author=receiving.author_of(personas.resident(at=at), topic.consultation, at=at),
        kind=ContributionKind.VIEW,
        body="More trees.",
    )
    with transaction.atomic():
        receiving.receive(writing, at)


def test_one_with_anything_in_it_is_not(
    hearing: Consultation, noise: Topic, roads: Topic, olaf: User, at: datetime
) -> None:
    row = factories.a_contribution(noise, at=at)
    with pytest.raises(TopicInUse, match=r"stop writing in it, or merge it"):
        delete_topic(topic=noise, by=olaf, at=at)

    _moved(row, roads, at)
    for topic in (noise, roads):
        with pytest.raises(TopicInUse):
            delete_topic(topic=topic, by=olaf, at=at)
    _is_sound(hearing)


def test_the_only_topic_that_people_can_write_in_stays(noise: Topic, olaf: User, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="only topic"):
        delete_topic(topic=noise, by=olaf, at=at)


def test_the_pages_ask_merge_and_lead_on(noise: Topic, roads: Topic, olaf: User, at: datetime) -> None:
    factories.a_published(noise, at=at)
    official, reader = Client(), Client()
    official.force_login(olaf)
    slug = noise.consultation.slug
    desk, thread = f"/en/desk/consultations/{slug}/topics", f"/en/consultations/{slug}/topics"

    assert f"{desk}/{noise.slug}/merge/" in official.get(f"{thread}/{noise.slug}/").content.decode()
    assert f"{desk}/{noise.slug}/merge/" not in reader.get(f"{thread}/{noise.slug}/").content.decode()
    asked = official.get(f"{desk}/{noise.slug}/delete/")
    assert asked.status_code == 200
    assert "merge it into another topic" in asked.content.decode()
    assert "btn--danger" not in asked.content.decode()
    assert "btn--danger" in official.get(f"{desk}/{roads.slug}/delete/").content.decode()
    refused = official.post(f"{desk}/{noise.slug}/delete/")
    assert refused.status_code == 422
    assert "merge it into another topic" in refused.content.decode()
    assert official.post(f"{desk}/{noise.slug}/merge/", {"into": "nowhere"}).status_code == 422
    merged = official.post(f"{desk}/{noise.slug}/merge/", {"into": roads.slug}, follow=True)

    assert "The topic is merged: 1 number stands here now." in merged.content.decode()
    old = reader.get(f"{thread}/{noise.slug}/").content.decode()
    assert 'This topic was merged into “<span lang="da">Roads</span>” on' in old
    assert f'href="{thread}/roads/"' in old
    assert (
        reader.get(f"/en/consultations/{slug}/c/1/", follow=True).redirect_chain[-1][0].startswith(f"{thread}/roads/")
    )
    assert noise.title not in reader.get(f"/en/consultations/{slug}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_who_writes_while_it_is_merged_is_there_or_is_told(at: datetime, tmp_path: Path) -> None:
    hearing = factories.a_hearing(at=at)
    noise, roads, olaf = factories.the_topic(hearing), _another(hearing, "Roads", at), factories.an_official(at)
    waiting, people = factories.a_contribution(noise, at=at), [personas.resident(at=at), factories.a_writer(at)]
    by = as_moderator(factories.a_moderator(at))

    def writing(person: User) -> object:
        return lambda: _write(Topic.objects.get(pk=noise.pk), person, at)

    def publishing() -> None:
        publish_contribution(contribution=Contribution.stored.get(pk=waiting.pk), version=1, by=by, at=at)

    def merging() -> None:
        merge_topics(topic=Topic.objects.get(pk=noise.pk), into=roads, by=olaf, at=at)

    with shared_database(tmp_path):
        raised = at_once(*(writing(person) for person in people), publishing, merging)  # type: ignore[arg-type]

        assert all(isinstance(problem, DomainError) for problem in raised), raised
        assert not Contribution.stored.filter(topic=noise).exists()
        assert Contribution.stored.filter(topic=roads).count() == 3 - len(raised)
        _is_sound(hearing)


@pytest.mark.django_db(transaction=True)
def test_replies_that_are_published_while_their_root_is_moved_are_counted_where_they_are(
    at: datetime, tmp_path: Path
) -> None:
    hearing = factories.a_hearing(at=at)
    noise, roads = factories.the_topic(hearing), _another(hearing, "Roads", at)
    root, by = factories.a_published(noise, at=at), as_moderator(factories.a_moderator(at))
    replies = [factories.a_contribution(noise, at=at, in_reply_to=root) for _each in range(3)]

    def publishing(row: Contribution) -> object:
        return lambda: publish_contribution(contribution=Contribution.stored.get(pk=row.pk), version=1, by=by, at=at)

    def moving() -> None:
        move_contribution(contribution=Contribution.stored.get(pk=root.pk), to=roads, with_replies=True, by=by, at=at)

    with shared_database(tmp_path):
        assert not at_once(*(publishing(row) for row in replies), moving)  # type: ignore[arg-type]
        _is_sound(hearing)
