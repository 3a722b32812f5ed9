"""The name of a sender that turns out to be protected is taken from beside the text, also once that is decided on."""

from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import hide_sender_name, publish_contribution
from apps.discussions.models import Contribution, OffsiteAuthor, OutsideVoice, SenderAddress
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.outside import NAME, entered

pytestmark = pytest.mark.django_db
BUTTON = "Take the name away"


@pytest.fixture
def published(topic: Topic, at: datetime) -> OutsideVoice:
    voice = entered(topic, at=at)
    publish_contribution(contribution=voice.contribution, version=1, by=as_moderator(factories.a_moderator(at)), at=at)
    return voice


def test_the_page_takes_it_away_for_everybody(
    as_seen_by: Browser, published: OutsideVoice, client: Client, at: datetime
) -> None:
    parts = {"slug": published.contribution.consultation.slug, "number": 1}
    page, thread = address_of("discussions:voice", **parts), address_of("portal:contribution", **parts)
    official = as_seen_by(factories.an_official(at))
    assert BUTTON in official.get(page).content.decode()
    assert NAME in client.get(thread, follow=True).content.decode()

    done = official.post(address_of("discussions:sender-name-hide", **parts), follow=True).content.decode()

    assert "The name is taken away." in done
    assert BUTTON not in done
    assert NAME not in client.get(thread, follow=True).content.decode()
    row = Contribution.stored.get()
    assert (row.author_name_hidden, NAME in row.author_name) == (True, False)
    assert NAME not in OffsiteAuthor.objects.get().name
    assert SenderAddress.objects.get().name == NAME
    assert facts_of(Entry.objects.get(kind="author.name_hidden")) == {"count": 1}
    assert check_ledger().problem == ""


def test_it_is_done_once_and_an_organisation_keeps_its_name(
    topic: Topic, published: OutsideVoice, at: datetime
) -> None:
    official = factories.an_official(at)
    firm = entered(topic, at=at, name="Vind A/S", body="As a firm.", is_organisation=True)

    done = [hide_sender_name(voice=voice, by=official, at=at) for voice in (published, published, firm)]

    assert done == [True, False, False]
    assert Contribution.stored.get(pk=firm.contribution_id).author_name == "Vind A/S"
    assert Entry.objects.filter(kind="author.name_hidden").count() == 1


@pytest.mark.parametrize("persona", ["resident", "moderator", "administrator"])
def test_nobody_else_takes_it_away(persona: str, published: OutsideVoice, at: datetime) -> None:
    known = {"moderator": factories.a_moderator(at)}
    somebody = known.get(persona) or personas.PERSONAS[persona](at=at)

    with pytest.raises(NotAllowed):
        hide_sender_name(voice=published, by=somebody, at=at)

    assert Contribution.stored.get().author_name == NAME
