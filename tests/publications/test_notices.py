"""Notices of the decision (planloven section 31): who gets one, by which way, once, and what becomes of it."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from apps.common.errors import NotAllowed
from apps.common.pdf import can_make_pdf
from apps.consultations.models import Consultation, Topic
from apps.discussions.actions import forget_sender, withdraw_contribution
from apps.discussions.models import Contribution, OutsideVoice, SenderAddress
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
    hand_over_notices,
    post_notice,
    post_notices,
    print_notices,
    send_by_letter,
)
from apps.publications.engine.digital_post import Consignment, NotHandedOver
from apps.publications.errors.decisions import UnfitDecision
from apps.publications.models import CaseMeetingVersion, DecisionNotice
from apps.publications.ports import FileDrop
from apps.publications.queries.notices import notice_plan, people_to_tell
from apps.publications.tasks import hand_over_notices as hand_over_task
from tests import factories, personas
from tests.discussions.outside import MAIL, NAME, POSTAL, STREET, entered
from tests.publications.cases import DAY, a_text, decided, heard, told

pytestmark = pytest.mark.django_db

ALL = ("digital_post", "mail", "letter")
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


def on_time(topic: Topic, at: datetime, **more: Any) -> Contribution:
    return factories.a_published(topic, at=at - 10 * DAY, **more)


def on_paper(topic: Topic, at: datetime, **said: Any) -> OutsideVoice:
    return entered(topic, at=at - 10 * DAY, came_on=(at - 10 * DAY).date(), **said)


def begun(version: CaseMeetingVersion, at: datetime, *ways: str) -> int:
    return begin_notices(version=version, ways=ways or ALL, by=factories.an_official(at), at=at)


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

    with pytest.raises(UnfitDecision, match="in force"):
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
    return OutgoingMail.objects.get(key__startswith="notice.begun:")


def test_a_mail_tells_the_decision_and_that_it_was_sent_is_kept(
    hearing: Consultation, topic: Topic, at: datetime
) -> None:
    on_time(topic, at, body="Mine egne ord.")
    begun(decided(hearing, at=at, changes="Færre møller."), at)

    mail = _sent_mail(at)

    assert mail.to == factories.a_writer(at).email
    for words in ("1)", "Planen er vedtaget.", "Færre møller.", "Klag til nævnet.", "13. oktober 2026", "/decision/"):
        assert words in mail.body
    assert "Mine egne ord." not in mail.body
    while claimed := claim_mail(at=at):
        settle_mail(mail=claimed, delivery=SENT, at=at)
    notice = DecisionNotice.objects.get()
    assert (notice.status, notice.given_at) == ("given", at)
    assert Entry.objects.filter(kind="notice.given").count() == 1
    assert check_ledger().problem == ""
    write_mail()
    assert OutgoingMail.objects.filter(key__startswith="notice.begun:").count() == 1


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

    assert not OutgoingMail.objects.filter(key__startswith="notice.begun:").exists()


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


class Remembering:
    """Digital Post that takes letters, or says that it cannot."""

    def __init__(self, *, is_barred: bool = False) -> None:
        self.taken: list[Consignment] = []
        self.is_barred = is_barred

    def deliver(self, letter: Consignment) -> None:
        if self.is_barred:
            raise NotHandedOver
        self.taken.append(letter)


@needs_pdf
def test_digital_post_takes_each_letter_once(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")
    post = Remembering()

    for _turn in range(2):
        hand_over_notices(post=post, at=at)

    (letter,) = post.taken
    assert (letter.name, letter.address, letter.postal_line, letter.numbers) == (NAME, STREET, POSTAL, (1,))
    assert letter.pdf.startswith(b"%PDF-")
    notice = DecisionNotice.objects.get()
    assert (notice.status, str(notice.key)) == ("given", letter.key)
    assert check_ledger().problem == ""


@needs_pdf
def test_a_way_that_is_barred_is_told_and_tried_again(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")

    for post in (None, Remembering(is_barred=True)):
        assert hand_over_notices(post=post, at=at) == 0
        notice = DecisionNotice.objects.get()
        assert (notice.status, notice.trouble) == ("due", "no_folder")

    assert hand_over_notices(post=Remembering(), at=at) == 1
    assert DecisionNotice.objects.get().trouble == ""


@needs_pdf
def test_whose_address_is_gone_goes_on_the_list(hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")
    SenderAddress.objects.all().delete()
    post = Remembering()

    hand_over_notices(post=post, at=at)

    notice = DecisionNotice.objects.get()
    assert (post.taken, notice.way, notice.trouble) == ([], "letter", "no_address")


LETTER = Consignment(
    key="k1",
    title="Afgørelse",
    name=NAME,
    address=STREET,
    postal_line=POSTAL,
    case="wind",
    numbers=(1, 7),
    pdf=b"%PDF-x",
)


def test_a_letter_is_laid_down_whole_and_once(tmp_path: Path) -> None:
    for _turn in range(2):
        FileDrop(tmp_path).deliver(LETTER)

    assert [path.name for path in tmp_path.iterdir()] == ["k1"]
    assert (tmp_path / "k1" / "k1.pdf").read_bytes() == b"%PDF-x"
    assert json.loads((tmp_path / "k1" / "k1.json").read_text()) == {
        "format": "civic-forum-letter-1",
        "id": "k1",
        "title": "Afgørelse",
        "case": "wind",
        "numbers": [1, 7],
        "recipient": {"name": NAME, "address": STREET, "postal_line": POSTAL},
        "file": "k1.pdf",
    }


def test_nothing_is_left_of_a_letter_that_could_not_be_laid_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(NotHandedOver):
        FileDrop(tmp_path).deliver(LETTER)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(NotHandedOver):
        FileDrop(tmp_path / "missing").deliver(LETTER)


@needs_pdf
def test_the_sweep_uses_the_folder_that_is_set(
    hearing: Consultation, topic: Topic, at: datetime, tmp_path: Path, settings: Any
) -> None:
    settings.DIGITAL_POST_FOLDER = tmp_path
    on_paper(topic, at)
    begun(decided(hearing, at=at), at, "digital_post")

    assert hand_over_task() == 1

    (folder,) = tmp_path.iterdir()
    assert folder.name == str(DecisionNotice.objects.get().key)


def desk(hearing: Consultation, more: str = "") -> str:
    return f"/en/desk/consultations/{hearing.slug}/decision/notices/{more}"


def test_an_official_chooses_sees_and_begins(client: Client, hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_time(topic, at)
    on_paper(topic, at, email="")
    on_paper(topic, at, address="", postal_line="", email="", name="Nobody Knows")
    client.force_login(factories.an_official(at))
    assert client.get(desk(hearing)).status_code == 404  # nothing is decided
    decided(hearing, at=at)

    assert "3 people who wrote on time have no notice" in client.get(desk(hearing)).content.decode()
    chosen = client.post(desk(hearing, "new/"), {"ways": ["mail", "letter"]}).content.decode()
    assert "None of these ways reaches 1 of them" in chosen
    assert not DecisionNotice.objects.exists()
    assert client.post(desk(hearing, "new/"), {"ways": []}).status_code == 422
    assert client.post(desk(hearing, "new/"), {"ways": ["digital_post"]}).status_code == 422  # no folder is set
    client.post(desk(hearing, "new/"), {"ways": ["mail", "letter"], "action": "begin"})

    page = client.get(desk(hearing)).content.decode()
    assert "0 of 2 notices are sent." in page
    assert "1 letter to post" in page
    for private in (STREET, NAME):
        assert private not in page
    assert "The author of no. 2" in client.get(desk(hearing, "?show=paper")).content.decode()
    assert "The author of no. 1" not in client.get(desk(hearing, "?show=paper")).content.decode()


@needs_pdf
def test_the_letters_are_one_file(client: Client, hearing: Consultation, topic: Topic, at: datetime) -> None:
    on_paper(topic, at, email="")
    begun(decided(hearing, at=at), at, "letter")
    client.force_login(factories.an_official(at))

    answer = client.post(desk(hearing, "letters.pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "private, no-store"
    told_words = client.post(desk(hearing, "posted/"), follow=True).content.decode()
    assert "1 letter is in the post." in told_words


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    people: int, client: Client, topic: Topic, at: datetime, django_assert_num_queries: Any
) -> None:
    hearing = topic.consultation
    for turn in range(people):
        on_paper(topic, at, name=f"Sender {turn}")
    begun(decided(hearing, at=at), at, "letter")
    client.force_login(factories.an_official(at))
    client.get(desk(hearing))

    with django_assert_num_queries(12):
        client.get(desk(hearing))


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
