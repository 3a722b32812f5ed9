"""The age band of residents is kept as long as citizen proposals under way ask for a least age."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.discussions.actions import hide_contribution, settle_proposals
from apps.discussions.models import Contribution
from apps.municipality.models import Municipality, RefusalReason
from apps.residency.enums import AgeBand
from tests import factories, personas
from tests.discussions.test_proposals import aged, offered, published, terms
from tests.factories.standing import a_box
from tests.municipality.test_facts import FACTS

pytestmark = pytest.mark.django_db
DESK = "/en/desk/municipality/"


@pytest.fixture
def rita(at: datetime) -> User:
    return aged(personas.resident(at=at), AgeBand.TO_44)


@pytest.fixture
def row(rita: User, at: datetime) -> Contribution:
    """A citizen proposal for those who have turned 18 waits; new ones are for any age."""
    terms(age=18)
    row = offered(a_box(at=at), at=at, by=rita)
    Municipality.objects.update(proposal_minimum_age=0)
    cache.clear()
    return row


@pytest.fixture
def desk(at: datetime) -> Client:
    client = Client()
    client.force_login(personas.administrator(at=at))
    return client


def switched_off(desk: Client) -> bool:
    answer = desk.post(DESK, FACTS)
    if answer.status_code == 422:
        assert "ask for a least age are waiting or running: 1." in answer.content.decode()
        assert Municipality.objects.get().asks_age_band
        return False
    assert answer.status_code == 302
    return not Municipality.objects.get().asks_age_band


def test_it_stays_while_one_waits(row: Contribution, desk: Client) -> None:
    assert not switched_off(desk)


def test_it_stays_while_one_runs_and_goes_once_that_ended(row: Contribution, desk: Client, at: datetime) -> None:
    published(row, at=at)
    assert not switched_off(desk)

    settle_proposals(by=THE_SYSTEM, at=at + timedelta(days=30))
    assert switched_off(desk)


def test_what_a_moderator_hid_holds_up_nothing(row: Contribution, desk: Client, at: datetime) -> None:
    published(row, at=at)
    by, reason = as_moderator(factories.a_moderator(at)), RefusalReason.objects.get(code="spam")
    hide_contribution(contribution=row, reason=reason, sentence="It advertises.", by=by, at=at)

    assert switched_off(desk)


def test_what_asks_for_no_age_holds_up_nothing(rita: User, desk: Client, at: datetime) -> None:
    terms(age=0)
    Municipality.objects.update(asks_age_band=True)
    cache.clear()
    published(offered(a_box(at=at), at=at, by=rita), at=at)

    assert switched_off(desk)


def test_the_command_refuses_it_as_well(row: Contribution) -> None:
    Municipality.objects.update(code="0849")
    with pytest.raises(CommandError, match=r"--no-asks-age-band: .*least age"):
        call_command("set_up_municipality", asks_age_band=False)
    assert Municipality.objects.get().asks_age_band
    call_command("set_up_municipality", phone="70 00 00 00")
