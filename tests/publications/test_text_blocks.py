"""Texts for questions that return: kept by officials together, and put into answers."""

import json
from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.models import Entry
from apps.publications import actions
from apps.publications.errors import BlockChangedMeanwhile, BlockTaken, UnfitBlock
from apps.publications.models import TextBlock
from tests import factories, personas

pytestmark = pytest.mark.django_db

LIST, ADD = "/en/desk/text-blocks/", "/en/desk/text-blocks/new/"
KEY = str(UUID(int=7))
NUMBER = "0107801234"


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def block(at: datetime, official: User) -> TextBlock:
    return actions.add_text_block(title="Where to see the plans", body="At the **town hall**.", by=official, at=at)


@pytest.fixture
def desk(client: Client, official: User) -> Client:
    client.force_login(official)
    return client


@pytest.fixture
def question(at: datetime) -> Contribution:
    topic: Topic = factories.the_topic(factories.a_hearing(at=at))
    return factories.a_published(topic, at=at, kind=ContributionKind.QUESTION)


def page_of(block: TextBlock) -> str:
    return f"{LIST}{block.pk}/"


def kinds() -> list[str]:
    return list(Entry.objects.filter(kind__startswith="textblock.").order_by("pk").values_list("kind", flat=True))


def answering(question: Contribution) -> str:
    parts = {"slug": question.consultation.slug, "number": question.number}
    return "/en" + reverse("publications:answer-publish", kwargs=parts).removeprefix("/en").removeprefix("/da")


def test_a_block_is_sanitised_when_it_is_written(official: User, at: datetime) -> None:
    made = actions.add_text_block(title=" A\nb ", body="<script>x</script> **b**\r\n", by=official, at=at)

    assert (made.title, made.body) == ("A b", "<script>x</script> **b**")
    assert "<script" not in made.body_html
    assert "<strong>b</strong>" in made.body_html


def test_only_officials_keep_blocks(block: TextBlock, at: datetime) -> None:
    moderator = factories.a_moderator(at)

    with pytest.raises(NotAllowed):
        actions.add_text_block(title="T", body="b", by=moderator, at=at)
    with pytest.raises(NotAllowed):
        actions.change_text_block(block=block, title="T", body="b", seen=1, by=moderator, at=at)
    with pytest.raises(NotAllowed):
        actions.offer_text_block(block=block, is_offered=False, by=moderator, at=at)
    assert kinds() == ["textblock.added"]


def test_entries_name_a_block_by_its_number_alone(block: TextBlock, official: User, at: datetime) -> None:
    assert actions.change_text_block(block=block, title="Plans", body="Online.", seen=1, by=official, at=at)
    assert not actions.change_text_block(block=block, title="Plans", body="Online.", seen=2, by=official, at=at)
    for is_offered in (False, False, True):
        actions.offer_text_block(block=block, is_offered=is_offered, by=official, at=at)

    told = Entry.objects.filter(kind__startswith="textblock.")
    assert kinds() == [f"textblock.{what}" for what in ("added", "changed", "retired", "resumed")]
    assert {entry.payload for entry in told} == {json.dumps({"block": block.pk}, separators=(",", ":"))}


def test_an_identity_number_is_refused_and_stored_nowhere(official: User, desk: Client, at: datetime) -> None:
    with pytest.raises(UnfitBlock):
        actions.add_text_block(title="T", body=f"Write {NUMBER}.", by=official, at=at)
    response = desk.post(ADD, {"title": "T", "body": f"Write {NUMBER}."})

    assert response.status_code == 422
    assert not TextBlock.objects.exists()


def test_a_title_stands_once(block: TextBlock, desk: Client, official: User, at: datetime) -> None:
    other = actions.add_text_block(title="Noise", body="Low.", by=official, at=at)

    with pytest.raises(BlockTaken):
        actions.change_text_block(block=other, title=block.title, body="b", seen=1, by=official, at=at)
    response = desk.post(ADD, {"title": block.title, "body": "My own words."})

    assert response.status_code == 422
    assert "There is a text block of that title already" in response.content.decode()
    assert "My own words." in response.content.decode()


def test_a_second_click_makes_no_second_block(desk: Client) -> None:
    sent = {"title": "Noise", "body": "Low."}

    assert [desk.post(ADD, sent).status_code for _click in range(2)] == [302, 302]
    assert kinds() == ["textblock.added"]


@pytest.mark.parametrize("field", ["title", "body"])
def test_words_that_nobody_can_see_are_none(field: str, desk: Client) -> None:
    answer = desk.post(ADD, {"title": "Noise", "body": "Low."} | {field: "\u200b\u3164"})

    assert answer.status_code == 422
    assert "cannot be seen" in answer.content.decode()
    assert not TextBlock.objects.exists()


def test_of_two_who_save_at_once_the_second_sees_both(block: TextBlock, desk: Client, at: datetime) -> None:
    typed = {"title": block.title, "body": "What I wrote.", "revision": "1"}
    actions.change_text_block(
        block=block, title=block.title, body="What my colleague wrote.", seen=1, by=personas.colleague(at=at), at=at
    )

    second = desk.post(page_of(block), typed)
    again = desk.post(page_of(block), typed | {"revision": str(second.context["form"]["revision"].value())})

    page = second.content.decode()
    assert second.status_code == 409
    assert "What my colleague wrote." in page
    assert "What I wrote." in page
    assert again.status_code == 302
    assert TextBlock.objects.get().body == "What I wrote."


def test_the_page_of_a_block_says_which_it_is_and_whether_it_is_used(block: TextBlock, desk: Client) -> None:
    used = desk.get(page_of(block)).content.decode()
    desk.post(page_of(block), {"action": "retire"})
    unused = desk.get(page_of(block)).content.decode()

    assert "<h1>Where to see the plans</h1>" in used
    assert "No longer use it" in used
    assert "Use it again" in unused


def test_a_page_that_does_not_say_what_it_began_from_overwrites_nothing(
    block: TextBlock, official: User, desk: Client, at: datetime
) -> None:
    with pytest.raises(BlockChangedMeanwhile):
        actions.change_text_block(block=block, title="T", body="b", seen=0, by=official, at=at)

    assert desk.post(page_of(block), {"title": "T", "body": "b"}).status_code == 409
    assert TextBlock.objects.get().title == block.title


def test_the_list_shows_what_is_out_of_use_too(block: TextBlock, desk: Client) -> None:
    shown = desk.get(LIST).content.decode()
    desk.post(page_of(block), {"action": "retire"})
    retired = desk.get(LIST).content.decode()
    desk.post(page_of(block), {"action": "resume"})

    assert "<strong>town hall</strong>" in shown
    assert "No longer used" not in shown
    assert "No longer used" in retired
    assert TextBlock.objects.get().is_offered


def test_a_block_is_put_behind_what_was_typed(block: TextBlock, desk: Client, question: Contribution) -> None:
    typed = {"body": "Thank you.", "source": "Report, 7.4", "submission_key": KEY, "action": "use", "block": block.pk}

    form = desk.post(answering(question), typed).context["form"]

    assert form["body"].value() == "Thank you.\n\nAt the **town hall**."
    assert (form["source"].value(), str(form["submission_key"].value())) == ("Report, 7.4", KEY)
    assert not Contribution.stored.filter(kind=ContributionKind.ANSWER).exists()


def test_an_empty_answer_begins_with_the_block(block: TextBlock, desk: Client, question: Contribution) -> None:
    form = desk.post(answering(question), {"action": "use", "block": block.pk}).context["form"]

    assert form["body"].value() == "At the **town hall**."


@pytest.mark.parametrize("chosen", ["", "x", "999", "retired"])
def test_a_block_that_is_not_offered_leaves_the_text_as_it_was(
    chosen: str, block: TextBlock, desk: Client, question: Contribution, at: datetime
) -> None:
    actions.offer_text_block(block=block, is_offered=False, by=factories.an_official(at), at=at)
    typed = {"body": "Thank you.", "submission_key": KEY, "action": "use"}

    response = desk.post(answering(question), typed | {"block": str(block.pk) if chosen == "retired" else chosen})

    assert response.context["form"]["body"].value() == "Thank you."
    assert "Choose a text block first" in response.content.decode()


def test_answers_are_offered_blocks_in_use_by_title(
    block: TextBlock, desk: Client, official: User, question: Contribution, at: datetime
) -> None:
    actions.add_text_block(title="About noise", body="Low.", by=official, at=at)
    gone = actions.add_text_block(title="Out of use", body="Old.", by=official, at=at)
    actions.offer_text_block(block=gone, is_offered=False, by=official, at=at)

    page = desk.get(answering(question))

    assert [one.title for one in page.context["blocks"]] == ["About noise", "Where to see the plans"]
    assert 'value="use"' in page.content.decode()
