"""A form that makes something is carried out once, however often it is sent."""

import re
from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from apps.consultations.models import Document, Meeting, Topic
from apps.ledger.models import Entry
from tests import factories
from tests.consultations.test_forms import rows_of

pytestmark = pytest.mark.django_db

TOPIC = {"title": "Noise", "icon": "chat", "question": "How loud?"} | rows_of(prefix="facts")
MEETING = {"title": "Meeting", "place": "Hall", "day": "2026-09-17", "starts": "19:00", "ends": "21:00"}
PAGES = {
    "topics/new/": (TOPIC, Topic, "topic.added"),
    "meetings/new/": (MEETING, Meeting, "meeting.announced"),
    "documents/new/": ({"title": "Plan"}, Document, "document.added"),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_double_click_makes_one_and_another_text_a_second(page: str, desk: Client, at: datetime) -> None:
    sent, made, kind = PAGES[page]
    address = f"/en/desk/consultations/{factories.a_draft(at=at).slug}/{page}"

    def click(**more: str) -> int:
        file = {"file": SimpleUploadedFile("plan.pdf", b"%PDF-1.7\nplan")} if made is Document else {}
        return desk.post(address, {**sent, **more, **file}).status_code

    def keyed() -> dict[str, str]:
        found = re.search(r'name="key" value="([-\w]+)"', desk.get(address).content.decode())
        assert found
        return {"key": found.group(1)}

    first = keyed()
    assert [click(**first), click(**first)] == [302, 302]
    assert (made.objects.count(), Entry.objects.filter(kind=kind).count()) == (1, 1)

    assert [click(**first | {"title": "Another"}) for _click in range(2)] == [302, 302]
    assert click(**keyed()) == 302
    assert click(key="") == 302
    assert (made.objects.count(), Entry.objects.filter(kind=kind).count()) == (4, 4)
