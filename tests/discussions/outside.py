"""What the tests of voices from outside the web share."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from apps.accounts.models import User
from apps.common.uploads import FitFile, fit_file
from apps.consultations.actions import add_member
from apps.consultations.enums import TeamRole
from apps.consultations.models import Topic
from apps.discussions.actions import VoiceText, enter_voice
from apps.discussions.enums import Channel
from apps.discussions.models import OutsideVoice
from tests import factories

STREET, POSTAL, MAIL = "Hvalrosstræde 77", "6993 Nordskær", "ottilie@posthus.example"
NAME = "Ottilie Gyldenspjæt"
PRIVATE = {"address": STREET, "postal_line": POSTAL, "email": MAIL}


def a_letter(topic: Topic, *, at: datetime, **said: Any) -> VoiceText:
    """Return a letter of the day, as an official types it in."""
    usual = {"channel": Channel.LETTER, "came_on": at.date(), "name": NAME, "body": "We write on paper."}
    return VoiceText(topic=topic, **usual | PRIVATE | said)


def entered(
    topic: Topic, *, at: datetime, by: User | None = None, key: UUID | None = None, **said: Any
) -> OutsideVoice:
    """Return a letter that an official has typed in."""
    made = enter_voice(
        voice=a_letter(topic, at=at, **said), key=key or uuid4(), by=by or factories.an_official(at), at=at
    )
    return OutsideVoice.objects.select_related("contribution__consultation", "contribution__topic").get(
        contribution=made
    )


def in_team(topic: Topic, person: User, *, at: datetime) -> User:
    """Return a colleague who works on the hearing, too."""
    by = factories.an_official(at)
    add_member(consultation=topic.consultation, person=person, role=TeamRole.ANSWERER, by=by, at=at)
    return person


def a_scan() -> FitFile:
    """Return the scan of a letter: a PDF that says so and nothing more."""
    content = b"%PDF-1.7\na letter"
    return fit_file(name="letter.pdf", size=len(content), content=ContentFile(content))
