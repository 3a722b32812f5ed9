"""Under which name people stand: decided in one place, told before a text is sent, frozen at receipt."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.accounts.actions import change_name, end_organisation, grant_role, protect_name
from apps.accounts.enums import Role
from apps.accounts.models import Organisation, User
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.actions import ConsultationText, revise_consultation
from apps.consultations.enums import NamePolicy
from apps.consultations.errors import NamesSettled
from apps.consultations.models import Topic
from apps.discussions.actions import forget_author, hide_protected_names
from apps.discussions.engine.names import first_name
from apps.discussions.models import Contribution
from apps.discussions.queries import public_name
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import District, Municipality
from apps.residency.actions import grant_residency
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.sending import send, shown, url_of

pytestmark = pytest.mark.django_db

LABEL = "Borger i Vesterhav Kommune"
FULL, FIRST = NamePolicy.FULL_NAME, NamePolicy.FIRST_NAME


@pytest.fixture(autouse=True)
def _municipality(db: None) -> None:
    Municipality.objects.create(name="Vesterhav Kommune", site_name="Forum", code="0999")


@pytest.fixture
def peter(at: datetime) -> User:
    """A resident of a district."""
    person = personas.unverified(at=at, email="peter@example.org", display_name="Peter Poulsen")
    district = District.objects.create(name="Klintmose")
    grant_residency(person=person, district=district, by=factories.an_official(at), at=at)
    return person


def _by_policy(topic: Topic, policy: NamePolicy, at: datetime) -> None:
    hearing = topic.consultation
    text = ConsultationText(title=hearing.title, lede=hearing.lede, name_policy=policy)
    assert revise_consultation(consultation=hearing, text=text, by=factories.an_official(at), at=at)


@pytest.mark.parametrize(
    ("name", "shown_as"),
    [
        ("Peter Hansen", "Peter"),
        ("Anne-Marie Holm Jensen", "Anne-Marie"),
        ("Åse", "Åse"),
        ("P. Hansen", "P."),
        ("H.C. Andersen", "H.C."),
        ("H. Christian Andersen", "Christian"),
        ("J.-P. de Vries", "de"),
        ("Hansen, Peter", "Peter"),
        ("  Bo   Li ", "Bo"),
        ("Hansen,", "Hansen,"),
        ("", ""),
    ],
)
def test_the_given_name_is_the_first_that_is_more_than_an_initial(name: str, shown_as: str) -> None:
    assert first_name(name) == shown_as


# residence: None for no resident; the empty name for one without a district.
@pytest.mark.parametrize(
    ("protected", "policy", "residence", "organisation", "name", "district", "marks"),
    [
        (False, FULL, None, None, "Una Underveis", "", (False, False)),
        (False, FULL, "Klintmose", None, "Una Underveis", "Klintmose", (True, False)),
        (False, FIRST, "Klintmose", None, "Una, Klintmose", "Klintmose", (True, False)),
        (False, FIRST, "", None, "Una", "", (True, False)),
        (False, FIRST, None, None, "Una", "", (False, False)),
        (True, FULL, "Klintmose", None, LABEL, "", (True, False)),
        (True, FIRST, "Klintmose", None, LABEL, "", (True, False)),
        (True, FULL, None, None, LABEL, "", (False, False)),
        (False, FULL, "Klintmose", "Bådlauget", "Bådlauget", "", (False, True)),
        (True, FIRST, "Klintmose", "Bådlauget", "Bådlauget", "", (False, True)),
    ],
)
def test_who_stands_under_which_name(  # noqa: PLR0917 - a table
    protected: bool,
    policy: NamePolicy,
    residence: str | None,
    organisation: str | None,
    name: str,
    district: str,
    marks: tuple[bool, bool],
    at: datetime,
) -> None:
    person = factories.a_writer(at)
    if protected:
        protect_name(person=person, by=THE_SYSTEM, at=at)

    author = public_name(person, policy=policy, residence=residence, organisation=organisation)

    assert (author.name, author.district) == (name, district)
    assert (author.is_resident, author.is_organisation) == marks
    assert author.name_hidden == (name == LABEL)


def test_the_name_is_frozen_at_receipt(topic: Topic, peter: User, at: datetime) -> None:
    _by_policy(topic, FIRST, at)
    row = factories.a_published(topic, at=at, by=peter)
    change_name(person=peter, display_name="Preben Poulsen", by=peter, at=at)

    row.refresh_from_db()
    assert (row.author_name, row.author_district, row.author_is_resident) == ("Peter, Klintmose", "Klintmose", True)


def test_the_label_is_danish_whoever_looks(topic: Topic, at: datetime) -> None:
    assert factories.a_contribution(topic, at=at, by=personas.protected(at=at)).author_name == LABEL


def test_an_organisation_is_no_resident_and_keeps_its_label(topic: Topic, at: datetime) -> None:
    speaker = personas.speaker(at=at)
    row = factories.a_published(topic, at=at, by=speaker)
    end_organisation(
        organisation=Organisation.objects.get(account=speaker), sentence="Closed.", by=factories.an_official(at), at=at
    )
    later = factories.a_published(topic, at=at, by=User.objects.get(pk=speaker.pk))

    row.refresh_from_db()
    assert (row.author_name, row.author_is_organisation, row.author_is_resident) == ("Vesterhav Boat Club", True, False)
    assert not later.author_is_organisation
    with pytest.raises(IntegrityError, match="resident_or_organisation"), transaction.atomic():
        Contribution.stored.filter(pk=row.pk).update(author_is_resident=True)


def test_how_names_are_shown_is_settled_with_the_first_number(topic: Topic, at: datetime) -> None:
    _by_policy(topic, FIRST, at)
    factories.a_contribution(topic, at=at)
    stale = topic.consultation
    assert stale.next_number == 1

    with pytest.raises(NamesSettled):
        _by_policy(topic, FULL, at)

    stale.refresh_from_db()
    assert stale.name_policy == FIRST


@pytest.mark.parametrize(
    ("persona", "policy", "sentence"),
    [
        ("unverified", FULL, "Shown as Una Underveis."),
        ("unverified", FIRST, "Shown as Una. In this consultation only first name and district are shown."),
        ("resident", FULL, "Shown as Rita Rosendal, verified resident."),
        ("protected", FIRST, f"Shown as {LABEL}, verified resident. Your name is protected, so it is shown nowhere."),
        ("speaker", FULL, "Shown as Vesterhav Boat Club, organisation. This account writes for the organisation."),
    ],
)
def test_form_preview_and_receipt_say_what_becomes_public(  # noqa: PLR0917 - a table, and who looks
    persona: str, policy: NamePolicy, sentence: str, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    if policy == FIRST:
        _by_policy(topic, policy, at)
    person = personas.PERSONAS[persona](at=at)
    browser = as_seen_by(person)
    name = sentence.removeprefix("Shown as ").split(",")[0].split(".")[0]

    thread = address_of("portal:topic", slug=topic.consultation.slug, topic=topic.slug)
    assert sentence in shown(browser.get(url_of(topic)))
    assert sentence in shown(browser.get(thread))
    preview = send(browser, topic, action="preview")
    assert sentence in shown(preview)
    assert f'<h2 id="c-h">{name}</h2>' in " ".join(preview.content.decode().split())
    send(browser, topic)
    receipt = browser.get(address_of("portal:contribution-receipt", slug=topic.consultation.slug, number=1))
    assert f"Shown as {name}" in shown(receipt)
    assert Contribution.stored.get().author_name == name


def test_a_district_stands_once(topic: Topic, peter: User, as_seen_by: Browser, at: datetime) -> None:
    _by_policy(topic, FIRST, at)
    factories.a_published(topic, at=at, by=peter)

    page = shown(as_seen_by(personas.AnonymousUser()).get(_thread(topic)))

    assert page.count("Klintmose") == 1
    assert "Poulsen" not in page


def test_the_sweep_hides_what_was_written_before(topic: Topic, peter: User, at: datetime) -> None:
    mine = [factories.a_published(topic, at=at, by=peter) for _ in range(2)]
    mine.append(factories.a_refused(topic, at=at))
    others = factories.a_published(topic, at=at, by=personas.resident(at=at))
    assert hide_protected_names(at=at) == 0
    protect_name(person=peter, by=THE_SYSTEM, at=at)

    assert hide_protected_names(at=at) == 2
    assert hide_protected_names(at=at) == 0

    for row in mine[:2]:
        row.refresh_from_db()
        assert (row.author_name, row.author_district, row.author_title) == (LABEL, "", "")
        assert row.author_is_resident
    others.refresh_from_db()
    assert others.author_name == "Rita Rosendal"
    told = Entry.objects.get(kind="author.name_hidden")
    assert (facts_of(told), told.number, told.consultation_id) == ({"count": 2}, None, topic.consultation_id)
    assert "Poulsen" not in told.payload


def test_a_protection_that_ran_out_reveals_nothing(topic: Topic, peter: User, at: datetime) -> None:
    row = factories.a_published(topic, at=at, by=peter)
    protect_name(person=peter, by=THE_SYSTEM, at=at)
    hide_protected_names(at=at)
    User.objects.filter(pk=peter.pk).update(name_protected_at=None)

    hide_protected_names(at=at)

    row.refresh_from_db()
    assert row.author_name == LABEL


def test_what_an_organisation_wrote_keeps_its_label(topic: Topic, at: datetime) -> None:
    speaker = personas.speaker(at=at)
    row = factories.a_published(topic, at=at, by=speaker)
    protect_name(person=speaker, by=THE_SYSTEM, at=at)

    assert hide_protected_names(at=at) == 0

    row.refresh_from_db()
    assert row.author_name == "Vesterhav Boat Club"


def test_an_official_with_a_protected_name_answers_with_the_post(topic: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    User.objects.filter(pk=official.pk).update(job_title="Planlægger")
    asked = factories.a_published(topic, at=at)
    before = factories.an_answer(asked, at=at)
    assert before.author_name == "Olaf Overgaard"
    protect_name(person=User.objects.get(pk=official.pk), by=THE_SYSTEM, at=at)
    hide_protected_names(at=at)

    for answer in (before, factories.an_answer(asked, at=at)):
        answer.refresh_from_db()
        assert (answer.author_name, answer.author_title) == ("Planlægger", "Vesterhav Kommune")


def test_a_forgotten_author_leaves_the_record_without_a_name(
    topic: Topic, peter: User, as_seen_by: Browser, at: datetime
) -> None:
    shown_row, waiting = factories.a_published(topic, at=at, by=peter), factories.a_contribution(topic, at=at, by=peter)
    text = shown_row.body

    assert forget_author(person=peter, by=THE_SYSTEM, at=at) == 2
    assert forget_author(person=peter, by=THE_SYSTEM, at=at) == 0

    for row in (shown_row, waiting):
        row.refresh_from_db()
        assert (row.author_name, row.author_title, row.author_district) == ("", "", "")
    assert (shown_row.body, waiting.is_waiting) == (text, True)
    assert facts_of(Entry.objects.get(kind="author.forgotten")) == {"count": 2}
    page = as_seen_by(personas.AnonymousUser()).get(_thread(topic)).content.decode()
    assert '<h3 id="c1-h">Name deleted</h3>' in page
    assert '<span class="avatar" aria-hidden="true"></span>' in page
    grant_role(person=(moderator := factories.a_writer(at)), role=Role.MODERATOR, by=THE_SYSTEM, at=at)
    queue = shown(as_seen_by(moderator).get(address_of("moderation:queue")))
    assert "No. 2 Name deleted" in queue
    # A name that is protected later has nothing to take from them.
    protect_name(person=peter, by=THE_SYSTEM, at=at)
    assert hide_protected_names(at=at) == 0


def _thread(topic: Topic) -> str:
    return address_of("portal:topic", slug=topic.consultation.slug, topic=topic.slug)
