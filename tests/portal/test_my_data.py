"""What is stored about a person, on their page; and that nothing stored is forgotten there."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.apps import apps
from django.db.models import Field, ForeignKey
from django.test import Client

from apps.accounts.actions import place_hold
from apps.accounts.enums import HeldSubject
from apps.accounts.models import User
from apps.portal.queries import collected
from tests import factories, personas
from tests.architecture.source import refuse
from tests.portal.leaving import ADDRESS, NAME, somebody_known_everywhere

Browser = Callable[..., Client]
DATA = "/en/me/data/"

# Where a column that tells of a person stands in their copy: "<file>.<section>".
EXPORTED = {
    "accounts.User.email": "accounts.account",
    "accounts.RoleAssignment.person": "accounts.roles",
    "accounts.Organisation.account": "accounts.organisation",
    "account.EmailAddress.user": "accounts.addresses",
    "account.EmailAddress.email": "accounts.addresses",
    "mfa.Authenticator.user": "accounts.second_step",
    "usersessions.UserSession.user": "accounts.sessions",
    "socialaccount.SocialAccount.user": "accounts.identities",
    "residency.Residency.person": "residency.residencies",
    "residency.Letter.person": "residency.letters",
    "discussions.Contribution.author": "discussions.contributions",
    "notifications.Follow.person": "notifications.follows",
    "notifications.OutgoingMail.to": "notifications.mails",
    "notifications.OutgoingMail.person": "notifications.mails",
    "moderation.Case.claimed_by": "moderation.claims",
    "moderation.Decision.decided_by": "moderation.decisions",
    "moderation.Look.person": "moderation.looks",
    "moderation.SecondReading.reader": "moderation.second_readings",
    "moderation.Case.about_staff": "moderation.named_in",
    "moderation.Report.reporter": "moderation.reports",
    "moderation.Report.email": "moderation.reports",
    "moderation.Deputy.person": "moderation.deputy",
    "discussions.Agreement.person": "discussions.agreements",
    "discussions.WritingPause.person": "discussions.pauses",
    "discussions.WritingPause.paused_by": "moderation.pauses_decided",
    "publications.Summary.author": "publications.summaries",
    "publications.AnswerDraft.author": "publications.answer_drafts",
    "publications.Assignment.official": "publications.to_answer",
    "publications.WhitePaper.asked_by": "publications.white_papers",
    "publications.PaperVersion.asked_by": "publications.white_papers",
    "publications.PaperVersion.published_by": "publications.white_papers",
    "publications.Milestone.owner": "publications.promises",
    "consultations.Consultation.created_by": "consultations.consultations",
    "consultations.DraftComment.author": "consultations.comments",
    "consultations.Review.asked_by": "consultations.reviews",
    "consultations.TeamMember.person": "consultations.teams",
    "consultations.MeetingSignUp.person": "consultations.meetings",
    "consultations.DocumentVersion.added_by": "consultations.documents",
    "consultations.ProposalVersion.made_by": "consultations.proposals",
    "ledger.EntryActor.person_id": "ledger.entries",
    "portal.DataExport.person": "portal.exports",
}
IN_OFFICE = "what a member of staff did in office; the ledger's entries in the copy tell of it"
NOT_EXPORTED = {
    "publications.RecommendationVersion.published_by": IN_OFFICE,
    "publications.CaseMeetingVersion.published_by": IN_OFFICE,
    "accounts.RoleAssignment.granted_by": IN_OFFICE,
    "accounts.Organisation.decided_by": IN_OFFICE,
    "accounts.Hold.placed_by": IN_OFFICE,
    "accounts.Hold.lifted_by": IN_OFFICE,
    "accounts.User_groups.user": "Django's groups, which the house does not use",
    "accounts.User_user_permissions.user": "Django's permissions, which the house does not use",
    "admin.LogEntry.user": "the technical window changes nothing, so nothing is written there",
    "municipality.Municipality.email": "the municipality's own address",
    "residency.Residency.verified_by": IN_OFFICE,
    "residency.Residency.confirmed_by": IN_OFFICE,
    "residency.Residency.ended_by": IN_OFFICE,
    "residency.Letter.cancelled_by": IN_OFFICE,
    "residency.LetterBatch.made_by": IN_OFFICE,
    "residency.LetterBatch.posted_by": IN_OFFICE,
    "screening.ProtectedEmployee.added_by": IN_OFFICE,
    "discussions.TextErasure.asked_by": IN_OFFICE,
    "exchange.CaseFile.asked_by": IN_OFFICE,
    "discussions.SuggestionStep.set_by": IN_OFFICE,
    "consultations.HearingInvitation.invited_by": IN_OFFICE,
    "discussions.OutsideVoice.typed_by": IN_OFFICE,
    "consultations.HearingParty.email": "of an authority, an organisation or a group, which is no person",
    "discussions.SenderAddress.email": "of somebody without an account; an official finds it by name and tells them",
    "moderation.StatementPosting.posted_by": IN_OFFICE,
    "moderation.AppealLetter.typed_by": IN_OFFICE,
    "moderation.SecondReading.first_reader": "who decided first, which the copy tells among the decisions",
    "moderation.ReportCase.settled_by": IN_OFFICE,
    "moderation.Appeal.first_decided_by": IN_OFFICE,
    "moderation.Appeal.decided_by": IN_OFFICE,
    "discussions.WritingPause.lifted_by": IN_OFFICE,
    "moderation.PauseAppeal.first_decided_by": IN_OFFICE,
    "moderation.PauseAppeal.decided_by": IN_OFFICE,
    "moderation.Deputy.named_by": IN_OFFICE,
    "consultations.Review.decided_by": IN_OFFICE,
    "discussions.TextErasure.decided_by": IN_OFFICE,
    "publications.Assignment.assigned_by": IN_OFFICE,
    "publications.AnswerDraft.changed_by": IN_OFFICE,
    "publications.AnswerDraft.reader": IN_OFFICE,
    "publications.PaperStatement.changed_by": IN_OFFICE,
    "publications.Point.marked_by": IN_OFFICE,
    "publications.Weighing.weighed_by": IN_OFFICE,
    "publications.Objection.replied_by": IN_OFFICE,
}


def test_every_column_that_tells_of_a_person_is_in_their_copy_or_has_a_reason() -> None:
    columns = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if _tells_of_a_person(field)
    }

    refuse(columns - set(EXPORTED) - set(NOT_EXPORTED), "collect it in the app's personal_data_of, or say why not here")
    refuse((set(EXPORTED) | set(NOT_EXPORTED)) - columns, "the column is gone: remove the line")


def _tells_of_a_person(field: "Field[object, object]") -> bool:
    if isinstance(field, ForeignKey):
        return field.related_model is User
    return field.name in {"email", "person_id", "to", "user_id"}


@pytest.mark.django_db
def test_what_is_said_to_be_in_the_copy_is(at: datetime) -> None:
    data = collected(somebody_known_everywhere(at), at=at)

    refuse((place for place in EXPORTED.values() if not _found(data, place)), "mend the collector, or the table")


def _found(data: dict[str, dict[str, object]], place: str) -> bool:
    file, section = place.split(".")
    is_of_staff = file in {"moderation", "publications", "consultations"} or section in {"roles", "sessions", "exports"}
    return section in data[file] if is_of_staff else bool(data[file].get(section))


@pytest.mark.django_db
def test_the_page_tells_everything_with_its_value(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(somebody_known_everywhere(at)).get(DATA).content.decode()

    for told in (
        NAME,
        ADDRESS.lower(),
        "Second.Q@example.org",
        "At the town-hall desk",
        "Passport and health card",
        "Klintmose",
        "A key stands for you",
        "Another one stands for your address",
        "Waits to be printed",
        "Verification at the desk",
        "An official",
        "3 contributions",
        "1 meeting you have signed up for",
        "12345678",
    ):
        assert told in page, told


@pytest.mark.django_db
def test_the_page_tells_no_key_no_code_and_no_name_of_staff(as_seen_by: Browser, at: datetime) -> None:
    page = as_seen_by(somebody_known_everywhere(at)).get(DATA).content.decode()

    for hidden in ("k" * 64, "a" * 64, "n" * 64, "c" * 64, "SEALED", "subject-of-ludmilla", "Olaf Overgaard"):
        assert hidden not in page


@pytest.mark.django_db
def test_nobody_finds_anything_of_somebody_else(as_seen_by: Browser, at: datetime) -> None:
    somebody_known_everywhere(at)
    stranger = factories.a_writer(at)

    page = as_seen_by(stranger).get(DATA).content.decode()

    assert NAME not in page
    assert "You are not verified as a resident" in page
    assert "Nobody has looked you up" in page


@pytest.mark.django_db
def test_a_hold_is_told(as_seen_by: Browser, at: datetime) -> None:
    person = personas.unverified(at=at)
    administrator = personas.administrator(at=at)
    later = at.date().replace(month=12)
    place_hold(held=HeldSubject.PERSON, held_id=person.pk, reason="Secret.", review_on=later, by=administrator, at=at)

    page = as_seen_by(person).get(DATA).content.decode()

    assert "A legal case needs" in page
    assert "Secret." not in page
