"""Who works the queue, and on what; what a public sentence must not hold."""

from datetime import datetime

import pytest
from django.utils.translation import override

from apps.common.permissions import may, why_not
from apps.discussions.models import Contribution
from apps.moderation.rules import why_not_kept, why_not_public
from tests import personas
from tests.factories import a_contribution, a_hearing, a_moderator, the_topic
from tests.moderation.desk import someone

pytestmark = pytest.mark.django_db
MAY = {
    "anonymous": False,
    "unverified": False,
    "official": False,
    "resident": False,
    "moderator": True,
    "administrator": False,
    "speaker": False,
    "protected": False,
    "superuser": False,
}
PERMISSIONS = ("moderation.decide_contribution", "moderation.read_facts")


@pytest.fixture
def waiting(at: datetime) -> Contribution:
    writer = personas.resident(at=at, email="walt@example.org", display_name="Walt Winther")
    return a_contribution(the_topic(a_hearing(at=at)), at=at, by=writer)


def test_the_matrix_names_everyone() -> None:
    assert set(MAY) == set(personas.PERSONAS)


@pytest.mark.parametrize(("persona", "allowed"), MAY.items())
def test_moderators_work_the_queue(persona: str, allowed: bool, at: datetime) -> None:
    assert may("moderation.work_queue", personas.PERSONAS[persona](at=at)) is allowed


@pytest.mark.parametrize("permission", PERMISSIONS)
@pytest.mark.parametrize(("persona", "allowed"), MAY.items())
def test_moderators_decide_on_what_others_wrote(
    permission: str, persona: str, allowed: bool, waiting: Contribution, at: datetime
) -> None:
    assert may(permission, someone(persona, at), waiting) is allowed


@pytest.mark.parametrize("permission", PERMISSIONS)
def test_nobody_decides_on_the_own_text(permission: str, at: datetime) -> None:
    moderator = a_moderator(at)
    own = a_contribution(the_topic(a_hearing(at=at)), at=at, by=moderator)

    with override("en"):
        assert str(why_not(permission, moderator, own)) == "You wrote this yourself. A colleague has to decide on it."


@pytest.mark.parametrize(
    "sentence",
    [
        "Write to kim@example.org instead.",
        "He can be called on 21436587.",
        "He can be called on 21 43 65 87, she says.",
        "Call +45 21436587.",
        "Call 2143 6587!",
        "Her number is 010190-1234.",
    ],
)
def test_a_public_sentence_repeats_no_personal_data(sentence: str) -> None:
    assert why_not_public(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "The text attacks a person. Criticism of the matter is welcome.",
        "Received before as no. 12 on 12 November 2026.",
        "Case 24/001234 has been closed since 12.11.2026.",
        "The limit is 10.000 signs, or 899 metres @ 6 times the height.",
    ],
)
def test_an_ordinary_sentence_is_public(sentence: str) -> None:
    assert why_not_public(sentence) is None


def test_internal_facts_hold_no_identity_number() -> None:
    assert why_not_kept("The text holds 010190-1234.")
    assert why_not_kept("Called 21436587, who had not written it.") is None
