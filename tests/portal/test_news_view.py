"""News on screen: the list, the post above its thread, the one form, the feed."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.consultations.actions import (
    ConsultationText,
    NewsText,
    Paper,
    draft_news,
    revise_consultation,
    revise_news,
)
from apps.consultations.enums import ModerationMode, NamePolicy, PostPause
from apps.consultations.models import Consultation, DocumentVersion
from apps.exchange.queries import check_ledger
from tests import factories, personas
from tests.common.files import picture
from tests.factories.standing import a_post

pytestmark = pytest.mark.django_db
Browser = Callable[..., Client]
LIST = "/en/news/"


def words(**more: Any) -> dict[str, Any]:
    usual = {"title": "Tree", "body": "It is lit.", "write_access": "residents", "takes_contributions": "on"}
    return usual | {"action": "publish"} | more


def test_an_official_publishes_a_post_in_one_step(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))
    file = SimpleUploadedFile("tree.png", picture("PNG"))

    sent = words(question="What do you sing?", picture=file, picture_words="A lit tree.")
    answer = official.post("/en/desk/news/new/", sent, follow=True)

    shown = answer.content.decode()
    assert answer.redirect_chain[-1][0] == "/en/consultations/tree/topics/thread/"
    assert ('alt="A lit tree."' in shown, "What do you sing?" in shown, "It is lit." in shown) == (True, True, True)
    reader = as_seen_by(personas.anonymous(at=at))
    # The words are the municipality's, in Danish, and the page is in English.
    assert 'alt="A lit tree." lang="da"' in reader.get(LIST).content.decode()
    assert "Tree" in reader.get("/en/").content.decode()
    assert check_ledger().problem == ""


def test_a_picture_without_words_is_refused_and_nothing_typed_is_lost(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))
    file = SimpleUploadedFile("tree.png", picture("PNG"))

    answer = official.post("/en/desk/news/new/", words(picture=file))

    assert answer.status_code == 422
    assert "It is lit." in answer.content.decode()
    assert not Consultation.objects.exists()


def test_what_is_no_picture_is_refused(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))
    file = SimpleUploadedFile("tree.png", b"%PDF-1.7\nnothing")

    answer = official.post("/en/desk/news/new/", words(picture=file, picture_words="A tree."))

    assert answer.status_code == 422
    assert "Save it as one of these and upload that: PNG, JPEG, WebP." in answer.content.decode()
    assert not DocumentVersion.objects.exists()


def test_a_draft_is_seen_by_its_team_only(as_seen_by: Browser, at: datetime) -> None:
    official, reader = as_seen_by(factories.an_official(at)), as_seen_by(personas.anonymous(at=at))
    official.post("/en/desk/news/new/", words(action="draft"))

    assert "Tree" in official.get(LIST).content.decode()
    for address in (LIST, "/en/", "/en/news/feed/"):
        assert "Tree" not in reader.get(address).content.decode()
    assert reader.get("/en/consultations/tree/topics/thread/").status_code == 404


def test_a_closed_thread_takes_nothing(as_seen_by: Browser, at: datetime) -> None:
    post = a_post(at=at, takes_contributions=False)
    writer = as_seen_by(personas.resident(at=at))

    shown = writer.get(f"/en/consultations/{post.slug}/topics/thread/").content.decode()

    assert "Nobody can write here." in shown
    assert "<textarea" not in shown


def test_the_latest_comes_first_and_hearings_not_at_all(as_seen_by: Browser, at: datetime) -> None:
    factories.a_hearing(at=at, title="Wind")
    a_post(at=at - timedelta(days=2), title="Older")
    a_post(at=at - timedelta(days=1), title="Newer")
    reader = as_seen_by(personas.anonymous(at=at))

    shown = reader.get(LIST).content.decode()

    assert shown.index("Newer") < shown.index("Older")
    assert "Wind" not in shown
    assert "Older" not in reader.get("/en/consultations/").content.decode()


def test_pages_follow_each_other(as_seen_by: Browser, at: datetime) -> None:
    for day in range(11):
        a_post(at=at - timedelta(days=day), title=f"Post {day}")
    reader = as_seen_by(personas.anonymous(at=at))

    assert 'href="?page=2"' in reader.get(LIST).content.decode()
    assert "Post 10" in reader.get(f"{LIST}?page=2").content.decode()
    assert reader.get(f"{LIST}?page=abc").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    count: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    by = factories.an_official(at)
    paper = factories.a_paper(content=picture("PNG"), name="tree.png")
    for each in range(count):
        text = NewsText(title=f"Post {each}")
        post = draft_news(text=text, picture=Paper(title="x", file=paper.file, description="y"), by=by, at=at)
        Consultation.objects.filter(pk=post.pk).update(status="published", published_at=at)
    reader = as_seen_by(personas.anonymous(at=at))
    reader.get(LIST)

    with django_assert_num_queries(5):
        reader.get(LIST)


def test_an_open_thread_is_not_closed_by_the_form(as_seen_by: Browser, at: datetime) -> None:
    post = a_post(at=at)
    official = as_seen_by(factories.an_official(at))
    sent = words(title=post.title, body="The tree is lit.", write_access="confirmed", revision=post.revision)

    answer = official.post(f"/en/desk/news/{post.slug}/", {k: v for k, v in sent.items() if k != "takes_contributions"})

    assert answer.status_code == 302
    assert post.phases.count() == 1


def test_a_public_post_changes_with_a_sentence_only(as_seen_by: Browser, at: datetime) -> None:
    post = a_post(at=at)
    official = as_seen_by(factories.an_official(at))
    sent = words(title=post.title, body="The tree is out.", write_access="confirmed", revision=post.revision)

    refused = official.post(f"/en/desk/news/{post.slug}/", sent)
    saved = official.post(f"/en/desk/news/{post.slug}/", sent | {"what_changed": "The lights went out."})

    assert (refused.status_code, saved.status_code) == (422, 302)
    assert "The tree is out." in refused.content.decode()
    shown = as_seen_by(personas.anonymous(at=at)).get(f"/en/consultations/{post.slug}/topics/thread/").content.decode()
    assert "The tree is out." in shown
    assert "See its versions" in shown


def test_of_two_officials_the_second_sees_what_the_first_saved(as_seen_by: Browser, at: datetime) -> None:
    post = a_post(at=at)
    official = as_seen_by(factories.an_official(at))
    sent = words(title=post.title, write_access="confirmed", revision=post.revision, what_changed="More.")
    official.post(f"/en/desk/news/{post.slug}/", sent | {"body": "Hers."})

    answer = official.post(f"/en/desk/news/{post.slug}/", sent | {"body": "His."})

    assert answer.status_code == 409
    assert ("Hers." in answer.content.decode(), "His." in answer.content.decode()) == (True, True)


@pytest.mark.parametrize("who", ["unverified", "resident", "moderator", "administrator"])
def test_only_officials_write_news(who: str, as_seen_by: Browser, at: datetime) -> None:
    post = a_post(at=at)
    client = as_seen_by(getattr(personas, who)(at=at))

    assert client.post("/en/desk/news/new/", words()).status_code in {403, 302}
    assert client.get(f"/en/desk/news/{post.slug}/").status_code in {403, 302}
    assert Consultation.objects.count() == 1


def test_saving_a_post_leaves_what_its_page_does_not_ask(as_seen_by: Browser, at: datetime) -> None:
    post, by = a_post(at=at), factories.an_official(at)
    factories.publishing_first(post, at=at)
    post.refresh_from_db()
    texts = {name: getattr(post, name) for name in ConsultationText.__dataclass_fields__}
    calm = ConsultationText(**texts | {"name_policy": NamePolicy.FIRST_NAME, "post_pause": PostPause.FIFTEEN})
    revise_consultation(consultation=post, text=calm, by=by, at=at)
    factories.a_contribution(factories.the_topic(post), at=at)
    post.refresh_from_db()

    changed = revise_news(post=post, text=NewsText(title="Other", question="Why?"), what_changed="It.", by=by, at=at)

    post.refresh_from_db()
    assert changed
    assert (post.title, post.moderation_mode) == ("Other", ModerationMode.AFTER)
    assert (post.name_policy, post.post_pause) == (NamePolicy.FIRST_NAME, PostPause.FIFTEEN)


def test_a_draft_says_that_its_team_sees_it(as_seen_by: Browser, at: datetime) -> None:
    official = as_seen_by(factories.an_official(at))
    saved = official.post("/en/desk/news/new/", words(action="draft"), follow=True).content.decode()
    shown = official.get("/en/consultations/tree/topics/thread/").content.decode()
    post = Consultation.objects.get()

    assert "The draft is saved. Only its team sees it." in saved
    assert "Only its team sees this page." in shown
    colleague = personas.colleague(at=at)
    assert as_seen_by(colleague).get(f"/en/consultations/{post.slug}/topics/thread/").status_code == 404
