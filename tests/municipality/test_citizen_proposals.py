"""The terms of citizen proposals, as administrators set them: off at first, told in the ledger, refused where unfit."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.enums import AGES_KNOWN
from apps.municipality.models import Municipality
from apps.municipality.queries import proposal_terms, the_municipality
from apps.residency.enums import LEAST_AGES
from tests import personas
from tests.municipality.test_facts import FACTS

pytestmark = pytest.mark.django_db
Committing = Callable[..., Any]
PAGE = "/en/desk/municipality/citizen-proposals/"
SENT = {"takes_proposals": "on", "proposal_threshold": "400", "proposal_days": "90", "proposal_minimum_age": "0"}


@pytest.fixture
def desk(at: datetime) -> Client:
    Municipality.objects.update_or_create(pk=1, defaults={"name": "Havn", "site_name": "Havn", "code": "0849"})
    cache.clear()
    client = Client()
    client.force_login(personas.administrator(at=at))
    return client


def test_it_is_off_until_it_is_switched_on_and_told(
    desk: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    assert proposal_terms() is None
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(PAGE, SENT)

    terms = proposal_terms()
    assert answer.status_code == 302
    assert terms is not None
    assert (terms.threshold, terms.days, terms.minimum_age) == (400, 90, 0)
    told = facts_of(Entry.objects.get(kind="municipality.changed"))["fields"]
    assert told == "proposal_threshold, takes_proposals"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"proposal_threshold": ""}, "Write how many supporters"),
        ({"proposal_threshold": "1"}, "greater than or equal to 2"),
        ({"proposal_threshold": "many"}, "whole number"),
        ({"proposal_days": "6"}, "greater than or equal to 7"),
        ({"proposal_days": "9999"}, "less than or equal to 730"),
        ({"proposal_days": ""}, "required"),
        ({"proposal_minimum_age": "15"}, "Whether somebody has turned 15 is not known here"),
        ({"proposal_minimum_age": "-3"}, "greater than or equal to 0"),
        ({"proposal_minimum_age": "18"}, "the age band of residents is not kept"),
    ],
)
def test_unfit_terms_are_refused_with_what_was_typed(sent: dict[str, str], says: str, desk: Client) -> None:
    answer = desk.post(PAGE, SENT | sent)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    [(_name, value)] = sent.items()
    assert not value or f'value="{value}"' in page
    assert proposal_terms() is None


def test_the_age_band_stays_as_long_as_proposals_ask_for_an_age(
    desk: Client, django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        desk.post("/en/desk/municipality/", FACTS | {"asks_age_band": "on"})
        assert desk.post(PAGE, SENT | {"proposal_minimum_age": "18"}).status_code == 302
        answer = desk.post("/en/desk/municipality/", FACTS)

    assert answer.status_code == 422
    assert "Citizen proposals ask for a least age" in answer.content.decode()
    assert the_municipality().asks_age_band


def test_the_ages_that_are_known_are_those_at_which_a_band_begins() -> None:
    assert tuple(sorted(LEAST_AGES.values()))[1:] == AGES_KNOWN
