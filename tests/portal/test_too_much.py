"""A form that holds more than can be received at once is answered in the house's look, with what to do."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
NEW = "desk/consultations/new/"
TOO_MUCH = "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)


@pytest.mark.parametrize(
    ("prefix", "number", "advice"),
    [
        ("/en/", "1,000,000 signs", "Shorten the longest text"),
        ("/", "1.000.000 tegn", "Gør den længste tekst kortere"),
    ],
)
def test_too_long_a_form_says_how_much_is_taken_and_what_to_do(
    prefix: str, number: str, advice: str, as_seen_by: Browser, at: datetime
) -> None:
    response = as_seen_by(factories.an_official(at)).post(prefix + NEW, {"title": "Wind", "body": TOO_MUCH})

    page = response.content.decode()
    assert response.status_code == 400
    assert number in page.replace("\xa0", " ")
    assert advice in page
    assert 'class="site-head"' in page


def test_it_is_said_to_who_sends_no_token_too() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/preferences/theme/", {"theme": TOO_MUCH})

    assert response.status_code == 400
    assert "1,000,000 signs" in response.content.decode()


def test_too_many_files_are_refused_with_how_many_are_taken(as_seen_by: Browser, at: datetime) -> None:
    files = [SimpleUploadedFile(f"{count}.png", b"x") for count in range(settings.DATA_UPLOAD_MAX_NUMBER_FILES + 1)]

    response = as_seen_by(factories.an_official(at)).post("/en/" + NEW, {"title": "Wind", "files": files})

    assert response.status_code == 400
    assert "more than the 10 files" in response.content.decode()


def test_what_could_not_be_read_for_another_cause_says_so(as_seen_by: Browser, at: datetime) -> None:
    fields = {f"field-{count}": "" for count in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}

    response = as_seen_by(factories.an_official(at)).post("/en/" + NEW, fields)

    assert response.status_code == 400
    assert "The site could not read that" in response.content.decode()
