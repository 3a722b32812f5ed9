"""What a moderator can decide, what comes of reports and appeals, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class Outcome(models.TextChoices):
    """The decision on a contribution: on one that waits, and on one that everyone reads or could read."""

    PUBLISH = "publish", _("Publish")
    REFUSE = "refuse", _("Refuse")
    RETURN = "return", _("Ask for an edit")
    MOVE = "move", _("Move to another topic")
    HIDE = "hide", _("Hide")
    RESTORE = "restore", _("Show again")
    REDACT = "redact", _("Redact a passage")
    LIFT = "lift", _("Put a passage back")
    REVIEW = "review", _("Let it stand")
    HOLD_FILE = "hold_file", _("Hold a file back")
    SHOW_FILE = "show_file", _("Show a file again")


# What was decided, as a table counts it.
DECIDED_AS = {
    Outcome.PUBLISH: _("Published"),
    Outcome.REFUSE: _("Not published"),
    Outcome.RETURN: _("Sent back for an edit"),
    Outcome.MOVE: _("Moved"),
    Outcome.HIDE: _("Hidden"),
    Outcome.RESTORE: _("Shown again"),
    Outcome.REDACT: _("Passage redacted"),
    Outcome.LIFT: _("Passage put back"),
    Outcome.REVIEW: _("Read afterwards"),
    Outcome.HOLD_FILE: _("File held back"),
    Outcome.SHOW_FILE: _("File shown again"),
}


class Verdict(models.TextChoices):
    """What a second reader would have done."""

    PUBLISH = "publish", _("I would publish it")
    REFUSE = "refuse", _("I would not publish it")


DECISION_READ_AGAIN = Kind("decision.reviewed", _("A second moderator read a text that had been decided on."))

# Decisions about one file beside a text, which stays as it is.
OF_FILE = (Outcome.HOLD_FILE, Outcome.SHOW_FILE)
# Decisions that find something wrong with the text or a file beside it: each takes a reason and a sentence that
# everyone can read.
WITH_REASON = (Outcome.REFUSE, Outcome.RETURN, Outcome.HIDE, Outcome.REDACT, Outcome.HOLD_FILE)
# Decisions whose sentence stands beside the text.
NOTED = (Outcome.RESTORE, Outcome.LIFT, Outcome.MOVE)


class ReportOutcome(models.TextChoices):
    """What came of the reports on a text."""

    LEFT = "left", _("The text stays")
    ACTED = "acted", _("The text is no longer shown")
    GONE = "gone", _("The text was taken back or erased meanwhile")


class AppealOutcome(models.TextChoices):
    """What came of an appeal."""

    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision was reversed")
    LAPSED = "lapsed", _("There was nothing left to decide")


# None of these says which text was reported: the numbers of a consultation would then show how often each was.
REPORT_RECEIVED = Kind("report.received", _("A report about a contribution was received."))
REPORT_SETTLED = Kind(
    "report.settled", _("Reports about a contribution were looked into (%(outcome)s)."), frozenset({"outcome"})
)
# An author's appeal is told with its number, a reporter's without.
APPEAL_RECEIVED = Kind("appeal.received", _("Somebody appealed against a decision."))
APPEAL_ENTERED = Kind(
    "appeal.entered",
    _("An appeal against a decision, which came by letter on %(came_on)s, was typed in."),
    frozenset({"came_on"}),
)
APPEAL_UPHELD = Kind("appeal.upheld", _("A different person decided an appeal: the decision stands."))
APPEAL_REVERSED = Kind("appeal.reversed", _("A different person decided an appeal: the decision was reversed."))
# None of these says whose pause it is, nor about which text it was decided.
PAUSE_APPEALED = Kind("pause.appealed", _("Somebody appealed against a pause in their writing."))
PAUSE_UPHELD = Kind(
    "pause.upheld", _("A different person decided an appeal against a pause in writing: the pause was right.")
)
PAUSE_REVERSED = Kind(
    "pause.reversed", _("A different person decided an appeal against a pause in writing: it was reversed.")
)
APPEAL_LAPSED = Kind("appeal.lapsed", _("An appeal was closed: there was nothing left to decide."))
STATEMENT_POSTED = Kind("statement.posted", _("The reasons for a decision on no. %(number)s were sent by post."))
CONFLICT_NOTED = Kind("conflict.noted", _("A moderator noted whom of the staff a text is about, or that it is nobody."))
DEPUTY_NAMED = Kind("deputy.named", _("A deputy was named, who decides where too few moderators are left."))
DEPUTY_ENDED = Kind("deputy.ended", _("Nobody is deputy of the moderators any more."))


class QueuePart(models.TextChoices):
    """Parts of the queue beside those of a consultation, a topic or a kind."""

    OVERDUE = "overdue", _("Overdue")
    EDITED = "edited", _("Changed after a request for an edit")
    FREE = "free", _("Taken by nobody")
    MINE = "mine", _("Taken by me")
    SIGNALS = "signals", _("With signals")
    UNREAD = "unread", _("Published, not read yet")


class QueueThing(models.TextChoices):
    """What stands in the queue."""

    TEXTS = "texts", _("Texts")
    REPORTS = "reports", _("Reports")
    APPEALS = "appeals", _("Appeals")
