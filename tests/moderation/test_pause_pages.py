"""The pages of pauses in somebody's writing: the moderators' and the person's own."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import move_to_consultation
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import pauses_told
from apps.moderation.actions import decide_pause_appeal, end_pause
from apps.moderation.enums import AppealOutcome, QueuePart
from apps.moderation.models import PauseAppeal
from apps.moderation.queries import Narrowed, queue_page
from tests import factories, personas
from tests.moderation.authors import mails_to
from tests.moderation.desk import shown
from tests.moderation.pauses import SAID, a_pause, an_appeal_against

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english_at_that_moment")]

DAY = timedelta(days=1)
WHY = "The words were about the matter."


@pytest.fixture
def text(topic: Topic, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at)


def test_the_page_shows_what_was_decided_before_and_asks_to_confirm(
    topic: Topic, text: Contribution, client: Client, at: datetime
) -> None:
    factories.a_refused(topic, at=at)
    end_pause(pause=a_pause(text, at=at - DAY), by=factories.a_moderator(at), at=at - DAY)
    client.force_login(factories.a_moderator(at))
    address = f"/en/moderation/items/{text.pk}/pause/"
    typed = {"where": "everywhere", "days": "7", "reason": "personal_attack", "sentence": "Four attacks on one person."}

    words = shown(client.get(address))
    assert "0 published, 1 not published" in words
    assert "Writing paused" in words
    assert "It ends by itself" in words
    assert "1 day 3 days 7 days 14 days 30 days" in words
    refused = client.post(address, typed)
    assert refused.status_code == 422
    assert "confirm that nothing milder helps" in shown(refused)
    assert "Four attacks on one person." in refused.content.decode()
    assert client.post(address, typed | {"confirmed": "on"}).status_code == 302
    pause = WritingPause.objects.latest("pk")
    assert (pause.days, pause.consultation, pause.sentence) == (7, None, "Four attacks on one person.")
    again = client.post(address, typed | {"confirmed": "on", "where": "here"})
    assert again.status_code == 422
    assert "paused there already" in shown(again)


@pytest.mark.parametrize("days", ["2", "31", "x", ""])
def test_only_listed_lengths_are_taken(days: str, text: Contribution, client: Client, at: datetime) -> None:
    client.force_login(factories.a_moderator(at))
    typed = {"where": "here", "days": days, "reason": "personal_attack", "sentence": "Four.", "confirmed": "on"}

    assert client.post(f"/en/moderation/items/{text.pk}/pause/", typed).status_code == 422
    assert not WritingPause.objects.exists()


def test_from_appeal_to_reversal_in_the_pages(
    text: Contribution, client: Client, colleague: User, at: datetime
) -> None:
    pause = a_pause(text, at=at)
    own, form = f"/en/me/pauses/{pause.pk}/", f"/en/me/pauses/{pause.pk}/appeal/"
    client.force_login(pause.person)
    assert "You cannot write until" in shown(client.get("/en/me/"))
    assert "person, not a program" in shown(client.get(own))
    unfit = client.post(form, {"text": "My number is 010190-1234"})
    assert unfit.status_code == 422
    assert "010190-1234" in unfit.content.decode()
    assert client.post(form, {"text": SAID}).status_code == 302
    assert "You appealed against the decision." in shown(client.get(own))
    appeal = PauseAppeal.objects.get()
    decide = f"/en/moderation/pause-appeals/{appeal.pk}/"

    client.force_login(factories.a_moderator(at))
    assert "You decided first" in shown(client.get("/en/moderation/pauses/"))
    refused = client.post(decide, {"outcome": "reversed", "sentence": WHY})
    assert refused.status_code == 403
    assert WHY in refused.content.decode()
    client.force_login(colleague)
    assert SAID in client.get(decide).content.decode()
    assert client.post(decide, {"outcome": "reversed", "sentence": WHY}).status_code == 302
    client.force_login(pause.person)
    words = shown(client.get(own))
    assert "You appealed, and the decision was reversed." in words
    assert "This pause is over." in words


def test_the_list_costs_the_same_for_one_and_for_three(topic: Topic, client: Client, at: datetime) -> None:
    client.force_login(factories.a_moderator(at))
    counts = []
    for step in range(3):
        person = personas.unverified(at=at, email=f"p{step}@example.org", display_name=f"Person {step}")
        an_appeal_against(a_pause(factories.a_contribution(topic, at=at, by=person), at=at), at=at)
        pages = ("/en/moderation/pauses/", "/en/moderation/")
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert client.get(page).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[2], counts


def test_a_pause_that_stands_is_told_before_another_is_written_and_is_not_before_itself(
    text: Contribution, client: Client, colleague: User, at: datetime
) -> None:
    client.force_login(colleague)
    address = f"/en/moderation/items/{text.pk}/pause/"
    assert "paused there already" not in shown(client.get(address))

    pause = a_pause(text, at=at)
    appeal = an_appeal_against(pause, at=at)

    page = client.get(address)
    assert "paused there already" in shown(page)
    assert f"/en/moderation/pauses/{pause.pk}/" in page.content.decode()
    assert "Writing paused" not in shown(client.get(f"/en/moderation/pause-appeals/{appeal.pk}/"))


def test_open_appeals_stand_in_the_one_queue(text: Contribution, at: datetime) -> None:
    appeal = an_appeal_against(a_pause(text, at=at), at=at)

    found, _more = queue_page(Narrowed(viewer=factories.a_moderator(at), at=at))

    assert [(thing.source.name, thing.row.pk) for thing in found] == [
        ("text", text.pk),
        ("pause_appeal", appeal.pk),
    ]
    ruling = {"outcome": AppealOutcome.UPHELD, "sentence": WHY, "by": factories.another_moderator(at), "at": at}
    decide_pause_appeal(appeal=appeal, **ruling)
    assert len(queue_page(Narrowed(viewer=factories.a_moderator(at), at=at))[0]) == 1


@pytest.mark.parametrize("part", [QueuePart.EDITED, QueuePart.UNREAD])
def test_a_part_of_texts_alone_holds_no_appeal_against_a_pause(
    text: Contribution, part: QueuePart, at: datetime
) -> None:
    an_appeal_against(a_pause(text, at=at), at=at)

    found, _more = queue_page(Narrowed(viewer=factories.another_moderator(at), at=at, part=part))

    assert found == []


def test_from_the_appeal_it_goes_on_in_the_same_part_of_the_queue(
    text: Contribution, client: Client, colleague: User, at: datetime
) -> None:
    first = an_appeal_against(a_pause(text, at=at), at=at)
    other = factories.a_contribution(text.topic, at=at, by=personas.resident(at=at))
    second = an_appeal_against(a_pause(other, at=at), at=at)
    place, part = "/en/moderation/pause-appeals/", "?thing=appeals"
    client.force_login(colleague)

    assert f'href="/en/moderation/{part}"' in client.get(f"{place}{first.pk}/{part}").content.decode()
    ruling = {"outcome": "upheld", "sentence": WHY}

    assert client.post(f"{place}{first.pk}/{part}", ruling)["Location"] == f"{place}{second.pk}/{part}"
    assert client.post(f"{place}{second.pk}/{part}", ruling)["Location"] == f"/en/moderation/{part}"


def test_the_queue_leads_to_the_appeal(text: Contribution, client: Client, colleague: User, at: datetime) -> None:
    appeal = an_appeal_against(a_pause(text, at=at), at=at)
    place = f"/en/moderation/pause-appeals/{appeal.pk}/"

    client.force_login(colleague)
    page = client.get("/en/moderation/")
    assert place in page.content.decode()
    assert "Pause in writing" in shown(page)
    client.force_login(factories.a_moderator(at))
    assert "You decided first" in shown(client.get("/en/moderation/"))
    for part in ("overdue", "edited", "free", "mine"):
        assert client.get(f"/en/moderation/?part={part}").status_code == 200


def test_a_pause_tells_of_the_hearing_it_holds_in_also_when_the_text_was_moved_to_another(
    client: Client, at: datetime
) -> None:
    held = factories.a_hearing(at=at, title="Wind", closes=timedelta(days=2))
    text = factories.a_published(factories.the_topic(held), at=at)
    pause, there = a_pause(text, at=at), factories.the_topic(factories.a_hearing(at=at, title="Forest"))
    move_to_consultation(
        contribution=text, to=there, with_replies=False, by=as_moderator(factories.a_moderator(at)), at=at
    )

    client.force_login(pause.person)
    words = shown(client.get(f"/en/me/pauses/{pause.pk}/"))
    (told,) = pauses_told(pause.person)

    assert "17 September" in words
    assert "6 October" not in words
    assert "No. 1 , Forest" in words
    assert (told["consultation"], told["holds_in"], told["everywhere"]) == ("Forest", "Wind", False)
    (mailed,) = (
        mail.body
        for mail in mails_to(pause.person)
        if "Forest" in mail.body and "Wind" in mail.body and "pause" in mail.body
    )
    assert "17.\N{NO-BREAK SPACE}september" in mailed


def test_a_double_click_pauses_once_and_decides_once(
    text: Contribution, client: Client, colleague: User, at: datetime
) -> None:
    client.force_login(factories.a_moderator(at))
    place = f"/en/moderation/items/{text.pk}/pause/"
    typed = {"where": "here", "days": "7", "reason": "personal_attack", "sentence": "Four attacks.", "confirmed": "on"}
    assert [client.post(place, typed)["Location"] for _click in range(2)] == [f"/en/moderation/items/{text.pk}/"] * 2
    assert client.post(place, typed | {"days": "3"}).status_code == 422
    appeal = an_appeal_against(WritingPause.objects.get(), at=at)
    client.force_login(colleague)
    place, ruling = f"/en/moderation/pause-appeals/{appeal.pk}/", {"outcome": "upheld", "sentence": WHY}

    assert [client.post(place, ruling).status_code for _click in range(2)] == [302, 302]
    assert client.post(place, ruling | {"sentence": "Other reasons."}).status_code == 409
