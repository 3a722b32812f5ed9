"""Notices of the decision (planloven section 31): who gets one, by which way, once, and what becomes of it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
import time_machine

from apps.common.errors import NotAllowed
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import forget_sender, withdraw_contribution
from apps.discussions.models import Contribution
from apps.discussions.queries.binding import bound_among
from apps.exchange.queries import check_ledger
from apps.ledger.models import Entry
from apps.notifications.actions import claim_mail, settle_mail
from apps.notifications.engine.delivery import SENT, Delivery
from apps.notifications.enums import Verdict
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.publications.actions import save_case_meeting
from apps.publications.actions.notices import (
    begin_notices,
    post_notice,
    post_notices,
    print_notices,
    send_by_letter,
)
from apps.publications.errors.decisions import UnfitDecision
from apps.publications.models import DecisionNotice
from apps.publications.queries.notices import notice_plan, people_to_tell
from tests import factories, personas
from tests.discussions.outside import MAIL, NAME
from tests.publications.cases import ALL, DAY, a_text, begun, decided, heard, on_paper, on_time, told

pytestmark = pytest.mark.django_db

needs_pdf = pytest.mark.skipif(not can_make_pdf(), reason="this machine makes no PDF")


@pytest.fixture(autouse=True)
def _then(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


@pytest.fixture
def topic(hearing: Consultation) -> Topic:
    return factories.the_topic(hearing)


def ways_of() -> dict[int, str]:
    return dict(DecisionNotice.objects.order_by("number").values_list("number", "way"))


def test_everyone_who_objected_on_time_is_told_once(hearing: Consultation, topic: Topic, at: datetime) -> None:
    """Nos. 1 and 2 of one person, 3 refused, 4 withdrawn, 5 late, 6 an answer, 7 and 8 letters of one sender."""
    first = on_time(topic, at)
    on_time(topic, at)
    other = personas.resident(at=at, email="rita@example.org")
    refused = factories.a_contribution(topic, at=at - 10 * DAY, by=other)
    gone = factories.a_contribution(topic, at=at - 10 * DAY, by=personas.resident(at=at, email="w@example.org"))
    withdraw_contribution(contribution=gone, by=gone.author, at=at - 9 * DAY)  # type: ignore[arg-type]
    late = factories.a_contribution(topic, at=at - 10 * DAY, by=personas.resident(at=at, email="l@example.org"))
    Contribution.stored.filter(pk=late.pk).update(came_late=True)
    factories.an_answer(first, at=at - 5 * DAY)
    on_paper(topic, at, email="")
    on_paper(topic, at, email="", body="Once more.")
    version = decided(hearing, at=at)

    people = people_to_tell(version)

    assert [one.numbers for one in people] == [[1, 2], [refused.number], [7, 8]]
    assert begun(version, at) == 3
    assert begun(version, at) == 0
    assert ways_of() == {1: "mail", 3: "mail", 7: "digital_post"}


def test_of_the_chosen_ways_the_first_that_reaches_somebody_is_theirs(
    hearing: Consultation, topic: Topic, at: datetime
) -> None:
    on_paper(topic, at)  # has all
    on_paper(topic, at, email="", name="Only Paper")
    on_paper(topic, at, address="", postal_line="", name="Only Mail")
    on_paper(topic, at, address="", postal_line="", email="", name="Nobody Knows")
    version = decided(hearing, at=at)

    def of(*ways: str) -> dict[int, str]:
        return {one.number: way for one, way in notice_plan(version, ways).told}

    assert of(*ALL) == {1: "digital_post", 2: "digital_post", 3: "mail"}
    assert of("mail", "letter") == {1: "mail", 2: "letter", 3: "mail"}
    assert of("letter") == {1: "letter", 2: "letter"}
    assert [one.number for one in notice_plan(version, ALL).unreached] == [4]
    assert begun(version, at, "mail") == 2
    assert begun(version, at, "letter") == 1


def test_it_is_begun_by_the_team_for_the_decision_in_force(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_time(topic, at)
    version = decided(hearing, at=at)
    with pytest.raises(NotAllowed):
        begin_notices(version=version, ways=ALL, by=factories.a_writer(at), at=at)
    with pytest.raises(UnfitDecision):
        begin_notices(version=version, ways=(), by=factories.an_official(at), at=at)
    by = factories.an_official(at)
    save_case_meeting(meeting=version.meeting, text=a_text(at=at, decided="Nyt."), seen=1, by=by, at=at)
    newer = told(version.meeting, at=at, note="Rettet.")

    with pytest.raises(UnfitDecision, match="gælder nu"):
        begun(version, at)
    assert begun(newer, at) == 1


def test_a_correction_is_told_anew_and_only_when_asked(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_time(topic, at)
    version = decided(hearing, at=at)
    begun(version, at)
    by = factories.an_official(at)
    save_case_meeting(meeting=version.meeting, text=a_text(at=at, decided="Nyt."), seen=1, by=by, at=at)

    newer = told(version.meeting, at=at, note="Rettet.")

    assert DecisionNotice.objects.count() == 1
    assert len(people_to_tell(newer)) == 1
    assert begun(newer, at + DAY) == 1
    assert check_ledger().problem == ""


def _sent_mail(at: datetime) -> OutgoingMail:
    write_mail()
    return OutgoingMail.objects.get(key__startswith="notice.started:")


def test_a_mail_tells_the_decision_and_that_it_was_sent_is_kept(
    hearing: Consultation, topic: Topic, at: datetime
) -> None:
    on_time(topic, at, body="Mine egne ord.")
    begun(decided(hearing, at=at, changes="Færre møller."), at)

    mail = _sent_mail(at)

    assert mail.to == factories.a_writer(at).email
    for words in (
        "1)",
        "Planen er vedtaget.",
        "Færre møller.",
        "Klag til nævnet.",
        "13.\xa0oktober 2026",
        "/decision/",
    ):
        assert words in mail.body
    assert "Mine egne ord." not in mail.body
    while claimed := claim_mail(at=at):
        settle_mail(mail=claimed, delivery=SENT, at=at)
    notice = DecisionNotice.objects.get()
    assert (notice.status, notice.given_at) == ("given", at)
    assert Entry.objects.filter(kind="notice.given").count() == 1
    assert check_ledger().problem == ""
    write_mail()
    assert OutgoingMail.objects.filter(key__startswith="notice.started:").count() == 1


@pytest.mark.parametrize("is_sender", [True, False])
def test_a_mail_that_does_not_arrive_goes_on_the_list_of_letters(
    is_sender: bool, hearing: Consultation, topic: Topic, at: datetime
) -> None:
    if is_sender:
        on_paper(topic, at)
    else:
        on_time(topic, at)
    begun(decided(hearing, at=at), at, "mail", "letter")
    write_mail()

    while mail := claim_mail(at=at):
        settle_mail(mail=mail, delivery=Delivery(Verdict.REFUSED, "550"), at=at)

    notice = DecisionNotice.objects.get()
    assert (notice.way, notice.status, notice.trouble) == ("letter", "due", "mail_failed")
    assert check_ledger().problem == ""


def test_mails_to_a_sender_who_is_forgotten_are_deleted(hearing: Consultation, topic: Topic, at: datetime) -> None:
    voice = on_paper(topic, at)
    begun(decided(hearing, at=at), at, "mail")
    assert _sent_mail(at).to == MAIL

    forget_sender(voice=voice, by=factories.an_official(at), at=at)
    write_mail()

    assert not OutgoingMail.objects.filter(key__startswith="notice.started:").exists()


def test_letters_are_printed_and_then_posted(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at, email="")
    on_paper(topic, at, email="", name="Another", address="Elsewhere 1")
    version, by = decided(hearing, at=at), factories.an_official(at)
    begun(version, at, "letter")

    assert post_notices(version=version, by=by, at=at) == 0
    letters = print_notices(version=version, by=by, at=at)

    assert [(notice.number, sender.name) for notice, sender in letters] == [(1, NAME), (2, "Another")]
    assert DecisionNotice.objects.filter(status="due").count() == 2
    assert post_notices(version=version, by=by, at=at) == 2
    assert post_notices(version=version, by=by, at=at) == 0
    assert print_notices(version=version, by=by, at=at) == []
    assert Entry.objects.filter(kind="senders.taken_out").count() == 1
    assert check_ledger().problem == ""


def test_what_came_back_is_posted_by_hand(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_time(topic, at)
    version, by = decided(hearing, at=at), factories.an_official(at)
    begun(version, at, "mail")
    notice = DecisionNotice.objects.select_related("version__meeting__consultation").get()

    assert not post_notice(notice=notice, by=by, at=at)
    assert send_by_letter(notice=notice, by=by, at=at)
    assert not send_by_letter(notice=notice, by=by, at=at)
    assert print_notices(version=version, by=by, at=at) == []  # an account has no address
    assert post_notice(notice=notice, by=by, at=at)

    assert check_ledger().problem == ""


def test_what_somebody_was_told_by_stays_in_its_hearing(hearing: Consultation, topic: Topic, at: datetime) -> None:
    row = on_time(topic, at)
    assert bound_among([row]) == []

    begun(decided(hearing, at=at), at)

    assert bound_among([row]) == [row.number]


@pytest.mark.parametrize("change", [{"status": "given", "given_at": None}, {"status": "due"}])
def test_a_notice_that_is_changed_behind_the_ledger_is_found(
    change: dict[str, Any], hearing: Consultation, topic: Topic, at: datetime
) -> None:
    on_paper(topic, at, email="")
    version, by = decided(hearing, at=at), factories.an_official(at)
    begun(version, at, "letter")
    print_notices(version=version, by=by, at=at)
    gone: Callable[[], object] = DecisionNotice.objects.all().delete
    if "given_at" not in change:
        post_notices(version=version, by=by, at=at)
        DecisionNotice.objects.update(status="due", given_at=None)
    else:
        gone()

    assert "The notices of the decision" in check_ledger().problem
