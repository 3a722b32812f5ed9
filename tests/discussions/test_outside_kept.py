"""What is kept of a letter when somebody corrects it: all of it under a legal hold, and what others did meanwhile."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils.translation import override

from apps.common.uploads import FitFile, fit_file
from apps.consultations.errors import NotStored
from apps.consultations.models import Topic
from apps.discussions.actions import correct_voice, enter_voice, hold_contribution, post_receipt
from apps.discussions.errors import HeldVoice
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
from tests import factories, personas
from tests.discussions.outside import NAME, a_letter, a_scan, entered

pytestmark = pytest.mark.django_db


def another_scan() -> FitFile:
    content = b"%PDF-1.7\nanother letter"
    return fit_file(name="letter.pdf", size=len(content), content=ContentFile(content))


def test_under_a_legal_hold_scan_and_sender_stay_as_they_are(
    topic: Topic, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    voice = entered(topic, at=at, scan=a_scan())
    storage, name = voice.scan.storage, voice.scan.name
    by, review_on = personas.administrator(at=at), date(2027, 9, 1)
    hold_contribution(contribution_id=voice.contribution_id, reason="Case 12.", review_on=review_on, by=by, at=at)
    text = a_letter(topic, at=at, name="Somebody Else", body="Something else.", scan=another_scan())

    with django_capture_on_commit_callbacks(execute=True), override("en"), pytest.raises(HeldVoice, match="legal hold"):
        correct_voice(voice=voice, text=text, by=factories.an_official(at), at=at)

    assert storage.exists(name)
    assert Contribution.stored.get().body == "We write on paper."
    assert SenderAddress.objects.get().name == NAME
    assert OutsideVoice.objects.get().scan.name == name


def test_a_correction_takes_nothing_back_that_a_colleague_did_meanwhile(topic: Topic, at: datetime) -> None:
    voice = entered(topic, at=at)
    post_receipt(voice=OutsideVoice.objects.get(), by=factories.an_official(at), at=at)

    correct_voice(
        voice=voice, text=a_letter(topic, at=at, body="Better.", scan=another_scan()), by=voice.typed_by, at=at
    )

    kept = OutsideVoice.objects.get()
    assert kept.receipt_posted_at == at
    assert (kept.kind, kept.size) == ("pdf", another_scan().size)
    with kept.scan.open() as scan:
        assert scan.read() == b"%PDF-1.7\nanother letter"


def test_a_full_disk_receives_no_letter(topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = a_letter(topic, at=at, scan=a_scan())

    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(NotStored):
        enter_voice(voice=letter, key=uuid4(), by=factories.an_official(at), at=at)
    assert not Contribution.stored.exists()
