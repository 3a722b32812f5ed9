"""Identical letters on the desk: what is offered, reading and settling, what is in the way, and near-duplicates."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import redact_contribution, remember_signatures, withdraw_contribution
from apps.discussions.models import Contribution, LetterApart
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.moderation.actions import note_conflict
from apps.moderation.rendering import letters as letters_to_read
from apps.screening.engine import duplicates
from tests import factories
from tests.discussions.letters import LETTER, OWN_LINE, confirmed, letters, sender, signed
from tests.moderation.desk import a_colleague, a_reason, shown

pytestmark = pytest.mark.django_db

LIST = "/en/moderation/letters/"


@pytest.fixture(autouse=True)
def _now(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def moderator(at: datetime) -> User:
    return factories.a_moderator(at)


@pytest.fixture
def client(moderator: User) -> Client:
    client = Client()
    client.force_login(moderator)
    return client


def page_of(row: Contribution) -> str:
    return f"{LIST}{row.pk}/"


def sent(first: Contribution, others: list[Contribution], action: str = "confirm", **more: Any) -> dict[str, Any]:
    """Return what the page sends with these ticked."""
    versions = {f"version-{row.pk}": row.version for row in (first, *others)}
    ids = [row.pk for row in others]
    return {"action": action, "seen": ids, "same": ids, **versions, **more}


def own(topic: Topic, name: str, at: datetime) -> Contribution:
    return factories.a_published(topic, at=at, body=signed(name, f"{LETTER} {OWN_LINE}"), by=sender(name, at))


# ------------------------------------------------------------------ offering, reading, settling


def test_what_is_much_alike_is_offered_read_and_confirmed(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    remember_signatures()

    assert "No. 1 and 2 that are much like it" in shown(client.get(LIST))
    page = shown(client.get(page_of(rows[0])))
    assert "skyggerne rammer skolen" in page
    assert "2 texts that say the same" in page
    answer = client.post(page_of(rows[0]), sent(rows[0], rows[1:]), follow=True)

    assert "2 texts count as the same letter as no. 1." in shown(answer)
    assert "No. 1 and 2 with the same text" in shown(answer)
    assert "No texts are much alike" in shown(answer)
    assert Entry.objects.filter(kind="cluster.confirmed").count() == 1
    assert check_ledger().problem == ""


def test_a_line_of_ones_own_is_shown_and_cannot_be_ticked(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    other = own(topic, "Carl Carstensen", at)
    remember_signatures()

    page = client.get(page_of(rows[0])).content.decode()

    assert f'name="same" value="{rows[1].pk}"' in page
    assert f'name="same" value="{other.pk}"' not in page
    assert re.search(rf"<ins><span[^>]*>added: </span>{OWN_LINE}", page)
    assert client.post(page_of(rows[0]), sent(rows[0], [rows[1], other])).status_code == 409
    assert not Entry.objects.filter(kind__startswith="cluster.").exists()


def test_what_is_left_out_is_offered_among_itself(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    others = [own(topic, name, at) for name in ("Erik Elm", "Frida Fynbo")]
    remember_signatures()

    client.post(page_of(rows[0]), sent(rows[0], [rows[1]]) | {"seen": [row.pk for row in (*rows[1:], *others)]})

    assert set(LetterApart.objects.values_list("contribution__number", flat=True)) == {3, 4, 5}
    assert "No. 3 and 2 that are much like it" in shown(client.get(LIST))


def test_not_the_same_is_noted_and_not_offered_again(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    remember_signatures()

    answer = client.post(page_of(rows[0]), sent(rows[0], rows[1:], "apart"), follow=True)

    assert "Noted: they are not the same letter." in shown(answer)
    assert "No texts are much alike" in shown(answer)
    assert not Entry.objects.filter(kind__startswith="cluster.").exists()


def test_a_later_letter_is_offered_to_join(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    confirmed(rows, at=at)
    late = factories.a_published(topic, at=at, body=signed("Carl Carstensen"), by=sender("Carl Carstensen", at))
    remember_signatures()

    assert "1 more is much like the letter of no. 1" in shown(client.get(LIST))
    client.post(page_of(rows[0]), sent(rows[0], [late]))

    assert Entry.objects.get(kind="cluster.joined").payload == '{"numbers":[3],"shown":1}'


def test_those_that_wait_are_published_in_one_go_first(client: Client, topic: Topic, at: datetime) -> None:
    rows = [
        factories.a_contribution(topic, at=at, body=signed(name), by=sender(name, at))
        for name in ("Anna Aa", "Bodil Bro", "Carl Carstensen")
    ]
    remember_signatures()
    assert "No. 1 and 2 that are much like it" in shown(client.get(LIST))

    page = client.get(page_of(rows[0])).content.decode()

    several = "/en/moderation/several/?" + "&amp;".join(f"id={row.pk}" for row in rows)
    assert f'href="{several}"' in page
    assert 'value="confirm"' not in page
    assert client.post(page_of(rows[0]), sent(rows[0], rows[1:])).status_code == 409
    read = {"read": [row.pk for row in rows]} | {f"version-{row.pk}": 1 for row in rows}
    client.post(several.replace("&amp;", "&"), read)
    client.post(page_of(rows[0]), sent(rows[0], rows[1:]))
    assert Contribution.stored.get(pk=rows[0].pk).others_with_it == 2


def test_a_second_letter_of_the_same_person_is_said_to_be_so(client: Client, topic: Topic, at: datetime) -> None:
    [first] = letters(topic, 1, at=at)
    second = factories.a_published(topic, at=at, body=signed("Anna Aa"), by=sender("Anna Aa", at))
    remember_signatures()

    assert "by the same person as no. 1" in shown(client.get(page_of(first)))
    assert "It is by the same person." in shown(client.get(f"/en/moderation/items/{second.pk}/"))


# ------------------------------------------------------------------ taking back


def test_one_is_taken_out_and_the_letter_undone(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    cluster = confirmed(rows, at=at)
    assert "Confirmed as the same letter" in shown(client.get(page_of(rows[0])))

    answer = client.post(page_of(rows[0]), {"action": "split", "member": [rows[2].pk]}, follow=True)
    assert "One text stands by itself again." in shown(answer)
    cluster.refresh_from_db()
    assert cluster.size == 2
    answer = client.post(page_of(rows[0]), {"action": "undo"}, follow=True)

    assert "The letter is undone" in shown(answer)
    kinds = Entry.objects.filter(kind__startswith="cluster.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["cluster.confirmed", "cluster.divided", "cluster.divided"]
    assert check_ledger().problem == ""


# ------------------------------------------------------------------ what is in the way


@pytest.mark.parametrize("action", ["confirm", "split", "undo", "nonsense"])
def test_nothing_chosen_changes_nothing(action: str, client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    remember_signatures()

    answer = client.post(page_of(rows[0]), {"action": action})

    assert answer.status_code in {302, 422}
    assert not Entry.objects.filter(kind__startswith="cluster.").exists()
    assert not LetterApart.objects.exists()


def test_what_changed_after_it_was_read_is_shown_again_with_what_was_ticked(
    client: Client, topic: Topic, moderator: User, at: datetime
) -> None:
    rows = letters(topic, 3, at=at)
    remember_signatures()
    words = sent(rows[0], [rows[1]]) | {f"version-{rows[1].pk}": 7}

    answer = client.post(page_of(rows[0]), words)

    assert answer.status_code == 409
    assert "Some of these texts changed" in shown(answer)
    page = answer.content.decode()
    assert re.search(rf'name="same" value="{rows[1].pk}" checked', page)
    assert re.search(rf'name="same" value="{rows[2].pk}">', page)
    assert not LetterApart.objects.exists()


def test_confirming_twice_is_no_refusal(client: Client, topic: Topic, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    remember_signatures()

    answers = [client.post(page_of(rows[0]), sent(rows[0], rows[1:])) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Entry.objects.filter(kind__startswith="cluster.").count() == 1


@pytest.mark.parametrize("why", ["wrote there", "is whom it is about"])
def test_who_takes_part_settles_nothing(why: str, client: Client, topic: Topic, moderator: User, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    if why == "wrote there":
        factories.a_contribution(topic, at=at, by=moderator)
    else:
        note_conflict(contribution=rows[1], person=moderator, by=a_colleague(at), at=at)
    remember_signatures()

    assert client.post(page_of(rows[0]), sent(rows[0], rows[1:])).status_code == 403
    confirmed(rows, at=at)
    assert client.post(page_of(rows[0]), {"action": "undo"}).status_code == 403
    assert Contribution.stored.get(pk=rows[1].pk).same_as == 1


# ------------------------------------------------------------------ the item, and costs


def test_an_item_names_what_it_is_much_like_without_making_a_signature(
    client: Client, topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = letters(topic, 2, at=at)
    other = own(topic, "Carl Carstensen", at)
    remember_signatures()
    monkeypatch.setattr(duplicates, "_minhash", lambda: pytest.fail("a page makes no signatures"))

    page = shown(client.get(f"/en/moderation/items/{rows[1].pk}/"))

    assert "Is much like another text in this hearing. Read them beside each other Much like no. 1 :" in page
    assert "about 100 of 100 pairs of words are the same." in page
    assert re.search(r"Much like no\. 3 : about [789]\d of 100", page)
    assert (
        f'href="/en/moderation/items/{other.pk}/"' in client.get(f"/en/moderation/items/{rows[1].pk}/").content.decode()
    )
    assert client.get(LIST).status_code == client.get(page_of(rows[0])).status_code == 200


@pytest.mark.parametrize("gone", ["withdrawn", "redacted"])
def test_what_was_taken_back_or_changed_is_named_nowhere(
    gone: str, client: Client, topic: Topic, moderator: User, at: datetime
) -> None:
    rows = letters(topic, 2, at=at)
    remember_signatures()
    if gone == "withdrawn":
        withdraw_contribution(contribution=rows[0], by=sender("Anna Aa", at), at=at)
    else:
        redact_contribution(
            contribution=rows[0], version=1, passage="skolen", reason=a_reason(), by=as_moderator(moderator), at=at
        )

    assert "Much like" not in shown(client.get(f"/en/moderation/items/{rows[1].pk}/"))
    assert "No texts are much alike" in shown(client.get(LIST))
    assert "skyggerne" not in shown(client.get(page_of(rows[0]))) or gone == "redacted"


@pytest.mark.parametrize("count", [2, 4])
def test_the_pages_cost_the_same_for_few_and_for_many(
    count: int, client: Client, topic: Topic, at: datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    rows = letters(topic, count, at=at)
    remember_signatures()

    with django_assert_num_queries(13):
        client.get(LIST)
    with django_assert_num_queries(8):
        client.get(page_of(rows[0]))
    with django_assert_num_queries(45):
        client.get(f"/en/moderation/items/{rows[1].pk}/")


def test_a_letter_of_many_has_pages_and_says_that_more_may_be_the_same(
    client: Client, topic: Topic, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letters_to_read, "MOST_OFFERED", 2)
    first, *others = letters(topic, 5, at=at)
    remember_signatures()
    assert "At most 2 texts stand here at a time" in shown(client.get(page_of(first)))
    confirmed([first, *others], at=at)

    page = client.get(page_of(first)).content.decode()
    behind = client.get(f"{page_of(first)}?after={others[0].number}").content.decode()

    assert f"?after={others[0].number}" in page
    assert "At most 2 texts" not in page
    assert f'value="{others[1].pk}"' in behind
    assert f'value="{others[1].pk}"' not in page
    assert client.get(f"{page_of(first)}?after=x").status_code == 200
