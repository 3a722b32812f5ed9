"""The queue on screen: order, waits, claims, filter, parts, the live count."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.consultations.models import Consultation
from apps.discussions.actions import revise_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.ledger.queries import head_position
from apps.moderation.actions import claim_contribution, decide_contribution
from apps.moderation.models import CLAIM_LASTS
from apps.moderation.queries import key_of
from apps.moderation.queries.queue import PAGE
from tests import personas
from tests.factories import a_contribution, a_hearing, a_moderator, a_published, a_refused, a_topic, a_writer, the_topic
from tests.moderation.desk import a_colleague, publish, queued, send_back, shown

pytestmark = pytest.mark.django_db
QUEUE = "/en/moderation/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return a_hearing(at=at, title="The wind hearing")


@pytest.fixture
def moderator(at: datetime) -> User:
    return a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def waits(hearing: Consultation, minutes: int, at: datetime, **what: object) -> Contribution:
    return a_contribution(the_topic(hearing), at=at - timedelta(minutes=minutes), **what)  # type: ignore[arg-type]


def test_nobody_else_sees_the_queue(at: datetime) -> None:
    people = personas.everyone(at=at)
    a_contribution(the_topic(a_hearing(at=at)), at=at, body="Hidden until decided")

    for name, viewer in people.items():
        client = Client()
        if viewer.is_authenticated:
            client.force_login(viewer)
        assert ("Hidden until decided" in shown(client.get(QUEUE, follow=True))) == (name == "moderator"), name


def test_what_is_due_first_stands_first_over_all_consultations(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    other = a_hearing(at=at)
    oldest, middle, latest = waits(hearing, 90, at), waits(other, 60, at), waits(hearing, 30, at)

    page = client.get(QUEUE)

    assert queued(page) == [row.number for row in (oldest, middle, latest)]
    assert "Oldest waits 1 h 30 min" in shown(page)
    assert f'href="/en/moderation/items/{oldest.pk}/"' in page.content.decode()


def test_only_what_waits_is_in_the_queue(client: Client, hearing: Consultation, at: datetime) -> None:
    a_published(the_topic(hearing), at=at, body="Published text")
    a_refused(the_topic(hearing), at=at, body="Refused text")

    page = shown(client.get(QUEUE))

    assert "The queue is empty." in page
    assert "Published text" not in page
    assert "Refused text" not in page


# The moment is 10:30 on a Tuesday: what came at 14:30 on Monday is due now, after four working hours.
@pytest.mark.parametrize(("minutes", "late"), [(20 * 60, False), (20 * 60 + 1, True)])
def test_what_should_have_been_decided_is_marked(
    minutes: int, late: bool, client: Client, hearing: Consultation, at: datetime
) -> None:
    waits(hearing, minutes, at)

    page = client.get(QUEUE)

    assert ("Overdue Waits 20 h" in shown(page)) is late
    assert ("wait--late" in page.content.decode()) is late


def test_the_queue_tells_who_has_taken_what_until_it_lapses(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    waiting, colleague = waits(hearing, 30, at), a_colleague(at)
    claim_contribution(contribution=waiting, by=colleague, at=at - CLAIM_LASTS + timedelta(seconds=1))
    assert "Taken by Max Møller" in shown(client.get(QUEUE))

    with time_machine.travel(at + timedelta(seconds=1), tick=False):
        assert "Taken by Max Møller" not in shown(client.get(QUEUE))


def test_own_texts_are_marked_and_not_offered_first(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    waits(hearing, 30, at, by=moderator)
    other = waits(a_hearing(at=at), 20, at)
    beside = waits(hearing, 25, at)

    response = client.get(QUEUE)

    page, links = shown(response), re.findall(r'btn--block" href="([^"]+)"', response.content.decode())
    assert "Yours" in page
    assert "For a colleague" in page
    assert f"No. {beside.number} " in page
    assert links == [f"/en/moderation/items/{other.pk}/"]


def test_the_queue_can_be_narrowed_to_a_consultation(client: Client, hearing: Consultation, at: datetime) -> None:
    other = a_hearing(at=at, title="The cycle path")
    there = waits(other, 30, at)
    waits(hearing, 60, at)

    page = client.get(QUEUE, {"consultation": other.slug})

    assert queued(page) == [there.number]
    assert "1 waits for a decision." in shown(page)
    assert f"/en/moderation/items/{there.pk}/?consultation={other.slug}" in page.content.decode()
    assert f'<option value="{other.slug}" selected lang="da">' in page.content.decode()


def test_an_empty_part_leads_to_the_whole_queue(client: Client, hearing: Consultation, at: datetime) -> None:
    waits(a_hearing(at=at), 10, at)

    page = shown(client.get(QUEUE, {"consultation": hearing.slug}))

    assert "Nothing waits in this part of the queue." in page
    assert "Show all that waits" in page


@pytest.mark.parametrize("consultation", ["", "no-such", "'; --", "æ" * 500])
def test_an_unknown_consultation_means_all(
    consultation: str, client: Client, hearing: Consultation, at: datetime
) -> None:
    waiting = waits(hearing, 10, at)

    assert queued(client.get(QUEUE, {"consultation": consultation})) == [waiting.number]


def test_the_parts_of_the_queue_hold_everything_once_and_in_order(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    # Two of the same second stand by their number.
    made = [waits(hearing, 100 - step // 2, at) for step in range(PAGE + 2)]

    first = client.get(QUEUE)
    second = client.get(QUEUE, {"after": str(key_of(made[PAGE - 1]))})

    assert f"{QUEUE}?after={key_of(made[PAGE - 1])}" in first.content.decode()
    assert queued(first) + queued(second) == [row.number for row in made]
    assert "From the first" in shown(second)
    assert "Oldest waits" not in shown(second)


def test_a_part_begins_behind_what_was_decided_meanwhile(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    decided, following = waits(hearing, 20, at), waits(hearing, 10, at)
    decide_contribution(contribution=decided, ruling=publish(), by=moderator, at=at)

    assert queued(client.get(QUEUE, {"after": str(key_of(decided))})) == [following.number]


@pytest.mark.parametrize("after", ["", "0", "-1-1-1-1", "999999", "3-1-0-1x", "1-1-1", f"{'9' * 18}-1-0-1", "x-y-z-w"])
def test_an_unknown_place_means_the_beginning(after: str, client: Client, hearing: Consultation, at: datetime) -> None:
    waiting = waits(hearing, 10, at)

    assert queued(client.get(QUEUE, {"after": after})) == [waiting.number]


def test_the_live_count_is_asked_for_by_itself(client: Client, hearing: Consultation, at: datetime) -> None:
    waits(hearing, 10, at)
    sequence_entries()

    page, count = client.get(QUEUE), client.get(QUEUE, headers={"X-Fragment": "count"})

    assert f'data-since="{head_position()}"' in page.content.decode()
    assert f'data-live="queue" data-url="{QUEUE}"' in " ".join(page.content.decode().split())
    assert count.content.decode().strip() == "1 waits for a decision."
    assert "X-Fragment" in count["Vary"]


def test_the_count_is_for_moderators_only(hearing: Consultation, at: datetime) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(personas.resident(at=at))

    assert client.get(QUEUE, headers={"X-Fragment": "count"}).status_code == 403


def test_the_menu_shows_the_count_on_moderation_pages_only(client: Client, hearing: Consultation, at: datetime) -> None:
    waits(hearing, 10, at)
    link = 'Moderation <span class="count">1</span></a></li>'

    assert link in client.get(QUEUE).content.decode()
    assert link not in client.get("/en/consultations/").content.decode()


def in_order(rows: list[Contribution]) -> list[Contribution]:
    return sorted(rows, key=lambda row: (row.due_at, row.number))


def an_edited(hearing: Consultation, moderator: User, at: datetime) -> Contribution:
    """Return a text that waits again after its author changed it."""
    row = waits(hearing, 200, at, body="Before")
    decide_contribution(contribution=row, ruling=send_back(), by=moderator, at=at - timedelta(minutes=90))
    writer = row.author
    assert writer is not None
    later = at - timedelta(minutes=80)
    revise_contribution(contribution=row, kind=row.kind, body="After the edit", by=writer, at=later)
    return row


def test_the_queue_can_be_narrowed_and_searched(
    client: Client, hearing: Consultation, moderator: User, at: datetime
) -> None:
    # The first: nothing is received before what was received last.
    late = waits(hearing, 60 * 24, at)
    elsewhere = a_topic(hearing, at=at, title="Noise")
    question = waits(hearing, 30, at, kind=ContributionKind.QUESTION, body="Hvor høje bliver de?")
    noise = a_contribution(elsewhere, at=at - timedelta(minutes=20), body="ÆNDRING af støj")
    mine, taken = waits(hearing, 10, at), waits(hearing, 9, at)
    claim_contribution(contribution=mine, by=moderator, at=at)
    claim_contribution(contribution=taken, by=a_colleague(at), at=at)
    edited = an_edited(hearing, moderator, at)
    free = [late, edited, question, noise]
    found = {
        f"consultation={hearing.slug}&topic={elsewhere.slug}": [noise],
        "kind=question": [question],
        "q=høje hvor": [question],
        "q=ændring": [noise],
        "q=%25": [],
        "part=overdue": [late],
        "part=edited": [edited],
        "part=mine": [mine],
        "part=free": in_order(free),
        "part=none&kind=answer&topic=none&q=%00": in_order([*free, mine, taken]),
    }

    assert question.number in queued(client.get(f"{QUEUE}?q={question.number}"))
    for query, rows in found.items():
        page = client.get(f"{QUEUE}?{query}")
        assert queued(page) == [row.number for row in rows], query
        words = f"{len(rows)} wait{'s' if len(rows) == 1 else ''} for a decision."
        assert words in shown(page) or not rows, query


def test_what_narrows_the_queue_survives_reading_and_claiming(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    row, _other = waits(hearing, 10, at, body="Text one"), waits(hearing, 5, at, body="Text two")
    narrowed = f"?consultation={hearing.slug}&part=free&q=text"

    listed = client.get(QUEUE + narrowed).content.decode()
    item = client.get(f"{QUEUE}items/{row.pk}/{narrowed}").content.decode()
    taken = client.post(f"{QUEUE}items/{row.pk}/claim/{narrowed}")

    escaped = narrowed.replace("&", "&amp;")
    assert f'href="{QUEUE}items/{row.pk}/{escaped}"' in listed
    assert f'action="{QUEUE}items/{row.pk}/decide/{escaped}"' in item
    assert f'href="{QUEUE}{escaped}"' in item
    assert taken["Location"] == f"{QUEUE}items/{row.pk}/{narrowed}"


def test_a_text_keeps_its_due_time_when_it_is_changed_and_gets_a_new_one_when_it_was_sent_back(
    hearing: Consultation, moderator: User, at: datetime
) -> None:
    row, writer = waits(hearing, 60, at), a_writer(at)
    first = row.due_at
    revise_contribution(contribution=row, kind=row.kind, body="Changed", by=writer, at=at)
    assert row.due_at == first == at.replace(hour=11, minute=30)

    decide_contribution(contribution=row, ruling=send_back(version=2), by=moderator, at=at)
    revise_contribution(contribution=row, kind=row.kind, body="Again", by=writer, at=at + timedelta(hours=1))
    assert row.due_at == at.replace(hour=13, minute=30)
