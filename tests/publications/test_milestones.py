"""What was promised: everyone reads it, followers hear of each change, and it comes due on the desk."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from apps.common.errors import NotAllowed
from apps.consultations.models import Consultation
from apps.exchange.queries import check_ledger
from apps.notifications.actions import follow_consultation
from apps.notifications.models import OutgoingMail
from apps.notifications.tasks import write_mail
from apps.publications.actions.milestones import add_milestone, change_milestone
from apps.publications.engine.milestones import MilestoneText
from apps.publications.errors.decisions import DecisionChangedMeanwhile, UnfitDecision
from apps.publications.models import Milestone, MilestoneStep
from apps.publications.queries.milestones import promises_due, promises_of
from tests import factories, personas
from tests.exchange.tampering import Change
from tests.publications.cases import DAY, heard

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _then(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return heard(at=at)


def a_promise(*, at: datetime, **said: Any) -> MilestoneText:
    usual = {
        "title": "Støjskærm ved skolen",
        "text": "Med *beplantning*.",
        "promise": "3.2",
        "owner_id": factories.an_official(at).pk,
        "department": "Teknik og Miljø",
        "due_on": (at + 30 * DAY).date(),
        "status": "planned",
    }
    return MilestoneText(**usual | said)


def promised(hearing: Consultation, *, at: datetime, **said: Any) -> Milestone:
    text, by = a_promise(at=at, **said), factories.an_official(at)
    return add_milestone(consultation=hearing, text=text, key=uuid4(), by=by, at=at)


def changed(row: Milestone, *, at: datetime, sentence: str = "Det går fremad.", seen: int = 1, **said: Any) -> bool:
    by = factories.an_official(at)
    return change_milestone(milestone=row, text=a_promise(at=at, **said), sentence=sentence, seen=seen, by=by, at=at)


def test_a_promise_is_made_and_told_step_by_step(hearing: Consultation, at: datetime) -> None:
    row = promised(hearing, at=at)
    changed(row, at=at + DAY, status="under_way")
    changed(row, at=at + 2 * DAY, status="dropped", sentence="Pengene er væk.", seen=2)

    (promise,) = promises_of(hearing, at=at + 60 * DAY)

    assert [(step.status, step.sentence) for step in promise.steps] == [
        ("planned", ""),
        ("under_way", "Det går fremad."),
        ("dropped", "Pengene er væk."),
    ]
    assert not promise.is_overdue
    assert check_ledger().problem == ""


def test_a_promise_whose_day_is_over_is_overdue(hearing: Consultation, at: datetime) -> None:
    promised(hearing, at=at, due_on=at.date())

    assert not promises_of(hearing, at=at)[0].is_overdue
    assert promises_of(hearing, at=at + DAY)[0].is_overdue


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"title": "Ring 070761-4285"}, "title"),
        ({"department": "070761-4285"}, "department"),
        ({"promise": "tre"}, "promise"),
        ({"status": "done"}, "status"),
        ({"status": "dropped"}, "status"),
    ],
)
def test_what_cannot_stand_is_refused(said: dict[str, str], field: str, hearing: Consultation, at: datetime) -> None:
    with pytest.raises(UnfitDecision) as refused:
        promised(hearing, at=at, **said)

    assert refused.value.field == field
    assert not Milestone.objects.exists()


def test_the_owner_is_an_official_of_the_team(hearing: Consultation, at: datetime) -> None:
    for person in (factories.a_writer(at), personas.colleague(at=at)):
        with pytest.raises(UnfitDecision) as refused:
            promised(hearing, at=at, owner_id=person.pk)
        assert refused.value.field == "owner"


def test_nothing_is_promised_by_others_or_while_people_can_write(hearing: Consultation, at: datetime) -> None:
    text = a_promise(at=at)
    with pytest.raises(NotAllowed):
        add_milestone(consultation=hearing, text=text, by=factories.a_writer(at), at=at)
    with pytest.raises(UnfitDecision, match="Man kan stadig skrive"):
        promised(factories.a_hearing(at=at), at=at)


def test_a_change_needs_its_sentence_and_overwrites_nobody(hearing: Consultation, at: datetime) -> None:
    row = promised(hearing, at=at)

    with pytest.raises(UnfitDecision) as refused:
        changed(row, at=at, status="done", sentence=" ")
    assert refused.value.field == "sentence"
    assert not changed(row, at=at)
    assert changed(row, at=at, status="under_way")
    with pytest.raises(DecisionChangedMeanwhile):
        changed(row, at=at, status="done")
    assert MilestoneStep.objects.count() == 2


def test_a_second_click_promises_once(hearing: Consultation, at: datetime) -> None:
    key, by = uuid4(), factories.an_official(at)
    rows = [add_milestone(consultation=hearing, text=a_promise(at=at), key=key, by=by, at=at) for _turn in range(2)]

    assert rows[0] == rows[1]


def test_what_is_dropped_says_why_in_the_database_too(hearing: Consultation, at: datetime) -> None:
    promised(hearing, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneStep.objects.update(status="dropped")


TAMPERED: dict[str, Change] = {
    "title": lambda: Milestone.objects.update(title="Nothing"),
    "day": lambda: Milestone.objects.update(due_on="2030-01-01"),
    "status": lambda: MilestoneStep.objects.update(status="done"),
    "sentence": lambda: MilestoneStep.objects.update(sentence="Nothing"),
    "step gone": lambda: MilestoneStep.objects.all().delete(),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED)
def test_what_is_changed_behind_the_ledger_is_found(
    change: Callable[[], object], hearing: Consultation, at: datetime
) -> None:
    promised(hearing, at=at)

    change()

    assert "What was promised" in check_ledger().problem


def test_followers_hear_of_each_change(hearing: Consultation, at: datetime) -> None:
    person = factories.a_writer(at)
    follow_consultation(person=person, consultation=hearing, at=at)
    row = promised(hearing, at=at)
    changed(row, at=at + DAY, status="under_way", sentence="Vi graver nu.")
    for _turn in range(2):
        write_mail()

    mails = OutgoingMail.objects.filter(to=person.email, key__contains="milestone.").order_by("pk")

    assert ["Støjskærm ved skolen" in mail.body for mail in mails] == [True, True]
    assert "Vi graver nu." in mails[1].body
    assert "/follow-up/" in mails[0].body
    assert mails[0].stop_link


def test_who_followed_later_is_not_told_of_what_was(hearing: Consultation, at: datetime) -> None:
    promised(hearing, at=at)
    follow_consultation(person=factories.a_writer(at), consultation=hearing, at=at + DAY)

    write_mail()

    assert not OutgoingMail.objects.filter(key__contains="milestone.").exists()


def test_the_desk_shows_what_is_due_first_due_on_top(hearing: Consultation, client: Client, at: datetime) -> None:
    promised(hearing, at=at, title="Later", due_on=(at + 13 * DAY).date())
    promised(hearing, at=at, title="Sooner", due_on=(at - DAY).date())
    promised(hearing, at=at, title="Far away", due_on=(at + 40 * DAY).date())
    kept = promised(hearing, at=at, title="Kept", due_on=(at - DAY).date())
    changed(kept, at=at, title="Kept", due_on=(at - DAY).date(), status="done")

    due = promises_due(factories.an_official(at), at=at)

    assert [(one.row.title, one.is_overdue) for one in due] == [("Sooner", True), ("Later", False)]
    assert promises_due(personas.colleague(at=at), at=at) == []
    client.force_login(factories.an_official(at))
    page = client.get("/en/desk/").content.decode()
    assert page.index("Sooner") < page.index("Later")
    assert "Far away" not in page


def page_of(hearing: Consultation) -> str:
    return f"/en/consultations/{hearing.slug}/follow-up/"


def typed(*, at: datetime, **said: Any) -> dict[str, Any]:
    text = a_promise(at=at)
    words = {name: getattr(text, name) for name in ("title", "text", "promise", "department", "status")}
    days = {"due_on": text.due_on.isoformat(), "owner": str(text.owner_id), "revision": "1", "key": str(uuid4())}
    return words | days | said


def test_the_page_is_there_for_everyone_from_the_first_promise(
    client: Client, hearing: Consultation, at: datetime
) -> None:
    assert client.get(page_of(hearing)).status_code == 404
    client.force_login(factories.an_official(at))
    assert "Nothing is promised yet" in client.get(page_of(hearing)).content.decode()
    address = f"/en/desk/consultations/{hearing.slug}/decision/promises/"
    assert client.post(f"{address}new/", typed(at=at, title="")).status_code == 422
    client.post(f"{address}new/", typed(at=at))
    client.post(f"{address}1/", typed(at=at, status="under_way", sentence="Vi graver nu."))
    clash = client.post(f"{address}1/", typed(at=at, status="done", sentence="Færdig."))

    assert clash.status_code == 409
    assert "Færdig." in clash.content.decode()
    page = Client().get(page_of(hearing)).content.decode()
    for shown in ('<span lang="da">Støjskærm ved skolen</span>', "Under way", "Vi graver nu.", "White paper, 3.2"):
        assert shown in page
    assert factories.an_official(at).display_name not in page
    front = Client().get(f"/en/consultations/{hearing.slug}/").content.decode()
    assert "Støjskærm ved skolen" in front


@pytest.mark.parametrize("promises", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    promises: int, client: Client, hearing: Consultation, at: datetime, django_assert_num_queries: Any
) -> None:
    for _turn in range(promises):
        promised(hearing, at=at)
    client.get(page_of(hearing))

    with django_assert_num_queries(4):
        client.get(page_of(hearing))


def test_the_words_of_a_change_are_the_new_ones(hearing: Consultation, at: datetime) -> None:
    row = promised(hearing, at=at)
    text = replace(a_promise(at=at), text="<b>Uden</b> beplantning.")
    change_milestone(milestone=row, text=text, sentence="Ændret.", seen=1, by=factories.an_official(at), at=at)

    row.refresh_from_db()
    assert "<b>" not in row.text_html
    assert check_ledger().problem == ""
