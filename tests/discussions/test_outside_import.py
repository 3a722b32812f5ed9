"""Many letters from a table: looked at row by row, received all or none, and the same as one after the other."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from apps.consultations.models import Topic
from apps.discussions.actions import VoiceText, enter_voice, enter_voices
from apps.discussions.enums import PEOPLES_KINDS, Channel
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
from apps.exchange.queries import check_ledger
from tests import factories
from tests.discussions.conftest import Browser, address_of
from tests.discussions.test_bulk import counts_of, entries_of, rows_of, three_topics

pytestmark = pytest.mark.django_db

HEAD = "topic;channel;came_on;name;text;address"


@pytest.fixture
def official(db: None, as_seen_by: Browser, at: datetime) -> Client:
    return as_seen_by(factories.an_official(at))


def here(topic: Topic) -> str:
    return address_of("discussions:voice-import", slug=topic.consultation.slug)


def a_table(topic: Topic, at: datetime, *rows: str, between: str = ";") -> str:
    """Return a table: each row says name, text and address."""
    begin = f"{topic.slug};letter;{at.date().isoformat()}"
    return "\r\n".join([HEAD, *(f"{begin};{row}" for row in rows)]).replace(";", between)


def test_the_first_look_receives_nothing_and_the_second_step_all(official: Client, topic: Topic, at: datetime) -> None:
    table = a_table(topic, at, "Anna A;We are against it.;Road 1", "Bo B;We are for it.;Road 2")
    key = str(uuid4())

    looked = official.post(here(topic), {"table": table, "key": key})
    assert "2 rows can be received" in looked.content.decode()
    assert not Contribution.stored.exists()
    for _click in range(2):
        done = official.post(here(topic), {"table": table, "key": key, "step": "receive"}, follow=True)

    assert [row.author_name for row in Contribution.stored.order_by("number")] == ["Anna A", "Bo B"]
    assert "2 are received, nos. 1 to 2." in done.content.decode()
    assert SenderAddress.objects.get(name="Bo B").address == "Road 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("between", [";", ","])
def test_files_of_spreadsheets_are_read(
    encoding: str, between: str, official: Client, topic: Topic, at: datetime
) -> None:
    table = a_table(topic, at, 'Søren Ø;"Vi bor tæt på; og hører støjen";Åvej 1', between=between)
    file = SimpleUploadedFile("breve.csv", table.encode(encoding))

    looked = official.post(here(topic), {"file": file})

    words = looked.content.decode()
    assert "1 row can be received" in words
    assert "Søren Ø" in words


def test_each_row_says_what_is_wrong_with_it_and_none_is_received(official: Client, topic: Topic, at: datetime) -> None:
    day = at.date().isoformat()
    lines = [
        HEAD,
        f"{topic.slug};letter;{day};Anna A;A text.;",
        f"nowhere;letter;{day};Bo B;A text.;",
        f"{topic.slug};pigeon;{day};Bo B;A text.;",
        f"{topic.slug};letter;2099-01-01;Bo B;A text.;",
        f"{topic.slug};letter;{day};Anonym;A text.;",
        f"{topic.slug};letter;{day};240688-3391;A text.;",
        f"{topic.slug};letter;31.31.2026;Bo B;A text.;",
        f"{topic.slug};letter;{day};Anna A;A text.;",
    ]

    answer = official.post(here(topic), {"table": "\n".join(lines), "step": "receive"})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "7 rows cannot be received, so none is" in words
    known = ("This day has not come yet.", "Write the name of the sender.", "in row 1")
    for sentence in (*known, "“nowhere” is not among these.", "“pigeon” is not among these."):
        assert sentence in words
    assert "A text." in words
    assert not Contribution.stored.exists()


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("", "There are no rows."),
        ("topic;channel\na;b", "must name each of these columns once: came_on, name, text"),
        (f"{HEAD}\n\n;;;;;\n", "There are no rows."),
        (f'{HEAD}\na;b;c;d;"e', "quotation marks"),
        (HEAD + "\na;b;c;d;e;f" * 501, "more than 500 rows"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(table: str, sentence: str, official: Client, topic: Topic) -> None:
    answer = official.post(here(topic), {"table": table, "step": "receive"})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_file_that_is_too_large_is_not_read(official: Client, topic: Topic) -> None:
    file = SimpleUploadedFile("breve.csv", b"x" * (1024 * 1024 + 1))

    answer = official.post(here(topic), {"file": file})

    assert "larger than 1 MB" in answer.content.decode()


def test_the_table_to_fill_in_can_be_received_as_it_is(official: Client, topic: Topic, at: datetime) -> None:
    template = official.get(address_of("discussions:voice-template", slug=topic.consultation.slug))
    rows = template.content.decode().replace("2026-05-03", at.date().isoformat())

    looked = official.post(here(topic), {"table": rows})

    assert "1 row can be received" in looked.content.decode()


Drawn = list[tuple[int, Channel, int, int, bool]]


def drawn_voices(drawn: Drawn, topics: list[Topic], at: datetime) -> list[VoiceText]:
    return [
        VoiceText(
            topic=topics[topic],
            channel=channel,
            came_on=at.date() - timedelta(days=days),
            name=f"Sender {place}",
            body=f"Text {place}",
            kind=PEOPLES_KINDS[kind],
            is_organisation=is_organisation,
            address=f"Road {place}",
        )
        for place, (topic, channel, days, kind, is_organisation) in enumerate(drawn)
    ]


DRAWN = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(list(Channel)), st.integers(0, 9), st.integers(0, 2), st.booleans()),
    min_size=1,
    max_size=6,
)


def kept_of(topics: list[Topic]) -> list[object]:
    """Return what is kept beside the texts and apart from them."""
    found = OutsideVoice.objects.filter(contribution__consultation=topics[0].consultation_id)
    names = ("contribution__number", "channel", "came_on", "typed_by", "sender__name", "sender__address")
    return list(found.order_by("contribution__number").values_list(*names))


def test_many_at_once_leave_what_one_after_the_other_leave(at: datetime) -> None:
    began = at - timedelta(days=20)
    single, bulk = three_topics(began, "One by one"), three_topics(began, "At once")
    official = factories.an_official(at)

    @settings(max_examples=settings.default.max_examples // 10, phases=[Phase.generate])
    @given(DRAWN)
    def holds(drawn: Drawn) -> None:
        with transaction.atomic():
            for voice in drawn_voices(drawn, single, at):
                enter_voice(voice=voice, key=uuid4(), by=official, at=at)
            enter_voices(voices=drawn_voices(drawn, bulk, at), key=uuid4(), by=official, at=at)
            for rows in (rows_of, counts_of, kept_of):
                assert _plain(rows(bulk)) == _plain(rows(single))
            assert _by_number(entries_of(bulk)) == _by_number(entries_of(single))
            assert check_ledger().problem == ""
            transaction.set_rollback(True)

    holds()


def _plain(rows: list[object]) -> list[object]:
    """Leave out the ids of the people who sent them: each text has its own."""
    return [
        {k: v for k, v in row.items() if k != "offsite_author_id"} if isinstance(row, dict) else row for row in rows
    ]


def _by_number(entries: list[dict[str, object]]) -> list[dict[str, object]]:
    return sorted(entries, key=lambda entry: (entry["number"], entry["kind"]))  # type: ignore[return-value]
