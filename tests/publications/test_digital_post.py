"""Digital Post: each letter is handed over once, whole or not at all, and what bars the way is told."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation, Topic
from apps.discussions.models import SenderAddress
from apps.exchange.queries import check_ledger
from apps.publications.actions.notices import (
    hand_over_notices,
)
from apps.publications.engine.digital_post import Consignment, NotHandedOver
from apps.publications.models import DecisionNotice
from apps.publications.ports import FileDrop
from apps.publications.tasks import hand_over_notices as hand_over_task
from tests import factories
from tests.discussions.outside import NAME, POSTAL, STREET
from tests.publications.cases import begun, decided, heard, on_paper

pytestmark = pytest.mark.django_db

needs_pdf = pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")


@pytest.fixture(autouse=True)
def _then(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


@pytest.fixture
def topic(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


class Remembering:
    """Digital Post that takes letters, or says that it cannot."""

    def __init__(self, *, is_barred: bool = False) -> None:
        self.taken: list[Consignment] = []
        self.is_barred = is_barred

    def deliver(self, letter: Consignment) -> None:
        if self.is_barred:
            raise NotHandedOver
        self.taken.append(letter)


@needs_pdf
def test_digital_post_takes_each_letter_once(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")
    post = Remembering()

    for _turn in range(2):
        hand_over_notices(post=post, at=at)

    (letter,) = post.taken
    assert (letter.name, letter.address, letter.postal_line, letter.numbers) == (NAME, STREET, POSTAL, (1,))
    assert letter.pdf.startswith(b"%PDF-")
    notice = DecisionNotice.objects.get()
    assert (notice.status, str(notice.key)) == ("given", letter.key)
    assert check_ledger().problem == ""


@needs_pdf
def test_a_way_that_is_barred_is_told_and_tried_again(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")

    for post in (None, Remembering(is_barred=True)):
        assert hand_over_notices(post=post, at=at) == 0
        notice = DecisionNotice.objects.get()
        assert (notice.status, notice.trouble) == ("due", "no_folder")

    assert hand_over_notices(post=Remembering(), at=at) == 1
    assert DecisionNotice.objects.get().trouble == ""


@needs_pdf
def test_whose_address_is_gone_goes_on_the_list(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")
    SenderAddress.objects.all().delete()
    post = Remembering()

    hand_over_notices(post=post, at=at)

    notice = DecisionNotice.objects.get()
    assert (post.taken, notice.way, notice.trouble) == ([], "letter", "no_address")


LETTER = Consignment(
    key="k1",
    title="Afgørelse",
    name=NAME,
    address=STREET,
    postal_line=POSTAL,
    case="wind",
    numbers=(1, 7),
    pdf=b"%PDF-x",
)


def test_a_letter_is_laid_down_whole_and_once(tmp_path: Path) -> None:
    for _turn in range(2):
        FileDrop(tmp_path).deliver(LETTER)

    assert [path.name for path in tmp_path.iterdir()] == ["k1"]
    assert (tmp_path / "k1" / "k1.pdf").read_bytes() == b"%PDF-x"
    assert json.loads((tmp_path / "k1" / "k1.json").read_text()) == {
        "format": "civic-forum-letter-1",
        "id": "k1",
        "title": "Afgørelse",
        "case": "wind",
        "numbers": [1, 7],
        "recipient": {"name": NAME, "address": STREET, "postal_line": POSTAL},
        "file": "k1.pdf",
    }


def test_nothing_is_left_of_a_letter_that_could_not_be_laid_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NotHandedOver):
        FileDrop(tmp_path).deliver(LETTER)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotHandedOver):
        FileDrop(tmp_path / "missing").deliver(LETTER)


@needs_pdf
def test_the_sweep_uses_the_folder_that_is_set(
    hearing: Consultation, topic: Topic, at: datetime, tmp_path: Path, settings: Any
) -> None:
    settings.DIGITAL_POST_FOLDER = tmp_path
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")

    assert hand_over_task() == 1

    (folder,) = tmp_path.iterdir()
    assert folder.name == str(DecisionNotice.objects.get().key)
