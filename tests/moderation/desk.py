"""What tests of the queue share."""

import re
from datetime import datetime
from html import unescape

from django.http import HttpResponse

from apps.accounts.actions import grant_role
from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.moderation.actions import Ruling
from apps.moderation.enums import Outcome
from apps.municipality.models import RefusalReason
from tests import personas
from tests.factories import a_moderator, a_writer, an_official

SENTENCE = "The text attacks a person."
FACTS = "The same account wrote to the mayor last week."


def a_colleague(at: datetime) -> User:
    """Return one more moderator."""
    person = personas.unverified(at=at, email="max@example.org", display_name="Max Møller")
    grant_role(person=person, role=Role.MODERATOR, by=THE_SYSTEM, at=at)
    return person


def someone(persona: str, at: datetime) -> personas.Viewer:
    """Return one person of a kind; people that the test has already are the same."""
    known = {"official": an_official, "moderator": a_moderator, "unverified": a_writer}
    return known.get(persona, personas.PERSONAS[persona])(at=at)


def a_reason(code: str = "personal_attack") -> RefusalReason:
    """Return the reason with that code."""
    return RefusalReason.objects.get(code=code)


def publish(version: int = 1) -> Ruling:
    """Return the ruling that publishes."""
    return Ruling(outcome=Outcome.PUBLISH, version=version)


def refuse(version: int = 1, sentence: str = SENTENCE, facts: str = "") -> Ruling:
    """Return a ruling that refuses."""
    return Ruling(outcome=Outcome.REFUSE, version=version, reason=a_reason(), sentence=sentence, internal_facts=facts)


def send_back(version: int = 1) -> Ruling:
    """Return a ruling that asks the author for an edit."""
    return Ruling(outcome=Outcome.RETURN, version=version, reason=a_reason("private_information"), sentence=SENTENCE)


def shown(response: HttpResponse) -> str:
    """Return what a page says: its words without tags, on one line."""
    page = re.sub(r'<span lang="da">(.*?)</span>', r"\1", response.content.decode())
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def queued(response: HttpResponse) -> list[int]:
    """Return the numbers in the queue of a page, in their order."""
    return [int(number) for number in re.findall(r"<h3><a [^>]+>No\. (\d+) ", response.content.decode())]


def hidden_version(response: HttpResponse) -> str:
    """Return the version that the form of a page carries."""
    found = re.search(r'<input type="hidden" name="version" value="(\d+)"', response.content.decode())
    assert found, "The page has no form"
    return found[1]
