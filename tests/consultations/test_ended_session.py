import pytest
from django.test import Client
from django.urls import reverse

from apps.consultations.models import Consultation

pytestmark = pytest.mark.django_db


def test_what_an_official_typed_is_shown_once_more_when_the_session_ended(client: Client) -> None:
    body = "Eight turbines in two rows.\n\nNothing is decided."
    typed = {
        "title": "Turbines",
        "lede": "What do you think?",
        "body": body,
        "write_access": "confirmed",
        "name_policy": "full_name",
        "moderation_mode": "before",
    }

    answer = client.post(reverse("consultations:consultation-create"), typed)

    assert answer.status_code == 403
    page = answer.content.decode()
    for text in ("Turbines", "What do you think?", "Nothing is decided."):
        assert text in page
    assert "confirmed" not in page
    assert not Consultation.objects.exists()
