"""What is about the people of the town, in every state: roles, organisations, holds, residencies, letters, copies."""

from datetime import timedelta
from itertools import count
from typing import Any

from apps.accounts.actions import (
    confirm_organisation,
    end_organisation,
    grant_role,
    place_hold,
    refuse_organisation,
    request_organisation,
)
from apps.accounts.enums import HeldSubject, Role
from apps.accounts.models import Organisation, RoleAssignment, User
from apps.accounts.rules import THE_SYSTEM
from apps.discussions.actions import confirm_erasure, propose_erasure
from apps.discussions.enums import ErasureGround
from apps.discussions.models import Contribution, TextErasure
from apps.moderation.actions import Ruling, decide_contribution
from apps.moderation.enums import Outcome
from apps.moderation.indicators import is_sampled
from apps.moderation.models import Decision
from apps.portal.actions import build_export, claim_export, clear_exports, request_export
from apps.portal.models import DataExport
from apps.residency.actions import (
    ShownAtDesk,
    end_own_residency,
    enter_code,
    grant_residency,
    make_batch,
    make_codes,
    post_letters,
    request_letter,
    verify_with_mitid,
)
from apps.residency.engine.addresses import RegisteredAddress
from apps.residency.engine.evidence import Evidence
from apps.residency.engine.person_keys import person_keys
from apps.residency.models import Letter, LetterBatch, Residency
from apps.screening.actions import EmployeeFacts, add_word, end_employee, end_word, protect_employee
from apps.screening.enums import WordLanguage
from apps.screening.models import ListedWord, ProtectedEmployee
from tests import factories, personas
from tests.permissions.town import DAY, Town

CVRS = {"requested": "13612870", "confirmed": "61056416", "refused": "24256790", "ended": "10150817"}
CODE = "0661"


def account(town: Town, name: str) -> User:
    """Return a new account."""
    return personas.unverified(at=town.at, email=f"{name}@example.org", display_name=f"{name.capitalize()} Person")


def moderators(town: Town) -> User:
    """Return a second moderator."""
    milo = account(town, "milo")
    grant_role(person=milo, role=Role.MODERATOR, by=THE_SYSTEM, at=town.at)
    return milo


def roles(town: Town) -> dict[str, RoleAssignment]:
    """Return one that begins later, one in force, and the administrator's own."""
    found = {}
    for state, begins in (("planned", town.at + DAY), ("active", town.at)):
        person = account(town, f"role.{state}")
        grant_role(person=person, role=Role.OFFICIAL, by=THE_SYSTEM, at=town.at, starts_at=begins)
        found[state] = RoleAssignment.objects.select_related("person").get(person=person)
    own = RoleAssignment.objects.select_related("person").get(person=town.person("adm"))
    return found | {"own": own}


def organisations(town: Town) -> dict[str, Organisation]:
    """Return one in each state."""
    official, found = town.person("off"), {}
    for state, cvr in CVRS.items():
        by = account(town, f"org.{state}")
        asked = request_organisation(name=f"Club {state}", cvr=cvr, speaker="Somebody", by=by, at=town.at)
        if state in {"confirmed", "ended"}:
            confirm_organisation(organisation=asked, by=official, at=town.at)
        if state == "refused":
            refuse_organisation(organisation=asked, sentence="Not reached.", by=official, at=town.at)
        if state == "ended":
            end_organisation(organisation=asked, sentence="Closed.", by=official, at=town.at)
        found[state] = Organisation.objects.select_related("account").get(pk=asked.pk)
    return found


def accounts(town: Town) -> dict[str, User]:
    """Return accounts that something is done to: a free one, one that is held, one that is closed, staff's own."""
    closed = account(town, "closed")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    people = {name: town.person(name) for name in ("off", "adm", "org")}
    return people | {
        "free": account(town, "free"),
        "held": account(town, "held"),
        "resident": town.person("res"),
        "closed": closed,
    }


def holds(town: Town) -> dict[str, Any]:
    """Return one that stands."""
    held, review = town.more["accounts"]["held"].pk, (town.at + 90 * DAY).date()
    reason, by = "A case.", town.person("adm")
    placed = place_hold(held=HeldSubject.PERSON, held_id=held, reason=reason, review_on=review, by=by, at=town.at)
    return {"standing": placed}


def erasures(town: Town, milo: User) -> dict[str, TextErasure]:
    """Return a proposal of a colleague and one of the moderator's own."""
    found = {}
    for state, by in (("proposed", milo), ("by_mod", town.person("mod"))):
        text = factories.a_published(town.topic("open"), at=town.at, body=f"about {state}", by=town.person("own"))
        found[state] = propose_erasure(
            contribution=text, ground=ErasureGround.THIRD_PARTY, sentence="A name.", by=by, at=town.at
        )
    return {state: TextErasure.objects.select_related("contribution").get(pk=row.pk) for state, row in found.items()}


def decisions(town: Town, milo: User) -> dict[str, Decision]:
    """Return decisions to publish: the moderator's own of now and of a while ago, and a colleague's."""
    found = {}
    for state, by, before in (("just", "mod", 0), ("earlier", "mod", 120), ("colleague", "", 0)):
        at = town.at - timedelta(seconds=before)
        text = factories.a_contribution(town.topic("open"), at=at, body=f"decided {state}", by=town.person("own"))
        ruling = Ruling(outcome=Outcome.PUBLISH, version=1)
        found[state] = decide_contribution(contribution=text, ruling=ruling, by=town.person(by) if by else milo, at=at)
    return found


def an_erased_text(town: Town, milo: User) -> Contribution:
    """Return a text that two moderators erased."""
    text = factories.a_published(town.topic("open"), at=town.at, body="it is erased", by=town.person("own"))
    ground = ErasureGround.THIRD_PARTY
    asked = propose_erasure(contribution=text, ground=ground, sentence="A name.", by=milo, at=town.at)
    confirm_erasure(erasure=asked, by=town.person("mod"), at=town.at)
    return Contribution.stored.select_related("consultation", "topic").get(pk=text.pk)


def a_sampled_decision(town: Town, milo: User) -> dict[str, Decision]:
    """Return one of the decisions that are read a second time; Milo made it."""
    text = factories.a_contribution(town.topic("open"), at=town.at, body="it is read twice", by=town.person("own"))
    ruling = Ruling(outcome=Outcome.PUBLISH, version=1)
    decision = decide_contribution(contribution=text, ruling=ruling, by=milo, at=town.at)
    # Far beyond what the database gives out by itself.
    sampled = next(pk for pk in count(decision.pk + 1_000_000) if is_sampled(pk))
    Decision.objects.filter(pk=decision.pk).update(id=sampled)
    return {"sampled": Decision.objects.select_related("case__contribution").get(pk=sampled)}


def residencies(town: Town) -> dict[str, Residency]:
    """Return one by MitID, one that ran out, one that ended, one that the official granted, and two that wait."""
    at, colleague, official = town.at, town.colleague, town.person("off")
    found = {
        "mitid": _by_mitid(town, "mitid", at),
        "expired": _by_mitid(town, "expired", at - 800 * DAY),
        "ended": _by_mitid(town, "ended", at),
        "granted": grant_residency(person=account(town, "granted"), district=town.district, by=official, at=at),
    }
    end_own_residency(residency=found["ended"], by=found["ended"].person, at=at)
    for state, by in (("proposed", colleague), ("by_off", official)):
        shown = ShownAtDesk(document="passport", name=f"Double {state}", address="Havnegade 1, 6990 Ulfborg")
        for number in (1, 2):  # the second waits
            person = account(town, f"{state}.{number}")
            found[state] = grant_residency(person=person, district=town.district, by=by, at=at, shown=shown)
    return {state: Residency.objects.select_related("person").get(pk=row.pk) for state, row in found.items()}


def _by_mitid(town: Town, name: str, at: Any) -> Residency:
    told = Evidence(
        municipality_code=CODE,
        district_id=town.district.pk,
        assurance_level="substantial",
        age_band="",
        is_protected=False,
        keys=person_keys("https://broker.example", name, {1: "s" * 40}),
    )
    return verify_with_mitid(person=account(town, name), evidence=told, at=at)


def letters(town: Town) -> tuple[dict[str, Letter], dict[str, LetterBatch]]:
    """Return letters in each state, one of them the official's own, and batches that are open."""
    at, colleague = town.at, town.colleague
    states = ("requested", "posted", "used", "locked", "batched", "printed")
    people = {state: account(town, f"letter.{state}") for state in states}
    people["off"] = town.person("off")
    rows = {
        state: request_letter(name="Lone Larsen", home=_home(number), by=person, at=at)
        for number, (state, person) in enumerate(people.items(), start=1)
    }
    went = make_batch(letter_ids=[rows[state].pk for state in ("posted", "used", "locked")], by=colleague, at=at)
    codes = {coded.address: coded.code for coded in make_codes(batch=went, by=colleague, at=at)}
    typed = codes[rows["used"].address]
    post_letters(batch=went, by=colleague, at=at)
    enter_code(typed=typed, by=people["used"], at=at)
    Letter.objects.filter(pk=rows["locked"].pk).update(status="locked", tries=5, code_hash="")
    batches = {
        "open": make_batch(letter_ids=[rows["batched"].pk], by=colleague, at=at),
        "printed": make_batch(letter_ids=[rows["printed"].pk], by=colleague, at=at),
        "with_off": make_batch(letter_ids=[rows["off"].pk], by=colleague, at=at),
    }
    make_codes(batch=batches["printed"], by=colleague, at=at)
    return {state: Letter.objects.get(pk=row.pk) for state, row in rows.items()}, batches


def _home(number: int) -> RegisteredAddress:
    return RegisteredAddress(street="Klintevej", house_number=str(number), postal_code="6990", city="Ulfborg")


def lists(town: Town) -> "tuple[dict[str, ProtectedEmployee], dict[str, ListedWord]]":
    """Return people of the register: in force, elected, ended; and words: one that is looked for, one that is not."""
    by, at = town.colleague, town.at
    people = {
        state: protect_employee(facts=EmployeeFacts(name=name, is_elected=state == "elected"), by=by, at=at - DAY)
        for state, name in (("protected", "Nora Nævnt"), ("elected", "Valdemar Valgt"), ("ended", "Frida Forhen"))
    }
    end_employee(employee=people["ended"], by=by, at=at - DAY)
    words = {state: add_word(word=state, language=WordLanguage.DANISH, by=by, at=at) for state in ("listed", "taken")}
    end_word(listed=words["taken"], by=by, at=at)
    return (
        {state: ProtectedEmployee.objects.get(pk=row.pk) for state, row in people.items()},
        {state: ListedWord.objects.get(pk=row.pk) for state, row in words.items()},
    )


def exports(town: Town) -> dict[str, DataExport]:
    """Return the owner's copies: one that ran out, one that is ready, one that is asked for."""
    own, found = town.person("own"), {}
    for state, at in (("expired", town.at - 9 * DAY), ("ready", town.at - DAY)):
        request_export(person=own, at=at)
        claimed = claim_export(at=at)
        assert claimed
        assert build_export(export=claimed, at=at)
        found[state] = claimed
    clear_exports(at=town.at)
    found["requested"] = request_export(person=own, at=town.at)
    return {state: DataExport.objects.get(pk=row.pk) for state, row in found.items()}
