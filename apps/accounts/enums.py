"""Staff roles, states of people's rows, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Role(models.TextChoices):
    """What somebody of the municipality does here."""

    MODERATOR = "moderator", _("Moderator")
    OFFICIAL = "official", _("Official")
    ADMINISTRATOR = "administrator", _("Administrator")


class RoleStatus(models.TextChoices):
    """Where the assignment of a role stands."""

    PLANNED = "planned", _("Begins later")
    ACTIVE = "active", _("In force")
    ENDED = "ended", _("Ended")


class OrganisationStatus(models.TextChoices):
    """Where an organisation's account stands."""

    REQUESTED = "requested", _("Waits for the municipality")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Not confirmed")
    ENDED = "ended", _("Ended")


class OrganisationList(models.TextChoices):
    """The lists of the desk for organisations."""

    WAITING = "waiting", _("Waiting")
    CONFIRMED = "confirmed", _("Confirmed")
    CLOSED = "closed", _("Not confirmed or ended")


class HeldSubject(models.TextChoices):
    """What a hold keeps out of reach of retention and erasure."""

    PERSON = "person", _("A person's account")
    CONTRIBUTION = "contribution", _("A contribution")


class LookUpReason(models.TextChoices):
    """What a member of staff looked a person up for."""

    DESK = "desk", _("verification at the desk")
    LETTER = "letter", _("a letter with a code")
    DOUBLE = "double", _("a possible double")
    ORGANISATION = "organisation", _("an organisation's account")
    ROLE = "role", _("a staff role")
    HOLD = "hold", _("a legal hold")


ROLE_GRANTED = Kind("role.granted", _("Somebody became %(role)s."), frozenset({"role"}))
ROLE_ENDED = Kind("role.ended", _("Somebody ceased to be %(role)s."), frozenset({"role"}))
PERSON_LOOKED_UP = Kind("person.looked_up", _("Staff looked a person up (%(reason)s)."), frozenset({"reason"}))
NAME_PROTECTED = Kind("name.protected", _("A person's name is protected from now on."), frozenset())
SECOND_STEP_RESET = Kind("factors.removed", _("The second step of an account was taken away."), frozenset())
ACCOUNT_CHANGED = Kind("account.changed", _("A person changed their account."), frozenset())
ACCOUNT_ERASED = Kind("account.erased", _("A person's account was deleted (%(reason)s)."), frozenset({"reason"}))
ORGANISATION_REQUESTED = Kind("organisation.requested", _("An organisation asked for an account."), frozenset())
ORGANISATION_CONFIRMED = Kind("organisation.confirmed", _("An organisation's account was confirmed."), frozenset())
ORGANISATION_REFUSED = Kind("organisation.refused", _("An organisation's account was not confirmed."), frozenset())
ORGANISATION_ENDED = Kind("organisation.ended", _("An organisation's account ended."), frozenset())
HOLD_PLACED = Kind("hold.placed", _("A legal hold was placed on %(held)s."), frozenset({"held"}))
HOLD_LIFTED = Kind("hold.lifted", _("A legal hold on %(held)s was lifted."), frozenset({"held"}))
