"""Hearing parties: listed, invited once a day and way, and shown to everyone without their addresses."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from apps.accounts.models import User
from apps.common.errors import NotAllowed
from apps.consultations import actions, queries
from apps.consultations.engine.party_tables import MOST_ROWS, BadTable, read_parties
from apps.consultations.enums import InvitationWay, PartyKind
from apps.consultations.errors import NoSuchNumber, PartyInvited, PartyListed, UnfitInvitation
from apps.consultations.models import Consultation, HearingInvitation, HearingParty
from apps.exchange.queries import check_ledger
from apps.ledger.actions import sequence_entries
from apps.ledger.models import Entry
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
MAIL, STREET = "hoering@museum.example", "Havnegade 12"


@pytest.fixture
def hearing(at: datetime) -> Consultation:
    return factories.a_hearing(at=at, title="Otte vindmøller")


@pytest.fixture
def official(at: datetime) -> User:
    return factories.an_official(at)


def museum(hearing: Consultation, at: datetime, *, email: str = MAIL) -> HearingParty:
    text = actions.PartyText(
        kind=PartyKind.AUTHORITY, name="Klint Museum", email=email, address=STREET, postal_line="6990 Ulfborg"
    )
    by = factories.an_official(at)
    return actions.add_parties(consultation=hearing, parties=[text], by=by, at=at)[0]


def invite(party: HearingParty, at: datetime, way: InvitationWay = InvitationWay.SITE, **said: object) -> bool:
    by = factories.an_official(at)
    return actions.invite_party(party=party, way=way, by=by, at=at, **said)  # type: ignore[arg-type]


def mails() -> list[OutgoingMail]:
    sequence_entries()
    tasks.write_mail()
    return list(OutgoingMail.objects.filter(to=MAIL).order_by("pk"))


def public_page(client: Client, hearing: Consultation) -> str:
    return client.get(f"/en/consultations/{hearing.slug}/").content.decode()


def test_a_name_stands_on_the_list_once(hearing: Consultation, at: datetime, official: User) -> None:
    museum(hearing, at)
    again = [actions.PartyText(kind=PartyKind.GROUP, name=name) for name in ("Naboer", "klint  museum")]

    with pytest.raises(PartyListed, match="klint museum"):
        actions.add_parties(consultation=hearing, parties=again, by=official, at=at)
    assert HearingParty.objects.count() == 1


def test_an_official_outside_the_team_does_nothing_here(hearing: Consultation, at: datetime) -> None:
    party, outside = museum(hearing, at), personas.colleague(at=at)
    text = actions.PartyText(kind=PartyKind.GROUP, name="Naboer")

    with pytest.raises(NotAllowed):
        actions.add_parties(consultation=hearing, parties=[text], by=outside, at=at)
    with pytest.raises(NotAllowed):
        actions.invite_party(party=party, way=InvitationWay.LETTER, by=outside, at=at)
    with pytest.raises(NotAllowed):
        actions.note_answer(party=party, number=None, by=outside, at=at)
    with pytest.raises(NotAllowed):
        actions.revise_party(party=party, text=text, by=outside, at=at)
    with pytest.raises(NotAllowed):
        actions.remove_party(party=party, by=outside, at=at)


def test_the_site_writes_the_invitation_once(hearing: Consultation, at: datetime) -> None:
    party = museum(hearing, at)

    assert invite(party, at, deadline=at + timedelta(days=14))
    assert not invite(party, at)
    assert len(mails()) == 1
    (mail,) = mails()
    assert "Klint Museum" in mail.body
    assert f"/consultations/{hearing.slug}/" in mail.body
    assert "29.\N{NO-BREAK SPACE}september" in mail.body
    assert mail.person is None


def test_what_went_out_in_another_way_is_noted_and_no_mail_is_written(hearing: Consultation, at: datetime) -> None:
    party = museum(hearing, at)

    assert invite(party, at, InvitationWay.DIGITAL_POST, invited_on=at.date() - timedelta(days=3))
    assert mails() == []
    assert HearingInvitation.objects.get().invited_on == at.date() - timedelta(days=3)


def test_invitations_that_make_no_sense_are_refused(hearing: Consultation, at: datetime) -> None:
    with pytest.raises(UnfitInvitation):
        invite(museum(hearing, at, email=""), at)
    with pytest.raises(UnfitInvitation):
        invite(museum(factories.a_draft(at=at), at), at)
    with pytest.raises(UnfitInvitation):
        invite(HearingParty.objects.all()[0], at, InvitationWay.LETTER, invited_on=at.date() + timedelta(days=1))
    assert not HearingInvitation.objects.exists()


def test_a_hearing_cancelled_meanwhile_invites_nobody(hearing: Consultation, at: datetime, official: User) -> None:
    invite(museum(hearing, at), at)
    actions.cancel_consultation(consultation=hearing, reason="Ansøgeren trak sig.", by=official, at=at)

    assert mails() == []


def test_who_was_invited_stays_on_the_list(hearing: Consultation, at: datetime, official: User) -> None:
    party = museum(hearing, at)
    invite(party, at)
    with pytest.raises(PartyInvited):
        actions.remove_party(party=party, by=official, at=at)

    other = actions.PartyText(kind=PartyKind.GROUP, name="Naboer")
    (made,) = actions.add_parties(consultation=hearing, parties=[other], by=official, at=at)
    assert actions.remove_party(party=made, by=official, at=at)
    assert not actions.remove_party(party=made, by=official, at=at)
    assert check_ledger().problem == ""


def test_an_answer_is_a_number_that_was_received(hearing: Consultation, at: datetime, official: User) -> None:
    party = museum(hearing, at)
    with pytest.raises(NoSuchNumber):
        actions.note_answer(party=party, number=1, by=official, at=at)

    text = factories.a_published(factories.the_topic(hearing), at=at)
    assert actions.note_answer(party=party, number=text.number, by=official, at=at)
    assert not actions.note_answer(party=party, number=text.number, by=official, at=at)


def test_the_ledger_tells_of_parties_without_names_addresses_and_numbers(
    hearing: Consultation, at: datetime, official: User
) -> None:
    party = museum(hearing, at)
    invite(party, at)
    text = factories.a_published(factories.the_topic(hearing), at=at)
    actions.note_answer(party=party, number=text.number, by=official, at=at)

    told = Entry.objects.filter(kind__startswith="party.")
    assert told.count() == 3
    for entry in told:
        assert entry.number is None
        for secret in ("Museum", MAIL, STREET, "number"):
            assert secret not in entry.payload
    assert check_ledger().problem == ""

    HearingInvitation.objects.all().delete()
    assert "hearing parties" in check_ledger().problem


def test_everyone_reads_who_was_invited_and_no_address(hearing: Consultation, client: Client, at: datetime) -> None:
    invite(museum(hearing, at), at)

    page = public_page(client, hearing)
    assert "Klint Museum" in page
    assert "invited on 15 September" in page
    assert "not answered yet" in page
    for secret in (MAIL, STREET, "6990 Ulfborg"):
        assert secret not in page


def test_an_answer_that_is_not_public_is_not_led_to(
    hearing: Consultation, client: Client, at: datetime, official: User
) -> None:
    party, topic = museum(hearing, at), factories.the_topic(hearing)
    shown, refused = factories.a_published(topic, at=at), factories.a_refused(topic, at=at)

    actions.note_answer(party=party, number=shown.number, by=official, at=at)
    assert f"answered: no. {shown.number}" in public_page(client, hearing)

    actions.note_answer(party=party, number=refused.number, by=official, at=at)
    page = public_page(client, hearing)
    assert "not answered yet" not in page
    assert f"no. {refused.number}" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    count: int, hearing: Consultation, at: datetime, official: User, django_assert_num_queries: Callable[..., object]
) -> None:
    texts = [actions.PartyText(kind=PartyKind.GROUP, name=f"Naboer {turn}") for turn in range(count)]
    for party in actions.add_parties(consultation=hearing, parties=texts, by=official, at=at):
        invite(party, at, InvitationWay.LETTER)

    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        assert len(queries.parties_of(hearing)) == count


def test_the_desk_lists_invites_and_notes(hearing: Consultation, at: datetime, as_seen_by: Browser) -> None:
    desk = as_seen_by(factories.an_official(at))
    where = reverse("consultations:party-list", kwargs={"slug": hearing.slug})

    desk.post(where, {"name": "Klint Museum", "kind": "authority", "email": MAIL})
    party = HearingParty.objects.get()
    page = reverse("consultations:party", kwargs={"slug": hearing.slug, "party_id": party.pk})
    desk.post(page, {"invite": "1", "way": "site", "invited_on": "", "deadline_on": "2026-10-01"})
    assert len(mails()) == 1

    unfit = desk.post(f"/en{page}", {"answer": "1", "number": "99"})
    assert unfit.status_code == 422
    assert "No contribution to this hearing has that number" in unfit.content.decode()
    assert "Klint Museum" in desk.get(where).content.decode()


def test_a_second_press_does_not_invite_again(hearing: Consultation, at: datetime, as_seen_by: Browser) -> None:
    party = museum(hearing, at)
    desk = as_seen_by(factories.an_official(at))
    page = reverse("consultations:party", kwargs={"slug": hearing.slug, "party_id": party.pk})
    for _turn in range(2):
        desk.post(page, {"invite": "1", "way": "site", "invited_on": "", "deadline_on": ""})

    assert len(mails()) == 1


def test_an_identity_number_is_no_name(hearing: Consultation, at: datetime, as_seen_by: Browser) -> None:
    desk = as_seen_by(factories.an_official(at))
    where = reverse("consultations:party-list", kwargs={"slug": hearing.slug})

    assert desk.post(where, {"name": "Nabo 010180-1235", "kind": "group"}).status_code == 422
    assert not HearingParty.objects.exists()


def test_a_table_is_looked_at_first_and_comes_in_whole_or_not(
    hearing: Consultation, at: datetime, as_seen_by: Browser
) -> None:
    desk = as_seen_by(factories.an_official(at))
    where = reverse("consultations:party-import", kwargs={"slug": hearing.slug})
    table = "navn;art;mail\nKlint Museum;myndighed;hoering@museum.example\nNaboer;gruppe\n"

    assert desk.post(where, {"table": table}).status_code == 200
    assert not HearingParty.objects.exists()

    wrong = desk.post(f"/en{where}", {"table": table + "Klint museum\n", "receive": "1"})
    assert wrong.status_code == 422
    assert "stands twice" in wrong.content.decode()
    assert not HearingParty.objects.exists()

    desk.post(where, {"table": table, "receive": "1"})
    found = HearingParty.objects.order_by("pk").values_list("name", "kind", "email")
    assert list(found) == [("Klint Museum", "authority", MAIL), ("Naboer", "group", "")]


@pytest.mark.parametrize("between", [";", ",", "\t"])
def test_a_table_is_read_with_any_of_three_signs_between_cells(between: str) -> None:
    (row,) = read_parties(between.join(("Region", "authority", "r@region.example")))

    assert row.cells == {"name": "Region", "kind": "authority", "email": "r@region.example"}


def test_a_table_that_is_none_is_refused() -> None:
    with pytest.raises(BadTable):
        read_parties('"Region;authority')
    with pytest.raises(BadTable):
        read_parties("\n".join(f"Nabo {row}" for row in range(MOST_ROWS + 1)))
