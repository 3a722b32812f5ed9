"""A hearing begun as a copy of another."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.common.calendar import end_of_day, last_day_before, local, start_of_day, zone
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries
from apps.consultations.engine.legal_clock import Stretch, begun_on
from apps.consultations.enums import ConsultationStatus, ModerationMode, TeamRole
from apps.consultations.errors import AddressTaken
from apps.consultations.models import Consultation, Meeting
from apps.ledger.models import Entry
from apps.municipality.models import LegalBasis
from tests import factories, personas
from tests.factories.maps import a_map
from tests.factories.standing import a_box

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
DAY = timedelta(days=1)


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def source(at: datetime, official: User) -> Consultation:
    """A hearing with something of all that can belong to one."""
    text = actions.ConsultationText(
        title="Eight turbines",
        lede="A lede.",
        body="## Why\n\nWind.",
        decision_note="The council decides on 23 March.",
        contact="Mette, 12 34 56 78",
        moderation_mode=ModerationMode.AFTER,
    )
    made = actions.draft_consultation(text=text, by=official, at=at)
    terms = actions.LegalTerms(
        legal_basis=LegalBasis.objects.get(code="local_plan"),
        plandata_number="1234567",
        plandata_published_on=date(2026, 1, 5),
        journal_number="25/10042",
        takes_late=True,
    )
    actions.set_legal_terms(consultation=made, terms=terms, by=official, at=at)
    first = local(at).date()
    phases = [
        actions.PhaseDates(
            title="Ideas",
            opens_at=start_of_day(first),
            closes_at=end_of_day(first + 13 * DAY),
            accepts_contributions=True,
        ),
        actions.PhaseDates(
            title="Hearing",
            opens_at=start_of_day(first + 20 * DAY),
            closes_at=end_of_day(first + 80 * DAY),
            accepts_contributions=True,
        ),
    ]
    actions.set_phases(consultation=made, phases=phases, by=official, at=at)
    topic = actions.TopicText(title="Noise", question="How loud?", facts_source="Report")
    facts = [actions.FactText(value="39", unit="dB", label="at the nearest house", source="Report, 7.4")]
    actions.add_topic(consultation=made, text=topic, facts=facts, by=official, at=at)
    actions.set_facts(consultation=made, topic=None, facts=[("8", "turbines")], by=official, at=at)
    return made


def copied(
    source: Consultation, at: datetime, *, first_day: date | None = None, by: User | None = None
) -> Consultation:
    return actions.copy_consultation(
        source=source,
        title="More turbines",
        slug="more-turbines",
        first_day=first_day,
        by=by or factories.an_official(at),
        at=at,
    )


def test_a_legal_basis_that_is_no_longer_in_use_stays_behind_and_the_checklist_says_so(
    source: Consultation, official: User, at: datetime
) -> None:
    LegalBasis.objects.filter(code="local_plan").update(is_selectable=False)
    source = Consultation.objects.get(pk=source.pk)

    made = actions.copy_consultation(source=source, title="Another", slug="another", by=official, at=at)

    assert made.legal_basis is None
    law = next(line for line in queries.checklist_of(made, at=at) if line.code == "law")
    assert ["ikke længere er i brug" in str(one.sentence) for one in law.found] == [True]
    actions.set_legal_terms(
        consultation=made,
        terms=actions.LegalTerms(legal_basis=LegalBasis.objects.get(code="municipal_plan")),
        by=official,
        at=at,
    )
    law = next(line for line in queries.checklist_of(made, at=at) if line.code == "law")
    assert not any("ikke længere er i brug" in str(one.sentence) for one in law.found)


def test_texts_settings_and_legal_basis_come_along(source: Consultation, at: datetime) -> None:
    made = copied(source, at)

    assert (made.title, made.lede, made.body, made.contact) == (
        "More turbines",
        source.lede,
        source.body,
        source.contact,
    )
    assert made.body_html == source.body_html
    assert made.legal_basis == source.legal_basis
    assert (made.takes_late, made.moderation_mode) == (True, ModerationMode.AFTER)
    assert (made.status, made.published_at) == (ConsultationStatus.DRAFT, None)


def test_topics_come_with_their_questions_and_figures_unfilled(source: Consultation, at: datetime) -> None:
    made = copied(source, at)

    (topic,) = queries.topics_of(made)
    facts = [(fact.value, fact.unit, fact.label, fact.source) for fact in queries.facts_of(made, topic)]
    assert (topic.slug, topic.title, topic.question, topic.facts_source) == ("noise", "Noise", "How loud?", "")
    assert facts == [("–", "dB", "at the nearest house", "")]
    assert [(fact.value, fact.label) for fact in queries.facts_of(made)] == [("–", "turbines")]


def test_nothing_of_the_other_case_comes_along(source: Consultation, official: User, at: datetime) -> None:
    actions.add_member(consultation=source, person=personas.colleague(at=at), role=TeamRole.EDITOR, by=official, at=at)
    a_map(source, at=at)
    factories.a_document(source, at=at)
    factories.a_meeting(source, at=at)
    factories.publish(source, at=at)
    factories.a_contribution(factories.the_topic(source), at=at)
    actions.stop_writing(consultation=source, sentence="A storm.", by=official, at=at)
    source.refresh_from_db()

    made = copied(source, at)

    assert (made.decision_note, made.plandata_number, made.plandata_published_on) == ("", "", None)
    assert made.journal_number == ""
    assert (made.statutory_minimum, made.chosen_period, made.shorter_because) == (None, None, "")
    assert (made.next_number, made.published_count, made.stop_sentence) == (1, 0, "")
    assert (queries.topics_of(made)[0].published_count, queries.topics_of(made)[0].last_activity_at) == (0, None)
    assert [(member.person, member.role) for member in queries.team_of(made)] == [(official, TeamRole.OWNER)]
    assert queries.documents_of(made) == []
    assert queries.map_of(made) is None
    assert not Meeting.objects.filter(consultation=made).exists()
    assert queries.phases_of(made) == []


def test_phases_keep_their_lengths_from_the_day_named(source: Consultation, at: datetime) -> None:
    first = date(2027, 2, 1)

    phases = queries.phases_of(copied(source, at, first_day=first))

    assert [
        (row.title, local(row.opens_at).date(), last_day_before(row.closes_at), row.accepts_contributions)
        for row in phases
        if row.closes_at
    ] == [
        ("Ideas", first, first + 13 * DAY, True),
        ("Hearing", first + 20 * DAY, first + 80 * DAY, True),
    ]


def test_a_move_over_summer_time_keeps_the_hour() -> None:
    winter = datetime(2026, 2, 1, 23, tzinfo=UTC)  # midnight before 2 February
    moved = begun_on([Stretch(position=1, opens_at=winter, closes_at=winter + DAY)], day=date(2026, 7, 1), zone=zone())

    assert (moved[0].opens_at, moved[0].closes_at) == (start_of_day(date(2026, 7, 1)), start_of_day(date(2026, 7, 2)))
    assert begun_on([], day=date(2026, 7, 1), zone=zone()) == []


def test_one_entry_names_the_source_by_number_alone(source: Consultation, at: datetime) -> None:
    made = copied(source, at)

    (entry,) = Entry.objects.filter(kind="consultation.copied")

    assert (entry.consultation_id, json.loads(entry.payload)) == (made.pk, {"source": source.pk})


@pytest.mark.parametrize("slug", ["eight-turbines", "new"])
def test_an_address_in_use_is_refused_and_nothing_is_made(slug: str, source: Consultation, at: datetime) -> None:
    with pytest.raises(AddressTaken):
        actions.copy_consultation(source=source, title="Again", slug=slug, by=factories.an_official(at), at=at)

    assert Consultation.objects.count() == 1
    assert not Entry.objects.filter(kind="consultation.copied").exists()


def test_what_is_public_can_be_copied_by_every_official_and_a_draft_by_its_team_alone(
    source: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    stranger = personas.colleague(at=at)
    with pytest.raises(NotAllowed):
        copied(source, at, by=stranger)
    hidden = as_seen_by(stranger).get(f"/en/desk/consultations/{source.slug}/copy/")

    factories.publish(source, at=at)
    source.refresh_from_db()
    made = copied(source, at, by=stranger)

    assert hidden.status_code == 404
    assert [member.person for member in queries.team_of(made)] == [stranger]


def test_news_and_the_box_cannot_be_copied(desk: Client, at: datetime) -> None:
    box = a_box(at=at)

    assert desk.get(f"/en/desk/consultations/{box.slug}/copy/").status_code == 403


def test_the_page_says_what_comes_along_and_makes_the_copy(source: Consultation, desk: Client) -> None:
    address = f"/en/desk/consultations/{source.slug}/copy/"

    page = desk.get(address).content.decode()
    done = desk.post(address, {"title": "More turbines", "slug": "More-Turbines", "first_day": "2027-02-01"})

    assert "1 topic with its question" in page
    assert "2 phases with their lengths" in page
    assert done["Location"] == "/en/desk/consultations/more-turbines/"
    assert Consultation.objects.get(slug="more-turbines").phases.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"slug": "eight-turbines"}, "Another consultation has this address already. Choose another one."),
        ({"slug": "ø r"}, "slug"),
        ({"slug": ""}, "required"),
    ],
)
def test_a_refused_copy_keeps_what_was_typed(
    typed: dict[str, str], said: str, source: Consultation, desk: Client
) -> None:
    sent = {"title": "My own title", "slug": "fine", "first_day": ""} | typed

    response = desk.post(f"/en/desk/consultations/{source.slug}/copy/", sent)

    assert response.status_code == 422
    assert said in response.content.decode()
    assert "My own title" in response.content.decode()
    assert Consultation.objects.count() == 1
