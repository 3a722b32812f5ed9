"""Whoever is deputy can open all that their cases need, and finds no link that refuses."""

import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.actions import decide_contribution, name_deputy
from tests import factories, personas
from tests.common import files
from tests.discussions.letters import LETTER
from tests.discussions.outside import a_scan, entered
from tests.moderation.cases import a_report, an_appeal
from tests.moderation.desk import refuse
from tests.moderation.pauses import a_pause, an_appeal_against

pytestmark = pytest.mark.django_db
SAID = {"reason": "private_information", "sentence": "It shows a neighbour."}


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def deputy(at: datetime) -> User:
    person = factories.an_official(at)
    name_deputy(person=person, by=personas.administrator(at=at), at=at)
    factories.another_moderator(at)
    factories.a_moderator(at)
    return person


@pytest.fixture
def client(deputy: User) -> Client:
    client = Client()
    client.force_login(deputy)
    return client


@pytest.fixture
def text(topic: Topic, deputy: User, at: datetime) -> Contribution:
    """A published text with a picture and a paper beside it, which one moderator alone could decide on."""
    papers = [factories.a_file(name="child", content=files.picture(), ending="png"), factories.a_file(name="plan")]
    text = factories.a_published(topic, at=at, files=papers)
    factories.a_contribution(topic, at=at, by=factories.a_moderator(at))
    return text


def status_of(client: Client, address: str) -> int:
    """Return how an address answers, read to its end."""
    answer = client.get(address, follow=True)
    if answer.streaming:
        b"".join(answer)
    return answer.status_code


def links_of(page: str) -> set[str]:
    found = re.findall(r'(?:href|src)="(/[^"#]*)"', page)
    return {unescape(address) for address in found if not address.startswith(("/static/", "/media/"))}


def test_the_deputy_opens_the_files_of_a_case_and_holds_one_back(text: Contribution, client: Client) -> None:
    picture, paper = text.attachments.order_by("position")
    page = client.get(reverse("moderation:item", args=[text.pk])).content.decode()

    for address in (
        reverse("moderation:file-image", args=[picture.pk]),
        reverse("moderation:file-open", args=[paper.pk]),
    ):
        assert address in page
        assert status_of(client, address) == 200
    hold = reverse("moderation:file-hold", args=[paper.pk])
    assert client.post(hold, SAID).status_code == 302
    assert status_of(client, reverse("moderation:file-open", args=[paper.pk])) == 200
    assert client.get(reverse("moderation:file-image", args=[paper.pk])).status_code == 404  # it is none


def test_the_queue_says_what_stands_in_it(text: Contribution, client: Client, at: datetime) -> None:
    words = "You are the deputy: only what fewer than two moderators could decide on stands here."
    moderator = Client()
    moderator.force_login(factories.a_moderator(at))

    assert words in client.get("/en/moderation/").content.decode()
    assert words not in moderator.get("/en/moderation/").content.decode()


def test_what_is_not_the_deputys_stays_closed(topic: Topic, deputy: User, client: Client, at: datetime) -> None:
    other = factories.a_published(topic, at=at, files=[factories.a_file()])
    file = other.attachments.get()

    for name in ("file-open", "file-image", "file-hold"):
        assert client.get(reverse(f"moderation:{name}", args=[file.pk])).status_code == 403
    assert client.get(reverse("moderation:scan-open", args=[other.pk])).status_code == 403


def test_no_link_on_the_pages_of_the_deputys_cases_refuses(
    topic: Topic, text: Contribution, client: Client, at: datetime
) -> None:
    author, resident, hearing = factories.a_writer(at), personas.resident(at=at), topic.consultation
    elsewhere = factories.a_topic(hearing, at=at, title="Elsewhere")
    before = factories.a_contribution(elsewhere, at=at, by=author)
    decide_contribution(contribution=before, ruling=refuse(), by=factories.another_moderator(at), at=at)
    published = factories.a_published(elsewhere, at=at, by=author)
    letters = [factories.a_contribution(topic, at=at, body=LETTER, by=by) for by in (author, resident)]
    report = a_report(text, at=at)
    refused = factories.a_contribution(topic, at=at, by=author)
    decide_contribution(contribution=refused, ruling=refuse(), by=factories.another_moderator(at), at=at)
    appeal = an_appeal(refused, at=at)
    paused = factories.a_published(topic, at=at, by=resident)
    a_pause(published, at=at, by=factories.another_moderator(at), days=1)
    against = an_appeal_against(a_pause(paused, at=at, by=factories.another_moderator(at)), at=at)

    pages = [
        reverse("moderation:queue"),
        reverse("moderation:pause-list"),
        reverse("moderation:report-settle", args=[report.case_id]),
        reverse("moderation:appeal-decide", args=[appeal.pk]),
        reverse("moderation:pause-appeal-decide", args=[against.pk]),
        *(reverse("moderation:item", args=[row.pk]) for row in (text, *letters)),
        reverse("moderation:person-pause", args=[text.pk]),
        *(reverse("moderation:file-hold", args=[file.pk]) for file in text.attachments.all()),
    ]
    refusing, seen = [], set()
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, page
        for address in links_of(answer.content.decode()) - seen:
            seen.add(address)
            if status_of(client, address) != 200:
                refusing.append((page, address))

    assert refusing == []
    assert len(seen) > len(pages)


def test_the_deputy_opens_the_scan_of_a_letter(topic: Topic, deputy: User, client: Client, at: datetime) -> None:
    voice = entered(topic, at=at, scan=a_scan())
    factories.a_contribution(topic, at=at, by=factories.a_moderator(at))

    assert b"a letter" in client.get(reverse("moderation:scan-open", args=[voice.contribution_id])).getvalue()  # type: ignore[attr-defined]
