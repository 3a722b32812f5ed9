"""Hearing parties when something goes wrong: a false address, a hearing that is over, two officials, two clicks."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from apps.accounts.models import User
from apps.consultations import actions
from apps.consultations.enums import InvitationWay, PartyKind
from apps.consultations.errors import UnfitInvitation
from apps.consultations.models import Consultation, HearingInvitation, HearingParty
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = {"name": "Klint Museum", "kind": "authority", "email": "hoering@musem.example", "address": "", "postal_line": ""}
MENDED = "hoering@museum.example"
TABLE = "Klint Museum;myndighed\nNaboer;gruppe\n"
UNSEEN = "\u200b\u3164\u2060"


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at, title="Otte vindmøller")


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


@pytest.fixture
def party(hearing: Consultation, official: User, at: datetime) -> HearingParty:
    text = actions.PartyText(**TEXT | {"kind": PartyKind.AUTHORITY})
    return actions.add_parties(consultation=hearing, parties=[text], by=official, at=at)[0]


def where(hearing: Consultation, party: HearingParty | None = None) -> str:
    one = f"{party.pk}/" if party else ""
    return f"/en/desk/consultations/{hearing.slug}/hearing-parties/{one}"


def invite(party: HearingParty, at: datetime, deadline: datetime | None = None) -> bool:
    by = factories.an_official(at)
    return actions.invite_party(party=party, way=InvitationWay.SITE, deadline=deadline, by=by, at=at)


def mailed() -> list[str]:
    sequence_entries()
    tasks.write_mail()
    found = OutgoingMail.objects.filter(subject__contains="vindmøller").order_by("pk")
    return list(found.values_list("to", flat=True))


def test_a_mended_address_is_invited_on_the_same_day(
    hearing: Consultation, party: HearingParty, official: User, desk: Client, at: datetime
) -> None:
    sent = {"invite": "1", "way": "site", "invited_on": "", "deadline_on": ""}
    for _click in range(2):
        desk.post(where(hearing, party), sent)
    text = actions.PartyText(**TEXT | {"kind": PartyKind.AUTHORITY, "email": MENDED})
    actions.revise_party(party=party, text=text, by=official, at=at)
    for _click in range(2):
        desk.post(where(hearing, party), sent)

    # What stands in the log of an invitation is where it went.
    assert mailed() == [TEXT["email"], MENDED]
    page = desk.get(where(hearing, party)).content.decode()
    assert TEXT["email"] in page
    assert "nothing was sent again" in page
    assert check_ledger().problem == ""


@pytest.mark.parametrize("days", [0, 400])
def test_a_hearing_that_is_over_invites_nobody_by_mail(
    days: int, hearing: Consultation, party: HearingParty, official: User, at: datetime
) -> None:
    later = at + timedelta(days=days)
    if not days:
        actions.cancel_consultation(consultation=hearing, reason="Ansøgeren trak sig.", by=official, at=at)
    with pytest.raises(UnfitInvitation):
        invite(party, later)

    # What went out in another way is a fact all the same.
    assert actions.invite_party(party=party, way=InvitationWay.LETTER, by=official, at=later)


def test_past_the_deadline_it_is_said_what_to_do(party: HearingParty, at: datetime) -> None:
    with override("en"):
        with pytest.raises(UnfitInvitation, match="set a phase in which people can write first"):
            invite(party, at + timedelta(days=400))
        with pytest.raises(UnfitInvitation, match="Choose one that lies ahead"):
            invite(party, at, deadline=at - timedelta(days=1))
    assert not HearingInvitation.objects.exists()


def seen_in(page: str, button: str) -> str:
    found = re.search(rf'name="seen" value="(\w+)"(?:(?!</form>).)*name="{button}"', page, re.DOTALL)
    assert found
    return found.group(1)


@pytest.mark.parametrize(
    ("step", "name", "mine", "other"),
    [("save", "email", MENDED, "post@museum.example"), ("answer", "number", "2", "1")],
)
def test_the_second_of_two_officials_sees_both(  # noqa: PLR0917 - cases and fixtures
    step: str, name: str, mine: str, other: str, hearing: Consultation, party: HearingParty, desk: Client, at: datetime
) -> None:
    for _text in range(2):
        factories.a_published(factories.the_topic(hearing), at=at)
    form = (TEXT if step == "save" else {}) | {step: "1", name: mine}
    seen = {"seen": seen_in(desk.get(where(hearing, party)).content.decode(), step)}
    stored = HearingParty.objects.values_list("email" if step == "save" else "answered_number", flat=True)

    assert desk.post(where(hearing, party), form | {name: other} | seen).status_code == 302
    entries = Entry.objects.count()
    answer = desk.post(where(hearing, party), form | seen)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Two of you wrote at once" in page
    assert f'value="{mine}"' in page
    assert [str(value) for value in stored.all()] == [other]
    assert Entry.objects.count() == entries
    again = form | {"seen": seen_in(page, step)}
    assert [desk.post(where(hearing, party), again).status_code for _click in range(2)] == [302, 302]
    assert [str(value) for value in stored.all()] == [mine]


def test_a_second_click_on_adding_comes_to_the_same_page(hearing: Consultation, desk: Client) -> None:
    answers = [desk.post(where(hearing), TEXT) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert Entry.objects.filter(kind="party.added").count() == 1
    other = desk.post(where(hearing), TEXT | {"email": MENDED})
    assert other.status_code == 422
    assert "is on the list already" in other.content.decode()


def test_a_second_click_on_a_table_comes_to_the_same_page(hearing: Consultation, desk: Client) -> None:
    address = where(hearing) + "table/"
    sent = {"table": TABLE, "receive": "1"}

    assert [desk.post(address, sent).status_code for _click in range(2)] == [302, 302]
    assert HearingParty.objects.count() == 2
    assert desk.post(address, sent | {"table": TABLE + "Region;myndighed\n"}).status_code == 422
    assert desk.post(address, sent | {"table": "Naboer;gruppe\nNaboer;gruppe\n"}).status_code == 422


def test_a_second_click_on_removing_comes_to_the_list(hearing: Consultation, party: HearingParty, desk: Client) -> None:
    answers = [desk.post(where(hearing, party), {"remove": "1"}) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert desk.get(where(hearing, party)).status_code == 404


@pytest.mark.parametrize("name", [UNSEEN, "\u00ad", "\u2800 \u200d", "\u0301"])
def test_a_name_that_nobody_can_see_is_refused(name: str, hearing: Consultation, desk: Client) -> None:
    answer = desk.post(where(hearing), TEXT | {"name": name})

    assert answer.status_code == 422
    assert "cannot be seen" in answer.content.decode()
    assert desk.post(where(hearing) + "table/", {"table": f"{name};gruppe", "receive": "1"}).status_code == 422
    assert not HearingParty.objects.exists()
