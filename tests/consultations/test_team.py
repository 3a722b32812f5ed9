"""Who works on a consultation: rules and lists agree for every place in a team, and an owner always stays."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from apps.accounts.actions import end_role, protect_name
from apps.accounts.enums import Role
from apps.accounts.models import RoleAssignment, User
from apps.accounts.rules import THE_SYSTEM
from apps.common.errors import NotAllowed
from apps.common.permissions import may, why_not
from apps.consultations import actions, queries
from apps.consultations.enums import TeamRole
from apps.consultations.errors import InTeamAlready, LastOwner, NoOfficial
from apps.consultations.models import Consultation, TeamMember
from apps.ledger.models import Entry
from apps.notifications import tasks
from apps.notifications.models import OutgoingMail
from tests import factories, personas

pytestmark = pytest.mark.django_db

Browser = Callable[..., Client]
PLACES = ("owner", "editor", "answerer", "outside", "former owner", "administrator")
TEAM = frozenset({"owner", "editor", "answerer"})
EDITORS = frozenset({"owner", "editor"})


def place(consultation: Consultation, role: TeamRole, at: datetime, *, by: User | None = None) -> TeamMember:
    """Return the colleague's place."""
    person = User.objects.filter(email="karl@example.org").first() or personas.colleague(at=at)
    by = by or factories.an_official(at)
    return actions.add_member(consultation=consultation, person=person, role=role, by=by, at=at)


def in_place(name: str, consultations: list[Consultation], at: datetime) -> User:
    """Return somebody who has that place in all these teams, read anew as a request would."""
    if name == "administrator":
        return personas.administrator(at=at)
    person = personas.colleague(at=at)
    for consultation in consultations:
        if name != "outside":
            place(consultation, TeamRole(name.rsplit(maxsplit=1)[-1]), at)
    if name.startswith("former"):
        no_official(person, at)
    return User.objects.get(pk=person.pk)


def no_official(person: User, at: datetime) -> None:
    assignment = RoleAssignment.objects.get(person=person, role=Role.OFFICIAL)
    end_role(assignment=assignment, by=THE_SYSTEM, at=at)


@pytest.mark.parametrize("name", PLACES)
def test_the_place_in_the_team_decides_and_lists_agree(name: str, at: datetime) -> None:
    hearing, draft = factories.a_hearing(at=at), factories.a_draft(at=at)
    viewer = in_place(name, [hearing, draft], at)
    listed, edited = set(queries.visible_consultations(viewer)), set(queries.edited_consultations(viewer))

    assert listed == ({hearing, draft} if name in TEAM else {hearing})
    for one in (hearing, draft):
        assert may("consultations.view_consultation", viewer, one) == (one in listed)
        assert may("consultations.edit_consultation", viewer, one) == (one in edited) == (name in EDITORS)
        assert may("consultations.answer_in_consultation", viewer, one) == (name in TEAM)
        assert may("publications.write_summary", viewer, one) == (name in EDITORS)
        assert may("consultations.change_team", viewer, one) == (name == "owner")
        assert may("consultations.see_team", viewer, one) == (name in TEAM)
    assert may("consultations.stop_writing", viewer, hearing) == (name in EDITORS)


@pytest.mark.parametrize("name", PLACES)
def test_who_signed_up_and_what_is_held_back_is_for_the_team(name: str, at: datetime) -> None:
    hearing = factories.a_hearing(at=at)
    meeting = factories.a_meeting(hearing, at=at)
    sign_up = actions.sign_up(meeting=meeting, companions=0, by=factories.a_writer(at), at=at)
    version = factories.a_document(hearing, at=at).versions.get()
    actions.hold_document(version=version, sentence="It names a neighbour.", by=factories.an_official(at), at=at)
    version.refresh_from_db()
    viewer = in_place(name, [hearing], at)

    assert may("consultations.see_sign_ups", viewer, meeting) == (name in EDITORS)
    assert queries.visible_sign_ups(viewer).filter(pk=sign_up.pk).exists() == (name in EDITORS)
    assert may("consultations.read_document", viewer, version) == (name in TEAM)
    assert queries.readable_files(viewer).filter(pk=version.pk).exists() == (name in TEAM)


def test_whoever_drafts_a_consultation_owns_it(at: datetime) -> None:
    draft = factories.a_draft(at=at)

    assert [(one.person.email, one.role) for one in queries.team_of(draft)] == [("olaf@example.org", "owner")]


def test_an_official_outside_the_team_is_told_whom_to_ask(at: datetime) -> None:
    hearing = factories.a_hearing(at=at)

    sentence = why_not("consultations.edit_consultation", personas.colleague(at=at), hearing)

    assert sentence is not None
    assert "Olaf Overgaard" in str(sentence)


def test_each_change_of_the_team_leaves_one_entry_without_names(at: datetime) -> None:
    draft, official = factories.a_draft(at=at), factories.an_official(at)
    member = place(draft, TeamRole.EDITOR, at)
    assert actions.change_member(member=member, role=TeamRole.ANSWERER, by=official, at=at)
    assert not actions.change_member(member=member, role=TeamRole.ANSWERER, by=official, at=at)
    assert actions.remove_member(member=member, by=official, at=at)

    told = Entry.objects.filter(kind__startswith="team.", subject_id=member.pk).order_by("pk")
    assert [entry.kind for entry in told] == ["team.member_added", "team.role_changed", "team.member_removed"]
    assert "Karl" not in "".join(entry.payload for entry in told)


def test_nobody_has_two_places_and_others_than_officials_none(at: datetime) -> None:
    draft, official = factories.a_draft(at=at), factories.an_official(at)
    place(draft, TeamRole.EDITOR, at)

    with pytest.raises(InTeamAlready):
        place(draft, TeamRole.OWNER, at)
    for outsider in (personas.resident(at=at), personas.moderator(at=at)):
        with pytest.raises(NoOfficial):
            actions.add_member(consultation=draft, person=outsider, role=TeamRole.EDITOR, by=official, at=at)


def test_the_last_owner_stays_until_a_colleague_owns_it(at: datetime) -> None:
    draft, official = factories.a_draft(at=at), factories.an_official(at)
    [owner] = queries.team_of(draft)
    colleague = place(draft, TeamRole.EDITOR, at)

    with pytest.raises(LastOwner):
        actions.remove_member(member=owner, by=official, at=at)
    with pytest.raises(LastOwner):
        actions.change_member(member=owner, role=TeamRole.EDITOR, by=official, at=at)
    actions.change_member(member=colleague, role=TeamRole.OWNER, by=official, at=at)

    assert actions.remove_member(member=owner, by=official, at=at)
    assert [one.person.email for one in queries.team_of(draft)] == ["karl@example.org"]


def test_an_owner_who_is_no_official_any_more_does_not_count(at: datetime) -> None:
    draft, official = factories.a_draft(at=at), factories.an_official(at)
    [owner] = queries.team_of(draft)
    no_official(place(draft, TeamRole.OWNER, at).person, at)

    with pytest.raises(LastOwner):
        actions.remove_member(member=owner, by=official, at=at)


def test_where_no_owner_is_left_an_administrator_appoints_one_and_no_more(at: datetime) -> None:
    draft, administrator = factories.a_draft(at=at), personas.administrator(at=at)
    colleague = personas.colleague(at=at)
    with pytest.raises(NotAllowed):
        place(draft, TeamRole.OWNER, at, by=administrator)
    no_official(factories.an_official(at), at)
    assert list(queries.ownerless_consultations(administrator)) == [draft]
    assert not queries.ownerless_consultations(colleague).exists()
    assert not may("consultations.view_consultation", administrator, draft)

    place(draft, TeamRole.OWNER, at, by=administrator)

    assert may("consultations.edit_consultation", User.objects.get(pk=colleague.pk), draft)
    assert not may("consultations.change_team", administrator, draft)
    assert not queries.ownerless_consultations(administrator).exists()


def test_who_is_taken_in_is_told_by_mail_and_who_drafts_is_not(at: datetime, settings: Any) -> None:
    settings.SITE_URL = "https://dialog.example"
    draft = factories.a_draft(at=at, title="Eight turbines")
    place(draft, TeamRole.EDITOR, at)

    tasks.write_mail()

    [mail] = OutgoingMail.objects.all()
    assert (mail.to, mail.key.split(":")[0]) == ("karl@example.org", "team.member_added")
    assert "Eight turbines" in mail.subject
    assert f"https://dialog.example/desk/consultations/{draft.slug}/" in mail.body


def test_who_was_taken_out_meanwhile_hears_nothing(at: datetime) -> None:
    draft = factories.a_draft(at=at)
    actions.remove_member(member=place(draft, TeamRole.EDITOR, at), by=factories.an_official(at), at=at)

    tasks.write_mail()

    assert not OutgoingMail.objects.exists()


def page(consultation: Consultation) -> str:
    return f"/en/desk/consultations/{consultation.slug}/team/"


def test_the_owner_chooses_among_officials_and_changes_roles_on_the_page(as_seen_by: Browser, at: datetime) -> None:
    draft, colleague = factories.a_draft(at=at), personas.colleague(at=at)
    client = as_seen_by(factories.an_official(at))
    shown = client.get(page(draft)).content.decode()
    assert "Karl Kok" in shown
    assert "Mona Munk" not in shown

    answer = client.post(page(draft), {"person": colleague.pk, "role": "answerer"}, follow=True)

    assert "is in the team now" in answer.content.decode()
    member = TeamMember.objects.get(person=colleague)
    answer = client.post(f"{page(draft)}{member.pk}/", {"role": "editor"}, follow=True)
    assert "The role is changed." in answer.content.decode()
    assert TeamMember.objects.get(person=colleague).role == TeamRole.EDITOR


def test_a_colleague_whose_name_is_protected_is_chosen_by_their_post(as_seen_by: Browser, at: datetime) -> None:
    draft, colleague = factories.a_draft(at=at), personas.colleague(at=at)
    User.objects.filter(pk=colleague.pk).update(job_title="planner")
    client = as_seen_by(factories.an_official(at))
    assert "Karl Kok, planner" in client.get(page(draft)).content.decode()
    protect_name(person=colleague, by=THE_SYSTEM, at=at)

    shown = client.get(page(draft)).content.decode()

    assert "Karl Kok" not in shown
    assert re.search(rf'<option value="{colleague.pk}">\s*planner, [^<]+</option>', shown)


def test_a_refused_choice_comes_back_with_its_sentence(as_seen_by: Browser, at: datetime) -> None:
    draft, resident = factories.a_draft(at=at), personas.resident(at=at)
    client = as_seen_by(factories.an_official(at))

    answer = client.post(page(draft), {"person": resident.pk, "role": "editor"})

    assert answer.status_code == 422
    assert "Choose a colleague from the list" in answer.content.decode()


def test_the_page_says_that_the_last_owner_stays(as_seen_by: Browser, at: datetime) -> None:
    draft = factories.a_draft(at=at)
    [owner] = queries.team_of(draft)

    answer = as_seen_by(factories.an_official(at)).post(f"{page(draft)}{owner.pk}/", {"role": "owner", "remove": "1"})

    assert answer.status_code == 409
    assert "Make a colleague owner first" in answer.content.decode()


@pytest.mark.parametrize(("role", "opens"), [(TeamRole.EDITOR, 200), (TeamRole.ANSWERER, 200), (None, 404)])
def test_the_team_sees_the_page_and_only_owners_have_the_form(
    role: TeamRole | None, opens: int, as_seen_by: Browser, at: datetime
) -> None:
    draft = factories.a_draft(at=at)
    colleague = place(draft, role, at).person if role else personas.colleague(at=at)

    answer = as_seen_by(colleague).get(page(draft))

    assert answer.status_code == opens
    assert b"Take a colleague in" not in answer.content


def test_an_administrator_appoints_on_the_page_without_seeing_the_draft(as_seen_by: Browser, at: datetime) -> None:
    draft, colleague = factories.a_draft(at=at), personas.colleague(at=at)
    no_official(factories.an_official(at), at)
    client = as_seen_by(personas.administrator(at=at))
    assert page(draft) in client.get("/en/desk/").content.decode()

    answer = client.post(page(draft), {"person": colleague.pk, "role": "owner"}, follow=True)

    assert answer.status_code in {200, 403}
    assert TeamMember.objects.filter(person=colleague, role=TeamRole.OWNER).exists()
    assert client.get(f"/en/consultations/{draft.slug}/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_and_three(
    count: int, as_seen_by: Browser, at: datetime, django_assert_num_queries: Any
) -> None:
    draft, client = factories.a_draft(at=at), as_seen_by(factories.an_official(at))
    for name in "abc"[:count]:
        person = personas.unverified(at=at, email=f"{name}@example.org", display_name=name)
        TeamMember.objects.create(consultation=draft, person=person, role=TeamRole.EDITOR, added_at=at)
    client.get(page(draft))

    with django_assert_num_queries(10):
        client.get(page(draft))
