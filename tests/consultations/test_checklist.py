"""What a draft is looked at for before it is published: each line, and what it costs."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from apps.accounts.models import User
from apps.consultations import actions, queries
from apps.consultations.enums import TeamRole
from apps.consultations.models import Consultation, ConsultationMap, MapFeature
from apps.municipality.models import LegalBasis
from tests import factories, personas
from tests.consultations.test_readability import HEAVY, PLAIN
from tests.factories.maps import a_map

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def draft(at: datetime, official: User) -> Consultation:
    """A draft in which everything is in order."""
    text = actions.ConsultationText(title="A path", lede="A path to the sea.", body=PLAIN, contact="Mette, 12 34 56 78")
    made = actions.draft_consultation(text=text, by=official, at=at)
    phase = actions.PhaseDates(title="Hearing", opens_at=at + DAY, closes_at=at + 60 * DAY, accepts_contributions=True)
    actions.set_phases(consultation=made, phases=[phase], by=official, at=at)
    terms = actions.LegalTerms(
        legal_basis=LegalBasis.objects.get(code="local_plan"),
        plandata_number="1234567",
        plandata_published_on=date(2026, 1, 5),
    )
    actions.set_legal_terms(consultation=made, terms=terms, by=official, at=at)
    topic = actions.TopicText(title="Trees", question="Which trees?")
    actions.add_topic(consultation=made, text=topic, facts=[("12", "trees")], by=official, at=at)
    return made


def found(draft: Consultation, at: datetime) -> dict[str, list[str]]:
    """Return what is to be mended, by the line of the checklist."""
    draft = Consultation.objects.get(pk=draft.pk)
    with override("en"):
        return _found(draft, at)


def _found(draft: Consultation, at: datetime) -> dict[str, list[str]]:
    return {
        line.code: [str(advice.sentence) for advice in line.found]
        for line in queries.checklist_of(draft, at=at)
        if line.found
    }


def written(draft: Consultation, **said: str) -> None:
    Consultation.objects.filter(pk=draft.pk).update(**said)


def test_a_draft_in_order_has_nothing_to_mend(draft: Consultation, at: datetime) -> None:
    factories.a_document(draft, at=at)
    a_map(draft, at=at)
    ConsultationMap.objects.update(description="Where the path goes.")

    lines = queries.checklist_of(draft, at=at)

    assert found(draft, at) == {}
    assert [line.code for line in lines if line.is_must] == ["musts"]
    assert len(lines) == 9
    assert not [line.code for line in lines if line.is_nothing]


def test_what_the_draft_has_none_of_is_not_called_in_order(draft: Consultation, desk: Client, at: datetime) -> None:
    lines = queries.checklist_of(draft, at=at)
    page = desk.get(f"/en/desk/consultations/{draft.slug}/publish/").content.decode()

    assert [line.code for line in lines if line.is_nothing] == ["documents", "map"]
    assert (page.count("There is none"), page.count("In order")) == (2, 6)


def test_what_refuses_stands_in_the_first_line_and_nowhere_else(at: datetime, official: User) -> None:
    bare = factories.a_draft(at=at)

    first, *others = queries.checklist_of(bare, at=at)

    assert [advice.code for advice in first.found] == ["topic", "phase"]
    assert [advice.sentence for advice in first.found] == [
        one.sentence for one in queries.missing_before_publishing(bare, at=at)
    ]
    assert not any(line.is_must for line in others)


def test_too_few_days_of_the_law_refuse(draft: Consultation, official: User, at: datetime) -> None:
    phase = actions.PhaseDates(title="Hearing", opens_at=at + DAY, closes_at=at + 5 * DAY, accepts_contributions=True)
    actions.set_phases(consultation=draft, phases=[phase], by=official, at=at)

    assert "The law asks for at least 28 days" in found(draft, at)["musts"][0]


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        ({"lede": ""}, "texts", "it stands in lists and mails"),
        ({"body": ""}, "texts", "Describe the proposal"),
        ({"body": HEAVY}, "language", "very hard to read: LIX"),
        ({"contact": ""}, "contact", "Name whom people can ask"),
        ({"plandata_number": ""}, "law", "The number in Plandata is missing"),
        ({"plandata_published_on": None}, "law", "The day of the publication in Plandata is missing"),
        ({"legal_basis": None}, "law", "No legal basis is chosen"),
    ],
)
def test_what_a_field_lacks_is_one_advice(
    said: dict[str, str], code: str, sentence: str, draft: Consultation, at: datetime
) -> None:
    written(draft, **said)

    advice = found(draft, at)

    assert list(advice) == [code]
    assert len(advice[code]) == 1
    assert sentence in advice[code][0]


def test_long_sentences_are_counted_and_the_first_is_shown(draft: Consultation, at: datetime) -> None:
    long = "Vi " + "er og " * 13 + "slut. "
    written(draft, body=PLAIN + long + long)

    (advice,) = found(draft, at)["language"]

    assert advice.startswith("2 sentences have more than 25 words.")
    assert "“Vi er og er og" in advice


def test_a_basis_outside_planning_asks_for_no_plandata(draft: Consultation, at: datetime) -> None:
    LegalBasis.objects.filter(code="local_plan").update(paragraph="Vejloven § 8")
    written(draft, plandata_number="", plandata_published_on=None)

    assert found(draft, at) == {}


def test_a_topic_without_a_question_is_named(draft: Consultation, official: User, at: datetime) -> None:
    actions.add_topic(consultation=draft, text=actions.TopicText(title="Noise"), by=official, at=at)

    (advice,) = next(line for line in queries.checklist_of(draft, at=at) if line.code == "topics").found

    assert (advice.code, advice.target) == ("topic", "noise")
    assert "“Noise” asks nothing" in found(draft, at)["topics"][0]


def test_figures_of_a_copy_wait_to_be_filled_in(draft: Consultation, official: User, at: datetime) -> None:
    actions.set_facts(consultation=draft, topic=None, facts=[("4", "kilometres")], by=official, at=at)
    made = actions.copy_consultation(source=draft, title="Another path", slug="another", by=official, at=at)

    line = next(line for line in queries.checklist_of(made, at=at) if line.code == "figures")

    assert sorted((advice.code, advice.target) for advice in line.found) == [("facts", ""), ("topic", "trees")]


def test_a_document_that_does_not_say_what_it_shows_is_named(draft: Consultation, at: datetime, official: User) -> None:
    factories.a_document(draft, at=at)
    paper = actions.Paper(title="Report", file=factories.a_paper().file)
    actions.add_document(consultation=draft, paper=paper, by=official, at=at)

    (advice,) = next(line for line in queries.checklist_of(draft, at=at) if line.code == "documents").found

    assert (advice.code, advice.target) == ("document", "2")
    assert "“Report”" in found(draft, at)["documents"][0]


def test_a_map_without_words_and_names_is_told(draft: Consultation, at: datetime) -> None:
    a_map(draft, at=at)
    ConsultationMap.objects.update(description="")
    MapFeature.objects.update(name="", number="")

    assert [advice.split(".")[0] for advice in found(draft, at)["map"]] == [
        "Say in words what the map shows",
        "3 things on the map have neither name nor number, so the table beside it says little",
    ]


@pytest.mark.parametrize("page", ["review", "publish"])
def test_both_pages_lead_to_where_it_is_mended(
    page: str, draft: Consultation, desk: Client, official: User, at: datetime
) -> None:
    written(draft, contact="")
    actions.add_topic(consultation=draft, text=actions.TopicText(title="Noise"), by=official, at=at)

    shown = desk.get(f"/en/desk/consultations/{draft.slug}/{page}/").content.decode()

    assert "Name whom people can ask" in shown
    assert f'href="/en/desk/consultations/{draft.slug}/topics/noise/"' in shown
    assert (shown.count("In order"), shown.count("There is none")) == (4, 2)


def test_who_may_not_edit_reads_the_advice_without_links(
    draft: Consultation, as_seen_by: object, official: User, at: datetime
) -> None:
    written(draft, contact="")
    colleague = personas.colleague(at=at)
    actions.add_member(consultation=draft, person=colleague, role=TeamRole.ANSWERER, by=official, at=at)

    shown = as_seen_by(colleague).get(f"/en/desk/consultations/{draft.slug}/review/").content.decode()  # type: ignore[operator]

    assert "Name whom people can ask" in shown
    assert f'href="/en/desk/consultations/{draft.slug}/"' not in shown


def test_advice_stops_nobody(draft: Consultation, desk: Client, at: datetime) -> None:
    written(draft, contact="", lede="", body="")
    factories.approved(draft, at=at)

    assert desk.post(f"/en/desk/consultations/{draft.slug}/publish/").status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_the_checklist_costs_the_same_for_one_and_three(
    rows: int, draft: Consultation, official: User, at: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for turn in range(rows):
        text = actions.TopicText(title=f"Noise {turn}")
        actions.add_topic(consultation=draft, text=text, facts=[("–", "dB")], by=official, at=at)
        factories.a_document(draft, at=at)
    a_map(draft, at=at, turbines=rows)
    standing = Consultation.objects.select_related("legal_basis").get(pk=draft.pk)

    with django_assert_num_queries(9):
        lines = {line.code: line for line in queries.checklist_of(standing, at=at)}

    assert (len(lines["topics"].found), len(lines["figures"].found)) == (rows, rows)
