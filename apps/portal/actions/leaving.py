"""Leaving: one transaction over every app that knows the person, each by its own action."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.actions import erase_account
from apps.accounts.errors import Held
from apps.accounts.models import User
from apps.accounts.queries import has_role_now_or_later
from apps.accounts.rules import as_citizen
from apps.common.errors import NotAllowed
from apps.consultations.actions import forget_sign_ups
from apps.discussions.actions import forget_agreements, forget_author
from apps.ledger.actions import forget_person
from apps.ledger.models import Actor
from apps.moderation.actions import forget_appeals_of, forget_pauses_of, forget_reports_of, release_claims_of
from apps.notifications.actions import forget_addressee, forget_follower, queue_mail
from apps.notifications.queries import FAREWELL
from apps.portal.actions.exporting import forget_exports
from apps.portal.errors import NotYourAddress, StaffRole
from apps.portal.queries.leaving import is_held
from apps.portal.rendering import farewell
from apps.publications.actions.objections import forget_objections
from apps.residency.actions import forget_resident


@transaction.atomic
def delete_account(*, person: User, typed: str, by: User, at: datetime) -> bool:
    """Take the person out of everything that is kept, and tell them once; answer False when it was done before.

    What they wrote to a hearing stays as a record without their name (offentlighedsloven § 15, arkivloven). Their
    address lives on in the one mail that says goodbye, until that is sent. `typed` is their address as they confirmed
    it. Raises NotAllowed for anybody else, NotYourAddress, StaffRole, Held.
    """
    if person.pk != by.pk:
        raise NotAllowed(_("People delete their own accounts. Nobody can do it for somebody else."))
    person = User.objects.select_for_update().get(pk=person.pk)
    if person.erased_at is not None:
        return False
    if typed.strip().lower() != person.email.lower():
        raise NotYourAddress
    if person.is_staff or has_role_now_or_later(person):
        raise StaffRole
    if is_held(person):
        raise Held
    address, (subject, body) = person.email, farewell(person)
    take_out(person=person, reason="own_wish", by=as_citizen(person), at=at)
    queue_mail(to=address, subject=subject, body=body, key=f"{FAREWELL}:{person.pk}", at=at)
    return True


@transaction.atomic
def take_out(*, person: User, reason: str, by: Actor, at: datetime) -> bool:
    """Take the person out of every app, in one transaction; answer False when it was done before.

    Highest app first, so that each still finds what it refers to. The ledger forgets last, also who did all this.
    `reason` is a code: own_wish or retention. Raises Held while a legal hold is on the person.
    """
    forget_exports(person=person)
    forget_addressee(person=person)
    forget_follower(person=person)
    release_claims_of(person=person)
    forget_appeals_of(person=person, by=by, at=at)
    forget_pauses_of(person=person)
    forget_reports_of(person=person)
    forget_objections(person=person)
    forget_agreements(person=person)
    forget_author(person=person, by=by, at=at)
    forget_sign_ups(person=person, at=at)
    forget_resident(person=person, by=by, at=at)
    done = erase_account(person=person, reason=reason, by=by, at=at)
    forget_person(person_id=person.pk)
    return done
