"""States of a white paper and of what it weighs, and the kinds of entries about it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class PaperStatus(models.TextChoices):
    """Where the white paper at work stands. What was published before stays readable."""

    DRAFT = "draft", _("Being written")
    IN_REVIEW = "in_review", _("With a second official")
    PUBLISHED = "published", _("Published")


class Disposition(models.TextChoices):
    """What the administration makes of an argument."""

    ACCOMMODATED = "accommodated", _("Accommodated")
    PARTLY = "partly", _("Accommodated in part")
    NOT_ACCOMMODATED = "not_accommodated", _("Not accommodated")
    OUTSIDE = "outside", _("Outside the matter of the hearing")
    NOTED = "noted", _("Taken note of")


class Weight(models.TextChoices):
    """How a contribution is weighed that no statement rests on."""

    NOTED = "noted", _("Noted")
    LEFT_OUT = "left_out", _("Left out")


class LeftOutGround(models.TextChoices):
    """Why a contribution leaves the account: there are no other reasons."""

    SPAM = "spam", _("Advertising or nonsense")
    DOUBLE = "double", _("The same person sent the same text before")


class Treatment(models.TextChoices):
    """How a published version treats a contribution."""

    STATEMENT = "statement", _("A statement rests on it")
    LETTER = "letter", _("A statement rests on the same letter")
    NOTED = "noted", _("Noted")
    LEFT_OUT = "left_out", _("Left out")


class FileState(models.TextChoices):
    """Where the PDF of a version stands."""

    QUEUED = "queued", _("Waits to be made")
    RENDERING = "rendering", _("Is being made")
    DONE = "done", _("Made")
    FAILED = "failed", _("Could not be made")


class Scope(models.TextChoices):
    """What a white paper accounts for."""

    RECEIVED = "received", _("Everything that was received, published or not")
    PUBLISHED = "published", _("What is published")


_STATEMENT = frozenset({"statement", "fingerprint"})
_POINT = frozenset({"statement", "points"})

WHITE_PAPER_BEGUN = Kind("whitepaper.begun", _("An official began the white paper."))
WHITE_PAPER_DRAFTED = Kind("whitepaper.drafted", _("An official wrote on the white paper."))
STATEMENT_ADDED = Kind("statement.added", _("A statement was added to the white paper (%(statement)s)."), _STATEMENT)
STATEMENT_CHANGED = Kind(
    "statement.changed",
    _("A statement of the white paper was changed (%(statement)s)."),
    frozenset({"statement", "disposition", "fingerprint"}),
)
STATEMENT_REMOVED = Kind(
    "statement.removed",
    _("A statement was taken out of the white paper (%(statement)s)."),
    frozenset({"statement"}),
)
# `points` is how many the statement rests on of that number from then on.
POINT_MARKED = Kind(
    "point.marked", _("No. %(number)s was put under statement %(statement)s of the white paper."), _POINT
)
POINT_MOVED = Kind(
    "point.moved",
    _("A point of no. %(number)s was put under statement %(statement)s of the white paper instead of %(from)s."),
    _POINT | {"from", "left"},
)
POINT_UNMARKED = Kind(
    "point.unmarked",
    _("A point of no. %(number)s was taken from statement %(statement)s of the white paper."),
    _POINT,
)
CONTRIBUTIONS_NOTED = Kind(
    "whitepaper.noted", _("Noted with a reason in the white paper: nos. %(numbers)s."), frozenset({"numbers"})
)
CONTRIBUTION_LEFT_OUT = Kind(
    "whitepaper.left_out",
    _("No. %(number)s was left out of the white paper (%(ground)s)."),
    frozenset({"ground", "same_as"}),
)
CONTRIBUTION_UNWEIGHED = Kind("whitepaper.unweighed", _("No. %(number)s waits to be treated in the white paper again."))
WHITE_PAPER_REVIEW_ASKED = Kind("whitepaper.review_asked", _("A second official was asked to read the white paper."))
WHITE_PAPER_TAKEN_BACK = Kind("whitepaper.taken_back", _("The white paper was taken back to be worked on."))
WHITE_PAPER_SENT_BACK = Kind("whitepaper.sent_back", _("A second official sent the white paper back."))
WHITE_PAPER_PUBLISHED = Kind(
    "whitepaper.published",
    _("Version %(version)s of the white paper was published. It accounts for %(received)s contributions."),
    frozenset({"version", "scope", "received", "left_out", "statements", "checksum"}),
)
WHITE_PAPER_REOPENED = Kind(
    "whitepaper.reopened",
    _("A correction of version %(version)s of the white paper was begun."),
    frozenset({"version"}),
)
OBJECTION_RECEIVED = Kind(
    "objection.received", _("The author of no. %(number)s objects to how the white paper renders it.")
)
OBJECTION_ANSWERED = Kind("objection.answered", _("The objection of the author of no. %(number)s was answered."))
