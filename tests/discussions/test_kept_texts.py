"""A text written signed out is kept on the device until it is sent, and nothing is kept that may not be stored."""

import html
import re
from datetime import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client

from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.sending import (
    CPR,
    STORED,
    kept_somewhere,
    log_in,
    nothing_is_kept,
    send,
    shown,
    typed_in,
    url_of,
)

pytestmark = pytest.mark.django_db


def test_a_text_sent_signed_out_is_kept_through_the_log_in_and_not_sent_by_itself(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    factories.a_writer(at)
    factories.a_published(topic, at=at, by=personas.resident(at=at))
    browser = as_seen_by(personas.AnonymousUser())

    answer = send(browser, topic, kind="proposal", reply_to="1")
    login = browser.get(answer.headers["Location"])
    assert "Your text is kept: “I hear the turbines at night. With æ, ø & å.”" in shown(login)

    back = log_in(browser)
    page = browser.get(back)

    assert back == url_of(topic)
    assert typed_in(page) == STORED
    assert "Your text is kept." in shown(page)
    assert "Reply to no. 1" in shown(page)
    assert re.search(r'value="proposal"[^>]*checked', page.content.decode())
    assert Contribution.stored.count() == 1

    sent = send(browser, topic, kind="proposal", reply_to="1")
    assert sent.status_code == 302
    assert typed_in(browser.get(url_of(topic))) == ""
    assert nothing_is_kept(browser)


def test_a_text_survives_signing_up_and_confirming_by_mail(topic: Topic, as_seen_by: Browser) -> None:
    browser = as_seen_by(personas.AnonymousUser())
    send(browser, topic)

    assert "Your text is kept" in shown(browser.get("/en/accounts/signup/"))
    typed = {"display_name": "Nina Ny", "email": "nina@example.org", "password1": personas.PASSWORD}
    assert browser.post("/en/accounts/signup/", typed).status_code == 302
    link = re.search(r"/(?:en/)?accounts/confirm-email/[^/\s]+/", str(mail.outbox[-1].body))
    assert link is not None
    confirmed = browser.post(link[0])

    assert typed_in(browser.get(confirmed.headers["Location"])) == STORED
    assert send(browser, topic).status_code == 302


def test_a_kept_text_stands_in_the_form_of_the_topic(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(personas.AnonymousUser())
    send(browser, topic)

    page = browser.get(address_of("portal:topic", slug=topic.consultation.slug, topic=topic.slug))

    assert typed_in(page) == STORED
    assert "Your text is kept." in shown(page)


def test_a_session_that_ran_out_while_writing_loses_nothing(topic: Topic, as_seen_by: Browser, at: datetime) -> None:
    browser = as_seen_by(factories.a_writer(at))
    browser.get(url_of(topic))
    Session.objects.all().delete()

    answer = send(browser, topic)
    assert answer.headers["Location"] == "/en/accounts/login/"

    assert typed_in(browser.get(log_in(browser))) == STORED


def test_a_form_whose_token_ran_out_shows_the_text(topic: Topic, at: datetime) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(factories.a_writer(at))

    with time_machine.travel(at, tick=False):
        answer = send(browser, topic)

    assert answer.status_code == 403
    assert html.unescape(answer.content.decode()).count("I hear the turbines at night.") == 1


def test_five_texts_are_kept_and_the_oldest_goes(as_seen_by: Browser, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    topics = [factories.the_topic(hearing), *(factories.a_topic(hearing, at=at) for _ in range(5))]
    browser = as_seen_by(personas.AnonymousUser())
    for number, topic in enumerate(topics):
        send(browser, topic, body=f"Text {number}")

    kept = [typed_in(browser.get(url_of(topic))) for topic in topics]

    assert kept == ["", "Text 1", "Text 2", "Text 3", "Text 4", "Text 5"]


def test_an_identity_number_is_not_kept_in_the_session(topic: Topic, as_seen_by: Browser) -> None:
    browser = as_seen_by(personas.AnonymousUser())
    send(browser, topic, body="First, a fit text")

    answer = send(browser, topic, body=CPR)

    assert answer.status_code == 422
    assert not kept_somewhere("010190")
    assert typed_in(browser.get(url_of(topic))) == "First, a fit text"
