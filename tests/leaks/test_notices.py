"""What was kept back, and who sent a letter, comes out in no page, mail, letter or file about a decision."""

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from apps.accounts.rules import as_moderator
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation
from apps.discussions.actions import hide_contribution
from apps.ledger.models import Entry
from apps.municipality.models import RefusalReason
from apps.notifications.actions import follow_consultation
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.publications.actions.notices import begin_notices
from apps.publications.models import DecisionNotice
from apps.publications.tasks import hand_over_notices
from tests import factories, personas
from tests.discussions.outside import MAIL, NAME, POSTAL, STREET, entered
from tests.publications.cases import DAY, decided, heard, recommended
from tests.publications.test_milestones import promised

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF"),
]

WORDS = {"waiting": "secret-waiting", "refused": "secret-refused", "hidden": "secret-hidden", "letter": "secret-letter"}
PRIVATE = {"name": NAME, "street": STREET, "postal": POSTAL, "mail": MAIL}
PUBLIC = ("decision", "decision-versions", "follow-up")
DESK = (
    "decision-desk",
    "notice-list",
    "notice-begin",
    "recommendation-edit",
    "recommendation-publish",
    "milestone-add",
)


@pytest.fixture
def hearing(at: datetime, tmp_path: Path, settings: Any) -> Iterator[Consultation]:
    """A decided hearing: everyone is told, the senders of letters by Digital Post and on paper."""
    settings.DIGITAL_POST_FOLDER = tmp_path
    with time_machine.travel(at, tick=False):
        found, before = heard(at=at), at - 10 * DAY
        topic, reason = factories.the_topic(found), RefusalReason.objects.get(code="private_information")
        somebody = personas.resident(at=at, email="sigrid@example.org", display_name="Sigrid Skjult")
        factories.a_contribution(topic, at=before, body=WORDS["waiting"], by=somebody)
        factories.a_refused(topic, at=before, body=WORDS["refused"])
        hidden = factories.a_published(topic, at=before, body=WORDS["hidden"], by=somebody)
        by = as_moderator(factories.a_moderator(at))
        hide_contribution(contribution=hidden, reason=reason, sentence="Private.", by=by, at=before)
        entered(topic, at=before, came_on=before.date(), body=WORDS["letter"], is_protected=True)
        entered(topic, at=before, came_on=before.date(), body=WORDS["letter"], email="", address="Another street 1")
        follow_consultation(person=factories.a_writer(at), consultation=found, at=at)
        recommended(found, at=at)
        version, official = decided(found, at=at), factories.an_official(at)
        promised(found, at=at)
        begin_notices(version=version, ways=("digital_post", "mail"), by=official, at=at)
        yield found


def _said(client: Client, hearing: Consultation, *names: str) -> bytes:
    addresses = [reverse(f"publications:{name}", args=[hearing.slug]) for name in names]
    return b"".join(client.get(f"{address}{more}").content for address in addresses for more in ("", "?show=paper"))


def test_pages_hold_neither_what_was_kept_back_nor_who_sent_a_letter(hearing: Consultation, at: datetime) -> None:
    official = Client()
    official.force_login(factories.an_official(at))

    told = _said(Client(), hearing, *PUBLIC) + _said(official, hearing, *PUBLIC, *DESK)
    told += Client().get(f"/consultations/{hearing.slug}/").content

    assert b"Planen er vedtaget." in told
    for what, words in (WORDS | PRIVATE | {"author": "Sigrid Skjult"}).items():
        assert words.encode() not in told, what


def test_mails_hold_no_text_of_anybody(hearing: Consultation) -> None:
    write_mail()

    mails = OutgoingMail.objects.filter(key__contains="notice.started") | OutgoingMail.objects.filter(
        key__contains="milestone."
    )
    assert mails.count() == 3
    for mail in mails:
        for words in (*WORDS.values(), NAME, STREET):
            assert words not in mail.body + mail.subject


def test_letters_hold_their_address_and_no_text_of_anybody(hearing: Consultation, tmp_path: Path) -> None:
    assert hand_over_notices() == 2

    folders = sorted(tmp_path.iterdir())
    assert len(folders) == 2
    for folder in folders:
        (pdf,), (described,) = list(folder.glob("*.pdf")), list(folder.glob("*.json"))
        read = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.read_bytes())).pages)
        assert NAME in read
        assert "Planen er vedtaget." in read
        for words in (*WORDS.values(), MAIL):
            assert words not in read + described.read_text()


def test_the_ledger_tells_numbers_and_no_person(hearing: Consultation) -> None:
    hand_over_notices()

    payloads = "".join(
        entry.payload for entry in Entry.objects.filter(kind__regex=r"^(notice|casemeeting|milestone|recommendation)\.")
    )

    assert DecisionNotice.objects.filter(status="given").count() == 2
    for words in (*WORDS.values(), *PRIVATE.values(), "Planen", "Støjskærm", "Teknik"):
        assert words not in payloads
