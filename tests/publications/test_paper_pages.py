"""What everyone reads of a published white paper: its pages, its data, and that it is always as things stand now."""

import csv
import json
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from apps.discussions.models import Contribution
from apps.publications.engine.freezing import checksum_of
from apps.publications.models import PaperVersion
from tests.factories import a_contribution, a_draft, a_hearing, a_published, an_official
from tests.factories.whitepapers import publish_paper
from tests.publications.papers import PASSAGE, REST, WHOLE, corrected, published

pytestmark = pytest.mark.django_db


def _read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_hearing_without_one_says_that_it_is_to_come(client: Client, at: datetime) -> None:
    hearing = a_hearing(at=at)

    assert "The white paper is not published yet" in _read(client, f"/en/consultations/{hearing.slug}/whitepaper/")
    for tail in ("/1.1/", "/contributions/", "/versions/1/", ".pdf", ".csv", ".json", "/pdf/"):
        assert client.get(f"/en/consultations/{hearing.slug}/whitepaper{tail}").status_code == 404
    assert client.get(f"/en/consultations/{a_draft(at=at).slug}/whitepaper/").status_code == 404


def test_everyone_reads_statements_replies_and_how_the_hearing_went(client: Client, at: datetime) -> None:
    made = published(at)

    page = _read(client, f"{made.address}/")

    for shown in (
        "We <strong>listened</strong>.",
        '1.1 <span lang="da">Turbines are loud.</span>',
        "They are moved <em>away</em>.",
        "Accommodated",
        "1 person",
        f'href="/en/consultations/{made.consultation.slug}/c/{made.cited.number}/"',
        "3 contributions were received.",
        made.version.checksum,
    ):
        assert shown in page
    assert PASSAGE not in page


def test_a_statement_shows_the_passages_that_it_rests_on(client: Client, at: datetime) -> None:
    made = published(at)

    page = _read(client, f"{made.address}/1.1/")

    assert PASSAGE in page
    assert REST not in page
    assert WHOLE in page
    for wrong in ("1.2", "0.1", "x", "1.1.1"):
        assert client.get(f"{made.address}/{wrong}/").status_code == 404


def test_the_annex_lists_all_numbers_in_received_order_with_where_each_is_treated(client: Client, at: datetime) -> None:
    made = published(at)

    page = _read(client, f"{made.address}/contributions/")

    places = [page.index(f'id="c{row.number}"') for row in (made.cited, made.whole, made.refused)]
    assert places == sorted(places)
    assert "It was not published." in page
    assert made.refused.body not in page


def test_a_statement_that_many_stand_under_is_read_page_by_page(client: Client, at: datetime) -> None:
    made = published(at, more=51)

    first = _read(client, f"{made.address}/1.1/")
    last = _read(client, f"{made.address}/1.1/?after={made.refused.number + 48}")

    assert 'rel="next"' in first
    assert 'rel="next"' not in last
    assert "First page" in last
    for wrong in ("x", "-1", "9" * 30):
        assert client.get(f"{made.address}/1.1/?after={wrong}").status_code == 200


def test_what_came_since_makes_a_supplement_due(client: Client, at: datetime) -> None:
    made = published(at)
    assert "supplement" not in _read(client, f"{made.address}/")
    late = a_contribution(made.topic, at=at)

    page = _read(client, f"{made.address}/")

    assert "A supplement is due." in page
    assert f"#{late.number}</a>" in page
    assert "Begin a correction" not in page
    client.force_login(an_official(at))
    assert "Begin a correction" in _read(client, f"{made.address}/")


def test_a_version_before_says_what_replaced_it_and_why(client: Client, at: datetime) -> None:
    made = published(at)
    publish_paper(corrected(made, at=at), at=at)

    old, new = _read(client, f"{made.address}/versions/1/"), _read(client, f"{made.address}/")

    assert "Version 2 of" in old
    assert "A word was wrong." in old
    assert "/versions/1/" in new
    assert client.get(f"{made.address}/versions/3/").status_code == 404


def test_the_data_hold_what_the_checksum_and_the_coverage_are_made_of(client: Client, at: datetime) -> None:
    made = published(at)

    told = json.loads(client.get(f"{made.address}.json").content)

    assert checksum_of(told["content"]) == told["checksum"] == PaperVersion.objects.get().checksum
    received = [row for row in told["numbers"] if row["kind"] != "answer" and row["status"] != "moved"]
    left_out = [row for row in received if [place["how"] for place in row["treated"]] == ["left_out"]]
    treated = [row for row in received if row["treated"] and row not in left_out]
    assert (len(received) - len(left_out), len(treated)) == (3, 3)
    assert told["content"]["coverage"]["received"] == 3
    assert not any(words in json.dumps(told) for words in (PASSAGE, REST, WHOLE))


def test_the_table_has_a_line_for_each_number_and_place(client: Client, at: datetime) -> None:
    made = published(at)

    text = client.get(f"{made.address}.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text), delimiter=";"))

    assert [(row["number"], row["how"], row["label"]) for row in rows] == [
        (str(made.cited.number), "statement", "1.1"),
        (str(made.whole.number), "statement", "1.1"),
        (str(made.refused.number), "noted", ""),
    ]
    assert client.get(f"{made.address}.csv?version=2").status_code == 404
    assert client.get(f"{made.address}.csv?version=x").status_code == 404


def test_the_thread_says_where_each_is_treated(client: Client, at: datetime) -> None:
    made = published(at)

    page = _read(client, f"/en/consultations/{made.consultation.slug}/topics/{made.topic.slug}/")

    assert page.count("Treated in the white paper:") == 2
    assert "Noted in the white paper" in page
    assert f'{made.address}/1.1/"' in page


def test_pages_around_lead_to_it(client: Client, at: datetime) -> None:
    made = published(at)

    for address in ("/en/", f"/en/consultations/{made.consultation.slug}/"):
        assert f'{made.address}/"' in _read(client, address)


@pytest.mark.parametrize("tail", ["/", "/1.1/", "/contributions/", "/versions/1/", ".csv", ".json"])
def test_many_cost_the_same_as_few(client: Client, at: datetime, tail: str, django_assert_max_num_queries: Any) -> None:
    few, many = published(at), None
    client.get(few.address + tail)
    with django_assert_max_num_queries(14) as counted:
        client.get(few.address + tail)
    cost = len(counted)
    many = published(at + timedelta(minutes=1), more=3)

    with django_assert_max_num_queries(cost):
        client.get(many.address + tail)


def test_authors_see_on_their_page_where_they_are_treated(client: Client, at: datetime) -> None:
    made = published(at)
    mine = Contribution.stored.get(pk=made.cited.pk)
    assert mine.author is not None
    client.force_login(mine.author)

    page = _read(client, "/en/me/")

    assert "Treated in the white paper:" in page
    assert f"/c/{mine.number}/objection/" in page


def test_an_unpublished_number_in_a_supplement_stays_a_number(client: Client, at: datetime) -> None:
    made = published(at)
    waits = a_contribution(made.topic, at=at, body="Nobody reads this yet.")
    a_published(made.topic, at=at, body="Everybody reads this.")

    for tail in ("/", "/contributions/", ".csv", ".json"):
        page = _read(client, made.address + tail)
        assert waits.body not in page
