"""What is proposed, in sections and versions; two officials at once; which version a contribution was written to."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.consultations import actions
from apps.consultations.engine.differences import ADDED, REMOVED, SAME, Piece, differences
from apps.consultations.engine.sections import contents_of, proposal_html, sections_of
from apps.consultations.errors import ChangedMeanwhile, ReasonMissing
from apps.consultations.models import Consultation, ProposalVersion
from apps.consultations.queries import versions_of
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from tests import factories
from tests.consultations.test_views import TEXTS, address

LATER = timedelta(hours=1)

TEXT = """It begins.

## Where
At <b>Klintmose</b>.

### On land <script>
- one

### Where
## ##
Not a heading: #wind
# Noise & light ##
Quiet."""


def texts_of(consultation: Consultation, **changes: object) -> actions.ConsultationText:
    kept = {name: getattr(consultation, name) for name in ("title", "lede", "body")}
    return actions.ConsultationText(**kept | changes)


def revise(consultation: Consultation, at: datetime, **changes: object) -> bool:
    more = {name: changes.pop(name) for name in ("what_changed", "revision") if name in changes}
    by = factories.an_official(at)
    text = texts_of(consultation, **changes)
    return actions.revise_consultation(consultation=consultation, text=text, by=by, at=at, **more)  # type: ignore[arg-type]


def kinds(consultation: Consultation) -> list[str]:
    return list(Entry.objects.filter(consultation_id=consultation.pk).order_by("pk").values_list("kind", flat=True))


def test_a_text_has_sections_with_addresses_of_their_own() -> None:
    found = [(section.level, section.title, section.anchor) for section in sections_of(TEXT)]

    assert found == [
        (0, "", ""),
        (1, "Where", "section-where"),
        (2, "On land <script>", "section-on-land-script"),
        (2, "Where", "section-where-2"),
        (1, "Noise & light", "section-noise-light"),
    ]


def test_headings_follow_the_page_and_hold_plain_words() -> None:
    html = proposal_html(TEXT)

    assert html.index("<p>It begins.</p>") < html.index('<h3 id="section-where">Where</h3>')
    assert '<h4 id="section-on-land-script">On land &lt;script&gt;</h4>' in html
    assert '<h3 id="section-noise-light">Noise &amp; light</h3>' in html
    assert "<script" not in html
    assert "<b>" not in html
    assert "#wind" in html


def test_no_level_is_left_out() -> None:
    assert [section.level for section in sections_of("### Deep\nx\n### Deeper\n## Up")] == [1, 2, 1]


@pytest.mark.parametrize("text", ["", "Only words.", "## One heading\nWords."])
def test_a_short_text_needs_no_contents(text: str) -> None:
    assert contents_of(text) == []


def test_contents_name_the_headings_in_their_order() -> None:
    found = [(line.title, [under.title for under in line.below]) for line in contents_of(TEXT)]

    assert found == [("Where", ["On land <script>", "Where"]), ("Noise & light", [])]


def test_a_text_without_headings_is_rendered_as_before() -> None:
    assert proposal_html("**Now** and then") == "<p><strong>Now</strong> and then</p>"
    assert not proposal_html("")


def test_differences_are_told_by_words() -> None:
    assert differences("Eight tall mills.\nQuiet.", "Six tall mills.\nQuiet.\nAnd far.") == [
        Piece(REMOVED, "Eight"),
        Piece(ADDED, "Six"),
        Piece(SAME, " tall mills.\nQuiet."),
        Piece(ADDED, "\nAnd far."),
    ]


@given(st.text("ab \n", max_size=60), st.text("ab \n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_differences_hold_both_texts(old: str, new: str) -> None:
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != ADDED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != REMOVED) == new


def test_texts_too_long_to_compare_by_words_are_still_shown() -> None:
    old, new = "a b " * 2000, "c d " * 2000

    assert differences(old, new) == [Piece(REMOVED, old), Piece(ADDED, new)]


@pytest.mark.django_db
def test_publication_keeps_the_first_version(at: datetime) -> None:
    hearing, draft = factories.a_hearing(at=at), factories.a_draft(at=at)

    first = versions_of(hearing)[0]

    assert (first.version, first.title, first.made_at, first.what_changed) == (1, hearing.title, at, "")
    assert first.made_by == factories.an_official(at)
    assert kinds(hearing)[-2:] == ["consultation.published", "proposal.published"]
    assert versions_of(draft) == []
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_a_change_of_a_public_text_makes_a_version_with_a_sentence(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    before = kinds(hearing)

    with override("en"), pytest.raises(ReasonMissing, match="write one sentence on what you changed"):
        revise(hearing, at, body="## New\nSix mills.")
    hearing.refresh_from_db()
    assert (hearing.body, kinds(hearing)) == ("", before)

    assert revise(hearing, at + LATER, body="## New\nSix mills.", what_changed=" Six,\nnot eight. ")

    hearing.refresh_from_db()
    second, first = versions_of(hearing)
    assert (hearing.proposal_version, hearing.body_html) == (2, '<h3 id="section-new">New</h3>\n<p>Six mills.</p>')
    assert (second.version, second.body, second.what_changed) == (2, hearing.body, "Six, not eight.")
    assert first.body == ""
    assert kinds(hearing) == [*before, "proposal.published"]
    assert check_ledger().problem == ""


@pytest.mark.django_db
def test_what_is_no_part_of_the_proposal_makes_no_version(at: datetime) -> None:
    hearing, draft = factories.a_hearing(at=at), factories.a_draft(at=at)

    assert revise(hearing, at, contact="Mette, 70 00 00 00")
    assert revise(draft, at, body="Another.")

    assert kinds(hearing)[-1] == kinds(draft)[-1] == "consultation.revised"
    assert ProposalVersion.objects.count() == 1


@pytest.mark.django_db
def test_who_saves_second_is_told_what_the_first_saved(at: datetime) -> None:
    draft = factories.a_draft(at=at)
    assert revise(draft, at, lede="The first.", revision=0)
    before = kinds(draft)

    with pytest.raises(ChangedMeanwhile):
        revise(Consultation.objects.get(pk=draft.pk), at, lede="The second.", revision=0)

    draft.refresh_from_db()
    assert (draft.lede, draft.revision, kinds(draft)) == ("The first.", 1, before)
    assert revise(draft, at, lede="Both.", revision=1)


@pytest.mark.django_db
def test_two_officials_at_once_see_both_texts_and_lose_nothing(desk: Client, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    where = address("consultation-edit", slug=draft.slug)
    assert 'name="revision" value="0"' in desk.get(where).content.decode()
    desk.post(where, TEXTS | {"lede": "Eight white mills.", "revision": "0"})

    response = desk.post(where, TEXTS | {"lede": "Eight grey mills.", "body": "Mine.", "revision": "0"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Two of you wrote at once" in page
    assert "Eight<del>" in page
    for kept in (" white", " grey", ">\nEight grey mills.</textarea>", ">\nMine.</textarea>", 'value="1"'):
        assert kept in page
    draft.refresh_from_db()
    assert draft.lede == "Eight white mills."

    again = desk.post(where, TEXTS | {"lede": "Eight grey mills.", "body": "Mine.", "revision": "1"})
    assert again.status_code == 302
    draft.refresh_from_db()
    assert (draft.lede, draft.body) == ("Eight grey mills.", "Mine.")


@pytest.mark.django_db
def test_the_desk_asks_what_changed_only_where_everyone_reads(desk: Client, at: datetime) -> None:
    draft, hearing = factories.a_draft(at=at), factories.a_hearing(at=at)
    assert "what_changed" not in desk.get(address("consultation-edit", slug=draft.slug)).content.decode()
    where = address("consultation-edit", slug=hearing.slug)

    silent = desk.post(where, TEXTS | {"revision": "0"})

    assert silent.status_code == 422
    assert "write one sentence on what you changed" in silent.content.decode()
    assert TEXTS["title"] in silent.content.decode()
    assert desk.post(where, TEXTS | {"revision": "0", "what_changed": "Six mills."}).status_code == 302
    assert versions_of(hearing)[0].what_changed == "Six mills."


@pytest.mark.django_db
def test_a_section_that_is_too_long_is_refused_by_its_name(desk: Client, at: datetime) -> None:
    where = address("consultation-edit", slug=factories.a_draft(at=at).slug)
    short = "## A\n" + "x " * 4000 + "\n## B\n" + "x " * 4000

    assert desk.post(where, TEXTS | {"body": short}).status_code == 302
    page = desk.post(where, TEXTS | {"body": "## Long one\n" + "x" * 10_001, "revision": "1"})

    assert page.status_code == 422
    assert "The section “Long one” is longer" in page.content.decode()
    page = desk.post(where, TEXTS | {"body": "x" * 10_001, "revision": "1"})
    assert "What stands before the first heading is longer" in page.content.decode()


@pytest.mark.django_db
def test_a_text_beyond_all_measure_is_refused_with_a_sentence_and_kept_whole(desk: Client, at: datetime) -> None:
    """No browser cuts what is pasted: there is no `maxlength` where several lines are written."""
    draft = factories.a_draft(at=at)
    where, long = address("consultation-edit", slug=draft.slug), "words " * 33_334
    form = desk.get(where).content.decode()
    assert all("maxlength" not in tag for tag in re.findall(r"<textarea[^>]*>", form))
    assert 'data-limit="40000"' in form

    page = desk.post(where, TEXTS | {"body": long, "revision": "0"})

    assert page.status_code == 422
    assert "characters (it has 200" in " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())[:1500]
    assert long.strip() in page.content.decode()


@pytest.mark.django_db
def test_any_two_versions_are_compared(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at, title="Wind")
    revise(hearing, at, body="Eight <i>mills</i>.", what_changed="A text.")
    revise(hearing, at, body="Six <i>mills</i>.", what_changed="Fewer.")
    where = address("version-list", slug=hearing.slug)

    last = client.get(where).content.decode()
    whole = client.get(f"{where}?from=1&to=3").content.decode()

    assert "From version 2 to version 3" in last
    assert "&lt;i&gt;mills" in last
    for shown in ("A text.", "Fewer.", "<del>", "<ins>", "Eight", "Six"):
        assert shown in last
    assert "From version 1 to version 3" in whole
    assert "Eight" not in whole
    for odd in ("?from=9&to=x", "?from=3&to=1", "?from=&to=", f"?from={'1' * 5000}"):
        assert client.get(where + odd).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("changes", [1, 3])
def test_the_page_of_versions_costs_the_same_for_one_and_three(
    changes: int, client: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    hearing = factories.a_hearing(at=at)
    for turn in range(changes):
        revise(hearing, at, body=f"Text {turn}.", what_changed="Better.")
    where = address("version-list", slug=hearing.slug)
    client.get(where)

    with django_assert_num_queries(3):  # type: ignore[attr-defined]
        client.get(where)


@pytest.mark.django_db
def test_a_contribution_keeps_the_version_it_was_written_to(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    topic = factories.the_topic(hearing)
    before = factories.a_published(topic, at=at, body="To the first.")
    thread = f"/en/consultations/{hearing.slug}/topics/{topic.slug}/"
    assert "of the proposal" not in client.get(thread).content.decode()

    revise(hearing, at, body="Six mills.", what_changed="Fewer.")
    after = factories.a_published(topic, at=at + LATER, body="To the second.")

    assert (before.proposal_version, after.proposal_version) == (1, 2)
    page = client.get(thread).content.decode()
    assert page.count("written to version 1 of the proposal") == 1
    assert "written to version 2" not in page
    assert f"/en/consultations/{hearing.slug}/versions/?from=1&amp;to=2" in page


@pytest.mark.django_db
def test_the_page_of_a_hearing_shows_contents_and_the_last_change(client: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    where = f"/en/consultations/{hearing.slug}/"
    assert "See what was changed" not in client.get(where).content.decode()

    revise(hearing, at, body="## Where\nHere.\n## When\nNow.", what_changed="In two parts.")
    page = client.get(where).content.decode()

    assert '<a href="#section-where">Where</a>' in page
    assert '<h3 id="section-when">When</h3>' in page
    assert "In two parts." in page
    assert address("version-list", slug=hearing.slug) in page


@pytest.mark.django_db
def test_figures_have_a_unit_and_a_source(client: Client, desk: Client, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    facts = [actions.FactText(value="41", unit="dB", label="at night", source="Report, section 7")]
    by = factories.an_official(at)

    assert actions.set_facts(consultation=hearing, topic=None, facts=facts, by=by, at=at)
    assert not actions.set_facts(consultation=hearing, topic=None, facts=facts, by=by, at=at)

    page = client.get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert '<dd>41 <span class="facts__unit"><span lang="da">dB</span></span></dd>' in page
    assert "Report, section 7" in page
    assert 'value="dB"' in desk.get(address("fact-list-edit", slug=hearing.slug)).content.decode()
