"""The legal bases of hearings: kept by administrators alone, told in the ledger, and never with another code."""

from datetime import datetime

import pytest
from django.db import transaction
from django.test import Client

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.actions import (
    BasisText,
    add_legal_basis,
    change_legal_basis,
    resume_legal_basis,
    retire_legal_basis,
)
from apps.municipality.errors import BasisTaken
from apps.municipality.models import LegalBasis
from apps.municipality.queries import legal_basis_at, selectable_legal_bases
from tests import factories, personas

pytestmark = pytest.mark.django_db

TEXT = BasisText(name_da="Vejplan", name_en="Road plan", paragraph="Vejloven § 1", minimum_days=28)
SENT = {"name_da": "Vejplan", "name_en": "Road   plan", "paragraph": "Vejloven § 1", "minimum_days": "28"}


@pytest.fixture
def keeper(at: datetime) -> User:
    return personas.administrator(at=at)


@pytest.fixture
def desk(keeper: User) -> Client:
    client = Client()
    client.force_login(keeper)
    return client


def told() -> list[tuple[str, object, object]]:
    """Return what the ledger tells of legal bases, in order: what, which, how many days."""
    entries = Entry.objects.filter(kind__startswith="basis.").order_by("pk")
    return [(entry.kind, facts_of(entry)["basis"], facts_of(entry).get("days")) for entry in entries]


def test_the_planning_act_is_there_from_the_start() -> None:
    days = {basis.code: (basis.paragraph, basis.minimum_days) for basis in selectable_legal_bases()}

    assert days == {
        "municipal_plan": ("Planloven § 24, stk. 3", 56),
        "municipal_plan_minor": ("Planloven § 24, stk. 4", 28),
        "local_plan": ("Planloven § 24, stk. 5", 28),
        "local_plan_minor": ("Planloven § 24, stk. 6", 14),
        "call_for_ideas": ("Planloven § 23 c", 0),
        "environmental_report": ("Miljøvurderingsloven", 56),
    }
    assert legal_basis_at("local_plan").name == "Lokalplan"  # type: ignore[union-attr]


def test_a_basis_is_added_changed_retired_and_offered_again(keeper: User, at: datetime) -> None:
    basis = add_legal_basis(text=TEXT, by=keeper, at=at)
    changed = BasisText(name_da="Vejplan", name_en="Road plan", paragraph="Vejloven § 2", minimum_days=42)

    assert change_legal_basis(basis=basis, text=changed, by=keeper, at=at)
    basis.refresh_from_db()
    assert not change_legal_basis(basis=basis, text=changed, by=keeper, at=at)
    assert retire_legal_basis(basis=basis, by=keeper, at=at)
    assert not retire_legal_basis(basis=basis, by=keeper, at=at)
    assert basis not in selectable_legal_bases()
    assert resume_legal_basis(basis=basis, by=keeper, at=at)
    assert not resume_legal_basis(basis=basis, by=keeper, at=at)

    assert (basis.code, basis.minimum_days) == ("road_plan", 42)
    assert told() == [
        ("basis.added", "road_plan", 28),
        ("basis.changed", "road_plan", 42),
        ("basis.retired", "road_plan", None),
        ("basis.resumed", "road_plan", None),
    ]


@pytest.mark.parametrize("name", ["Local plan", "!?"])
def test_a_name_that_makes_no_code_of_its_own_is_refused(name: str, keeper: User, at: datetime) -> None:
    if name == "Local plan":
        assert LegalBasis.objects.filter(code="local_plan").exists()
    text = BasisText(name_da="En", name_en=name, paragraph="Loven", minimum_days=1)

    with pytest.raises(BasisTaken), transaction.atomic():
        add_legal_basis(text=text, by=keeper, at=at)

    assert told() == []


def test_officials_do_not_set_how_long_their_hearings_last(at: datetime) -> None:
    official, basis = factories.an_official(at), LegalBasis.objects.get(code="local_plan")

    with pytest.raises(NotAllowed):
        add_legal_basis(text=TEXT, by=official, at=at)
    with pytest.raises(NotAllowed):
        change_legal_basis(basis=basis, text=TEXT, by=official, at=at)
    for turn in (retire_legal_basis, resume_legal_basis):
        with pytest.raises(NotAllowed):
            turn(basis=basis, by=official, at=at)

    assert told() == []


def test_the_pages_add_change_and_retire(desk: Client) -> None:
    page = desk.post("/en/desk/legal-bases/add/", SENT, follow=True).content.decode()
    assert "“Road plan” can be chosen from now on." in page
    assert 'href="https://danskelove.dk/planloven/24"' in page

    address = "/en/desk/legal-bases/edit/road_plan/"
    assert 'value="28"' in desk.get(address).content.decode()
    assert desk.post(address, SENT | {"minimum_days": "30"}).status_code == 302
    desk.post(address, {"action": "retire"})
    assert "No longer used" in desk.get("/en/desk/legal-bases/").content.decode()
    desk.post(address, {"action": "resume"})

    assert [kind for kind, _code, _days in told()] == [
        "basis.added",
        "basis.changed",
        "basis.retired",
        "basis.resumed",
    ]
    assert desk.post("/en/desk/legal-bases/edit/nothing/", SENT).status_code == 404
    assert 'href="/en/desk/legal-bases/"' in desk.get("/en/desk/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name_da": ""}, "This field is required."),
        ({"name_en": "Local plan"}, "There is a legal basis of that name already."),
        ({"minimum_days": "-1"}, "greater than or equal to 0"),
        ({"minimum_days": "366"}, "less than or equal to 365"),
        ({"source": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_is_wrong_is_answered_with_a_sentence_and_nothing_is_lost(
    wrong: dict[str, str], sentence: str, desk: Client
) -> None:
    answer = desk.post("/en/desk/legal-bases/add/", SENT | wrong)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Vejloven § 1" in page
    assert told() == []
