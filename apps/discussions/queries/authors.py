"""What stands beside a text: the one place that decides it, for forms, previews and receipts alike."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Subquery, Value
from django.db.models.expressions import Combinable

from apps.accounts.enums import OrganisationStatus
from apps.accounts.models import Organisation, User
from apps.accounts.queries import organisation_of
from apps.accounts.rules import is_person
from apps.consultations.enums import NamePolicy
from apps.consultations.models import Consultation
from apps.discussions.engine.names import first_name_and_district, somebody_of
from apps.discussions.models import OffsiteAuthor
from apps.municipality.queries import post_of, the_municipality
from apps.residency.queries import residency_of


@dataclass(frozen=True, kw_only=True)
class Author:
    """Who writes, as the record keeps it. `name_hidden`: the name is a label, because the person's is protected."""

    name: str
    person: User | None = None
    offsite: OffsiteAuthor | None = None
    title: str = ""
    district: str = ""
    is_resident: bool = False
    is_organisation: bool = False
    name_hidden: bool = False


def public_name(person: User, *, policy: str, residence: str | None, organisation: str | None) -> Author:
    """Return how a person stands beside what they write.

    `residence` is the district of a verified resident (perhaps empty), None for anyone else; `organisation` the name
    of the confirmed organisation whose account it is. An organisation is nobody's residency. A protected name is
    replaced whatever the policy, and no district stands beside it (CPR-loven § 28).
    """
    if organisation:
        return Author(name=organisation, person=person, is_organisation=True)
    is_resident, district = residence is not None, residence or ""
    if person.has_protected_name:
        name = somebody_of(the_municipality().name)
        return Author(name=name, person=person, is_resident=is_resident, name_hidden=True)
    name = person.display_name
    if policy == NamePolicy.FIRST_NAME:
        name = first_name_and_district(name, district)
    return Author(name=name, person=person, district=district, is_resident=is_resident)


def author_of(person: User, consultation: Consultation, *, at: datetime) -> Author:
    """Return how the person stands beside what they write there at that moment. Two queries."""
    residency, organisation = residency_of(person, at=at), organisation_of(person)
    return public_name(
        person,
        policy=consultation.name_policy,
        residence=residency.district_name if residency else None,
        organisation=organisation.name if organisation else None,
    )


def organisation_beside(viewer: Any) -> Combinable:
    """Return an expression for the name of the viewer's confirmed organisation, None for anyone else.

    For a query of a page that tells writers what will stand beside their text.
    """
    if not is_person(viewer):
        return Value(None, output_field=CharField())
    mine = Organisation.objects.filter(account=viewer, status=OrganisationStatus.CONFIRMED)
    return Subquery(mine.values_list("name")[:1], output_field=CharField())


def answering_author(official: User) -> Author:
    """Return how an official stands beside the municipality's answer: with name and title, which are public in office.

    One whose name is protected stands there with the title alone.
    """
    if official.has_protected_name:
        office = the_municipality().name
        return Author(name=post_of(official.job_title), person=official, title=office, name_hidden=True)
    return Author(name=official.display_name, person=official, title=official.job_title)
