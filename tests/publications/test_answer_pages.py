"""The pages on which officials write answers together, choose what they answer, read and correct them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.actions import publish_joint_answer, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.publications import actions
from apps.publications.enums import DraftStatus
from apps.publications.models import AnswerDraft
from tests import factories
from tests.publications.drafting import a_colleague, a_draft, needing_a_reader

pytestmark = pytest.mark.django_db


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def asked(topic: Topic, at: datetime) -> list[Contribution]:
    return [
        factories.a_published(topic, at=at, body=f"Is it loud, {turn}?", kind=ContributionKind.QUESTION)
        for turn in range(3)
    ]


@pytest.fixture
def olaf(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def karl(topic: Topic, at: datetime) -> User:
    return a_colleague(topic.consultation, at=at)


@pytest.fixture
def draft(asked: list[Contribution], olaf: User, at: datetime) -> AnswerDraft:
    return a_draft(asked[0], by=olaf, at=at)


@pytest.fixture
def desk() -> Callable[[User], Client]:
    def signed_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return signed_in


Desk = Callable[[User], Client]


def at_text(name: str, row: Contribution) -> str:
    return english(reverse(name, kwargs={"slug": row.consultation.slug, "number": row.number}))


def at_draft(name: str, draft: AnswerDraft) -> str:
    return english(reverse(name, args=[draft.pk]))


def english(address: str) -> str:
    return "/en" + address.removeprefix("/en").removeprefix("/da")


def form(draft: AnswerDraft, action: str, **typed: str) -> dict[str, str]:
    return {"body": "Yes.", "source": "", "revision": str(draft.revision), "action": action} | typed


def answers() -> list[Contribution]:
    return list(Contribution.stored.filter(kind=ContributionKind.ANSWER).order_by("number"))


def test_what_was_typed_is_kept_as_a_draft(desk: Desk, olaf: User, asked: list[Contribution]) -> None:
    typed = {"body": "Half an", "source": "Report", "submission_key": "00000000-0000-0000-0000-000000000007"}

    responses = [
        desk(olaf).post(at_text("publications:answer-publish", asked[0]), typed | {"action": "draft"})
        for _click in range(2)
    ]

    draft = AnswerDraft.objects.get()
    assert [response["Location"] for response in responses] == [at_draft("publications:answer-draft", draft)] * 2
    assert (draft.body, draft.source, answers()) == ("Half an", "Report", [])
    page = desk(olaf).get(at_text("publications:answer-publish", asked[0])).content.decode()
    assert "Olaf Overgaard is writing an answer to it already." in page


def test_several_are_picked_and_answered_with_one(
    desk: Desk, olaf: User, draft: AnswerDraft, asked: list[Contribution]
) -> None:
    pick = at_draft("publications:answer-pick", draft)
    shown = desk(olaf).get(pick).content.decode()
    assert "Is it loud, 1?" in shown
    assert "Is it loud, 0?" not in shown

    desk(olaf).post(pick, {"number": [asked[1].number], "numbers": f"{asked[2].number}", "action": "done"})
    draft.refresh_from_db()
    response = desk(olaf).post(at_draft("publications:answer-draft", draft), form(draft, "publish", body="All: yes."))

    (answer,) = answers()
    assert response["Location"].endswith(f"/c/{answer.number}/")
    thread = desk(olaf).get(english(reverse("portal:topic", args=[answer.consultation.slug, answer.topic.slug])))
    page = " ".join(thread.content.decode().split())
    assert page.count("Answered by no. <a") == 3
    assert "Answers nos. <a" in page


def test_numbers_that_cannot_be_read_or_picked_are_said_and_stay(
    desk: Desk, olaf: User, draft: AnswerDraft, asked: list[Contribution]
) -> None:
    pick = at_draft("publications:answer-pick", draft)

    for typed, sentence in (("two", "Write numbers with commas"), ("1-99999", "Write numbers"), ("77", "77")):
        response = desk(olaf).post(pick, {"numbers": typed, "number": [asked[1].number]})
        page = response.content.decode()
        assert response.status_code == 422
        assert sentence in page
        assert f'value="{typed}"' in page
        assert f'value="{asked[1].number}" checked' in page
    assert draft.contributions.count() == 1


def test_of_two_who_save_at_once_the_second_sees_both(desk: Desk, olaf: User, karl: User, draft: AnswerDraft) -> None:
    page = at_draft("publications:answer-draft", draft)
    assert desk(karl).post(page, form(draft, "save", body="Karl wrote this.")).status_code == 302

    response = desk(olaf).post(page, form(draft, "save", body="Olaf wrote this."))

    shown = response.content.decode()
    assert response.status_code == 409
    assert "Karl wrote this." in shown
    assert "Olaf wrote this." in shown
    assert 'name="revision" value="2"' in shown


def test_two_clicks_on_publish_are_one_answer(desk: Desk, olaf: User, draft: AnswerDraft) -> None:
    page = at_draft("publications:answer-draft", draft)

    places = {desk(olaf).post(page, form(draft, "publish"))["Location"] for _click in range(2)}

    assert len(places) == len(answers()) == 1
    assert desk(olaf).get(page)["Location"] in places


def test_what_was_withdrawn_is_shown_by_its_number_alone_and_nothing_typed_is_lost(
    desk: Desk, olaf: User, draft: AnswerDraft, asked: list[Contribution], at: datetime
) -> None:
    actions.pick_for_answer(draft=draft, numbers=[asked[1].number], by=olaf, at=at)
    withdraw_contribution(contribution=asked[1], by=factories.a_writer(at), at=at)
    draft.refresh_from_db()
    page = at_draft("publications:answer-draft", draft)

    response = desk(olaf).post(page, form(draft, "publish", body="My long answer."))

    shown = response.content.decode()
    assert response.status_code == 422
    assert f"Not shown any more, so it cannot be answered: no. {asked[1].number}." in shown
    assert "My long answer." in shown
    assert "Is it loud, 1?" not in shown
    draft.refresh_from_db()
    left = desk(olaf).post(page, form(draft, f"leave-{asked[1].pk}", body="My long answer."))
    assert left.status_code == 302
    assert AnswerDraft.objects.get().body == "My long answer."


def test_a_colleague_reads_sends_back_and_publishes(
    desk: Desk, olaf: User, karl: User, draft: AnswerDraft, at: datetime
) -> None:
    page = at_draft("publications:answer-draft", draft)
    nobody = desk(olaf).post(page, form(draft, "send"))
    assert nobody.status_code == 422
    assert "Choose who reads the answer." in nobody.content.decode()
    assert desk(olaf).post(page, form(draft, "send", reader=str(karl.pk))).status_code == 302

    assert "Take it back" in desk(olaf).get(page).content.decode()
    empty = desk(karl).post(page, {"action": "send_back", "comment": " "})
    assert empty.status_code == 422
    desk(karl).post(page, {"action": "send_back", "comment": "Name the street."})
    assert "Name the street." in desk(olaf).get(page).content.decode()
    desk(olaf).post(page, form(draft, "send", reader=str(karl.pk)))
    desk(karl).post(page, {"action": "publish_read", "revision": "1"})

    (answer,) = answers()
    assert answer.author == olaf
    assert AnswerDraft.objects.get().status == DraftStatus.PUBLISHED


def test_what_lies_with_a_reader_is_not_changed_and_what_was_typed_is_kept(
    desk: Desk, olaf: User, karl: User, draft: AnswerDraft, at: datetime
) -> None:
    actions.send_to_reader(draft=draft, reader=karl, seen=1, by=olaf, at=at)

    response = desk(olaf).post(at_draft("publications:answer-draft", draft), form(draft, "save", body="Late words."))

    assert response.status_code == 403
    assert "Take it back first" in response.content.decode()
    assert "Late words." in response.content.decode()


def test_what_is_typed_into_a_draft_that_was_thrown_away_is_kept(desk: Desk, olaf: User, draft: AnswerDraft) -> None:
    page = at_draft("publications:answer-draft", draft)
    assert desk(olaf).post(page, {"action": "discard"}).status_code == 302

    response = desk(olaf).post(page, form(draft, "save", body="Late words."))

    assert response.status_code == 409
    assert "Late words." in response.content.decode()
    assert desk(olaf).get(page).status_code == 404


def test_a_preview_and_a_text_block_save_nothing(desk: Desk, olaf: User, draft: AnswerDraft, at: datetime) -> None:
    block = actions.add_text_block(title="Plans", body="At the town hall.", by=olaf, at=at)
    page = at_draft("publications:answer-draft", draft)

    preview = desk(olaf).post(page, form(draft, "preview", body="**Loud**")).content.decode()
    used = desk(olaf).post(page, form(draft, "use", body="Yes.", block=str(block.pk))).content.decode()

    assert "<strong>Loud</strong>" in preview
    assert "Yes.\n\nAt the town hall." in used
    assert AnswerDraft.objects.get().revision == 1


def test_where_a_reader_is_needed_the_page_offers_no_publishing(
    desk: Desk, olaf: User, draft: AnswerDraft, asked: list[Contribution]
) -> None:
    needing_a_reader()

    at_once = desk(olaf).get(at_text("publications:answer-publish", asked[1])).content.decode()
    writing = desk(olaf).get(at_draft("publications:answer-draft", draft)).content.decode()
    refused = desk(olaf).post(at_draft("publications:answer-draft", draft), form(draft, "publish"))

    assert 'value="publish"' not in at_once
    assert 'value="publish"' not in writing
    assert refused.status_code == 403
    assert answers() == []


def test_an_answer_is_corrected_with_a_new_one(desk: Desk, olaf: User, asked: list[Contribution], at: datetime) -> None:
    old = factories.an_answer(asked[0], at=at, body="It is closed on Mondays.")
    correct = at_text("publications:answer-correct", old)
    assert "It is closed on Mondays." in desk(olaf).get(correct).content.decode()

    begun = desk(olaf).post(correct)["Location"]
    draft = AnswerDraft.objects.get()
    desk(olaf).post(begun, form(draft, "publish", body="It is closed on Tuesdays."))

    _old, new = answers()
    assert f"It is corrected by no. {new.number} already." in " ".join(desk(olaf).get(correct).content.decode().split())
    thread = desk(olaf).get(english(reverse("portal:topic", args=[old.consultation.slug, old.topic.slug])))
    page = " ".join(thread.content.decode().split())
    assert "It is closed on Mondays." in page
    assert "Corrected by no. <a" in page
    assert f'Corrects no. <a href="/en/consultations/{old.consultation.slug}/c/{old.number}/"' in page
    assert at_text("publications:answer-correct", old) not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_costs_the_same_for_one_and_three_answered_together(
    count: int, asked: list[Contribution], olaf: User, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    for turn in range(count):
        publish_joint_answer(
            to=asked, body="Yes.", submission_key=f"{turn:032x}", by=olaf, at=at + timedelta(hours=turn)
        )
    address = english(reverse("portal:topic", args=[asked[0].consultation.slug, asked[0].topic.slug]))
    client = Client()
    client.get(address)

    with django_assert_num_queries(9):  # type: ignore[attr-defined]
        client.get(address)


@pytest.mark.parametrize("count", [1, 3])
def test_a_draft_costs_the_same_for_one_and_three(  # noqa: PLR0917 - fixtures
    count: int, desk: Desk, olaf: User, draft: AnswerDraft, asked: list[Contribution], at: datetime,
    django_assert_num_queries: Callable[..., object],
) -> None:  # fmt: skip
    if count > 1:
        actions.pick_for_answer(draft=draft, numbers=[row.number for row in asked], by=olaf, at=at)
    client, page = desk(olaf), at_draft("publications:answer-draft", draft)
    client.get(page)

    with django_assert_num_queries(14):  # type: ignore[attr-defined]
        client.get(page)
