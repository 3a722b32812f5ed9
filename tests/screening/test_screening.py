"""Screening a text as a whole: flags with their reason, what holds, what the author is asked; and near-duplicates."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from apps.municipality.models import Municipality
from apps.screening.actions import (
    EmployeeFacts,
    forget_signature,
    forget_signatures,
    protect_employee,
    remember_signature,
)
from apps.screening.engine.capitals import find_capitals
from apps.screening.engine.duplicates import signature_of
from apps.screening.enums import Flag
from apps.screening.models import SignatureBand, TextSignature
from apps.screening.queries import Screening, Similar, alike, screen, similar_signatures
from apps.screening.rules import Finding, holds, nudges, question, reason
from tests import factories

LETTER = (
    "Vi er imod vindmøllerne ved Klintmose, fordi de står for tæt på vores huse. Støjen om natten er allerede slem, "
    "og skyggerne rammer skolen hver morgen. Vi beder kommunen om at flytte dem mindst to kilometer mod nord, hvor "
    "ingen bor."
)
OTHER = (
    "Cykelstien langs fjorden er blevet en gave for alle, der bor herude. Tak for den. Kunne den mon forlænges til "
    "havnen, så børnene kan cykle trygt til sejlklubben om sommeren, når der er mange biler på vejen?"
)
SIGNED = f"Kære byråd. {LETTER} Med venlig hilsen Peter"


def similar_texts(text: str, *, consultation_id: int) -> list[Similar]:
    """Return what a text would be found to be like."""
    signature = signature_of(text)
    return similar_signatures(signature, consultation_id=consultation_id) if signature else []


@pytest.fixture
def screened(at: datetime) -> Screening:
    protect_employee(facts=EmployeeFacts(name="Mette Kirstine Holm"), by=factories.an_official(at), at=at)
    Municipality.objects.create(pk=1, name="Vesterhav", site_name="V", code="0661", phone="99 12 34 56")
    text = "Mette Holm er en idiot. Ring 22 33 44 55 eller 99 12 34 56, se www.example.org\u200b. CPR 010190-1234."
    return screen(text, at=at)


@pytest.mark.django_db
def test_every_detector_is_asked(screened: Screening) -> None:
    assert screened.flags == (
        Flag.PROTECTED_NAME,
        Flag.IDENTITY_NUMBER,
        Flag.PHONE,
        Flag.LINK,
        Flag.PROFANITY,
        Flag.HIDDEN_CHARACTERS,
    )
    assert [one.flag for one in screened.findings].count(Flag.PHONE) == 1, "the municipality's own number may be told"
    assert screened.holds
    assert screened.nudges
    assert list(screened.findings) == sorted(screened.findings, key=lambda one: one.start)


@pytest.mark.django_db
def test_an_ordinary_text_raises_nothing(at: datetime) -> None:
    found = screen(LETTER, at=at, opened_at=at - timedelta(minutes=5), sent_before=[])

    assert found == Screening(())
    assert not found.holds
    assert not found.nudges


@pytest.mark.django_db
def test_links_to_the_forum_itself_are_none(at: datetime) -> None:
    text = "Se https://testserver/consultations/x/ og https://testserver.evil.com"

    [finding] = screen(text, at=at).findings

    assert text[finding.start : finding.end] == "https://testserver.evil.com"


@pytest.mark.django_db
def test_the_author_is_asked_once_about_each_kind(at: datetime) -> None:
    text = "Ring 22 33 44 55 eller 22 33 44 66, eller skriv til a@example.dk. Se www.example.org"

    asked = nudges(screen(text, at=at).findings)

    assert [text[one.start : one.end] for one in asked] == ["22 33 44 55", "a@example.dk"]
    with override("en"):
        assert (
            question(asked[0], text) == "“22 33 44 55” looks like a telephone number. Everyone will be able to read it."
        )


@pytest.mark.django_db
def test_moderators_read_why(screened: Screening) -> None:
    text = "Mette Holm er en idiot."

    with override("en"):
        told = reason(screened.findings[0], text)
    with override("da"):
        assert reason(screened.findings[0], text) != told
    assert told == "May name an employee who is on the list of protected names: “Mette Holm”."


def test_a_reason_quotes_few_words() -> None:
    text = "VI ER IMOD " * 40
    [finding] = find_capitals(text)

    assert len(reason(finding, text)) < 140
    assert "…" in reason(finding, text)


def test_words_with_signs_of_formats_are_quoted_as_they_are() -> None:
    assert "100 %(s" in reason(Finding(Flag.LINK, 0, 7), "100 %(s")


def test_links_and_doubles_hold_nothing() -> None:
    assert not holds([Flag.LINK, Flag.NEAR_DUPLICATE, Flag.CAPITALS, Flag.SPEED, Flag.ADDRESS])
    assert holds([Flag.LINK, Flag.PROTECTED_NAME])


# ------------------------------------------------------------ near-duplicates


@pytest.mark.django_db
def test_a_text_much_like_another_is_found_with_whom_it_is_like() -> None:
    remember_signature(text=LETTER, consultation_id=1, subject_id=7)
    remember_signature(text=OTHER, consultation_id=1, subject_id=8)

    remember_signature(text=SIGNED, consultation_id=1, subject_id=9)

    [found] = alike(9)

    assert found.subject_id == 7
    assert 0.7 <= found.likeness < 1
    assert similar_texts(LETTER.upper(), consultation_id=1)[0] == (7, 1.0)
    assert alike(8) == alike(1234) == []


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "consultation_id"), [(OTHER, 1), (LETTER, 2), ("Enig.", 1), ("", 1)])
def test_others_are_not(text: str, consultation_id: int) -> None:
    remember_signature(text=LETTER, consultation_id=1, subject_id=7)
    remember_signature(text="Enig.", consultation_id=1, subject_id=9)

    assert similar_texts(text, consultation_id=consultation_id) == []


@pytest.mark.django_db
def test_a_text_that_changed_is_found_as_it_is_now() -> None:
    remember_signature(text=LETTER, consultation_id=1, subject_id=7)
    remember_signature(text=OTHER, consultation_id=1, subject_id=7)

    assert similar_texts(LETTER, consultation_id=1) == []
    assert [one.subject_id for one in similar_texts(OTHER, consultation_id=1)] == [7]
    assert TextSignature.objects.count() == 1


@pytest.mark.django_db
def test_an_erased_text_leaves_nothing_and_those_like_it_are_found_all_the_same() -> None:
    for subject_id in (7, 8, 9):
        remember_signature(text=LETTER, consultation_id=1, subject_id=subject_id)
    assert SignatureBand.objects.values("signature").distinct().count() == 1, "copies need no bands of their own"

    assert forget_signature(subject_id=7) is True
    assert forget_signature(subject_id=7) is False

    assert not TextSignature.objects.filter(subject_id=7).exists()
    assert [one.subject_id for one in similar_texts(LETTER, consultation_id=1)] == [8, 9]
    assert forget_signatures(subject_ids=[7, 8, 9]) == 2
    assert not SignatureBand.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("copies", [1, 30])
def test_looking_up_costs_the_same_for_one_and_for_many(copies: int) -> None:
    for number in range(copies):
        remember_signature(text=f"{LETTER} Hilsen nummer {number}", consultation_id=1, subject_id=number)

    with CaptureQueriesContext(connection) as queries:
        found = similar_texts(LETTER, consultation_id=1)

    assert len(found) == copies
    assert len(queries) == 3


def test_signatures_stay_the_same_for_ever() -> None:
    """What is stored must fit what is made by the next version of the library: else all would have to be made anew."""
    signature = signature_of(LETTER)

    assert signature is not None
    assert len(signature) == 400
    assert signature[:8].hex() == "c9942b0ee0bd5204"


def test_what_takes_posts_and_shows_pages_does_not_load_the_library_of_signatures() -> None:
    """SciPy is most of a second and of 85 MB: only the worker that makes signatures pays for it. Maps bring NumPy."""
    code = (
        "import django, sys; django.setup(); import civic_forum.urls; from django.test import Client;"
        "import apps.discussions.tasks, apps.moderation.views, apps.screening.queries;"
        "print([name for name in ('scipy', 'datasketch') if name in sys.modules])"
    )

    told = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ
    )

    assert told.stdout.strip() == "[]"
