"""The note of an imported contribution is kept once, and read in the language of the page."""

from datetime import datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from tests import factories

pytestmark = pytest.mark.django_db

NOTES = {"en": "in reply to a contribution in another topic", "da": "svar på et bidrag i et andet emne"}


@pytest.mark.parametrize("language", NOTES)
def test_a_note_is_in_the_language_of_the_thread(language: str, topic: Topic, client: Client, at: datetime) -> None:
    published = factories.a_published(topic, at=at)
    Contribution.stored.filter(pk=published.pk).update(note=NOTES["en"])

    with override(language):
        address = reverse("portal:topic", args=[topic.consultation.slug, topic.slug])
    page = client.get(address).content.decode()

    assert [note in page for note in NOTES.values()] == [name == language for name in NOTES]


@pytest.mark.parametrize("language", NOTES)
def test_and_in_that_of_the_queue(language: str, topic: Topic, client: Client, at: datetime) -> None:
    waiting = factories.a_contribution(topic, at=at)
    Contribution.stored.filter(pk=waiting.pk).update(note=NOTES["en"])
    client.force_login(factories.a_moderator(at))

    with override(language), time_machine.travel(at, tick=False):
        page = client.get(reverse("moderation:item", args=[waiting.pk])).content.decode()

    assert [note in page for note in NOTES.values()] == [name == language for name in NOTES]
