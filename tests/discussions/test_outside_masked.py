"""An identity number in what staff type in for others, or bring in a table, is masked, and they are told."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.test import Client

from apps.common.identity_numbers import MASK
from apps.consultations.models import Topic
from apps.discussions.actions import correct_voice
from apps.discussions.models import Contribution, PastText, SenderAddress
from tests import factories
from tests.discussions.conftest import Browser, address_of
from tests.discussions.outside import a_letter, entered

pytestmark = pytest.mark.django_db
NUMBER, TOLD = "240688-3391", "What looks like an identity number is masked"
IN_ALL = {
    "body": f"She is {NUMBER}.",
    "name": f"Ottilie {NUMBER}",
    "address": f"c/o {NUMBER}",
    "postal_line": f"6993 {NUMBER}",
}


@pytest.fixture
def official(db: None, as_seen_by: Browser, at: datetime) -> Client:
    return as_seen_by(factories.an_official(at))


def assert_masked() -> None:
    row, sender = Contribution.stored.get(), SenderAddress.objects.get()
    assert row.body == f"She is {MASK}."
    assert (sender.name, sender.address, sender.postal_line) == (f"Ottilie {MASK}", f"c/o {MASK}", f"6993 {MASK}")
    assert NUMBER not in row.body_html + row.author_name + (row.offsite_author.name if row.offsite_author else "")


def test_in_the_form_for_one_letter(official: Client, topic: Topic, at: datetime) -> None:
    sent = {"topic": topic.slug, "channel": "letter", "came_on": at.date().isoformat(), "kind": "view", "key": uuid4()}

    page = official.post(
        address_of("discussions:voice-enter", slug=topic.consultation.slug), sent | IN_ALL, follow=True
    ).content.decode()

    assert TOLD in page
    assert_masked()


def test_in_a_correction_too(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)

    correct_voice(voice=voice, text=a_letter(topic, at=at, **IN_ALL), by=factories.an_official(at), at=at)

    assert_masked()
    assert PastText.objects.get().body == "We write on paper."


def test_in_a_table_the_first_look_says_so_at_its_row(official: Client, topic: Topic, at: datetime) -> None:
    day, cells = at.date().isoformat(), ";".join(IN_ALL[name] for name in ("name", "body", "address", "postal_line"))
    table = f"topic;channel;came_on;name;text;address;postal_line\n{topic.slug};letter;{day};{cells}"
    here = address_of("discussions:voice-import", slug=topic.consultation.slug)

    looked = official.post(here, {"table": table}).content.decode()

    assert "1 row can be received" in looked
    assert looked.count(TOLD) == 1
    assert not Contribution.stored.exists()
    done = official.post(here, {"table": table, "step": "receive"}, follow=True).content.decode()
    assert TOLD in done
    assert_masked()


def test_where_there_is_none_nothing_is_told(official: Client, topic: Topic, at: datetime) -> None:
    table = f"topic;channel;came_on;name;text\n{topic.slug};letter;{at.date().isoformat()};Bo B;A text."
    here = address_of("discussions:voice-import", slug=topic.consultation.slug)

    assert TOLD not in official.post(here, {"table": table, "step": "receive"}, follow=True).content.decode()
    assert Contribution.stored.exists()
