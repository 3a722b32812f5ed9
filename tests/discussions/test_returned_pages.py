"""What authors see of a text that was sent back to them, or hidden: what was asked, until when, and how to do it."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import hide_contribution, restore_contribution, return_contribution
from apps.discussions.models import Contribution
from apps.discussions.rules import EDIT_TAKEN
from apps.discussions.tasks import reopen_lapsed
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.conftest import Browser
from tests.discussions.sending import shown

pytestmark = pytest.mark.django_db

ASKED = "Leave out the neighbour's name."


@pytest.fixture
def returned(topic: Topic, at: datetime) -> Contribution:
    row = factories.a_contribution(topic, at=at, body="Ole next door is mad.")
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(factories.a_moderator(at))
    return_contribution(contribution=row, version=1, reason=reason, sentence=ASKED, by=by, at=at)
    return row


def _hidden(topic: Topic, at: datetime) -> Contribution:
    row = factories.a_published(topic, at=at, body="Ole next door is mad.")
    reason = RefusalReason.objects.get(code="private_information")
    by = as_moderator(factories.a_moderator(at))
    hide_contribution(contribution=row, reason=reason, sentence="It names a neighbour.", by=by, at=at)
    return row


def _url(page: str, row: Contribution) -> str:
    return reverse(page, kwargs={"slug": row.consultation.slug, "number": row.number})


@pytest.mark.parametrize("page", ["portal:contribution-receipt", "discussions:contribution-revise", "portal:me"])
def test_the_author_reads_what_was_asked_and_until_when(page: str, returned: Contribution, as_seen_by: Browser) -> None:
    address = reverse(page) if page == "portal:me" else _url(page, returned)

    text = shown(as_seen_by(returned.author).get(address))

    assert "A moderator asks you to change your contribution." in text
    assert re.search(rf"Private information about others \((house )?rule 2\)\. {ASKED}", text)
    assert "until 22 September 2026 at 10:30, also after the deadline" in text


def test_a_changed_text_waits_again_under_its_number(returned: Contribution, as_seen_by: Browser) -> None:
    sent = {"kind": "view", "body": "My neighbour is mad."}

    answer = as_seen_by(returned.author).post(_url("discussions:contribution-revise", returned), sent, follow=True)

    returned.refresh_from_db()
    assert (returned.status, returned.number, returned.body) == ("waiting", 1, "My neighbour is mad.")
    assert "Thank you. Your contribution has been received." in shown(answer)


def test_an_unchanged_text_is_answered_with_a_sentence(returned: Contribution, as_seen_by: Browser) -> None:
    sent = {"kind": returned.kind, "body": returned.body}

    answer = as_seen_by(returned.author).post(_url("discussions:contribution-revise", returned), sent)

    assert answer.status_code == 422
    assert "Nothing has been changed yet." in shown(answer)
    assert ASKED in shown(answer)
    assert returned.body in shown(answer)
    returned.refresh_from_db()
    assert returned.is_returned


def test_an_edit_that_comes_too_late_is_refused_and_not_lost(returned: Contribution, as_seen_by: Browser) -> None:
    browser, sent = as_seen_by(returned.author), {"kind": "view", "body": "My neighbour is mad."}
    with time_machine.travel(returned.received_at + EDIT_TAKEN, tick=False):
        answer = browser.post(_url("discussions:contribution-revise", returned), sent)
        receipt = shown(browser.get(_url("portal:contribution-receipt", returned)))

    assert answer.status_code == 422
    assert "The week to change it is over." in shown(answer)
    assert "My neighbour is mad." in shown(answer)
    assert "Change the text" not in receipt


def test_the_sweep_takes_up_what_nobody_changed(returned: Contribution) -> None:
    with time_machine.travel(returned.received_at + EDIT_TAKEN - timedelta(seconds=1), tick=False):
        assert reopen_lapsed() == 0
    with time_machine.travel(returned.received_at + EDIT_TAKEN, tick=False):
        assert reopen_lapsed() == 1


def test_a_hidden_text_is_told_of_to_its_author(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    row = _hidden(topic, at)
    browser = as_seen_by(row.author)

    for address in (_url("portal:contribution-receipt", row), reverse("portal:me")):
        text = shown(browser.get(address))
        assert "A moderator has hidden your contribution." in text
        assert re.search(r"\((house )?rule 2\)\. It names a neighbour\.", text)

    restore_contribution(contribution=row, by=as_moderator(factories.a_moderator(at)), at=at)
    assert "Your contribution is published." in shown(browser.get(_url("portal:contribution-receipt", row)))


@pytest.mark.parametrize("persona", ["anonymous", "resident", "moderator"])
def test_the_permanent_address_leads_to_the_reason_and_not_to_the_text(
    persona: str, returned: Contribution, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    hidden = _hidden(topic, at)
    viewer = factories.a_moderator(at) if persona == "moderator" else personas.PERSONAS[persona](at=at)

    for row, told in ((returned, "its author was asked to change it"), (hidden, "a moderator hid it")):
        answer = as_seen_by(viewer).get(_url("portal:contribution", row), follow=True)
        page = answer.content.decode()
        assert answer.redirect_chain[-1][0].endswith(f"#c{row.number}")
        assert f'id="c{row.number}"' in page
        assert told in page
        assert "Ole next door" not in page


def test_the_permanent_address_leads_the_author_to_what_can_be_changed(
    returned: Contribution, as_seen_by: Browser
) -> None:
    author = returned.author
    assert isinstance(author, User)
    browser: Client = as_seen_by(author)

    answer = browser.get(_url("portal:contribution", returned))

    assert answer.headers["Location"] == _url("portal:contribution-receipt", returned)
