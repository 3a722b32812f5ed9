"""States of answers that are being written, who has to answer, and the kinds of entries about both."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class DraftStatus(models.TextChoices):
    """Where an answer that is being written stands."""

    WRITING = "writing", _("Being written")
    WITH_READER = "with_reader", _("With a second reader")
    SENT_BACK = "sent_back", _("Sent back by the reader")
    PUBLISHED = "published", _("Published")


class Assignee(models.TextChoices):
    """Who was given something to answer. The ledger tells this and no name."""

    OFFICIAL = "official", _("An official")
    DEPARTMENT = "department", _("A department")


class Whose(models.TextChoices):
    """Which of what waits for an answer an official looks at."""

    ALL = "", _("Everything")
    MINE = "mine", _("Given to me")
    NOBODYS = "nobodys", _("Given to nobody yet")


_DRAFT = frozenset({"draft"})

ASSIGNMENT_MADE = Kind(
    "assignment.made", _("No. %(number)s was given to somebody to answer: %(assignee)s."), frozenset({"assignee"})
)
ASSIGNMENT_ENDED = Kind("assignment.ended", _("No. %(number)s is nobody's in particular to answer any more."))
# All that the draft answers from then on, by number.
ANSWER_DRAFTED = Kind(
    "answerdraft.saved",
    _("Officials wrote on an answer (draft %(draft)s) to no. %(numbers)s."),
    frozenset({"draft", "revision", "numbers"}),
)
ANSWER_SENT_TO_READER = Kind(
    "answerdraft.sent", _("A second official was asked to read an answer (draft %(draft)s)."), _DRAFT
)
ANSWER_TAKEN_BACK = Kind(
    "answerdraft.taken_back", _("An answer was taken back from its reader (draft %(draft)s)."), _DRAFT
)
ANSWER_SENT_BACK = Kind("answerdraft.sent_back", _("Its reader sent an answer back (draft %(draft)s)."), _DRAFT)
ANSWER_DISCARDED = Kind("answerdraft.discarded", _("An answer was thrown away unpublished (draft %(draft)s)."), _DRAFT)
ANSWER_DRAFT_PUBLISHED = Kind(
    "answerdraft.published",
    _("Draft %(draft)s became answer no. %(number)s. Read by a second official: %(read)s."),
    frozenset({"draft", "read"}),
)
