"""The check names the first thing that is wrong, whatever was changed behind the house's back."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F, Subquery
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.models import User
from apps.accounts.rules import as_moderator
from apps.consultations.actions import (
    ConsultationText,
    extend_deadline,
    hold_document,
    replace_document,
    revise_consultation,
)
from apps.consultations.models import (
    Consultation,
    DeadlineChange,
    Document,
    DocumentVersion,
    Phase,
    ProposalVersion,
    Topic,
)
from apps.discussions.actions import move_contribution, revise_contribution, withdraw_contribution
from apps.discussions.enums import ContributionKind
from apps.discussions.models import Contribution, PastText, Signpost
from apps.exchange.queries import check_ledger, checking
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry, EntryActor, Position, Reader, Unplaced
from apps.publications.actions import StatementText, draft_summary, publish_summary
from apps.publications.models import Citation, Statement, Summary
from tests import factories
from tests.exchange.tampering import Change, change_entry, entry, lift_triggers, remove_entry, repeat_entry
from tests.worlds import kept

pytestmark = pytest.mark.django_db


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
    """Return a hearing in which everything has happened that can.

    Nos. 1 published and answered, 2 a reply, 3 refused, 4 revised and published, 5 moved, 6 withdrawn, 7 waiting,
    8 the answer to 1.
    """
    hearing = factories.a_hearing(at=at, title="Wind")
    last_day, by = date(2026, 12, 1), factories.an_official(at)
    extend_deadline(consultation=hearing, last_day=last_day, cause="The site was down.", by=by, at=at)
    wind, forest = factories.the_topic(hearing), factories.a_topic(hearing, at=at, title="Forest")
    writer, moderator, official = factories.a_writer(at), factories.a_moderator(at), factories.an_official(at)
    asked = factories.a_published(wind, at=at, kind=ContributionKind.QUESTION)
    factories.a_published(wind, at=at, in_reply_to=asked)
    factories.a_refused(wind, at=at)
    revised = factories.a_contribution(wind, at=at)
    revise_contribution(contribution=revised, kind=ContributionKind.PROPOSAL, body="Changed.", by=writer, at=at)
    factories.actions.publish_contribution(contribution=revised, version=2, by=as_moderator(moderator), at=at)
    moved = factories.a_published(wind, at=at)
    move_contribution(contribution=moved, to=forest, with_replies=True, by=as_moderator(moderator), at=at)
    withdrawn = factories.a_contribution(wind, at=at)
    withdraw_contribution(contribution=withdrawn, by=writer, at=at)
    factories.a_contribution(forest, at=at)
    factories.an_answer(asked, at=at)
    statements = [
        StatementText(title="Wind", body="People said.", cites=[1, 4]),
        StatementText(title="F", body="Me too.", cites=[5]),
    ]
    summary = draft_summary(consultation=hearing, statements=statements, by=official, at=at)
    publish_summary(summary=summary, by=official, at=at)
    _papers(hearing, official, at)
    sequence_entries()
    hearing.refresh_from_db()
    return hearing


def _papers(hearing: Consultation, official: User, at: datetime) -> None:
    """A proposal that was changed, and a document that was replaced and whose first version is held back."""
    text = ConsultationText(title=hearing.title, body="Six mills.")
    revise_consultation(consultation=hearing, text=text, what_changed="Fewer.", by=official, at=at)
    plan = factories.a_document(hearing, at=at)
    paper = factories.a_paper(content=b"%PDF-1.7\nanother")
    replace_document(document=plan, paper=paper, what_changed="A map.", by=official, at=at)
    hold_document(version=plan.versions.get(version=1), sentence="It names a neighbour.", by=official, at=at)


@pytest.fixture
def unguarded(hearing: Consultation) -> None:
    """The same ledger without the triggers that guard it."""
    lift_triggers()


def row(number: int, **changes: object) -> Change:
    return lambda: Contribution.stored.filter(number=number).update(**changes)


def forest(**changes: object) -> Change:
    return lambda: Topic.objects.filter(slug="forest").update(**changes)


def everywhere(table: type, **changes: object) -> Change:
    return lambda: table._base_manager.update(**changes)  # type: ignore[attr-defined]


LATER = timedelta(seconds=1)


def test_everything_that_can_happen_agrees(hearing: Consultation) -> None:
    checked = check_ledger()

    assert checked.problem == ""
    assert (checked.consultations, checked.contributions) == (1, 8)
    assert checked.entries == checked.placed == Entry.objects.count()


def test_the_command_says_so_in_one_sentence(hearing: Consultation) -> None:
    out = StringIO()

    call_command("verify_ledger", stdout=out)

    assert out.getvalue().count("\n") == 1
    assert "8 contributions in 1 consultations" in out.getvalue()


def test_the_command_stops_with_what_is_wrong(hearing: Consultation) -> None:
    row(1, body="I never said this.")()

    with pytest.raises(CommandError, match=r"The text of no\. 1 ") as refused:
        call_command("verify_ledger", stdout=StringIO())
    assert refused.value.returncode == 1


def test_entries_that_still_wait_for_a_position_are_fine(hearing: Consultation, at: datetime) -> None:
    factories.a_published(factories.the_topic(hearing), at=at)

    checked = check_ledger()

    assert checked.problem == ""
    assert checked.entries == checked.placed + 2


def test_who_acted_may_be_erased(hearing: Consultation) -> None:
    EntryActor.objects.all().delete()

    assert check_ledger().problem == ""


def _forget(number: int) -> None:
    Contribution.stored.filter(in_reply_to__number=number).update(in_reply_to=None)
    Contribution.stored.filter(number=number)._raw_delete("default")


def _slip_in(*, number: int) -> None:
    copy = Contribution.stored.get(number=1)
    copy.pk, copy.number, copy.root_number, copy.submission_key = None, number, number, None
    copy.save(force_insert=True)


def _a_topic(slug: str) -> None:
    Topic.objects.create(consultation=Consultation.objects.get(), slug=slug, title=slug, position=9)


def _a_document() -> None:
    Document.objects.create(consultation=Consultation.objects.get(), position=2)
    copy = DocumentVersion.objects.order_by("pk")[0]
    copy.pk, copy.document = None, Document.objects.get(position=2)
    copy.save(force_insert=True)


def paper(**changes: object) -> Change:
    return lambda: DocumentVersion.objects.filter(version=1).update(**changes)


def _swap_files() -> None:
    """What lies there is a file of the case, but not the one the ledger tells of."""
    paper(file=DocumentVersion.objects.get(version=2).file.name)()


ROWS: dict[str, tuple[Change, str]] = {
    "text": (row(1, body="I never said this."), r"The text of no. 1 \(version 1\) is not the one"),
    "text of a refused one": (row(3, body="Harmless."), r"The text of no. 3 \(version 1\)"),
    "text that waits": (row(7, body="Another."), r"The text of no. 7 \(version 1\)"),
    "text of an answer": (row(8, body="No."), r"The text of no. 8 \(version 1\)"),
    "salt": (row(1, salt=b"x" * 32), r"The text of no. 1 \(version 1\)"),
    "former text": (everywhere(PastText, body="Before."), r"The text of no. 4 \(version 1\)"),
    "former text gone": (lambda: PastText.objects.all().delete(), "number of texts of no. 4"),
    "state": (row(1, status="withdrawn"), "The state of no. 1: the row says withdrawn, the ledger says published"),
    "refused is shown": (row(3, status="published"), "The state of no. 3"),
    "what waits is shown": (row(7, status="published"), "The state of no. 7"),
    "reason": (row(3, refusal_reason="spam"), "The reason of no. 3: the row says spam, the ledger says private"),
    "receipt": (row(2, received_at=F("received_at") + LATER), "The receipt of no. 2"),
    "on time": (row(2, came_late=True), "Whether it was on time of no. 2"),
    "legal basis": (everywhere(Consultation, legal_basis="local_plan"), "Its legal basis: the row says local_plan"),
    "late ones taken": (everywhere(Consultation, takes_late=True), "Whether late contributions are taken"),
    "shortened": (everywhere(Consultation, chosen_period=9, statutory_minimum=28), "Its shortened period"),
    "old deadline": (everywhere(DeadlineChange, old=F("old") + LATER), "Its deadlines that were moved"),
    "old deadline gone": (lambda: DeadlineChange.objects.all().delete(), "Its deadlines that were moved"),
    "decision": (row(2, decided_at=None), "The decision of no. 2"),
    "answer": (row(1, answered_at=None), "The answer of no. 1"),
    "version": (row(1, version=2), "The version of no. 1"),
    "kind": (row(1, kind="view"), "The kind of no. 1: the row says view, the ledger says question"),
    "root": (row(2, root=None, root_number=2), "The root of no. 2: the row says 2, the ledger says 1"),
    "root's number": (row(2, root_number=2), "The root's number of no. 2"),
    "what is answered": (row(2, in_reply_to=None), "What is answered of no. 2"),
    "number answered": (row(2, in_reply_to_number=3), "The number of what is answered of no. 2"),
    "topic": (row(2, topic=Subquery(Topic.objects.filter(slug="forest").values("pk"))), "The topic of no. 2"),
    "last row gone": (lambda: _forget(8), "No. 8 has no row"),
    "row gone": (lambda: _forget(6), "No. 6 has no row"),
    "row without entry": (lambda: _slip_in(number=9), "No. 9 has a row, but no entry"),
    "next number": (everywhere(Consultation, next_number=10), "The next number: the row says 10, the ledger says 9"),
    "last receipt": (everywhere(Consultation, last_received_at=None), "The last receipt"),
    "count of the hearing": (everywhere(Consultation, published_count=5), "The kept count of the consultation"),
    "count of a topic": (forest(published_count=2), "The kept count of the topic forest"),
    "count of answers": (forest(answered_count=1), "The kept count of answers of the topic forest"),
    "topic's address": (forest(slug="wood"), "Its topics"),
    "topic slipped in": (lambda: _a_topic("wood"), "Its topics"),
    "hearing hidden": (everywhere(Consultation, status="draft"), "Its publication"),
    "hearing's time": (everywhere(Consultation, published_at=F("published_at") + LATER), "Its publication"),
    "phases": (lambda: Phase.objects.all().delete(), "The number of its phases"),
    "proposal": (lambda: ProposalVersion.objects.filter(version=1).update(body="No mills."), "The versions of"),
    "proposal's version gone": (lambda: ProposalVersion.objects.filter(version=2).delete(), "The versions of"),
    "proposal in force": (everywhere(Consultation, proposal_version=1), "The version of the proposal in force"),
    "document": (_a_document, "Its documents"),
    "document's version gone": (lambda: DocumentVersion.objects.filter(version=1).delete(), "Its documents"),
    "document's checksum": (paper(sha256="0" * 64), "Its documents"),
    "file changed": (_swap_files, "The file of version 1 of document"),
    "file gone": (paper(file="documents/gone.pdf"), "The file of version 1 of document .*: the row says nothing"),
    "file shown again": (paper(held_sentence=""), "The files held back"),
    "signpost gone": (lambda: Signpost.objects.all().delete(), "The signposts"),
    "signpost elsewhere": (lambda: Signpost.objects.update(to_topic=F("topic")), "The signposts"),
    "signpost's root": (everywhere(Signpost, root_number=1), "The signposts"),
    "statement": (lambda: Statement.objects.filter(is_public=True).update(body="Nobody minds."), "The summary's text"),
    "statement's title": (lambda: Statement.objects.filter(is_public=True).update(title="Calm"), "The summary's text"),
    "citation": (lambda: Citation.objects.filter(number=5).delete(), "The numbers that the summary cites"),
    "draft": (lambda: Statement.objects.filter(is_public=False).delete(), "The number of drafted statements"),
    "summary's version": (everywhere(Summary, version=2), "The summary's version"),
    "summary's time": (everywhere(Summary, published_at=None, status="draft"), "The summary's publication"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "sentence"), ROWS.values(), ids=ROWS)
def test_a_changed_row_is_named(hearing: Consultation, change: Change, sentence: str) -> None:
    change()

    problem = check_ledger().problem
    assert problem.startswith(f"{hearing.slug}: ")
    assert re.search(sentence, problem), problem


def without_position(position: int) -> Change:
    return lambda: Position.objects.filter(pk=position)._raw_delete("default")


def _lose_the_last() -> None:
    """Forget that the last entry waits, as if the sequencer had never been told."""
    last = Position.objects.order_by("-pk")[0]
    last_entry = last.entry_id
    Position.objects.filter(pk=last.pk)._raw_delete("default")
    Reader.objects.update(position=last.pk - 1)
    assert not Unplaced.objects.filter(entry=last_entry).exists()


LEDGER: dict[str, tuple[Change, str]] = {
    "position gone": (without_position(3), "Position 3 is missing"),
    "first position gone": (without_position(1), "Position 1 is missing"),
    "entry lost": (_lose_the_last, "has no position and does not wait"),
    "entry waits in vain": (lambda: Unplaced.objects.create(entry=entry("phase.set")), "waits for a position although"),
    "sequencer behind": (everywhere(Reader, position=2), "The sequencer says 2 positions were given"),
    "sequencer ahead": (everywhere(Reader, position=999), "The sequencer says 999 positions were given"),
    "receipt gone": (remove_entry("contribution.received", 3), "no. 3 was never received"),
    "last receipt gone": (remove_entry("contribution.received", 7), "the next number was 7"),
    "publication gone": (remove_entry("contribution.published", 2), "The kept count|The state of no. 2"),
    "refusal gone": (remove_entry("contribution.refused", 3), "The state of no. 3"),
    "revision gone": (remove_entry("contribution.revised", 4), "another version"),
    "move gone": (remove_entry("contribution.moved", 5), "kept count|signposts"),
    "withdrawal gone": (remove_entry("contribution.withdrawn", 6), "The state of no. 6"),
    "answer gone": (remove_entry("answer.published"), "The next number"),
    "topic's entry gone": (remove_entry("topic.added"), "topic was never added|Its topics"),
    "opening gone": (remove_entry("consultation.published"), "that is not published has no versions"),
    "proposal's entry gone": (remove_entry("proposal.published"), "The versions of the proposal"),
    "proposal's version twice": (repeat_entry("proposal.published"), "proposal is missing or told twice"),
    "document's entry gone": (remove_entry("document.added"), "replaced, but never added"),
    "replacement gone": (remove_entry("document.replaced"), "Its documents"),
    "holding back gone": (remove_entry("document.held"), "The files held back"),
    "document twice": (repeat_entry("document.added"), "the document was added twice"),
    "replacement twice": (repeat_entry("document.replaced"), "is missing or told twice"),
    "holding back twice": (repeat_entry("document.held"), "held back twice"),
    "summary's entry gone": (remove_entry("summary.published"), "The summary's version"),
    "receipt twice": (repeat_entry("contribution.received", 3), "no. 3.*given twice"),
    "publication twice": (repeat_entry("contribution.published", 1), "no. 1.*it was published before"),
    "refusal twice": (repeat_entry("contribution.refused", 3), "no. 3.*it was refused before"),
    "move twice": (repeat_entry("contribution.moved", 5), "no. 5.*not in the topic"),
    "answer twice": (repeat_entry("answer.published"), "no. 8.*given twice"),
    "no JSON": (change_entry("phase.set", payload="{"), "the payload is not JSON"),
    "not canonical": (change_entry("phase.set", payload='{"phases": 1}'), "not canonical"),
    "foreign facts": (change_entry("phase.set", payload='{"name":"Una","phases":1}'), "does not hold these facts"),
    "kind unheard of": (change_entry("phase.set", kind="phase.unset"), "phase.unset does not hold these facts"),
    "unknown hearing": (change_entry("phase.set", consultation_id=99), "a consultation that is not there"),
    "no hearing": (change_entry("contribution.received", 1, consultation_id=None), "a consultation that is not there"),
    "other number": (change_entry("contribution.received", 3, number=4), "the next number was 3"),
    "other row": (change_entry("contribution.withdrawn", subject_id=999), "another row than the receipt"),
    "other time": (change_entry("contribution.received", 3, at=F("at") + LATER), "The receipt of no. 3"),
    "other reason": (
        change_entry("contribution.refused", payload='{"reason":"spam","version":1}'),
        "The reason of no. 3",
    ),
}


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(("change", "sentence"), LEDGER.values(), ids=LEDGER)
def test_a_changed_ledger_is_named(change: Change, sentence: str) -> None:
    assert check_ledger().problem == ""

    change()

    problem = check_ledger().problem
    assert re.search(sentence, problem), problem


def test_somebody_who_writes_meanwhile_is_no_disagreement(
    hearing: Consultation, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between reading the entries and reading the rows somebody writes: the check looks again."""
    looks: list[int] = []
    read_rows = checking.consultation_row

    def rows_after_a_writer(consultation: Consultation) -> object:
        looks.append(1)
        if len(looks) == 1:
            factories.a_published(factories.the_topic(hearing), at=at)
        return read_rows(Consultation.objects.get(pk=consultation.pk))

    monkeypatch.setattr(checking, "consultation_row", rows_after_a_writer)

    assert check_ledger().problem == ""
    assert len(looks) == 2


def test_the_check_costs_no_query_a_contribution(hearing: Consultation, at: datetime) -> None:
    with CaptureQueriesContext(connection) as few:
        check_ledger()
    for _ in range(20):
        factories.a_published(factories.the_topic(hearing), at=at)

    with CaptureQueriesContext(connection) as many:
        assert check_ledger().contributions == 28
    assert len(many) == len(few)
