"""A white paper is published by a second official, and only when every voice is accounted for."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from apps.common.errors import NotAllowed
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.publications.actions import (
    ask_for_review,
    begin_correction,
    begin_white_paper,
    leave_out,
    note_contributions,
    publish_white_paper,
    save_intro,
    send_back,
    take_back,
)
from apps.publications.engine.freezing import checksum_of
from apps.publications.errors import (
    NotCovered,
    NothingWritten,
    NotWeighedYet,
    PaperLocked,
    UnfitPaper,
    WrittenMeanwhile,
)
from apps.publications.models import PaperVersion, Treated, WhitePaper
from apps.publications.queries import coverage_of, published_paper, supplement_due, treated_in
from tests.factories import a_contribution, a_draft, a_hearing, a_published, a_refused, a_writer, an_official, the_topic
from tests.factories.whitepapers import a_colleague, a_paper, a_statement, marked, publish_paper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def topic(at: datetime) -> Topic:
    return the_topic(a_hearing(at=at))


def ready(topic: Topic, at: datetime) -> tuple[WhitePaper, Contribution]:
    """Return a white paper that treats the one contribution there is."""
    one = a_published(topic, at=at, body="First sentence. Second one.")
    paper = a_paper(topic.consultation, at=at)
    marked(a_statement(paper, topic, at=at), one, passages=[(0, 15)], at=at)
    return paper, one


def asked(paper: WhitePaper, at: datetime) -> WhitePaper:
    ask_for_review(paper=paper, by=an_official(at), at=at)
    return paper


def test_it_is_published_by_a_colleague_with_its_checksum_in_the_ledger(at: datetime, topic: Topic) -> None:
    paper, one = ready(topic, at)
    two = a_refused(topic, at=at)
    note_contributions(paper=paper, numbers=[two.number], sentence="Not published.", by=an_official(at), at=at)

    version = publish_paper(paper, at=at)

    assert (version.version, version.received, version.left_out) == (1, 2, 0)
    assert version.checksum == checksum_of(PaperVersion.objects.get().content)
    told = facts_of(Entry.objects.get(kind="whitepaper.published"))
    assert (told["checksum"], told["received"], told["scope"]) == (version.checksum, 2, "received")
    rows = Treated.objects.order_by("number").values_list("number", "how", "label", "was_public")
    assert list(rows) == [(one.number, "statement", "1.1", True), (two.number, "noted", "", False)]
    assert [place.label for place in treated_in([one.pk, two.pk])[one.pk]] == ["1.1"]
    assert published_paper(topic.consultation) == version
    assert check_ledger().problem == ""


def test_nothing_that_people_wrote_is_frozen(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)

    assert "sentence" not in str(publish_paper(paper, at=at).content).casefold()


def test_it_is_refused_below_a_hundred_percent_with_the_numbers_that_are_missing(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    missing = [a_published(topic, at=at).number, a_contribution(topic, at=at).number]

    with pytest.raises(NotCovered) as refusal:
        publish_paper(paper, at=at)

    assert refusal.value.missing == tuple(missing)
    assert f"{missing[0]}, {missing[1]}" in str(refusal.value)
    assert not PaperVersion.objects.exists()
    assert WhitePaper.objects.get().is_in_review


def test_ninety_nine_percent_is_not_a_hundred(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    for _turn in range(2):
        a_published(topic, at=at)

    coverage = coverage_of(paper)

    assert (coverage.received, coverage.treated, coverage.percent, coverage.is_whole) == (3, 1, 33, False)


def test_a_statement_without_a_reply_is_in_the_way(at: datetime, topic: Topic) -> None:
    paper, one = ready(topic, at)
    marked(a_statement(paper, topic, title="Later buses.", reply="", at=at), one, at=at)

    with pytest.raises(NotWeighedYet) as refusal:
        publish_paper(paper, at=at)

    assert refusal.value.labels == ("1.2",)


def test_nobody_publishes_what_they_asked_to_be_reviewed(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    asked(paper, at)

    with pytest.raises(NotAllowed, match="asked for the review yourself"):
        publish_white_paper(paper=paper, by=an_official(at), at=at)


def test_the_database_refuses_one_person_alone(at: datetime, topic: Topic) -> None:
    version = publish_paper(ready(topic, at)[0], at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        PaperVersion.objects.filter(pk=version.pk).update(published_by=version.asked_by)


def test_nobody_outside_the_team_publishes_and_nobody_what_is_not_asked_for(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    elsewhere = a_colleague(a_hearing(at=at), at=at)
    asked(paper, at)

    for stranger in (elsewhere, a_writer(at)):
        with pytest.raises(NotAllowed):
            publish_white_paper(paper=paper, by=stranger, at=at)
    take_back(paper=paper, by=an_official(at), at=at)
    with pytest.raises(NotAllowed, match="Nobody has asked"):
        publish_white_paper(paper=paper, by=a_colleague(topic.consultation, at=at), at=at)


def test_a_second_click_publishes_once(at: datetime, topic: Topic) -> None:
    paper = asked(ready(topic, at)[0], at)
    colleague, seen = a_colleague(topic.consultation, at=at), paper.revision

    first = publish_white_paper(paper=paper, seen=seen, by=colleague, at=at)
    second = publish_white_paper(paper=paper, seen=seen, by=colleague, at=at)

    assert first == second
    with pytest.raises(NotAllowed):
        publish_white_paper(paper=paper, seen=paper.revision, by=colleague, at=at)
    assert PaperVersion.objects.count() == Entry.objects.filter(kind="whitepaper.published").count() == 1


def test_nobody_publishes_another_state_than_they_read(at: datetime, topic: Topic) -> None:
    paper = asked(ready(topic, at)[0], at)
    seen = paper.revision
    take_back(paper=paper, by=an_official(at), at=at)
    asked(paper, at)

    with pytest.raises(WrittenMeanwhile):
        publish_white_paper(paper=paper, seen=seen, by=a_colleague(topic.consultation, at=at), at=at)


def test_nothing_is_changed_while_it_is_read_or_after(at: datetime, topic: Topic) -> None:
    paper = asked(ready(topic, at)[0], at)
    statement, official = paper.statements.get(), an_official(at)
    late = a_published(topic, at=at)

    def everything() -> None:
        for change in (
            lambda: save_intro(paper=paper, intro="New.", by=official, at=at),
            lambda: a_statement(paper, topic, title="Another.", at=at),
            lambda: marked(statement, late, at=at),
            lambda: note_contributions(paper=paper, numbers=[late.number], sentence="Why.", by=official, at=at),
            lambda: leave_out(paper=paper, number=late.number, ground="spam", by=official, at=at),
        ):
            with pytest.raises(PaperLocked):
                change()

    everything()
    take_back(paper=paper, by=official, at=at)
    marked(statement, late, at=at)
    publish_paper(paper, at=at)
    everything()


def test_it_is_sent_back_with_what_has_to_change(at: datetime, topic: Topic) -> None:
    paper = asked(ready(topic, at)[0], at)
    colleague = a_colleague(topic.consultation, at=at)

    with pytest.raises(UnfitPaper):
        send_back(paper=paper, comment=" \n", by=colleague, at=at)
    assert send_back(paper=paper, comment="Look at 1.1.", by=colleague, at=at)
    assert not send_back(paper=paper, comment="Look at 1.1.", by=colleague, at=at)

    assert (paper.status, paper.comment) == ("draft", "Look at 1.1.")
    assert asked(paper, at).comment == ""


def test_a_correction_makes_a_new_version_and_the_old_one_stays(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    first = publish_paper(paper, at=at)
    with pytest.raises(UnfitPaper):
        begin_correction(paper=paper, note=" ", by=an_official(at), at=at)

    assert begin_correction(paper=paper, note="The reply to 1.1.", by=an_official(at), at=at)
    assert not begin_correction(paper=paper, note="The reply to 1.1.", by=an_official(at), at=at)
    assert published_paper(topic.consultation) == first
    save_intro(paper=paper, intro="More *words*.", by=an_official(at), at=at)
    second = publish_paper(paper, at=at)

    assert (second.version, second.note, published_paper(topic.consultation)) == (2, "The reply to 1.1.", second)
    first.refresh_from_db()
    assert (first.content["intro"], second.content["intro_html"]) == ("", "<p>More <em>words</em>.</p>")
    assert check_ledger().problem == ""


def test_an_empty_one_is_not_read_and_an_empty_consultation_needs_an_introduction(at: datetime, topic: Topic) -> None:
    paper = a_paper(topic.consultation, at=at)

    with pytest.raises(NothingWritten):
        asked(paper, at)
    save_intro(paper=paper, intro="Nobody wrote.", by=an_official(at), at=at)

    assert (publish_paper(paper, at=at).received, coverage_of(paper).percent) == (0, 100)


def test_what_comes_after_makes_a_supplement_due(at: datetime, topic: Topic) -> None:
    paper, _one = ready(topic, at)
    assert supplement_due(paper) == []
    publish_paper(paper, at=at)
    assert supplement_due(paper) == []

    late = a_contribution(topic, at=at)

    assert supplement_due(paper) == [late.number]


def test_begun_twice_is_begun_once_and_not_before_people_can_write(at: datetime, topic: Topic) -> None:
    assert a_paper(topic.consultation, at=at) == a_paper(topic.consultation, at=at)
    assert Entry.objects.filter(kind="whitepaper.begun").count() == 1
    with pytest.raises(NotAllowed):
        begin_white_paper(consultation=a_draft(at=at), by=an_official(at), at=at)
