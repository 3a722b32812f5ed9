"""The officials' desk for consultations: made, divided and published without script."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.consultations.models import Consultation, DocumentVersion, Fact, Meeting, Phase, Topic
from apps.ledger.models import Entry
from tests import factories
from tests.consultations.test_forms import rows_of
from tests.personas import PERSONAS, everyone

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
TEXTS = {
    "title": "Wind at sea",
    "write_access": "confirmed",
    "name_policy": "full_name",
    "moderation_mode": "before",
    "lede": "Eight mills.",
    "body": "**Now**",
}
HEARING = {"title": "Hearing", "first_day": "2026-09-10", "last_day": "2026-10-05", "accepts_contributions": "on"}
LATER = {"title": "White paper", "first_day": "2026-10-06", "last_day": ""}


def address(name: str, **parts: object) -> str:
    with override("en"):
        return reverse(f"consultations:{name}", kwargs=parts)


def test_a_hearing_is_made_from_title_to_publication(desk: Client, at: datetime) -> None:
    assert desk.post(address("consultation-create"), TEXTS).status_code == 302
    made = Consultation.objects.get()
    here = {"slug": made.slug}
    assert "Add at least one topic" in desk.get(address("consultation-edit", **here)).content.decode()

    desk.post(address("phase-list-edit", **here), rows_of(LATER, HEARING))
    topic = {"title": "Noise", "icon": "sound", "question": "How loud?"}
    desk.post(address("topic-add", **here), topic | rows_of({"value": "41 dB", "label": "at night"}, prefix="facts"))
    desk.post(address("fact-list-edit", **here), rows_of({"value": "8", "label": "mills"}, prefix="facts"))
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7")
    desk.post(address("document-add", **here), {"title": "Plan", "file": file})
    meeting = {"title": "Meeting", "day": "2026-09-20", "starts": "19:00", "ends": "21:00", "place": "Hall"}
    desk.post(address("meeting-add", **here), meeting)
    factories.approved(Consultation.objects.get(**here), at=at)
    asked = desk.get(address("consultation-publish", **here)).content.decode()
    response = desk.post(address("consultation-publish", **here))

    assert "Monday 5 October at 23:59" in asked
    assert "Anyone with a confirmed account" in asked
    assert response["Location"] == f"/en/consultations/{made.slug}/"
    made.refresh_from_db()
    assert made.is_published
    assert list(Phase.objects.order_by("position").values_list("title", flat=True)) == ["Hearing", "White paper"]
    assert set(Fact.objects.values_list("topic__slug", "value")) == {("noise", "41 dB"), (None, "8")}
    assert (DocumentVersion.objects.get().title, Meeting.objects.get().starts_at.hour) == ("Plan", 17)


@pytest.mark.parametrize("name", ["consultation-edit", "consultation-publish", "phase-list-edit", "fact-list-edit"])
@pytest.mark.parametrize("persona", PERSONAS)
def test_others_can_post_nothing_and_cannot_feel_for_drafts(
    name: str, persona: str, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(everyone(at=at)[persona])
    draft, missing = factories.a_draft(at=at), "no-such-hearing"
    entries = Entry.objects.count()

    answers = {browser.post(address(name, slug=slug), TEXTS).status_code for slug in (draft.slug, missing)}

    if persona == "official":
        assert 404 in answers
    else:
        assert answers == {403}
        assert Entry.objects.count() == entries


def test_what_no_field_asks_for_changes_nothing(desk: Client, at: datetime) -> None:
    stranger = factories.a_writer(at)
    sent = {"slug": "mine", "status": "published", "kind": "news", "created_by": stranger.pk, "next_number": 99}
    sent |= {"body_html": "<script>", "is_imported": "1", "published_at": "2020-01-01"}

    desk.post(address("consultation-create"), TEXTS | sent)
    made = Consultation.objects.get()
    desk.post(address("consultation-edit", slug=made.slug), TEXTS | sent | {"title": "Other"})

    made.refresh_from_db()
    assert (made.slug, made.status, made.kind, made.title) == ("wind-at-sea", "draft", "hearing", "Other")
    assert (made.created_by, made.next_number, made.is_imported) == (factories.an_official(at), 1, False)
    assert made.body_html == "<p><strong>Now</strong></p>"
    assert made.published_at is None


def test_a_refused_form_keeps_what_was_typed(desk: Client, at: datetime) -> None:
    factories.a_draft(at=at, title="Wind at sea")

    taken = desk.post(address("consultation-create"), TEXTS)
    without_title = desk.post(address("consultation-create"), TEXTS | {"title": ""})

    for response in (taken, without_title):
        assert response.status_code == 422
        page = response.content.decode()
        assert "data-error-summary" in page
        assert "Eight mills." in page
    assert "already has this address" in taken.content.decode()
    assert Consultation.objects.count() == 1


def test_more_rows_keep_what_was_typed_and_complain_about_nothing(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    half = {"title": "Half", "first_day": "", "last_day": "2026-10-05"}

    response = desk.post(address("phase-list-edit", slug=draft.slug), rows_of(HEARING, half) | {"more": "1"})

    page = response.content.decode()
    assert response.status_code == 200
    assert "data-error-summary" not in page
    for kept in ('value="Hearing"', 'value="Half"', 'value="2026-09-10"', 'name="phases-3-title"'):
        assert kept in page
    assert page.count(" checked") == 1
    assert not Phase.objects.exists()


def test_more_figures_keep_the_topic_too(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    typed = {"title": "Noise & light", "icon": "leaf", "question": "How?", "more": "1"}

    response = desk.post(
        address("topic-add", slug=draft.slug), typed | rows_of({"value": "41 dB", "label": ""}, prefix="facts")
    )

    page = response.content.decode()
    assert response.status_code == 200
    for kept in ("Noise &amp; light", 'value="41 dB"', 'value="leaf" selected', "How?"):
        assert kept in page
    assert not Topic.objects.exists()


def test_figures_of_the_consultation_do_not_show_in_a_new_topic(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    desk.post(address("fact-list-edit", slug=draft.slug), rows_of({"value": "8", "label": "mills"}, prefix="facts"))

    assert "mills" in desk.get(address("fact-list-edit", slug=draft.slug)).content.decode()
    assert "mills" not in desk.get(address("topic-add", slug=draft.slug)).content.decode()


def test_a_topic_is_changed_at_its_address(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    topic = factories.a_topic(draft, at=at, title="Noise")
    where = address("topic-edit", slug=draft.slug, topic="noise")

    response = desk.post(where, {"title": "Sound", "icon": "sound", "slug": "other"} | rows_of(prefix="facts"))

    topic.refresh_from_db()
    assert response.status_code == 302
    assert (topic.title, topic.slug) == ("Sound", "noise")
    assert desk.post(where, {"title": "", "icon": "sound"} | rows_of(prefix="facts")).status_code == 422


def test_a_topic_of_another_consultation_is_not_found(desk: Client, at: datetime) -> None:
    other = factories.a_draft(at=at)
    factories.a_topic(other, at=at, title="Noise")

    assert desk.get(address("topic-edit", slug=factories.a_draft(at=at).slug, topic="noise")).status_code == 404


def test_overlapping_phases_are_refused_with_their_names(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    response = desk.post(
        address("phase-list-edit", slug=draft.slug), rows_of(HEARING, LATER | {"first_day": "2026-10-05"})
    )

    assert response.status_code == 422
    assert "“White paper” begins before “Hearing” is over" in response.content.decode()
    assert not Phase.objects.exists()


def test_what_is_not_ready_is_not_published(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)

    response = desk.post(address("consultation-publish", slug=draft.slug))

    draft.refresh_from_db()
    assert response.status_code == 422
    assert "Add at least one topic" in response.content.decode()
    assert not draft.is_published


def test_publishing_twice_publishes_once(desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    assert desk.post(address("consultation-publish", slug=hearing.slug)).status_code == 302
    assert Entry.objects.filter(kind="consultation.published").count() == 1


def test_a_meeting_that_ends_before_it_starts_is_refused(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    typed = {"title": "Meeting", "day": "2026-09-20", "starts": "21:00", "ends": "19:00", "place": "Hall"}

    response = desk.post(address("meeting-add", slug=draft.slug), typed)

    assert response.status_code == 422
    assert 'value="21:00"' in response.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_page_of_a_hearing_costs_the_same_for_one_and_three(
    rows: int, desk: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    draft = factories.a_draft(at=at)
    for _turn in range(rows):
        factories.a_topic(draft, at=at)
        factories.a_document(draft, at=at)
    where = address("consultation-edit", slug=draft.slug)
    desk.get(where)

    with django_assert_num_queries(17):  # type: ignore[attr-defined]
        desk.get(where)
