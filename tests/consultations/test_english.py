"""The English version: shown where it is, said where it is not, and known to be older than the Danish text."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries
from apps.consultations.enums import TeamRole
from apps.consultations.errors import ChangedMeanwhile, NotApproved
from apps.consultations.models import Consultation, EnglishText, Topic
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
ONLY_DANISH = "This text is only in Danish."


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at, title="Otte vindmøller")


def translate(hearing: Consultation, at: datetime, **texts: str) -> bool:
    by = factories.an_official(at)
    return actions.translate_consultation(consultation=hearing, texts=texts, by=by, at=at)


def revise(hearing: Consultation, at: datetime, **changes: str) -> None:
    old = {name: getattr(hearing, name) for name in ("title", "lede", "body", "decision_note", "contact")}
    text = actions.ConsultationText(**(old | changes))
    by = factories.an_official(at)
    actions.revise_consultation(consultation=hearing, text=text, what_changed="Nyt.", by=by, at=at)


def english_page(client: Client, hearing: Consultation) -> str:
    return client.get(f"/en/consultations/{hearing.slug}/").content.decode()


def edit_page(hearing: Consultation) -> str:
    return reverse("consultations:english-edit", kwargs={"slug": hearing.slug})


def test_a_text_is_kept_beside_the_danish_one_it_translates(hearing: Consultation, at: datetime) -> None:
    assert translate(hearing, at, title="  Eight wind\n turbines ", lede="")

    row = EnglishText.objects.get()
    assert (row.place, row.danish, row.text, row.version) == ("title", "Otte vindmøller", "Eight wind turbines", 1)
    assert not translate(hearing, at, title="Eight wind turbines")


def test_what_is_not_given_stays_and_an_empty_text_goes(hearing: Consultation, at: datetime) -> None:
    place = f"topic-{factories.the_topic(hearing).pk}-title"
    translate(hearing, at, **{"title": "Eight turbines", place: "Noise"})

    assert translate(hearing, at, title="")
    assert list(EnglishText.objects.values_list("place", "text")) == [(place, "Noise")]


def test_english_goes_through_the_one_way_to_html(hearing: Consultation, at: datetime) -> None:
    revise(hearing, at, body="## Støj\n\nMøllerne.")
    translate(hearing, at, body="## Noise\n\n<script>alert(1)</script> **turbines**")

    html = EnglishText.objects.get().html
    assert "<script" not in html
    assert "<strong>turbines</strong>" in html
    assert 'id="section-noise"' in html


def test_only_the_team_writes_it(hearing: Consultation, at: datetime) -> None:
    outside = personas.colleague(at=at)
    with pytest.raises(NotAllowed):
        actions.translate_consultation(consultation=hearing, texts={"title": "x"}, by=outside, at=at)

    actions.add_member(
        consultation=hearing, person=outside, role=TeamRole.ANSWERER, by=factories.an_official(at), at=at
    )
    with pytest.raises(NotAllowed):
        actions.translate_consultation(consultation=hearing, texts={"title": "x"}, by=outside, at=at)


def test_the_ledger_tells_how_many_and_no_text(hearing: Consultation, at: datetime) -> None:
    translate(hearing, at, title="Eight turbines")

    entry = Entry.objects.get(kind="consultation.translated")
    assert "turbines" not in entry.payload
    assert check_ledger().problem == ""

    EnglishText.objects.all().delete()
    assert "in English" in check_ledger().problem


def test_a_changed_danish_text_makes_its_english_older(hearing: Consultation, at: datetime) -> None:
    translate(hearing, at, title="Eight turbines")
    later = at + timedelta(days=2)

    revise(hearing, later, title="Ni vindmøller")
    row = EnglishText.objects.get()
    assert (row.danish_changed_at, row.version) == (later, 1)

    revise(hearing, later, title="Otte vindmøller")
    row.refresh_from_db()
    assert (row.danish_changed_at, row.version) == (None, 3)


def test_who_looked_says_that_the_english_still_fits(hearing: Consultation, at: datetime, official: User) -> None:
    translate(hearing, at, title="Eight turbines")
    revise(hearing, at, title="Otte vindmøller!")

    assert not translate(hearing, at, title="Eight turbines")
    assert actions.translate_consultation(
        consultation=hearing, texts={}, still_right=["title"], by=official, at=at + timedelta(days=1)
    )
    row = EnglishText.objects.get()
    assert (row.danish, row.danish_changed_at, row.version) == ("Otte vindmøller!", None, 2)


def test_texts_of_topics_meetings_and_papers_become_older_too(hearing: Consultation, at: datetime) -> None:
    by, topic = factories.an_official(at), factories.the_topic(hearing)
    document = factories.a_document(hearing, at=at, title="Plan")
    places = {f"topic-{topic.pk}-title": "Noise", f"document-{document.pk}-title": "The plan"}
    translate(hearing, at, **places)

    actions.revise_topic(topic=topic, text=actions.TopicText(title="Lyd"), by=by, at=at)
    paper = factories.a_paper(title="Ny plan")
    actions.replace_document(document=document, paper=paper, what_changed="Et kort.", by=by, at=at)

    assert set(EnglishText.objects.filter(danish_changed_at=at).values_list("place", flat=True)) == set(places)


def test_figures_are_found_again_by_their_danish_words(hearing: Consultation, client: Client, at: datetime) -> None:
    by = factories.an_official(at)
    actions.set_facts(consultation=hearing, topic=None, facts=[("8", "møller"), ("640 m", "til bolig")], by=by, at=at)
    translate(hearing, at, **{"fact-0-1-label": "turbines", "fact-0-2-label": "to a home"})

    actions.set_facts(consultation=hearing, topic=None, facts=[("640 m", "til bolig"), ("9", "haver")], by=by, at=at)

    page = english_page(client, hearing)
    assert "<dt>to a home</dt>" in page
    assert '<dt><span lang="da">haver</span></dt>' in page
    assert "turbines" not in page


def test_a_figure_in_danish_words_has_its_english_one(hearing: Consultation, client: Client, at: datetime) -> None:
    by = factories.an_official(at)
    figures = [("8", "møller"), ("7,4 mio.", "kroner"), ("8 t 20 min", "skygge")]
    actions.set_facts(consultation=hearing, topic=None, facts=figures, by=by, at=at)
    translate(hearing, at, **{"fact-0-2-value": "7.4 million"})

    page = english_page(client, hearing)

    assert "<dd>8</dd>" in page
    assert "<dd>7.4 million</dd>" in page
    assert '<dd><span lang="da">8 t 20 min</span></dd>' in page


def test_a_bare_number_asks_for_no_english(hearing: Consultation, at: datetime) -> None:
    by = factories.an_official(at)
    actions.set_facts(consultation=hearing, topic=None, facts=[("8", "møller"), ("1.200", "haver")], by=by, at=at)

    asked = {place.name for place in queries.english_places(hearing)}

    assert "fact-0-1-value" not in asked
    assert "fact-0-2-value" in asked


def test_a_second_official_loses_nothing(hearing: Consultation, at: datetime, official: User) -> None:
    translate(hearing, at, title="Eight turbines")

    with pytest.raises(ChangedMeanwhile):
        actions.translate_consultation(consultation=hearing, texts={"title": "8"}, revision=0, by=official, at=at)
    assert EnglishText.objects.get().text == "Eight turbines"


def test_the_second_to_save_sees_both_texts(hearing: Consultation, at: datetime, as_seen_by: Browser) -> None:
    translate(hearing, at, title="Eight turbines")
    desk = as_seen_by(factories.an_official(at))

    page = desk.post(f"/en{edit_page(hearing)}", {"title": "Eight windmills", "revision": "0"})
    shown = page.content.decode()
    assert page.status_code == ChangedMeanwhile.status
    assert 'value="Eight windmills"' in shown
    assert "turbines" in shown
    assert 'name="revision" value="1"' in shown

    desk.post(edit_page(hearing), {"title": "Eight windmills", "revision": "1"})
    assert EnglishText.objects.get().text == "Eight windmills"


def test_an_identity_number_is_refused_and_what_was_typed_stays(
    hearing: Consultation, at: datetime, as_seen_by: Browser
) -> None:
    desk = as_seen_by(factories.an_official(at))

    page = desk.post(f"/en{edit_page(hearing)}", {"title": "Ask 010180-1235", "revision": "0"})

    assert page.status_code == 422
    assert "Ask 010180-1235" in page.content.decode()
    assert not EnglishText.objects.exists()


def test_the_desk_marks_what_needs_a_new_look(hearing: Consultation, at: datetime, as_seen_by: Browser) -> None:
    translate(hearing, at, title="Eight turbines")
    revise(hearing, at, title="Ni vindmøller")
    desk = as_seen_by(factories.an_official(at))

    page = desk.get(f"/en{edit_page(hearing)}").content.decode()
    assert "1 text needs a new look" in page
    assert "Otte vindmøller" in page

    desk.post(edit_page(hearing), {"title": "Eight turbines", "right-title": "on", "revision": "1"})
    assert EnglishText.objects.get().danish == "Ni vindmøller"


def test_the_english_version_is_part_of_what_a_colleague_approves(at: datetime) -> None:
    draft = factories.a_draft(at=at, title="Otte vindmøller")
    by = factories.an_official(at)
    phase = actions.PhaseDates(
        title="Høring", opens_at=at, closes_at=at + timedelta(days=30), accepts_contributions=True
    )
    actions.set_phases(consultation=draft, phases=[phase], by=by, at=at)
    factories.a_topic(draft, at=at)
    factories.approved(draft, at=at)

    translate(draft, at, title="Eight turbines")

    with pytest.raises(NotApproved):
        actions.publish_consultation(consultation=draft, by=by, at=at)


def test_an_english_page_marks_what_is_only_in_danish(hearing: Consultation, client: Client) -> None:
    page = english_page(client, hearing)

    assert '<h1><span lang="da">Otte vindmøller</span></h1>' in page
    assert page.count(ONLY_DANISH) == 2  # of the proposal, and of the topics
    assert ONLY_DANISH not in client.get(f"/consultations/{hearing.slug}/").content.decode()


def test_an_english_page_shows_the_english_version(hearing: Consultation, client: Client, at: datetime) -> None:
    translate(hearing, at, title="Eight turbines")

    page = english_page(client, hearing)
    assert "<h1>Eight turbines</h1>" in page
    assert "The Danish text is the one that counts" in page
    assert f'href="/consultations/{hearing.slug}/" hreflang="da"' in page
    assert "Eight turbines" not in client.get(f"/consultations/{hearing.slug}/").content.decode()


def test_an_older_english_version_says_so_with_its_version(hearing: Consultation, client: Client, at: datetime) -> None:
    translate(hearing, at, title="Eight turbines")
    revise(hearing, at, title="Ni vindmøller")

    page = english_page(client, hearing)
    assert "this English version is older" in page
    assert "It belongs to version 1 of the proposal." in page


def test_lists_and_search_know_the_english_title(hearing: Consultation, as_seen_by: Browser, at: datetime) -> None:
    client = as_seen_by(None)
    translate(hearing, at, title="Eight turbines")

    assert "Eight turbines" in client.get("/en/consultations/?q=turbines").content.decode()
    assert "Eight turbines" in client.get("/en/").content.decode()
    assert "Otte vindmøller" in client.get("/consultations/?q=turbines").content.decode()


@pytest.mark.parametrize("address", ["/en/consultations/", "/en/"])
def test_a_list_in_english_costs_the_same_for_one_and_three(address: str, as_seen_by: Browser, at: datetime) -> None:
    client = as_seen_by(None)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    translate(factories.a_hearing(at=at, title="En"), at, title="One")
    client.get(address)
    one = cost()
    for title in ("To", "Tre"):
        translate(factories.a_hearing(at=at, title=title), at, title=f"{title} in English")

    assert cost() == one


def test_a_topic_in_english_costs_the_same_for_one_and_three(
    hearing: Consultation, client: Client, at: datetime
) -> None:
    topic, by = factories.the_topic(hearing), factories.an_official(at)
    address = f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    actions.set_facts(consultation=hearing, topic=topic, facts=[("1", "en")], by=by, at=at)
    client.get(address)
    one = cost()
    actions.set_facts(consultation=hearing, topic=topic, facts=[("1", "en"), ("2", "to"), ("3", "tre")], by=by, at=at)
    for title in ("To", "Tre"):
        factories.a_topic(hearing, at=at, title=title)

    assert cost() == one


def test_news_and_their_feed_are_in_english(client: Client, at: datetime) -> None:
    by = factories.an_official(at)
    post = actions.draft_news(text=actions.NewsText(title="Ny sti", body="Stien er åben."), by=by, at=at)
    actions.publish_news(post=post, by=by, at=at)
    translate(post, at, title="A new path", body="The path is *open*.")

    topic = Topic.objects.get(consultation=post)
    page = client.get(f"/en/consultations/{post.slug}/topics/{topic.slug}/").content.decode()
    assert "A new path</h1>" in page
    assert "<em>open</em>" in page
    assert "A new path" in client.get("/en/news/feed/").content.decode()


def test_whom_to_ask_units_and_sources_carry_an_english_version(
    hearing: Consultation, client: Client, at: datetime
) -> None:
    revise(hearing, at, contact="Mette, hverdage 10-14")
    fact = actions.FactText(value="27.000", unit="husstande", label="el om året", source="Miljørapporten")
    actions.set_facts(consultation=hearing, topic=None, facts=[fact], by=factories.an_official(at), at=at)
    texts = {"contact": "Mette, weekdays 10-14", "fact-0-1-unit": "households", "fact-0-1-source": "The report"}
    translate(hearing, at, **texts)

    page = english_page(client, hearing)
    for text in texts.values():
        assert text in page
    assert "husstande" not in page
    assert '<span lang="da">el om året</span>' in page


def test_a_unit_or_source_alone_makes_no_page_partly_danish(
    hearing: Consultation, client: Client, at: datetime
) -> None:
    translate(hearing, at, title="Eight turbines", lede="A lede in English.")
    facts = [actions.FactText(value="8", unit="MW", label="effekt", source="Rapport 3")]
    actions.set_facts(consultation=hearing, topic=None, facts=facts, by=factories.an_official(at), at=at)
    assert "Some of it is only in Danish." in english_page(client, hearing)

    translate(hearing, at, **{"fact-0-1-label": "power"})
    assert "Some of it is only in Danish." not in english_page(client, hearing)


def test_a_meeting_in_a_calendar_file_is_in_english(hearing: Consultation, client: Client, at: datetime) -> None:
    meeting = factories.a_meeting(hearing, at=at, title="Borgermøde", access="Niveaufri adgang")
    places = {"title": "Public meeting", "access": "No steps"}
    translate(hearing, at, title="Eight turbines", **{f"meeting-1-{name}": text for name, text in places.items()})

    address = f"consultations/{hearing.slug}/meetings/{meeting.number}/meeting.ics"
    english, danish = (client.get(f"{start}{address}").content.decode() for start in ("/en/", "/"))
    assert "SUMMARY:Public meeting" in english
    assert "Eight turbines" in english
    assert "No steps" in english
    assert "SUMMARY:Borgermøde" in danish


def test_what_was_imported_is_said_to_be_in_no_language(hearing: Consultation, client: Client) -> None:
    Consultation.objects.filter(pk=hearing.pk).update(is_imported=True)

    page = english_page(client, hearing)
    assert "<h1>Otte vindmøller</h1>" in page
    assert ONLY_DANISH not in page
