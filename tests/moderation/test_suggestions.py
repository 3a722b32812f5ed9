"""A sentence to begin with is offered in the language of whom it is written to."""

from datetime import datetime

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Topic
from tests import factories
from tests.moderation.desk import a_reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]
HINT = "In the language of the author, who gets the sentence by mail."


@pytest.mark.parametrize("language", ["da", "en"])
def test_in_the_language_that_the_author_chose(language: str, topic: Topic, client: Client, at: datetime) -> None:
    row = factories.a_contribution(topic, at=at)
    User.objects.filter(pk=row.author_id).update(language=language)
    client.force_login(factories.a_moderator(at))

    page = client.get(f"/en/moderation/items/{row.pk}/").content.decode()

    reason = a_reason()
    sentence = reason.suggestion_en if language == "en" else reason.suggestion_da
    assert f'<dt>{reason.title_en}</dt><dd data-suggestion="{reason.code}" lang="{language}">{sentence}</dd>' in page
    assert (HINT in page) is (language == "da")
