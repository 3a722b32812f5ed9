"""How residency is proved, the states it goes through, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Method(models.TextChoices):
    """The way in which somebody proved to live here."""

    MITID = "mitid", _("With MitID")
    LETTER = "letter", _("By a letter with a code")
    DESK = "desk", _("At the town-hall desk")


class ResidencyStatus(models.TextChoices):
    """Where a residency stands. One that is in force may still have run out by its date."""

    PROPOSED = "proposed", _("Waits for a second official")
    ACTIVE = "active", _("Verified")
    ENDED = "ended", _("Ended")


class EndReason(models.TextChoices):
    """Why a residency ended."""

    EXPIRED = "expired", _("it ran out")
    RENEWED = "renewed", _("it was renewed")
    MOVED_ACCOUNT = "moved_account", _("it was moved to another account of the same person")
    MOVED_AWAY = "moved_out", _("the person moved away")
    MISTAKE = "mistake", _("it was granted by mistake")
    DOUBLE = "double", _("the person has it on another account")
    MISUSE = "misuse", _("it was obtained wrongly")
    OWN_WISH = "own_wish", _("the person wished it")
    DECLINED = "declined", _("the second official declined it")


REVOCATION_REASONS = (EndReason.MOVED_AWAY, EndReason.MISTAKE, EndReason.DOUBLE, EndReason.MISUSE)


class ShownDocument(models.TextChoices):
    """The kind of document that was shown at the desk. Nothing of what stands in it is kept."""

    PASSPORT = "passport", _("Passport and health card")
    DRIVING_LICENCE = "driving_licence", _("Driving licence and health card")
    RESIDENCE_CARD = "residence_card", _("Residence card and health card")
    IDENTITY_CARD = "identity_card", _("Danish or EU identity card and health card")
    OTHER = "other", _("Other proof that a colleague has approved")


class AgeBand(models.TextChoices):
    """Roughly how old somebody is, where the municipality asks for it."""

    UNDER_18 = "under_18", _("Under 18")
    TO_29 = "18_29", _("18 to 29")
    TO_44 = "30_44", _("30 to 44")
    TO_64 = "45_64", _("45 to 64")
    FROM_65 = "from_65", _("65 or older")


# How old somebody of a band is at least. Nothing says that of a residency without one.
LEAST_AGES = {
    AgeBand.UNDER_18: 0,
    AgeBand.TO_29: 18,
    AgeBand.TO_44: 30,
    AgeBand.TO_64: 45,
    AgeBand.FROM_65: 65,
}


class LetterStatus(models.TextChoices):
    """Where a letter with a code stands."""

    REQUESTED = "requested", _("Waits to be printed")
    POSTED = "posted", _("Posted")
    USED = "used", _("Used")
    LOCKED = "locked", _("Locked after too many wrong codes")
    EXPIRED = "expired", _("Not used in time")
    CANCELLED = "cancelled", _("Cancelled")


OPEN_LETTERS = (LetterStatus.REQUESTED, LetterStatus.POSTED)

RESIDENCY_GRANTED = Kind(
    "residency.granted", _("A person was verified as a resident (%(method)s)."), frozenset({"method"})
)
RESIDENCY_PROPOSED = Kind(
    "residency.proposed", _("A residency waits for a second official (%(method)s)."), frozenset({"method"})
)
RESIDENCY_ENDED = Kind("residency.ended", _("A person's verified residency ended (%(reason)s)."), frozenset({"reason"}))
LETTER_REQUESTED = Kind("letter.requested", _("Somebody asked for a letter with a code."), frozenset())
LETTER_CANCELLED = Kind("letter.cancelled", _("A letter with a code was cancelled."), frozenset())
LETTER_LOCKED = Kind("letter.locked", _("A code was locked after too many wrong tries."), frozenset())
LETTERS_PRINTED = Kind("letters.printed", _("Letters got new codes, to be printed: %(count)s."), frozenset({"count"}))
LETTERS_POSTED = Kind("letters.posted", _("Letters with codes were posted: %(count)s."), frozenset({"count"}))
RESIDENCIES_CLEARED = Kind(
    "residencies.cleared", _("Residencies that had ended long ago were cleared away: %(count)s."), frozenset({"count"})
)
LETTERS_CLEARED = Kind("letters.cleared", _("Old letters were cleared away: %(count)s."), frozenset({"count"}))
