"""Accounts of associations and companies."""

from datetime import datetime

from django.db import IntegrityError, transaction

from apps.accounts.engine.cvr import cvr_digits, is_cvr
from apps.accounts.enums import (
    ORGANISATION_CONFIRMED,
    ORGANISATION_ENDED,
    ORGANISATION_REFUSED,
    ORGANISATION_REQUESTED,
    OrganisationStatus,
)
from apps.accounts.errors import AlreadyDecided, CvrTaken, OrganisationHasAccount, UnfitCvr, UnfitName
from apps.accounts.models import Organisation, User
from apps.accounts.queries import ASKED_OR_CONFIRMED, other_organisation_with
from apps.accounts.rules import as_citizen, as_official
from apps.common.names import why_not_a_name
from apps.common.permissions import require
from apps.common.richtext import one_line
from apps.ledger.actions import record
from apps.ledger.enums import Kind


@transaction.atomic
def request_organisation(*, name: str, cvr: str, speaker: str, by: User, at: datetime) -> Organisation:
    """Ask the municipality to make the account one of an organisation; a refused request can be sent again.

    Raises NotAllowed for staff and for those who will be, UnfitName, UnfitCvr, CvrTaken when another account speaks for
    the number, AlreadyDecided when the account is an organisation's already or has asked.
    """
    person = User.objects.select_for_update().get(pk=by.pk)
    require("accounts.request_organisation", person)
    shown = " ".join(name.split())
    sentence = why_not_a_name(shown)
    if sentence is not None:
        raise UnfitName(sentence)
    digits = cvr_digits(cvr)
    if not is_cvr(digits):
        raise UnfitCvr
    if Organisation.objects.filter(account=person, status__in=ASKED_OR_CONFIRMED).exists():
        raise AlreadyDecided
    if other_organisation_with(digits, but=person.pk):
        raise CvrTaken
    facts = {
        "name": shown,
        "cvr": digits,
        "speaker": one_line(speaker),
        "status": OrganisationStatus.REQUESTED,
        "requested_at": at,
        "decided_at": None,
        "decided_by": None,
        "sentence": "",
    }
    organisation, _made = Organisation.objects.update_or_create(account=person, defaults=facts)
    record(ORGANISATION_REQUESTED, subject=organisation, by=as_citizen(by), at=at)
    return organisation


def confirm_organisation(*, organisation: Organisation, by: User, at: datetime) -> None:
    """Let the account write as the organisation from now on.

    Raises NotAllowed, AlreadyDecided, OrganisationHasAccount when another account speaks for this CVR number.
    """
    try:
        _decide(
            organisation, ORGANISATION_CONFIRMED, OrganisationStatus.REQUESTED, OrganisationStatus.CONFIRMED, by, at
        )
    except IntegrityError:
        raise OrganisationHasAccount from None


def refuse_organisation(*, organisation: Organisation, sentence: str, by: User, at: datetime) -> None:
    """Say no with a sentence the applicant reads. Raises NotAllowed, AlreadyDecided."""
    _decide(
        organisation,
        ORGANISATION_REFUSED,
        OrganisationStatus.REQUESTED,
        OrganisationStatus.REFUSED,
        by,
        at,
        sentence=sentence,
    )


def end_organisation(*, organisation: Organisation, sentence: str, by: User, at: datetime) -> None:
    """Let the account no longer write as the organisation. What it wrote keeps the label. Raises as above."""
    _decide(
        organisation,
        ORGANISATION_ENDED,
        OrganisationStatus.CONFIRMED,
        OrganisationStatus.ENDED,
        by,
        at,
        sentence=sentence,
    )


@transaction.atomic
def _decide(  # noqa: PLR0913, PLR0917 - what a decision is made of
    organisation: Organisation,
    kind: Kind,
    former: OrganisationStatus,
    status: OrganisationStatus,
    by: User,
    at: datetime,
    sentence: str = "",
) -> None:
    require("accounts.decide_organisation", by, organisation)
    # As it was read: a request that was refused and sent again with other facts is another one.
    standing = Organisation.objects.filter(pk=organisation.pk, status=former, requested_at=organisation.requested_at)
    if not standing.update(status=status, decided_at=at, decided_by=by, sentence=one_line(sentence)):
        raise AlreadyDecided
    record(kind, subject=organisation, by=as_official(by), at=at)
