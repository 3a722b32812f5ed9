"""A case file since a day: what came or was changed from that day on, under the numbers of the whole case."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.rules import THE_SYSTEM, as_moderator
from apps.consultations.actions import hold_document, release_document
from apps.consultations.models import Consultation
from apps.discussions.actions import forget_author, hide_contribution, publish_contribution
from apps.discussions.models import Contribution
from apps.discussions.queries import contribution_at
from apps.exchange.queries.case_changes import case_of
from apps.municipality.models import RefusalReason
from tests import factories, personas
from tests.exchange.cases import documents, exported, table, words, wrong_checksums
from tests.worlds import kept

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def made(
    at: datetime, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[], Consultation]]:
    with kept(django_db_blocker, lambda: _build(at), at=at) as hand_out:
        yield hand_out


@pytest.fixture
def hearing(made: Callable[[], Consultation]) -> Consultation:
    return made()


def _build(at: datetime) -> Consultation:
    """Return a hearing with nos. 1 and 2, a document, a meeting and a party, all of the same day."""
    hearing = factories.a_hearing(at=at)
    topic = factories.the_topic(hearing)
    factories.a_published(topic, at=at, by=personas.unverified(at=at, email="leaves@example.org"))
    factories.a_contribution(topic, at=at)
    factories.a_document(hearing, at=at)
    factories.a_meeting(hearing, at=at)
    return hearing


def number(hearing: Consultation, wanted: int) -> Contribution:
    found = contribution_at(hearing.slug, wanted)
    assert found
    return found


def test_a_night_without_news_makes_a_file_that_says_so(hearing: Consultation, at: datetime, tmp_path: Path) -> None:
    later = at + 3 * DAY

    files = exported(hearing, tmp_path, at=later, since=later.date())

    assert set(files) == {"case.pdf", "metadata.csv", "SHA256SUMS"}
    assert list(documents(files)) == ["I1-2026-09-18"]
    assert "Intet er kommet, og intet er ændret siden 18. september 2026." in words(files["case.pdf"])
    assert wrong_checksums(files) == []


def test_only_what_came_or_was_changed_is_in_it_under_its_number(
    hearing: Consultation, at: datetime, tmp_path: Path
) -> None:
    later = at + 3 * DAY
    by = as_moderator(factories.a_moderator(at))
    publish_contribution(contribution=number(hearing, 2), version=1, by=by, at=later)
    factories.a_published(factories.the_topic(hearing), at=later, body="Kom senere.")

    whole = documents(exported(hearing, tmp_path, at=later))
    files = exported(hearing, tmp_path, at=later, since=later.date())

    rows = documents(files)
    assert list(rows) == ["B0002", "B0003", "T1-2026-09-18", "T2-2026-09-18", "L1-2026-09-18", "I1-2026-09-18"]
    assert {number: rows[number]["titel"] for number in ("B0002", "B0003")} == {
        number: whole[number]["titel"] for number in ("B0002", "B0003")
    }
    assert rows["B0003"]["fil"] == whole["B0003"]["fil"] == "contributions/0001-0100.pdf"
    assert "Kom senere." in words(files["contributions/0001-0100.pdf"])
    assert [row["nummer"] for row in table(files["contributions/contributions.csv"])] == ["2", "3"]


def test_the_day_begins_at_the_municipalitys_midnight(hearing: Consultation) -> None:
    topic = factories.the_topic(hearing)
    before, after = datetime(2026, 9, 19, 21, 59, tzinfo=UTC), datetime(2026, 9, 19, 22, 1, tzinfo=UTC)
    factories.a_contribution(topic, at=before)
    factories.a_contribution(topic, at=after)

    changed = case_of(hearing, since=datetime(2026, 9, 20, tzinfo=UTC).date()).changed

    assert changed
    assert changed.numbers == {4}


def test_what_is_hidden_since_is_filed_again_without_its_words(
    hearing: Consultation, at: datetime, tmp_path: Path
) -> None:
    later, by = at + 3 * DAY, as_moderator(factories.a_moderator(at))
    reason = RefusalReason.objects.get(code="spam")
    text = number(hearing, 1)
    hide_contribution(contribution=text, reason=reason, sentence="A private sentence.", by=by, at=later)

    files = exported(hearing, tmp_path, at=later, since=later.date())

    assert documents(files)["B0001"]["status"] == "Skjult af en moderator"
    assert text.body not in words(files["contributions/0001-0100.pdf"])
    assert "A private sentence." not in words(files["contributions/0001-0100.pdf"])


def test_documents_and_their_versions_are_told_by_what_was_done_with_them(hearing: Consultation, at: datetime) -> None:
    later, official = at + 3 * DAY, factories.an_official(at)
    version = hearing.documents.get().versions.get()
    hold_document(version=version, sentence="It names somebody.", by=official, at=later)
    release_document(version=version, by=official, at=later + DAY)

    held, released, after = (case_of(hearing, since=(later + days * DAY).date()).changed for days in range(3))

    assert held
    assert released
    assert after
    assert held.documents == released.documents == {(version.document_id, 1)}
    assert after.documents == set()


def test_who_deleted_their_account_is_filed_again_without_a_name(hearing: Consultation, at: datetime) -> None:
    author = number(hearing, 1).author
    assert author
    forget_author(person=author, by=THE_SYSTEM, at=at + 3 * DAY)

    changed = case_of(hearing, since=(at + 3 * DAY).date()).changed

    assert changed
    assert changed.numbers == {1}


def test_parts_are_cut_at_the_same_numbers_in_every_file(hearing: Consultation, at: datetime) -> None:
    Consultation.objects.filter(pk=hearing.pk).update(next_number=251)
    hearing.refresh_from_db()

    whole = case_of(hearing, since=None)
    some = case_of(hearing, since=at.date())
    assert some.changed
    some.changed.numbers |= {100, 101, 250}

    assert list(whole.parts()) == [(1, 100), (101, 200), (201, 300)]
    assert list(some.parts()) == [(1, 100), (101, 200), (201, 300)]
