"""What somebody else does right before a text is received counts for it: the rules read after the row is locked."""

from collections.abc import Callable
from datetime import datetime
from types import ModuleType
from uuid import uuid4

import pytest

from apps.common.errors import NotAllowed
from apps.consultations.actions import stop_writing
from apps.consultations.models import Topic
from apps.discussions.actions import enter_voice, outside, receiving
from apps.discussions.errors import CannotReply, UnfitVoice
from apps.discussions.models import Contribution
from tests import factories
from tests.discussions.outside import a_letter

pytestmark = pytest.mark.django_db

First = Callable[[ModuleType, Callable[[], object]], None]


@pytest.fixture
def first(monkeypatch: pytest.MonkeyPatch) -> First:
    """Let something be done by another transaction while the one under test waits for its turn."""

    def arrange(module: ModuleType, meanwhile: Callable[[], object]) -> None:
        lock = module.lock_counts

        def wait(*consultation_ids: int) -> None:
            monkeypatch.setattr(module, "lock_counts", lock)
            meanwhile()
            lock(*consultation_ids)

        monkeypatch.setattr(module, "lock_counts", wait)

    return arrange


@pytest.mark.parametrize("is_all", [True, False])
def test_writing_that_is_stopped_first_is_refused(is_all: bool, topic: Topic, first: First, at: datetime) -> None:
    by = factories.a_moderator(at)
    first(
        receiving,
        lambda: stop_writing(
            consultation=topic.consultation, topic=None if is_all else topic, sentence="Enough.", by=by, at=at
        ),
    )

    with pytest.raises(NotAllowed, match="Enough"):
        factories.a_contribution(topic, at=at)

    assert not Contribution.stored.exists()


def test_the_same_letter_that_a_colleague_typed_in_first_is_not_received_again(
    topic: Topic, first: First, at: datetime
) -> None:
    letter, by = a_letter(topic, at=at), factories.an_official(at)
    first(outside, lambda: enter_voice(voice=letter, key=uuid4(), by=by, at=at))

    with pytest.raises(UnfitVoice, match="1 already"):
        enter_voice(voice=letter, key=uuid4(), by=by, at=at)


def test_what_is_not_published_is_neither_replied_to_nor_answered(topic: Topic, at: datetime) -> None:
    waiting = factories.a_contribution(topic, at=at)

    with pytest.raises(CannotReply):
        factories.a_contribution(topic, at=at, in_reply_to=waiting)
