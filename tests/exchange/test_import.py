"""The command that brings in a consultation: what it makes, what it leaves alone, what it refuses."""

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.rules import as_moderator
from apps.common.identity_numbers import MASK
from apps.consultations.models import Consultation, Phase, Topic
from apps.discussions.actions import move_contribution
from apps.discussions.models import Contribution, OffsiteAuthor
from apps.exchange.errors import NoSource
from apps.exchange.queries import check_ledger, format_of
from apps.ledger.models import Entry, EntryActor
from tests import factories
from tests.exchange.sources import a_row, write_common, write_polis

pytestmark = pytest.mark.django_db

CPR = "Mit nummer er 010190-1234."


def run(path: Path, *flags: str, source_format: str = "csv", slug: str = "village", title: str = "") -> dict[str, Any]:
    """Run the command and return the figures in the last line of its output."""
    out, err = StringIO(), StringIO()
    options = ["--format", source_format, "--slug", slug, *(["--title", title] if title else []), *flags]
    call_command("import_consultation", str(path), *options, stdout=out, stderr=err)
    figures: dict[str, Any] = json.loads(out.getvalue().strip().splitlines()[-1])
    return figures | {"said": err.getvalue()}


def refusal(path: Path, *flags: str, **options: str) -> tuple[str, list[str]]:
    """Run the command, which must fail, and return its sentence and the problems it printed."""
    err = StringIO()
    options = {"source_format": "csv", "slug": "village"} | options
    arguments = ["--format", options["source_format"], "--slug", options["slug"], *flags]
    with pytest.raises(CommandError) as refused:
        call_command("import_consultation", str(path), *arguments, stdout=StringIO(), stderr=err)
    assert refused.value.returncode == 1
    return str(refused.value), err.getvalue().splitlines()


def everything() -> list[Any]:
    """Return all rows and entries there are, so that nothing written goes unseen."""
    tables = (Consultation, Topic, Phase, Contribution, OffsiteAuthor, Entry)
    return [list(table._base_manager.order_by("pk").values()) for table in tables]


def stored() -> list[Contribution]:
    return list(Contribution.stored.select_related("topic", "root", "offsite_author").order_by("number"))


def a_village(folder: Path) -> Path:
    """A conversation with everything in it: two topics, replies, an orphan, every state, a title, HTML."""
    return write_common(
        folder,
        [
            a_row("a", at="2024-05-01T10:00:00Z", title="Støj", moderation="accepted"),
            a_row("b", at="2024-05-01T11:00:00Z", parent_id="a", author_id="12", moderation="pending"),
            a_row("c", at="2024-05-01T12:00:00Z", parent_id="b", author_id="4711", text="<p>Se <b>her</b></p>"),
            a_row("d", at="2024-05-01T13:00:00Z", topic="8", author_id="", moderation="rejected"),
            a_row("e", at="2024-05-01T14:00:00Z", topic="8", text="", moderation="accepted"),
            a_row("f", at="2024-05-01T15:00:00Z", topic="8", parent_id="gone"),
        ],
    )


def test_the_figures_are_those_of_the_database(tmp_path: Path) -> None:
    assert run(a_village(tmp_path)) == {
        "consultation": "village",
        "contributions": 6,
        "published": 3,
        "refused": 2,
        "waiting": 1,
        "authors": 2,
        "topics": 2,
        "replies": 2,
        "skipped": 0,
        "said": "",
    }
    assert check_ledger().problem == ""


def test_every_contribution_has_its_place_state_and_time(tmp_path: Path) -> None:
    run(a_village(tmp_path))

    rows = stored()
    assert [(r.number, r.source_ref, r.topic.title, r.status, r.refusal_reason_id) for r in rows] == [
        (1, "a", "Emne 7", "published", None),
        (2, "b", "Emne 7", "waiting", None),
        (3, "c", "Emne 7", "published", None),
        (4, "d", "Emne 8", "refused", "moderated_in_source"),
        (5, "e", "Emne 8", "refused", "empty_in_source"),
        (6, "f", "Emne 8", "published", None),
    ]
    assert [r.received_at for r in rows] == [datetime(2024, 5, 1, 10 + step, tzinfo=UTC) for step in range(6)]
    assert [(r.root_number, r.in_reply_to_number) for r in rows] == [
        (1, None),
        (1, 1),
        (1, 2),
        (4, None),
        (5, None),
        (6, None),
    ]
    assert [r.note for r in rows][4:] == ["", "in reply to a contribution that is not in the source"]
    assert rows[0].body == "Støj\n\nText of a."
    assert rows[2].body_html == "<p>Se <strong>her</strong></p>"


def test_authors_are_pseudonyms_and_no_accounts(tmp_path: Path) -> None:
    run(a_village(tmp_path))

    assert [r.author_name for r in stored()] == [
        "Deltager 1",
        "Deltager 2",
        "Deltager 1",
        "Deltager",
        "Deltager 1",
        "Deltager 1",
    ]
    assert not any(r.author_id for r in stored())
    assert all(r.offsite_author for r in stored())


def test_entries_are_those_of_the_web_by_an_import(tmp_path: Path) -> None:
    run(a_village(tmp_path))

    told = [entry.kind for entry in Entry.objects.order_by("pk")]
    opening = ["consultation.drafted", "phase.set", "topic.added", "topic.added"]
    assert told[:6] == [*opening, "consultation.published", "proposal.published"]
    assert told[6:] == [
        *("contribution.received", "contribution.published"),
        "contribution.received",
        *("contribution.received", "contribution.published"),
        *("contribution.received", "contribution.refused"),
        *("contribution.received", "contribution.refused"),
        *("contribution.received", "contribution.published"),
    ]
    assert set(Entry.objects.values_list("actor_role", flat=True)) == {"importer"}
    assert not EntryActor.objects.exists()
    assert Entry.objects.filter(place__isnull=True).count() == 0


def test_the_consultation_is_public_marked_and_closed(tmp_path: Path) -> None:
    run(a_village(tmp_path))

    hearing, phase = Consultation.objects.get(), Phase.objects.get()
    assert (hearing.slug, hearing.title, hearing.is_published, hearing.is_imported) == (
        "village",
        "village",
        True,
        True,
    )
    assert phase.opens_at == datetime(2024, 5, 1, 10, tzinfo=UTC)
    assert phase.closes_at is not None
    assert timedelta() < phase.closes_at - datetime(2024, 5, 1, 15, tzinfo=UTC) <= timedelta(seconds=1)


def test_topics_have_readable_addresses_and_their_own_file(tmp_path: Path) -> None:
    topics = [
        {"topic_id": "9", "title": "Støj ved åen", "summary": "Hvor højt må det være?"},
        {"topic_id": "7", "title": "Støj ved åen", "summary": ""},
    ]
    run(write_common(tmp_path, [a_row("a"), a_row("b", topic="Ω")], topics))

    assert list(Topic.objects.order_by("position").values_list("slug", "title", "question")) == [
        ("stoej-ved-aaen", "Støj ved åen", "Hvor højt må det være?"),
        ("stoej-ved-aaen-7", "Støj ved åen", ""),
        ("emne", "Emne Ω", ""),
    ]


def test_the_given_title_is_used(tmp_path: Path) -> None:
    run(a_village(tmp_path), title="Vores landsby")

    assert Consultation.objects.get().title == "Vores landsby"


def test_a_polis_export_becomes_one_topic(tmp_path: Path) -> None:
    comments = [
        (1651744336822, 1, 30, 1, 'Med "citat", og komma.'),
        (1651655403844, 0, 31, -1, "Afvist."),
        (1651844336822, 2, 30, 0, "Venter."),
    ]
    folder = write_polis(
        tmp_path, comments, "topic,Energi\nurl,https://pol.is/abc\nconversation-description,Om *vind*.\n"
    )

    figures = run(folder, source_format="polis")

    assert (figures["contributions"], figures["published"], figures["refused"], figures["waiting"]) == (3, 1, 1, 1)
    assert (figures["authors"], figures["topics"], figures["replies"]) == (2, 1, 0)
    assert [(r.number, r.source_ref, r.body) for r in stored()] == [
        (1, "0", "Afvist."),
        (2, "1", 'Med "citat", og komma.'),
        (3, "2", "Venter."),
    ]
    assert Consultation.objects.get().body_html == "<p>Om <em>vind</em>.</p>"
    assert Topic.objects.get().slug == "energi"


def test_running_twice_adds_nothing(tmp_path: Path) -> None:
    first = run(a_village(tmp_path))
    before = everything()

    assert run(a_village(tmp_path)) == first
    assert everything() == before


def test_a_grown_file_adds_what_is_new(tmp_path: Path) -> None:
    run(a_village(tmp_path))
    before = [(r.number, r.source_ref, r.body) for r in stored()]
    rows = [
        a_row("a", at="2024-05-01T10:00:00Z", text="Changed meanwhile."),
        a_row("g", at="2024-05-02T10:00:00Z", parent_id="a", author_id="99"),
        a_row("h", at="2024-05-03T10:00:00Z", topic="10"),
    ]

    figures = run(write_common(tmp_path, rows))

    assert (figures["contributions"], figures["topics"], figures["authors"], figures["replies"]) == (8, 3, 3, 3)
    assert [(r.number, r.source_ref, r.body) for r in stored()][:6] == before
    assert [(r.number, r.source_ref, r.root_number, r.author_name) for r in stored()][6:] == [
        (7, "g", 1, "Deltager 3"),
        (8, "h", 8, "Deltager 1"),
    ]
    closes_at = Phase.objects.get().closes_at
    assert closes_at is not None
    assert closes_at > datetime(2024, 5, 3, 10, tzinfo=UTC)
    assert check_ledger().problem == ""


def test_what_was_moved_here_keeps_its_place_and_takes_new_replies_there(tmp_path: Path, at: datetime) -> None:
    run(a_village(tmp_path))
    moved, to = stored()[5], Topic.objects.get(title="Emne 7")
    by = as_moderator(factories.a_moderator(at))
    move_contribution(contribution=moved, to=to, with_replies=True, by=by, at=at)
    rows = [a_row(name, topic="8") for name in "def"]
    rows += [
        a_row("g", at="2024-05-09T10:00:00Z", topic="8", parent_id="f"),
        a_row("h", at="2024-05-09T10:00:00Z", topic="8"),
    ]

    run(write_common(tmp_path, rows))

    assert [(r.source_ref, r.topic.title, r.root_number) for r in stored()][6:] == [
        ("g", "Emne 7", 6),
        ("h", "Emne 8", 8),
    ]
    assert check_ledger().problem == ""


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    before = everything()

    figures = run(a_village(tmp_path), "--dry-run")

    assert figures["contributions"] == 6
    assert everything() == before
    assert run(a_village(tmp_path)) == figures


BROKEN = [
    ({"created_at": "yesterday"}, "contributions.csv:3:"),
    ({"text": "x" * 10_001}, "contributions.csv:3:"),
    ({"author_id": CPR}, "contributions.csv:3:"),
    ({"moderation": "perhaps"}, "contributions.csv:3:"),
    ({"id": "a"}, "contributions.csv:3:"),
    ({"topic_id": ""}, "contributions.csv:3:"),
]


@pytest.mark.parametrize(("cells", "place"), BROKEN)
def test_a_broken_row_stops_the_whole_file(cells: dict[str, str], place: str, tmp_path: Path) -> None:
    rows = [a_row("a"), a_row("b") | cells, a_row("c")]
    before = everything()

    sentence, problems = refusal(write_common(tmp_path, rows))

    assert "Nothing was imported" in sentence
    assert "--skip-bad" in sentence
    assert len(problems) == 1
    assert problems[0].startswith(place)
    assert everything() == before


def test_every_broken_row_is_named(tmp_path: Path) -> None:
    rows = [a_row("a", author_id=CPR), a_row("b"), a_row("c", at="never"), a_row("d", text="x" * 10_001)]

    _sentence, problems = refusal(write_common(tmp_path, rows))

    assert [line.split(":")[1] for line in problems] == ["2", "4", "5"]


def test_no_identity_number_is_printed_or_stored(tmp_path: Path) -> None:
    rows = [a_row("a", author_id=CPR), a_row("b", text=CPR), a_row("c", title=CPR)]
    _sentence, problems = refusal(write_common(tmp_path, rows))
    run(tmp_path, "--skip-bad")

    assert "010190" not in "".join(problems)
    assert "identity number" in "".join(problems)
    assert all("010190" not in row.body and MASK in row.body for row in stored())
    assert [row.source_ref for row in stored()] == ["b", "c"]


def test_bad_rows_can_be_left_out_and_are_counted(tmp_path: Path) -> None:
    rows = [a_row("a", author_id=CPR), a_row("b", parent_id="a"), a_row("c", parent_id="b"), a_row("d", at="never")]

    figures = run(write_common(tmp_path, rows), "--skip-bad")

    assert (figures["contributions"], figures["skipped"], figures["replies"]) == (2, 2, 1)
    assert [line.split(": ")[0:2] for line in figures["said"].splitlines()] == [
        ["contributions.csv:2", "left out"],
        ["contributions.csv:5", "left out"],
    ]
    assert [(r.source_ref, r.root_number, r.note) for r in stored()] == [
        ("b", 1, "in reply to a contribution that is not in the source"),
        ("c", 1, ""),
    ]
    assert check_ledger().problem == ""


def test_the_end_of_an_import_fails_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()
    monkeypatch.setattr("apps.exchange.actions.importing.import_figures", _die)

    with pytest.raises(ZeroDivisionError):
        run(a_village(tmp_path))

    assert everything() == before


def _die(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_what_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    a_village(tmp_path)

    assert "no contributions.csv in" in refusal(tmp_path / "nowhere")[0]
    assert "no comments.csv in" in refusal(tmp_path, source_format="polis")[0]
    assert "no format" in refusal(tmp_path, source_format="xlsx")[0]


@pytest.mark.parametrize("slug", ["", "New Village", "../etc", "æble", "new", "a" * 81])
def test_an_address_has_its_form(slug: str, tmp_path: Path) -> None:
    assert "ddress" in refusal(a_village(tmp_path), slug=slug)[0]
    assert not Consultation.objects.exists()


def test_a_hearing_of_our_own_is_never_written_into(tmp_path: Path, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    before = everything()

    assert "not imported" in refusal(a_village(tmp_path), slug=hearing.slug)[0]
    assert everything() == before


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"id;text\n1;a\n", b"one,two\n1,2\n"])
def test_a_file_that_is_no_table_cannot_be_imported_at_all(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "contributions.csv").write_bytes(content)

    sentence, problems = refusal(tmp_path, "--skip-bad")

    assert "cannot be read" in sentence
    assert len(problems) == 1


def test_an_import_asks_the_database_in_batches(tmp_path: Path, django_assert_max_num_queries: Any) -> None:
    folder = write_common(tmp_path, [a_row(str(n), parent_id=str(n - 1) if n % 3 else "") for n in range(400)])

    with django_assert_max_num_queries(110):
        run(folder)


def test_the_folder_of_a_published_set_or_the_file_itself_will_do(tmp_path: Path) -> None:
    write_polis(tmp_path / "original", [(1651744336822, 1, 30, 1, "Et udsagn.")])
    a_village(tmp_path)

    assert run(tmp_path, source_format="polis", slug="talk")["contributions"] == 1
    assert run(tmp_path / "contributions.csv", slug="village")["contributions"] == 6
    assert run(tmp_path / "original" / "comments.csv", source_format="polis", slug="talk")["contributions"] == 1
    assert format_of(tmp_path) == "csv"
    assert format_of(tmp_path / "original") == "polis"
    with pytest.raises(NoSource):
        format_of(tmp_path / "nowhere")
