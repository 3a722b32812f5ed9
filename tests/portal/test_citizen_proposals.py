"""Citizen proposals on screen and by mail: what is said before, how far one has come, and how it ended."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.accounts.rules import THE_SYSTEM
from apps.consultations.enums import ModerationMode
from apps.consultations.models import Consultation
from apps.discussions.actions import agree, settle_proposals
from apps.discussions.models import CitizenProposal, Contribution
from apps.discussions.queries import proposals_among
from apps.discussions.rendering.proposals import shown_progress
from apps.notifications.actions import follow_consultation
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from tests import factories, personas
from tests.discussions.test_proposals import offered, others, published, terms
from tests.factories.standing import a_box
from tests.personas import Viewer

pytestmark = pytest.mark.django_db
Browser = Callable[[Viewer], Client]
WRITE = "/en/consultations/suggestions/topics/roads/write/"
THREAD = "/en/consultations/suggestions/topics/roads/"
LIST = "/en/suggestions/"


@pytest.fixture
def box(at: datetime) -> Consultation:
    terms(threshold=2)
    return a_box(at=at)


@pytest.fixture
def rita(at: datetime) -> User:
    return personas.resident(at=at)


def sent(**more: str) -> dict[str, str]:
    return {"kind": "view", "body": "A bus at night.", "key": str(uuid4()), "action": "send"} | more


def read(browser: Client, address: str) -> str:
    return browser.get(address).content.decode()


def test_the_form_says_what_it_means_and_offers_it(box: Consultation, rita: User, as_seen_by: Browser) -> None:
    writer = as_seen_by(rita)
    for address in (WRITE, THREAD):
        page = read(writer, address)
        assert 'name="as_proposal"' in page
        assert "It needs support from 2 others within 10 days" in page

    preview = writer.post(WRITE, sent(action="preview", as_proposal="on"))
    assert "Offered as a citizen proposal." in preview.content.decode()
    assert 'name="as_proposal" value="True"' in preview.content.decode()
    assert writer.post(WRITE, sent(as_proposal="True", asked="once")).status_code == 302
    assert CitizenProposal.objects.count() == 1


def test_without_the_tick_it_is_a_suggestion(box: Consultation, rita: User, as_seen_by: Browser) -> None:
    writer = as_seen_by(rita)
    preview = writer.post(WRITE, sent(action="preview"))

    assert "Offered as" not in preview.content.decode()
    assert writer.post(WRITE, sent(as_proposal="False", asked="once")).status_code == 302
    assert Contribution.stored.count() == 1
    assert not CitizenProposal.objects.exists()


def test_a_tick_for_what_is_not_taken_any_more_is_refused_once(
    box: Consultation, rita: User, as_seen_by: Browser
) -> None:
    """What was meant as a citizen proposal does not quietly become less."""
    terms(taken=False)
    writer = as_seen_by(rita)
    answer = writer.post(WRITE, sent(as_proposal="on"))

    assert answer.status_code == 422
    assert "Citizen proposals are not taken here any more" in answer.content.decode()
    assert "A bus at night." in answer.content.decode()
    assert "as_proposal" not in answer.content.decode()
    assert not Contribution.stored.exists()
    assert writer.post(WRITE, sent(as_proposal="False")).status_code == 302


def test_terms_that_changed_since_the_form_was_opened_are_told_once(
    box: Consultation, rita: User, as_seen_by: Browser
) -> None:
    """Nobody offers a citizen proposal on terms that they were not told."""
    writer = as_seen_by(rita)
    assert 'name="terms" value="2-10-0"' in read(writer, WRITE)
    terms(threshold=400, days=10)

    for action in ("preview", "send"):
        answer = writer.post(WRITE, sent(as_proposal="on", terms="2-10-0", action=action))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "supporters needed: 400 instead of 2. Nothing was sent." in page
        assert "It needs support from 400 others" in page
        assert "A bus at night." in page
        assert 'id="id_as_proposal" checked' in page
        assert 'name="terms" value="400-10-0"' in page
    assert not Contribution.stored.exists()

    assert writer.post(WRITE, sent(as_proposal="on", terms="400-10-0")).status_code == 302
    assert CitizenProposal.objects.get().threshold == 400


@pytest.mark.parametrize("key", ["", "much", "2-10", "2-10-0-0", "²-10-0", "9" * 5000 + "-10-0", "02-10-0"])
def test_what_is_no_key_of_terms_stops_nobody(key: str, box: Consultation, rita: User, as_seen_by: Browser) -> None:
    assert as_seen_by(rita).post(WRITE, sent(as_proposal="on", terms=key)).status_code == 302


def test_a_suggestion_asks_for_no_terms(box: Consultation, rita: User, as_seen_by: Browser) -> None:
    assert as_seen_by(rita).post(WRITE, sent(as_proposal="False", terms="9-10-0")).status_code == 302


def test_who_goes_back_and_ticks_has_offered_one_and_who_clicks_twice_only_one(
    box: Consultation, rita: User, as_seen_by: Browser
) -> None:
    writer, form = as_seen_by(rita), sent(asked="once")
    writer.post(WRITE, form)
    for _click in range(2):
        assert writer.post(WRITE, form | {"as_proposal": "on"}).status_code == 302

    assert CitizenProposal.objects.count() == 1
    assert Contribution.stored.count() == 2


def test_a_second_click_where_texts_are_published_at_once_leads_to_the_same_receipt(
    box: Consultation, rita: User, as_seen_by: Browser
) -> None:
    """What was just published is not shown to its author as something that others wrote."""
    Consultation.objects.filter(pk=box.pk).update(moderation_mode=ModerationMode.AFTER)
    writer, form = as_seen_by(rita), sent(as_proposal="on", body="The bus to Klintholm does not run at night.")

    answers = [writer.post(WRITE, form) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Contribution.stored.get().is_published


def test_going_back_to_the_form_ticks_nothing(box: Consultation, rita: User, as_seen_by: Browser) -> None:
    back = as_seen_by(rita).post(WRITE, sent(action="edit", as_proposal="False")).content.decode()

    assert 'name="as_proposal"' in back
    assert 'id="id_as_proposal" checked' not in back


def test_in_the_box_the_form_begins_with_a_proposal(
    box: Consultation, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    published(offered(box, at=at, by=rita), at=at)
    writer, chosen = as_seen_by(rita), re.compile(r'<input[^>]* name="kind" value="(\w+)"[^>]* checked')

    firsts = [chosen.findall(read(writer, address)) for address in (WRITE, THREAD, f"{WRITE}?reply_to=1", _hearing(at))]

    assert firsts == [["proposal"], ["proposal"], ["view"], ["view"]]


def test_there_is_nothing_to_tick_where_none_are_taken_and_below_a_reply(
    box: Consultation, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    published(offered(box, at=at, by=rita), at=at)
    writer = as_seen_by(rita)

    assert "as_proposal" not in read(writer, f"{WRITE}?reply_to=1")
    assert "as_proposal" not in read(writer, _hearing(at))
    terms(taken=False)
    assert "as_proposal" not in read(writer, WRITE)


def _hearing(at: datetime) -> str:
    topic = factories.the_topic(factories.a_hearing(at=at))
    return f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/write/"


def test_who_may_not_offer_one_keeps_the_text_and_the_tick(
    box: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    answer = as_seen_by(personas.unverified(at=at)).post(WRITE, sent(as_proposal="on"))

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Only verified residents can offer a citizen proposal" in page
    assert "A bus at night." in page
    assert 'id="id_as_proposal" checked' in page
    assert not Contribution.stored.exists()


def test_everyone_sees_how_far_it_has_come_and_nobody_who(
    box: Consultation, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    row = published(offered(box, at=at, by=rita), at=at)
    [person] = others(1, at=at)
    agree(contribution=row, by=person, at=at)
    reader = as_seen_by(personas.anonymous(at=at))

    for address in (THREAD, LIST):
        page = read(reader, address)
        assert "1 of 2 verified residents supports it" in page
        assert '<progress class="progress__bar" max="2" value="1"' in page
        assert "Last day:" in page
        assert person.display_name not in page
    assert ">You support it<" in read(as_seen_by(person), THREAD).replace("</svg> ", "</svg>>")


def test_a_waiting_one_shows_nothing(box: Consultation, rita: User, as_seen_by: Browser, at: datetime) -> None:
    offered(box, at=at, by=rita)

    for viewer in (rita, personas.anonymous(at=at)):
        assert "<progress" not in read(as_seen_by(viewer), THREAD)


def test_the_times_and_the_count_say_how_it_stands_before_any_sweep_did(
    box: Consultation, rita: User, at: datetime
) -> None:
    row = published(offered(box, at=at, by=rita), at=at)
    proposal = proposals_among([row.pk], at=at)[row.pk]
    assert proposal.ends_at is not None

    with override("en"):
        before = shown_progress(proposal, 1, proposal.ends_at - timedelta(seconds=1))
        after = shown_progress(proposal, 1, proposal.ends_at)
        enough = shown_progress(proposal, 2, proposal.ends_at)

    assert before is not None
    assert not before.is_over
    assert after is not None
    assert "did not get enough support" in after.state
    assert enough is not None
    assert "goes to the council" in enough.state


def test_those_who_keep_the_box_see_what_the_council_has_to_answer(
    box: Consultation, rita: User, as_seen_by: Browser, at: datetime
) -> None:
    row = published(offered(box, at=at, by=rita), at=at)
    for person in others(2, at=at):
        agree(contribution=row, by=person, at=at)
    official, reader = as_seen_by(factories.an_official(at)), as_seen_by(rita)

    assert "No. 1, 2 supporters" in read(official, LIST)
    assert "No. 1, 2 supporters" not in read(reader, LIST)
    official.post("/en/consultations/suggestions/c/1/status/", {"status": "to_council", "sentence": "In March."})
    assert "No. 1, 2 supporters" not in read(official, LIST)
    assert "Goes to the council" in read(reader, THREAD)


@pytest.mark.parametrize(("count", "kind"), [(2, "threshold_reached"), (1, "proposal_lapsed")])
def test_the_author_and_followers_get_one_mail_and_supporters_none(
    count: int, kind: str, box: Consultation, rita: User, at: datetime
) -> None:
    follower = personas.unverified(at=at, email="follower@example.org", display_name="Finn")
    follow_consultation(person=follower, consultation=box, at=at)
    row = published(offered(box, at=at, by=rita), at=at)
    for person in others(count, at=at):
        agree(contribution=row, by=person, at=at)
    settle_proposals(by=THE_SYSTEM, at=at + timedelta(days=12))
    write_mail()
    write_mail()

    mails = OutgoingMail.objects.filter(key__startswith=f"suggestion.{kind}")
    bodies = {mail.to: mail.body for mail in mails}
    assert sorted(bodies) == ["follower@example.org", "rita@example.org"]
    assert "/c/1/" in bodies["rita@example.org"]
    assert "/follows/" in bodies["follower@example.org"]
    assert "/follows/" not in bodies["rita@example.org"]
    assert "A bus at night" not in "".join(bodies.values())


@pytest.mark.parametrize("count", [1, 3])
def test_a_thread_of_one_and_of_three_costs_the_same(  # noqa: PLR0917 - fixtures
    count: int, box: Consultation, rita: User, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    for _each in range(count):
        published(offered(box, at=at, by=rita), at=at)
    reader = as_seen_by(personas.anonymous(at=at))
    read(reader, THREAD)

    with django_assert_num_queries(10):
        read(reader, THREAD)


def test_how_it_works_tells_the_terms_where_they_are_taken(
    box: Consultation, as_seen_by: Browser, at: datetime
) -> None:
    reader = as_seen_by(personas.anonymous(at=at))

    assert "If 2 others support it within 10 days" in read(reader, "/en/how-it-works/")
    terms(taken=False)
    assert "citizen proposal" not in read(reader, "/en/how-it-works/")
