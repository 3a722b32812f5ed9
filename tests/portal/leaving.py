"""People who have something kept about them everywhere, and log-ins that were confirmed just now."""

import time
from datetime import datetime
from typing import Any

from django.apps import apps
from django.test import Client

from apps.accounts.actions import note_look_up
from apps.accounts.engine.second_step import METHODS, WHOSE_METHODS
from apps.accounts.enums import LookUpReason
from apps.accounts.models import Organisation, User
from apps.accounts.rules import as_official
from apps.consultations.actions import sign_up
from apps.consultations.models import Topic
from apps.discussions.actions import agree, revise_contribution
from apps.discussions.enums import ContributionKind
from apps.moderation.actions import decide_contribution, submit_appeal, submit_pause_appeal, submit_report
from apps.moderation.queries import decision_to_appeal
from apps.municipality.models import District
from apps.notifications.actions import follow_consultation, queue_letters
from apps.notifications.engine.letters import Letter
from apps.portal.models import DataExport
from apps.residency.actions import ShownAtDesk, grant_residency
from apps.residency.enums import LetterStatus
from apps.residency.models import Letter as PaperLetter
from apps.residency.models import Residency
from tests import factories, personas
from tests.moderation.cases import a_notice
from tests.moderation.desk import refuse
from tests.moderation.pauses import a_pause

NAME, ADDRESS, STREET = "Ludmilla Ørnsholt-Quist", "Ludmilla.Q@Example.org", "Sæbeurtvej 17"


def somebody_known_everywhere(at: datetime) -> User:
    """Return a resident of whom every app holds something."""
    person = personas.unverified(at=at, email=ADDRESS, display_name=NAME)
    clerk = factories.an_official(at)
    district, _made = District.objects.get_or_create(name="Klintmose")
    shown = ShownAtDesk(document="passport", name=NAME, address=f"{STREET}, 9999 Vesterhav")
    grant_residency(person=person, district=district, by=clerk, at=at, shown=shown)
    Residency.objects.filter(person=person).update(
        person_key="k" * 64, key_version=1, key_issuer="desk", end_sentence=f"Told by {NAME}"
    )
    note_look_up(person=person, reason=LookUpReason.DESK, by=as_official(clerk), at=at)
    Organisation.objects.create(
        account=person, name="Ørnsholt-Quist ApS", cvr="12345678", speaker=NAME, status="ended", requested_at=at
    )
    hearing = factories.a_hearing(at=at)
    topic = factories.the_topic(hearing)
    follow_consultation(person=person, consultation=hearing, at=at)
    sign_up(meeting=factories.a_meeting(hearing, at=at), companions=1, by=person, at=at)
    file = factories.a_file(name=f"House of {NAME}", about=f"{NAME} lives here", content=f"%PDF-1.7 {NAME}".encode())
    text = factories.a_contribution(topic, at=at, body="The first words.", by=person, files=[file])
    revise_contribution(contribution=text, kind=ContributionKind.VIEW, body="Better words.", by=person, at=at)
    factories.a_published(topic, at=at, body="Everyone may read this.", by=person)
    _reports_and_appeals(person, topic, at)
    _letters(person, at)
    _mails(person, at)
    _of_allauth(person, at)
    return person


def _reports_and_appeals(person: User, topic: Topic, at: datetime) -> None:
    """Two reports, one signed out, an appeal, and a pause with an appeal; their words hold the person's name."""
    for by, email in ((person, ""), (None, ADDRESS)):
        text = factories.a_published(topic, at=at, by=factories.a_writer(at))
        notice = a_notice(explanation=f"I, {NAME}, am hurt", email=email)
        submit_report(contribution=text, notice=notice, by=by, at=at)
        agree(contribution=text, by=person, at=at)
    refused = factories.a_contribution(topic, at=at, by=person)
    decide_contribution(contribution=refused, ruling=refuse(), by=factories.a_moderator(at), at=at)
    decision = decision_to_appeal(refused)
    assert decision is not None
    submit_appeal(decision=decision, text=f"{NAME} meant it well.", by=person, at=at)
    pause = a_pause(refused, at=at, sentence=f"{NAME}, you attacked a neighbour.", internal_facts=f"{NAME} again")
    submit_pause_appeal(pause=pause, text=f"{NAME} meant it well again.", by=person, at=at)


def _letters(person: User, at: datetime) -> None:
    keys = {"address_key": "a" * 64, "name_address_key": "n" * 64, "requested_at": at}
    PaperLetter.objects.create(
        person=person, status=LetterStatus.REQUESTED, name=NAME, address=STREET, postal_line="9999 Vesterhav", **keys
    )
    PaperLetter.objects.create(
        person=person,
        status=LetterStatus.USED,
        code_hash="c" * 64,
        sentence=f"For {NAME}",
        posted_at=at,
        closed_at=at,
        **keys,
    )


def _mails(person: User, at: datetime) -> None:
    mail = [
        Letter(to=person.email, subject=f"To {NAME}", body=f"Hello {NAME}", key="one"),
        Letter(to=person.email.upper(), subject="Shouted", body="Hello", key="two"),
        Letter(to="old@example.org", subject="Changed", body=f"Your address is now {ADDRESS}.", key="three"),
    ]
    queue_letters(letters=mail, at=at)


def _of_allauth(person: User, at: datetime) -> None:
    addresses: Any = apps.get_model("account", "EmailAddress")
    addresses.objects.create(user=person, email="Second.Q@example.org", verified=False, primary=False)
    factors: Any = apps.get_model("mfa", "Authenticator")
    factors.objects.create(user=person, type="totp", data={"secret": "SEALED"}, created_at=at)
    identities: Any = apps.get_model("socialaccount", "SocialAccount")
    identities.objects.create(user=person, provider="mitid", uid="subject-of-ludmilla", extra_data={})


def an_export(person: User, at: datetime, **changes: Any) -> DataExport:
    """Return an export as asked for at that moment, with these changes."""
    return DataExport.objects.create(person=person, requested_at=at, **changes)


def confirmed_just_now(browser: Client, person: User) -> Client:
    """Return the browser after its person typed their password once more."""
    session = browser.session
    confirmed = {"method": "password", "at": time.time(), "email": person.email, "reauthenticated": True}
    session[METHODS] = [*session.get(METHODS, []), confirmed]
    session[WHOSE_METHODS] = str(person.pk)
    session.save()
    return browser
