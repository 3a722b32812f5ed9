"""Sending the form of a topic in tests, and reading what comes back."""

import html
import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client

from apps.consultations.models import Topic
from tests import factories, personas
from tests.discussions.conftest import address_of

TEXT = "I hear the turbines at night.\r\n\r\nWith æ, ø & å."
STORED = "I hear the turbines at night.\n\nWith æ, ø & å."
KEY = UUID(int=77)
CPR = "Her number is 010190-1234."


def send(browser: Client, topic: Topic, **typed: Any) -> HttpResponse:
    fields = {"body": TEXT, "kind": "view", "reply_to": "", "key": str(KEY), "action": "send"}
    return browser.post(url_of(topic), fields | typed)


def url_of(topic: Topic) -> str:
    return address_of("discussions:contribution-submit", slug=topic.consultation.slug, topic=topic.slug)


def shown(answer: HttpResponse) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def typed_in(answer: HttpResponse) -> str:
    found = re.search(r'<textarea name="body"[^>]*>\r?\n?(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert found, "The page has no form"
    return html.unescape(found[1]).replace("\r\n", "\n")


def kept_somewhere(text: str) -> bool:
    return any(text in json.dumps(session.get_decoded(), ensure_ascii=False) for session in Session.objects.all())


def log_in(browser: Client) -> str:
    typed = {"login": "una@example.org", "password": personas.PASSWORD}
    return str(browser.post("/en/accounts/login/", typed).headers["Location"])


def nothing_is_kept(browser: Client) -> bool:
    """Tell whether this browser holds no text, and its next log-in leads where log-ins lead."""
    return not browser.session.get("drafts") and "after_login" not in browser.session


def someone(persona: str, at: datetime) -> personas.Viewer:
    known = {"official": factories.an_official, "unverified": factories.a_writer}
    return known[persona](at) if persona in known else personas.PERSONAS[persona](at=at)
