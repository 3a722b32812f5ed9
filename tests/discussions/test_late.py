"""What comes after the deadline: refused with the way by post, or taken and marked for ever, as the official chose."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations.actions import LegalTerms, extend_deadline, set_legal_terms, stop_writing
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.discussions.queries import personal_data_of
from apps.discussions.rules import why_not_revise
from apps.exchange.queries.checking import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import Municipality
from apps.portal.queries.evidence import evidence_about
from tests import factories
from tests.discussions.conftest import Browser
from tests.discussions.sending import STORED, send, shown, typed_in, url_of

pytestmark = pytest.mark.django_db

DEADLINE = timedelta(days=21)
A_MOMENT = timedelta(microseconds=1)


def taking_late(topic: Topic, at: datetime) -> Topic:
    """Return the topic, in whose consultation late contributions are taken."""
    terms = LegalTerms(takes_late=True)
    set_legal_terms(consultation=topic.consultation, terms=terms, by=factories.an_official(at), at=at)
    return factories.the_topic(topic.consultation)


@pytest.fixture
def late(topic: Topic, at: datetime) -> Contribution:
    """A text that came a day after the deadline and is published."""
    return factories.a_published(taking_late(topic, at), at=at + DEADLINE + timedelta(days=1), body="Too late?")


def test_who_is_too_late_is_told_how_to_write_by_post_and_keeps_the_text(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    Municipality.objects.create(name="Klintby", site_name="Klintby", code="0999", address="Torvet 1, 9999 Klintby")
    cache.clear()
    browser = as_seen_by(factories.a_writer(at))

    with time_machine.travel(at + DEADLINE, tick=False):
        answer = send(browser, topic)
        opened = browser.get(url_of(topic))

    assert answer.status_code == 422
    assert "You can still write by post to Klintby, Torvet 1, 9999 Klintby." in shown(answer)
    assert "You can still write by post to" in shown(opened)
    assert typed_in(answer) == STORED
    assert not Contribution.stored.exists()


@pytest.mark.parametrize(("past", "came_late"), [(-A_MOMENT, False), (timedelta(), True), (timedelta(days=5), True)])
def test_the_deadline_parts_on_time_from_late_at_its_instant(
    past: timedelta, came_late: bool, topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(factories.a_writer(at))
    taking_late(topic, at)

    with time_machine.travel(at + DEADLINE + past, tick=False):
        opened, answer = browser.get(url_of(topic)), send(browser, topic)

    row = Contribution.stored.get()
    assert answer.status_code == 302
    assert row.came_late == came_late
    assert ("What you send now is taken, and marked as not on time" in shown(opened)) == came_late
    told = facts_of(Entry.objects.get(kind="contribution.received"))
    assert told.get("late", False) == came_late


def test_nothing_is_early_or_late_before_it_opens_or_where_writing_is_stopped(at: datetime) -> None:
    planned = taking_late(factories.the_topic(factories.a_hearing(at=at, opens=timedelta(days=1))), at)
    stopped = taking_late(factories.the_topic(factories.a_hearing(at=at)), at)
    stop_writing(consultation=stopped.consultation, sentence="A break.", by=factories.an_official(at), at=at)

    with pytest.raises(NotAllowed):
        factories.a_contribution(planned, at=at)
    with pytest.raises(NotAllowed):
        factories.a_contribution(stopped, at=at + DEADLINE)


def test_it_is_marked_wherever_it_is_shown(late: Contribution, as_seen_by: Browser, at: datetime) -> None:
    slug, topic = late.consultation.slug, late.topic.slug
    assert isinstance(late.author, User)
    waiting = factories.a_contribution(late.topic, at=at + DEADLINE + timedelta(days=2))

    browser = as_seen_by(late.author)
    assert "Not on time" in shown(browser.get(f"/en/consultations/{slug}/topics/{topic}/"))
    assert "Not on time" in shown(browser.get(f"/en/consultations/{slug}/c/{late.number}/receipt/"))
    queue = as_seen_by(factories.a_moderator(at)).get(reverse("moderation:queue"))
    item = as_seen_by(factories.a_moderator(at)).get(reverse("moderation:item", args=[waiting.pk]))
    assert waiting.came_late
    assert "Not on time" in shown(item)
    assert "Not on time" in shown(queue)


def test_the_exports_say_so(late: Contribution, at: datetime) -> None:
    later = at + timedelta(days=60)
    assert isinstance(late.author, User)
    [mine] = personal_data_of(late.author, at=later)
    assert mine["on_time"] is False
    assert evidence_about(late, at=later)["contribution"]["on_time"] is False


def test_an_extension_after_it_came_does_not_make_it_late_nor_on_time(topic: Topic, at: datetime) -> None:
    before = factories.a_contribution(topic, at=at)
    by = factories.an_official(at)
    extend_deadline(consultation=topic.consultation, last_day=date(2026, 11, 1), cause="Outage.", by=by, at=at)
    between = factories.a_contribution(topic, at=at + DEADLINE + timedelta(days=1))

    assert not before.came_late
    assert not between.came_late


def test_what_came_on_time_is_not_changed_after_the_deadline(topic: Topic, at: datetime) -> None:
    row = factories.a_contribution(taking_late(topic, at), at=at)
    after = at + DEADLINE
    tardy = factories.a_contribution(topic, at=after)
    phases = list(topic.consultation.phases.all())

    assert why_not_revise(row.author, row, phases=phases, pause=None, at=after)
    assert not why_not_revise(tardy.author, tardy, phases=phases, pause=None, at=after)


def test_the_rows_agree_with_the_ledger(late: Contribution) -> None:
    assert check_ledger()
