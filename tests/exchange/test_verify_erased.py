"""Rows without their text are in order exactly when the ledger says so."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.db import connection

from apps.accounts.rules import THE_SYSTEM
from apps.consultations.models import Consultation
from apps.discussions.actions import (
    clear_refused_texts,
    forget_author,
    publish_contribution,
    revise_contribution,
    withdraw_contribution,
)
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution, PastText
from apps.discussions.rules import REFUSED_TEXTS_KEPT
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, EntryActor, Position, Reader
from tests import factories

pytestmark = pytest.mark.django_db

Change = Callable[[], object]
GONE = {"body": "", "body_html": "", "salt": b"", "source": "", "note": ""}


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    """Nos. 1 published, 2 revised and erased, 3 refused and cleared, 4 published and withdrawn, 5 its reply."""
    hearing = factories.a_hearing(at=at, title="Wind")
    topic, writer = factories.the_topic(hearing), factories.a_writer(at)
    factories.a_published(topic, at=at)
    revised = factories.a_contribution(topic, at=at)
    revise_contribution(contribution=revised, kind=ContributionKind.VIEW, body="Changed.", by=writer, at=at)
    by = factories.as_moderator(factories.a_moderator(at))
    publish_contribution(contribution=revised, version=2, by=by, at=at)
    factories.a_refused(topic, at=at)
    public = factories.a_published(topic, at=at)
    factories.a_published(topic, at=at, in_reply_to=public)
    withdraw_contribution(contribution=public, by=writer, at=at)
    factories.erase(revised, at=at)
    clear_refused_texts(at=at + REFUSED_TEXTS_KEPT)
    forget_author(person=writer, by=THE_SYSTEM, at=at)
    sequence_entries()
    return hearing


def row(number: int, **changes: object) -> Change:
    return lambda: Contribution.stored.filter(number=number).update(**changes)


def _erase_unsaid(at: datetime) -> None:
    Contribution.stored.filter(number=1).update(text_erased_at=at, status="erased", erasure_ground="order", **GONE)


MOMENT = datetime(2026, 9, 15, 8, 30).astimezone()
ROWS: dict[str, tuple[Change, str]] = {
    "text gone and nobody said so": (row(1, **GONE), r"The text of no. 1 \(version 1\) is not the one"),
    "marked as erased and nobody said so": (
        row(1, text_erased_at=MOMENT, **GONE),
        "The erasure of no. 1: the row says .*, the ledger says None",
    ),
    "erased behind the house's back": (lambda: _erase_unsaid(MOMENT), "The state of no. 1"),
    "a salt that was erased is back": (row(2, salt=b"x" * 32), "The text of no. 2 was erased, but its row still holds"),
    "a former text is back": (
        lambda: PastText.objects.update(body="Before."),
        "The text of no. 2 was erased, but its row still holds",
    ),
    "a cleared text is back": (
        row(3, text_erased_at=None, body="Hello"),
        "The erasure of no. 3: the row says None",
    ),
    "another ground": (row(2, erasure_ground="order"), "The ground of the erasure of no. 2: the row says order"),
    "another moment": (row(2, text_erased_at=MOMENT + timedelta(days=1)), "The erasure of no. 2"),
    "a former version gone": (lambda: PastText.objects.all().delete(), "The number of texts of no. 2"),
    "withdrawn is shown": (row(4, status="published"), "The state of no. 4: the row says published"),
    "withdrawn text changed": (row(4, body="Nothing much."), r"The text of no. 4 \(version 1\)"),
    "withdrawn text gone": (row(4, **GONE), r"The text of no. 4 \(version 1\)"),
    "names are no part of the proof": (row(5, author_name="Somebody"), "^$"),
}


def test_rows_without_their_text_agree(hearing: Consultation) -> None:
    assert check_ledger().problem == ""
    assert not any(Contribution.stored.filter(number__in=(2, 3)).values_list("body", flat=True))


@pytest.mark.parametrize(("change", "sentence"), ROWS.values(), ids=ROWS)
def test_a_changed_row_is_named(hearing: Consultation, change: Change, sentence: str) -> None:
    change()

    problem = check_ledger().problem
    assert re.search(sentence, problem), problem


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("contribution.erased", "The state of no. 2|kept count"),
        ("contribution.cleared", "The erasure of no. 3"),
        ("contribution.withdrawn", "The state of no. 4|kept count"),
    ],
)
def test_an_erasure_without_its_entry_is_named(hearing: Consultation, kind: str, sentence: str) -> None:
    triggers = import_module("apps.ledger.migrations.0002_refuse_changes")
    with connection.cursor() as cursor:
        triggers.allow_changes(None, SimpleNamespace(connection=connection, execute=cursor.execute))
    gone = Entry.objects.get(kind=kind)
    freed = Position.objects.get(entry=gone)
    moved = list(Position.objects.filter(pk__gt=freed.pk).order_by("pk").values_list("pk", "entry_id"))
    EntryActor.objects.filter(entry=gone).delete()
    last = Position.objects.order_by("-pk")[0].pk
    Position.objects.filter(pk__gte=freed.pk)._raw_delete("default")
    Position.objects.bulk_create(Position(pk=pk - 1, entry_id=other) for pk, other in moved)
    Entry.objects.filter(pk=gone.pk)._raw_delete("default")
    Reader.objects.filter(pk="sequencer").update(position=last - 1)

    problem = check_ledger().problem
    assert re.search(sentence, problem), problem
