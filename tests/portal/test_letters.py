"""A letter that several sent, as everyone reads it: in the thread, on its own page, in counts and receipts."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from apps.accounts.actions import protect_name
from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.consultations.models import Topic
from apps.discussions.actions import (
    hide_contribution,
    hide_protected_names,
    move_contribution,
    withdraw_contribution,
)
from apps.discussions.models import Contribution
from apps.ledger.actions import sequence_entries
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.discussions.filling import fill
from tests.discussions.letters import LETTER, confirmed, letters, sender, signed

pytestmark = pytest.mark.django_db

Browser = Callable[[personas.Viewer], Client]
ARTICLE = re.compile(r'<article class="contrib[^"]*" id="c(\d+)"')


@pytest.fixture
def topic(at: datetime) -> Topic:
    return factories.the_topic(factories.a_hearing(at=at))


@pytest.fixture
def reader(as_seen_by: Browser) -> Client:
    return as_seen_by(personas.AnonymousUser())


def thread(topic: Topic) -> str:
    return f"/en/consultations/{topic.consultation.slug}/topics/{topic.slug}/"


def of(topic: Topic, number: int, page: str = "letter/") -> str:
    return f"/en/consultations/{topic.consultation.slug}/c/{number}/{page}"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode()


def words_of(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(answer)).split())


def numbers_of(answer: HttpResponse) -> list[int]:
    return [int(match[1]) for match in ARTICLE.finditer(text_of(answer))]


# ------------------------------------------------------------------ in the thread


def test_the_thread_shows_the_first_and_folds_the_others_at_their_places(
    topic: Topic, reader: Client, at: datetime
) -> None:
    first, second = letters(topic, 2, at=at)
    between = factories.a_published(topic, at=at, body="Something else.")
    others = [
        factories.a_published(topic, at=at, body=signed(name), by=sender(name, at))
        for name in ("Erik Elm", "Gorm Gade")
    ]
    before = numbers_of(reader.get(thread(topic)))

    confirmed([first, second, *others], at=at)
    page = reader.get(thread(topic))

    assert numbers_of(page) == before == [1, 2, between.number, 4, 5], "no place has changed"
    assert f'<a href="{of(topic, 1)}">and 3 with the same text</a>' in text_of(page)
    folds = re.findall(r"<summary>([^<]+)</summary>", text_of(page))
    assert [fold for fold in folds if "same text" in fold] == [
        "No. 2 has the same text as no. 1",
        "Nos. 4–5 have the same text as no. 1",
    ]


def test_every_text_of_a_letter_can_be_read_at_its_own_address(topic: Topic, reader: Client, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    confirmed(rows, at=at)

    answer = reader.get(of(topic, 3, ""), follow=True)

    assert answer.redirect_chain[-1][0].endswith("#c3")
    article = text_of(answer).split('id="c3"')[1].split("</article>")[0]
    assert "Carl Carstensen" in article
    assert "skyggerne rammer skolen" in article
    assert "The same text as no. 1, word for word or nearly" in article


def test_replies_to_a_text_of_a_letter_stand_where_they_stood(topic: Topic, reader: Client, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    reply = factories.a_published(topic, at=at, body="To you alone.", in_reply_to=rows[1])

    confirmed(rows, at=at)
    page = reader.get(thread(topic))

    assert numbers_of(page) == [1, 2, reply.number, 3]
    assert "To you alone." in text_of(page).split('<ol class="replies">')[1].split("</ol>")[0]


def test_the_page_tells_both_numbers(topic: Topic, reader: Client, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    factories.a_published(topic, at=at)
    assert "several sent" not in words_of(reader.get(thread(topic)))

    confirmed(rows, at=at)

    assert "4 contributions (3 of them are one letter that several sent)" in words_of(reader.get(thread(topic)))
    more = [
        factories.a_published(topic, at=at, body=LETTER[16:], by=sender(name, at))
        for name in ("Erik Elm", "Frida Fynbo")
    ]
    confirmed(more, at=at)
    assert "6 contributions (5 of them are 2 letters that several sent)" in words_of(reader.get(thread(topic)))


def test_pages_cost_the_same_with_letters_and_without(
    topic: Topic, reader: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    fill(topic, 60, at=at)
    rows = letters(topic, 3, at=at)
    reader.get(thread(topic))
    with django_assert_num_queries(7):
        reader.get(f"{thread(topic)}?order=newest")

    confirmed(rows, at=at)

    with django_assert_num_queries(7):
        reader.get(f"{thread(topic)}?order=newest")


# ------------------------------------------------------------------ its own page


def test_the_letters_page_lists_all_by_number_with_what_differs(topic: Topic, reader: Client, at: datetime) -> None:
    rows = letters(topic, 2, at=at)
    person = sender("Dorte Dam", at)
    near = factories.a_published(
        topic, at=at, body=signed("Dorte Dam", LETTER.replace("Vi beder", "Jeg beder")), by=person
    )
    confirmed([*rows, near], at=at)

    page = reader.get(of(topic, 1))

    assert numbers_of(page) == [1, 2, 3]
    assert "3 contributions with the same text" in words_of(page)
    assert "No. 3, Dorte Dam – nearly the same" in words_of(page)
    assert re.search(r"<ins><span[^>]*>added: </span>Jeg\s*</ins>", text_of(page))
    assert re.search(r"<del><span[^>]*>left out: </span>Vi\s*</del>", text_of(page))
    assert reader.get(of(topic, 3)).headers["Location"] == of(topic, 1)


def test_a_long_letter_is_read_in_parts_at_the_same_cost(
    topic: Topic, reader: Client, at: datetime, django_assert_num_queries: Callable[..., object]
) -> None:
    rows = fill(topic, 70, at=at, reply_every=0, refuse_every=0)
    people = [row for row in rows if not row.is_answer]
    Contribution.stored.filter(pk__in=[row.pk for row in people]).update(body=LETTER, body_html=f"<p>{LETTER}</p>")
    cluster = confirmed(people[:3], at=at)
    with django_assert_num_queries(7):
        assert len(numbers_of(reader.get(of(topic, 1)))) == 3
    Contribution.stored.filter(pk__in=[row.pk for row in people]).update(cluster=cluster)
    type(cluster).objects.filter(pk=cluster.pk).update(size=len(people))

    with django_assert_num_queries(7):
        page = reader.get(of(topic, 1))
    assert len(numbers_of(page)) == min(51, len(people))


@pytest.mark.parametrize("number", [1, 4, 99])
def test_what_is_no_letter_has_no_page(number: int, topic: Topic, reader: Client, at: datetime) -> None:
    rows = letters(topic, 3, at=at)
    factories.a_contribution(topic, at=at, body=LETTER)

    assert reader.get(of(topic, number)).status_code == 404
    confirmed(rows[1:], at=at)
    assert reader.get(of(topic, number)).status_code == 404


# ------------------------------------------------------------------ what nobody may read


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("how", ["hidden", "withdrawn", "erased", "moved"])
def test_a_text_that_is_not_public_there_is_told_of_nowhere(
    how: str, which: int, topic: Topic, reader: Client, at: datetime
) -> None:
    rows = letters(topic, 3, at=at)
    confirmed(rows, at=at)
    gone, by = rows[which], as_moderator(factories.a_moderator(at))
    assert gone.author is not None
    if how == "hidden":
        reason = RefusalReason.objects.get(code="private_information")
        hide_contribution(contribution=gone, reason=reason, sentence="It names somebody.", by=by, at=at)
    elif how == "withdrawn":
        withdraw_contribution(contribution=gone, by=gone.author, at=at)
    elif how == "erased":
        factories.erase(gone, at=at)
    else:
        to = factories.a_topic(topic.consultation, at=at)
        move_contribution(contribution=gone, to=to, with_replies=False, by=by, at=at)

    left = [row for row in rows if row != gone]
    pages = [reader.get(thread(topic)), reader.get(of(topic, left[0].number)), reader.get(of(topic, left[1].number))]

    assert [page.status_code for page in pages] == [200, 200, 302]
    for page in pages[:2]:
        assert gone.author_name not in text_of(page)
    assert "and 1 with the same text" in text_of(pages[0])
    assert reader.get(of(topic, gone.number)).status_code == 404
    assert "2 contributions (2 of them are one letter that several sent)" in words_of(pages[0])


def test_a_name_that_is_protected_afterwards_is_on_no_list(topic: Topic, reader: Client, at: datetime) -> None:
    people = [sender(name, at) for name in ("Anna Aa", "Bodil Bro")]
    confirmed([factories.a_published(topic, at=at, body=LETTER, by=person) for person in people], at=at)
    addresses = (thread(topic), of(topic, 1))
    assert all("Bodil Bro" in text_of(reader.get(address)) for address in addresses)

    protect_name(person=people[1], by=THE_SYSTEM, at=at)
    hide_protected_names(at=at)

    assert not any("Bodil Bro" in text_of(reader.get(address)) for address in addresses)


def test_everyone_reads_what_a_moderator_decided_about_letters(topic: Topic, reader: Client, at: datetime) -> None:
    confirmed(letters(topic, 4, at=at), at=at)
    sequence_entries()

    for page in ("moderation/", "moderation/feed/"):
        answer = reader.get(f"/en/consultations/{topic.consultation.slug}/{page}")
        assert "Nos. 1–4 were found to be one and the same letter." in text_of(answer)
        assert "Anna Aa" not in text_of(answer)


# ------------------------------------------------------------------ receipts


def test_each_receipt_says_with_what_the_text_stands_and_that_it_counts(
    topic: Topic, as_seen_by: Browser, at: datetime
) -> None:
    rows = letters(topic, 4, at=at)
    confirmed(rows[:3], at=at)
    receipts = [
        words_of(as_seen_by(row.author or personas.AnonymousUser()).get(of(topic, row.number, "receipt/")))
        for row in rows
    ]

    assert "Yours was the first and is shown for all; each counts. 2 others with the same text" in receipts[0]
    for receipt in receipts[1:3]:
        assert "your text is the same as that of no. 1, word for word or nearly" in receipt
        assert "counts as yours. 2 others with the same text" in receipt
    assert "with the same text" not in receipts[3]
    with override("en"):
        assert all(f"Received as no. {row.number}" in receipt for row, receipt in zip(rows, receipts, strict=True))
