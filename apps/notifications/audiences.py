"""Who is told about what besides contributions.

About residencies, staff roles and organisations: the person whose it is, when somebody else decided. About a
consultation: those who follow it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

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
from apps.consultations.enums import DEADLINE_EXTENDED, ConsultationState
from apps.consultations.models import Consultation, Phase
from apps.consultations.queries import in_phase_order, phases_of, standing_of, visible_consultations
from apps.ledger.enums import ActorRole
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.notifications.models import Follow
from apps.publications.enums import SUMMARY_PUBLISHED
from apps.publications.queries import published_versions
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
# What followers hear of at once. Opening and closing come with the clock and leave no entry.
TOLD_TO_FOLLOWERS = frozenset({DEADLINE_EXTENDED.name, SUMMARY_PUBLISHED.name})
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


@dataclass(frozen=True)
class Situation:
    """How a consultation stands: its state, the moment that goes with it, and the version of its summary, if any."""

    state: str
    moment: datetime | None
    summary: int


@dataclass(frozen=True)
class Outdated:
    """Those who were told `before` of a consultation that stands as `now`."""

    consultation: Consultation
    before: Situation
    now: Situation

    @property
    def is_new_state(self) -> bool:
        """It opened or closed, or will open on another day."""
        return self.before.state != self.now.state or (
            self.now.state == ConsultationState.PLANNED and self.before.moment != self.now.moment
        )

    @property
    def is_new_deadline(self) -> bool:
        """People can write, as they could, and until another moment."""
        is_open = self.before.state == self.now.state == ConsultationState.OPEN
        return is_open and self.before.moment != self.now.moment

    @property
    def is_new_summary(self) -> bool:
        """There is a summary, or another version of it."""
        return self.now.summary > self.before.summary

    @property
    def is_news(self) -> bool:
        """Something is worth a mail; that a phase which is over ended at another moment is not."""
        return self.is_new_state or self.is_new_deadline or self.is_new_summary


def situation_of(consultation: Consultation, *, at: datetime) -> Situation:
    """Return how the consultation stands at that moment."""
    return _situation(consultation, phases_of(consultation), published_versions([consultation.pk]), at)


def outdated_follows(*, at: datetime) -> list[Outdated]:
    """Return which consultations stand otherwise than some who follow them were told: four queries at most.

    Nobody is told of one that is not public.
    """
    groups = Follow.objects.filter(person__is_active=True).order_by("consultation_id")
    rows = groups.values_list("consultation_id", "told_state", "told_moment", "told_summary").distinct()
    told = [(pk, Situation(state, moment, summary)) for pk, state, moment, summary in rows]
    ids = {pk for pk, _before in told}
    if not ids:
        return []
    shown = visible_consultations(None).prefetch_related(in_phase_order()).in_bulk(ids)
    versions = published_versions(ids)
    now = {pk: _situation(one, list(one.phases.all()), versions, at) for pk, one in shown.items()}
    return [Outdated(shown[pk], before, now[pk]) for pk, before in told if pk in shown and before != now[pk]]


def _situation(
    consultation: Consultation, phases: Sequence[Phase], versions: dict[int, int], at: datetime
) -> Situation:
    standing = standing_of(consultation, phases, at)
    return Situation(standing.state.value, standing.moment, versions.get(consultation.pk, 0))


def follows_to_tell(outdated: Outdated) -> "QuerySet[Follow]":
    """Return the follows of those who were told so before, oldest first, with their people."""
    before = outdated.before
    told = {"told_state": before.state, "told_moment": before.moment, "told_summary": before.summary}
    found = Follow.objects.filter(consultation=outdated.consultation, person__is_active=True, **told)
    return found.select_related("person").order_by("pk")
