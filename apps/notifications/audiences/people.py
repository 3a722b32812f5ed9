"""Whom news about residency, roles and accounts is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from apps.accounts.enums import (
    ORGANISATION_CONFIRMED,
    ORGANISATION_ENDED,
    ORGANISATION_REFUSED,
    ROLE_ENDED,
    ROLE_GRANTED,
    OrganisationStatus,
    Role,
)
from apps.accounts.models import Organisation, RoleAssignment, User
from apps.accounts.queries import organisations_by_ids, people_by_ids, roles_in_force
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.residency.enums import RESIDENCY_ENDED, RESIDENCY_GRANTED, EndReason, ResidencyStatus
from apps.residency.models import Residency
from apps.residency.queries import residencies_by_ids

TOLD_OF_RESIDENCY = frozenset({RESIDENCY_GRANTED.name, RESIDENCY_ENDED.name})
TOLD_OF_ROLE = frozenset({ROLE_GRANTED.name, ROLE_ENDED.name})
STANDING_AFTER = {
    ORGANISATION_CONFIRMED.name: OrganisationStatus.CONFIRMED,
    ORGANISATION_REFUSED.name: OrganisationStatus.REFUSED,
    ORGANISATION_ENDED.name: OrganisationStatus.ENDED,
}
TOLD_OF_ACCOUNT = TOLD_OF_ROLE.union(STANDING_AFTER)
# Those who renew know it, and a day that was told long before is no news.
NO_NEWS = frozenset({EndReason.RENEWED.value, EndReason.EXPIRED.value})


@dataclass(frozen=True, kw_only=True)
class ResidencyNews:
    """One thing to tell somebody about their residency."""

    entry: Entry
    to: User
    residency: Residency


def residency_news_in(entries: Sequence[Entry]) -> list[ResidencyNews]:
    """Return whom to tell what about these entries, in their order: one query, however many there are."""
    told = [entry for entry in entries if entry.kind in TOLD_OF_RESIDENCY and _is_news(entry)]
    rows = residencies_by_ids({entry.subject_id for entry in told}) if told else {}
    return [
        ResidencyNews(entry=entry, to=row.person, residency=row)
        for entry in told
        if (row := rows.get(entry.subject_id)) is not None and row.person.is_active and _still_so(entry, row)
    ]


def _is_news(entry: Entry) -> bool:
    if entry.kind == RESIDENCY_GRANTED.name:
        return entry.actor_role == ActorRole.OFFICIAL
    return facts_of(entry)["reason"] not in NO_NEWS


def _still_so(entry: Entry, residency: Residency) -> bool:
    """A residency that was granted and has ended since is told of once: by its end."""
    return entry.kind == RESIDENCY_ENDED.name or residency.status != ResidencyStatus.ENDED


@dataclass(frozen=True, kw_only=True)
class AccountNews:
    """One thing to tell somebody about a staff role of theirs, or about their organisation."""

    entry: Entry
    to: User
    role: Role | None = None
    assignment: RoleAssignment | None = None
    organisation: Organisation | None = None


def account_news_in(entries: Sequence[Entry]) -> list[AccountNews]:
    """Return whom to tell what about these entries: three queries, however many there are, and none for none."""
    news = [
        *_of_roles([entry for entry in entries if entry.kind in TOLD_OF_ROLE]),
        *_of_organisations([entry for entry in entries if entry.kind in STANDING_AFTER]),
    ]
    return [one for one in news if one.to.is_active]


def _of_roles(told: Sequence[Entry]) -> Iterator[AccountNews]:
    """What is no longer so is not told: a later entry tells the rest.

    Nor is a role that was given on the command line, by whoever sets the site up: nobody here has done that.
    """
    ids = {entry.subject_id for entry in told}
    people = people_by_ids(ids) if ids else {}
    standing = roles_in_force(ids) if ids else {}
    for entry in told:
        role, person = Role(facts_of(entry)["role"]), people.get(entry.subject_id)
        assignment = standing.get((entry.subject_id, role.value))
        is_so = assignment is None if entry.kind == ROLE_ENDED.name else bool(assignment and assignment.granted_by_id)
        if person is not None and is_so:
            yield AccountNews(entry=entry, to=person, role=role, assignment=assignment)


def _of_organisations(told: Sequence[Entry]) -> Iterator[AccountNews]:
    rows = organisations_by_ids({entry.subject_id for entry in told}) if told else {}
    for entry in told:
        row = rows.get(entry.subject_id)
        if row is not None and row.status == STANDING_AFTER[entry.kind]:
            yield AccountNews(entry=entry, to=row.account, organisation=row)
