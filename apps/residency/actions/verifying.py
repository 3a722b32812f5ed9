"""Verification by MitID."""

from datetime import datetime

from apps.accounts.actions import protect_name
from apps.accounts.models import User
from apps.accounts.rules import as_citizen
from apps.common.permissions import require
from apps.municipality.queries import the_municipality
from apps.residency.actions.granting import open_residency_of
from apps.residency.engine.evidence import Evidence
from apps.residency.enums import Method
from apps.residency.models import Residency
from apps.residency.queries import was_verified_for_another, why_no_residency


def keep_protection(*, person: User, evidence: Evidence, at: datetime) -> bool:
    """Protect the account's name if MitID says so of its owner; answer whether that began now.

    Not on an account that was verified for somebody else: it says nothing of them.
    """
    if not evidence.is_protected or was_verified_for_another(person, evidence.keys):
        return False
    return protect_name(person=person, by=as_citizen(person), at=at)


def verify_with_mitid(*, person: User, evidence: Evidence, at: datetime, moves: bool = False) -> Residency:
    """Make the person a verified resident on the word of MitID; a residency that still holds is renewed.

    When somebody of the same name at the same address is a resident on another account, and no key of theirs shows
    that they are another person, the residency waits for a second official.
    A name that MitID says is protected is protected here too, whatever comes of the residency.
    Raises LivesElsewhere, AccountOfAnother when the account was verified for somebody else, PersonHasResidency when
    the person has a residency on another account and does not move it, AddressNotConfirmed, NotAllowed.
    """
    require("residency.verify_oneself", person)
    keep_protection(person=person, evidence=evidence, at=at)
    refused = why_no_residency(person, evidence)
    if refused is not None:
        raise refused
    by, municipality = as_citizen(person), the_municipality()
    facts = {
        "method": Method.MITID,
        "district_id": evidence.district_id,
        "assurance_level": evidence.assurance_level,
        "age_band": evidence.age_band if municipality.asks_age_band else "",
        "address_key": evidence.address_key,
    }
    keys, named = evidence.keys, evidence.named
    return open_residency_of(person=person, facts=facts, keys=keys, named=named, by=by, at=at, moves=moves, renews=True)
