"""Files beside a text at the desk: seen beside it, one held back with a reason while the text stands, shown again."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.discussions.actions import revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Attachment, Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.moderation.actions import hold_back_file
from apps.municipality.models import RefusalReason
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories
from tests.common import files

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
HOSTILE = '"><svg onload=alert(1)>'
SAID = {"reason": "private_information", "sentence": "It shows a neighbour."}


@pytest.fixture
def as_seen_by(at: datetime) -> Iterator[Browser]:
    """A browser of somebody, in English, with the clock standing at the moment of the test."""

    def browser(viewer: User) -> Client:
        client = Client()
        client.force_login(viewer)
        return client

    with time_machine.travel(at, tick=False), override("en"):
        yield browser


@pytest.fixture
def text(at: datetime) -> Contribution:
    topic = factories.the_topic(factories.a_hearing(at=at))
    picture = factories.a_file(name=HOSTILE, content=files.picture(), ending="png", about=HOSTILE)
    return factories.a_contribution(topic, at=at, files=[picture, factories.a_file(name="plan")])


def page_of(file: Attachment) -> str:
    return reverse("moderation:file-hold", args=[file.pk])


def test_the_item_shows_pictures_and_lists_files_beside_the_text(
    as_seen_by: Browser, text: Contribution, at: datetime
) -> None:
    page = as_seen_by(factories.a_moderator(at)).get(reverse("moderation:item", args=[text.pk])).content.decode()

    assert "2 files" in page
    first, second = text.attachments.order_by("position")
    assert f'src="/en/moderation/files/{first.pk}/image/"' in page
    assert f'href="/en/moderation/files/{second.pk}/content/"' in page
    assert page.count("Hold it back") == 2
    assert "<svg onload" not in page


def test_who_publishes_several_sees_their_files(as_seen_by: Browser, text: Contribution, at: datetime) -> None:
    address = f"{reverse('moderation:bulk-publish')}?id={text.pk}"

    page = as_seen_by(factories.a_moderator(at)).get(address).content.decode()

    assert "2 files" in page
    assert "<svg onload" not in page


def test_a_file_is_held_back_with_a_reason_and_shown_again(
    as_seen_by: Browser, text: Contribution, at: datetime
) -> None:
    moderator, file = as_seen_by(factories.a_moderator(at)), text.attachments.get(position=1)
    assert "<svg onload" not in moderator.get(page_of(file)).content.decode()

    for typed, sentence in (
        (SAID | {"reason": ""}, "Choose why it is held back."),
        (SAID | {"sentence": " "}, "Write one sentence"),
        (SAID | {"sentence": "Her number is 010190-1234"}, "national identity number"),
    ):
        refused = moderator.post(page_of(file), typed)
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    assert not Entry.objects.filter(kind="contribution.file_held").exists()

    assert moderator.post(page_of(file), SAID).status_code == 302
    file.refresh_from_db()
    assert (file.status, file.held_sentence) == ("held", "It shows a neighbour.")
    assert "Show it again" in moderator.get(page_of(file)).content.decode()

    assert moderator.post(page_of(file), {"release": "1"}).status_code == 302
    file.refresh_from_db()
    assert file.is_shown
    assert check_ledger().problem == ""


def test_what_was_left_out_is_seen_and_cannot_be_held_back(
    as_seen_by: Browser, text: Contribution, at: datetime
) -> None:
    assert text.author is not None
    revise_contribution(
        contribution=text, kind=ContributionKind.VIEW, body=text.body, leave_out=[1], by=text.author, at=at
    )
    moderator, file = as_seen_by(factories.a_moderator(at)), text.attachments.get(position=1)

    refused = moderator.post(page_of(file), SAID)

    assert refused.status_code == 422
    assert "The file is not there any more" in refused.content.decode()
    assert (
        "Its author has left this file out."
        in moderator.get(reverse("moderation:item", args=[text.pk])).content.decode()
    )


def test_of_a_text_that_was_taken_back_no_file_is_seen(as_seen_by: Browser, text: Contribution, at: datetime) -> None:
    assert text.author is not None
    withdraw_contribution(contribution=text, by=text.author, at=at)
    moderator = as_seen_by(factories.a_moderator(at))

    assert "/files/" not in moderator.get(reverse("moderation:item", args=[text.pk])).content.decode()
    assert moderator.get(page_of(text.attachments.get(position=1))).status_code == 404


def test_nobody_decides_about_files_of_their_own(at: datetime) -> None:
    moderator = factories.a_moderator(at)
    topic = factories.the_topic(factories.a_hearing(at=at))
    file = factories.a_contribution(topic, at=at, by=moderator, files=[factories.a_file()]).attachments.get()

    with pytest.raises(NotAllowed):
        hold_back_file(
            attachment=file, reason=RefusalReason.objects.get(code="spam"), sentence="It.", by=moderator, at=at
        )


def test_the_author_is_told_by_mail_without_a_word_of_the_file(text: Contribution, at: datetime) -> None:
    write_mail()
    OutgoingMail.objects.all().delete()
    mail.outbox.clear()

    hold_back_file(
        attachment=text.attachments.get(position=2),
        reason=RefusalReason.objects.get(code="spam"),
        sentence="It sells windows.",
        by=factories.a_moderator(at),
        at=at,
    )
    sequence_entries()
    write_mail()

    told = OutgoingMail.objects.get()
    assert told.to == "una@example.org"
    assert "receipt/" in told.body
    assert "plan" not in told.body
