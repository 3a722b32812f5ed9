from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from apps.moderation.models import Decision
from tests import factories

pytestmark = pytest.mark.django_db


def test_what_a_moderator_typed_is_shown_once_more_when_the_session_ended(client: Client, at: datetime) -> None:
    waiting = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)
    sentence = "It names a private person, who is not part of this."
    typed = {"outcome": "refuse", "reason": "private_information", "version": 1, "sentence": sentence}

    answer = client.post(reverse("moderation:contribution-decide", args=[waiting.pk]), typed)

    assert answer.status_code == 403
    page = answer.content.decode()
    assert sentence in page
    assert f"moderation%2Fitems%2F{waiting.pk}%2F" in page
    assert not Decision.objects.exists()


def test_a_post_without_words_leads_to_the_page_it_belongs_to(client: Client, at: datetime) -> None:
    waiting = factories.a_contribution(factories.the_topic(factories.a_hearing(at=at)), at=at)

    answer = client.post(reverse("moderation:contribution-claim", args=[waiting.pk]))

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/moderation/items/{waiting.pk}/")
