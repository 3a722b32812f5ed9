"""A pause in somebody's writing: what it keeps them from and what not, and that it ends by the clock."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.actions import (
    Pausing,
    clear_pauses,
    lift_pause,
    pause_writing,
    return_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.errors import PausedAlready
from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import pause_of
from apps.discussions.rules import PAUSES_KEPT
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.conftest import Browser, address_of
from tests.discussions.sending import STORED, TEXT, send, shown, typed_in

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def writer(at: datetime) -> User:
    return factories.a_writer(at)


@pytest.fixture
def text(topic: Topic, writer: User, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at, by=writer)


def _pause(
    text: Contribution, *, at: datetime, days: int = 3, everywhere: bool = False, by: User | None = None
) -> WritingPause:
    pausing = Pausing(
        consultation=None if everywhere else text.consultation,
        reason=RefusalReason.objects.get(code="personal_attack"),
        legal_ground="House rule 1: Personal attack",
        sentence="You attacked a neighbour four times.",
        internal_facts="noted",
        days=days,
    )
    return pause_writing(contribution=text, pausing=pausing, by=by or factories.a_moderator(at), at=at)


def _writes(topic: Topic, by: User, at: datetime) -> Contribution:
    return factories.a_contribution(topic, at=at, by=by)


def test_who_is_paused_sends_nothing_until_the_pause_is_over_by_itself(
    topic: Topic, text: Contribution, writer: User, at: datetime
) -> None:
    _pause(text, at=at, days=3)

    for moment in (at, at + 3 * DAY - timedelta(seconds=1)):
        with pytest.raises(NotAllowed, match="A moderator has paused your writing here until"):
            _writes(topic, writer, moment)
    assert Contribution.stored.count() == 1
    assert _writes(topic, writer, at + 3 * DAY).number == 2
    assert _writes(topic, personas.resident(at=at), at).number == 3


def test_who_is_paused_hands_in_no_edit_and_takes_back_what_they_like(
    text: Contribution, writer: User, at: datetime
) -> None:
    _pause(text, at=at)

    with pytest.raises(NotAllowed, match="paused your writing"):
        revise_contribution(contribution=text, kind=ContributionKind.VIEW, body="Other", by=writer, at=at)
    assert withdraw_contribution(contribution=text, by=writer, at=at)
    text.refresh_from_db()
    assert text.status == ContributionStatus.WITHDRAWN


def test_an_edit_that_a_moderator_asked_for_is_handed_in_all_the_same(
    text: Contribution, writer: User, at: datetime
) -> None:
    waits = factories.a_contribution(text.topic, at=at, by=writer)
    return_contribution(
        contribution=waits,
        version=1,
        reason=RefusalReason.objects.get(code="private_information"),
        sentence="Leave the name out.",
        by=as_moderator(factories.a_moderator(at)),
        at=at,
    )
    _pause(text, at=at)

    assert revise_contribution(contribution=waits, kind=ContributionKind.VIEW, body="Without it.", by=writer, at=at)
    with pytest.raises(NotAllowed, match="paused your writing"):  # it waits now, as others do
        revise_contribution(contribution=waits, kind=ContributionKind.VIEW, body="Once more.", by=writer, at=at)


@pytest.mark.parametrize(("everywhere", "kept_back"), [(False, False), (True, True)])
def test_it_holds_in_one_consultation_or_in_all(
    everywhere: bool, kept_back: bool, text: Contribution, writer: User, at: datetime
) -> None:
    elsewhere = factories.a_hearing(at=at)
    _pause(text, at=at, everywhere=everywhere)

    assert (pause_of(writer, elsewhere, at=at) is not None) is kept_back
    assert pause_of(writer, text.consultation, at=at) is not None
    if kept_back:
        with pytest.raises(NotAllowed):
            _writes(factories.the_topic(elsewhere), writer, at)
    else:
        assert _writes(factories.the_topic(elsewhere), writer, at)


def test_one_pause_does_not_follow_another_while_it_stands(text: Contribution, writer: User, at: datetime) -> None:
    """Or the limit of a month would be none."""
    _pause(text, at=at, days=30)
    with pytest.raises(PausedAlready):
        _pause(text, at=at + DAY)

    wide = _pause(text, at=at + DAY, days=1, everywhere=True)

    found = pause_of(writer, text.consultation, at=at + DAY)
    assert found is not None
    assert found.ends_at == at + 30 * DAY
    assert lift_pause(pause=wide, by=factories.a_moderator(at), at=at + DAY)
    assert _pause(text, at=at + 30 * DAY)


@pytest.mark.parametrize("days", [0, -1, 2, 31, 365])
def test_it_is_limited(days: int, text: Contribution, at: datetime) -> None:
    with pytest.raises(NotAllowed, match="never longer than a month"):
        _pause(text, at=at, days=days)
    assert not WritingPause.objects.exists()


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"days": 31}, "pause_is_limited"),
        ({"sentence": ""}, "pause_with_reasons"),
        ({"lifted_at": datetime(2026, 10, 1).astimezone()}, "pause_lifted_by_somebody"),
    ],
)
def test_the_database_refuses_what_the_rule_does(
    changes: dict[str, object], name: str, text: Contribution, at: datetime
) -> None:
    pause = _pause(text, at=at)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        WritingPause.objects.filter(pk=pause.pk).update(**changes)
    with pytest.raises(IntegrityError, match="pause_of_somebody_else"), transaction.atomic():
        WritingPause.objects.filter(pk=pause.pk).update(paused_by=pause.person)


def test_nobody_is_paused_who_has_no_account_or_wrote_for_the_municipality(topic: Topic, at: datetime) -> None:
    answer = factories.an_answer(factories.a_published(topic, at=at), at=at)

    with pytest.raises(NotAllowed, match="no writing to pause"):
        _pause(answer, at=at)


def test_an_official_who_is_paused_still_answers_for_the_municipality(topic: Topic, at: datetime) -> None:
    official = factories.an_official(at)
    _pause(factories.a_contribution(topic, at=at, by=official), at=at)

    assert factories.an_answer(factories.a_published(topic, at=at), at=at).is_answer


def test_ending_it_lets_them_write_at_once_and_only_once(
    topic: Topic, text: Contribution, writer: User, at: datetime
) -> None:
    pause, moderator = _pause(text, at=at), factories.a_moderator(at)

    assert lift_pause(pause=pause, by=moderator, at=at + DAY)
    assert not lift_pause(pause=pause, by=moderator, at=at + DAY)
    assert _writes(topic, writer, at + DAY)
    over = _pause(text, at=at + DAY, days=1)
    assert not lift_pause(pause=over, by=moderator, at=at + 2 * DAY)
    assert Entry.objects.filter(kind="person.pause_lifted").count() == 1


def test_the_entries_say_neither_who_nor_which_text(text: Contribution, at: datetime) -> None:
    pause = _pause(text, at=at)
    lift_pause(pause=pause, by=factories.a_moderator(at), at=at)

    paused, lifted = Entry.objects.filter(kind__startswith="person.").order_by("pk")
    assert facts_of(paused) == {"days": 3, "reason": "personal_attack"}
    for entry in (paused, lifted):
        assert (entry.subject, entry.subject_id) == ("writingpause", pause.pk)
        assert (entry.topic_id, entry.number) == (None, None)
        assert entry.consultation_id == text.consultation_id
        assert entry.actor_role == "moderator"
    everywhere = _pause(text, at=at, everywhere=True)
    assert Entry.objects.get(subject_id=everywhere.pk, subject="writingpause").consultation_id is None


def test_what_is_over_long_ago_goes(text: Contribution, at: datetime) -> None:
    _pause(text, at=at, days=3)

    assert clear_pauses(at=at + 3 * DAY + PAUSES_KEPT - timedelta(seconds=1)) == 0
    assert clear_pauses(at=at + 3 * DAY + PAUSES_KEPT) == 1
    assert not WritingPause.objects.exists()


# ------------------------------------------------------------------ pages


def test_the_refused_form_keeps_the_text_and_says_what_is_left(
    topic: Topic, text: Contribution, writer: User, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(writer)
    pause = _pause(text, at=at)

    refused = send(browser, topic, body=TEXT)

    assert refused.status_code == 403
    words = shown(refused)
    for told in ("has paused your writing here until", "House rule 1", "how to appeal", "by letter or e-mail"):
        assert told in words
    assert f"/me/pauses/{pause.pk}/" in refused.content.decode()
    assert typed_in(refused) == STORED
    assert 'value="send"' not in refused.content.decode()
    lift_pause(pause=pause, by=factories.a_moderator(at), at=at)
    opened = browser.get(address_of("discussions:contribution-submit", **_of(topic)))
    assert typed_in(opened) == STORED
    assert send(browser, topic, body=TEXT).status_code == 302


@pytest.mark.parametrize("name", ["portal:topic", "discussions:contribution-submit"])
def test_every_form_says_so_before_they_write(  # noqa: PLR0917 - what the test is about
    name: str, topic: Topic, text: Contribution, writer: User, as_seen_by: Browser, at: datetime
) -> None:
    address = address_of(name, **_of(topic))
    _pause(text, at=at)

    page = as_seen_by(writer).get(address)

    assert "A moderator has paused your writing here until" in shown(page)
    assert 'name="body"' not in page.content.decode()
    others = as_seen_by(personas.resident(at=at)).get(address)
    assert "paused" not in shown(others)
    assert 'name="body"' in others.content.decode()
    with time_machine.travel(at + 3 * DAY, tick=False):
        assert 'name="body"' in as_seen_by(writer).get(address).content.decode()


def test_the_form_of_an_edit_keeps_the_text_and_says_so(
    text: Contribution, writer: User, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(writer)
    address = address_of("discussions:contribution-revise", slug=text.consultation.slug, number=text.number)
    _pause(text, at=at)

    opened, sent = browser.get(address), browser.post(address, {"kind": "view", "body": TEXT})

    assert "has paused your writing" in shown(opened)
    assert sent.status_code == 422
    assert typed_in(sent) == STORED
    text.refresh_from_db()
    assert text.version == 1


def test_what_is_not_paused_stays_open(
    topic: Topic, text: Contribution, writer: User, as_seen_by: Browser, at: datetime
) -> None:
    browser = as_seen_by(writer)
    _pause(text, at=at)
    place = {"slug": text.consultation.slug, "number": text.number}

    for name in ("portal:contribution-receipt", "discussions:contribution-withdraw"):
        assert browser.get(address_of(name, **place)).status_code == 200
    published = factories.a_published(topic, at=at, by=personas.resident(at=at))
    report = address_of("moderation:report-submit", slug=text.consultation.slug, number=published.number)
    assert browser.get(report).status_code == 200
    assert browser.get("/en/me/data/").status_code == 200


def _of(topic: Topic) -> dict[str, str]:
    return {"slug": topic.consultation.slug, "topic": topic.slug}
