"""Kinds and states of contributions, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind


class ContributionKind(models.TextChoices):
    """What a contribution is meant as. An answer is the municipality's."""

    VIEW = "view", _("View")
    QUESTION = "question", _("Question")
    PROPOSAL = "proposal", _("Proposal")
    ANSWER = "answer", _("Answer")


PEOPLES_KINDS = (ContributionKind.VIEW, ContributionKind.QUESTION, ContributionKind.PROPOSAL)


class ContributionStatus(models.TextChoices):
    """Where a contribution stands. Only a published one shows its text."""

    WAITING = "waiting", _("Waiting for a moderator")
    PUBLISHED = "published", _("Published")
    REFUSED = "refused", _("Not published")
    RETURNED = "returned", _("Sent back to its author")
    HIDDEN = "hidden", _("Hidden by a moderator")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    ERASED = "erased", _("Text erased")
    MOVED = "moved", _("Moved to another consultation")


# States in which a moderator found something wrong with the text, so that a reason stands beside it.
WITH_REASON = (ContributionStatus.REFUSED, ContributionStatus.RETURNED, ContributionStatus.HIDDEN)


class LinkKind(models.TextChoices):
    """How an answer leads to another number."""

    ANSWERS = "answers", _("Answers it together with others")
    CORRECTS = "corrects", _("Corrects it")


class FileStatus(models.TextChoices):
    """Where a file beside a contribution stands. Only a shown one is public, and only with a public text."""

    SHOWN = "shown", _("Shown with the text")
    HELD = "held", _("Held back by a moderator")
    LEFT_OUT = "left_out", _("Left out by its author")
    REMOVED = "removed", _("Removed")


class ErasureGround(models.TextChoices):
    """On what ground a text was erased. Without one of these none is; the code is what the ledger holds."""

    THIRD_PARTY = "third_party", _("It held unlawful personal data about somebody else")
    UNLAWFUL = "unlawful", _("The text itself was a criminal offence")
    CONFIDENTIAL = "confidential", _("It held what the law keeps confidential")
    ORDER = "order", _("A court or an authority ordered it")
    ERASURE_RIGHT = "erasure_right", _("The right to erasure was granted (GDPR article 17)")


class ErasureStatus(models.TextChoices):
    """Where the proposal to erase a text stands."""

    PROPOSED = "proposed", _("Waits for a colleague")
    CONFIRMED = "confirmed", _("Erased")
    DECLINED = "declined", _("Declined")


class SuggestionStatus(models.TextChoices):
    """What the municipality says becomes of a suggestion. Whatever was published is received."""

    RECEIVED = "received", _("Received")
    LOOKED_AT = "looked_at", _("Being looked at")
    TO_COUNCIL = "to_council", _("Goes to the council")
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    NOT_DONE = "not_done", _("Not done")


class ProposalOutcome(models.TextChoices):
    """How gathering support for a citizen proposal ended."""

    REACHED = "reached", _("Enough support")
    LAPSED = "lapsed", _("Too little support in time")


# What threads are sorted by, and nothing else. "How it works" prints it from here.
THREAD_ORDER = ("root_number", "number")


class Channel(models.TextChoices):
    """In which other way than on the site a contribution came."""

    LETTER = "letter", _("Letter")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone call")
    MEETING = "meeting", _("Said at a meeting")
    OTHER = "other", _("In another way")


class Order(models.TextChoices):
    """The two orders a thread can be read in. There is no third."""

    OLDEST = "oldest", _("Oldest first")
    NEWEST = "newest", _("Newest first")


class Show(models.TextChoices):
    """Which contributions of a thread are shown."""

    ALL = "all", _("All contributions")
    QUESTIONS = "questions", _("Questions")
    ANSWERED = "answered", _("Answered by the municipality")
    UNANSWERED = "unanswered", _("Questions without an answer yet")
    RESIDENTS = "residents", _("Verified residents")


CONTRIBUTION_RECEIVED = Kind(
    "contribution.received",
    _("No. %(number)s was received."),
    frozenset({"kind", "in_reply_to", "fingerprint", "late"}),
)
CONTRIBUTION_REVISED = Kind(
    "contribution.revised",
    _("The author changed no. %(number)s while it waited (version %(version)s)."),
    frozenset({"version", "fingerprint"}),
)
CONTRIBUTION_PUBLISHED = Kind(
    "contribution.published",
    _("No. %(number)s was published."),
    frozenset({"version", "fingerprint"}),
    can_be_undone=True,
)
CONTRIBUTION_PUBLISHED_UNREAD = Kind(
    "contribution.unread_published",
    _("No. %(number)s was published by rule: no moderator had read it yet."),
    frozenset({"version", "fingerprint"}),
)
CONTRIBUTION_REVIEWED = Kind(
    "contribution.reviewed",
    _("A moderator read no. %(number)s after it was published, and it stays."),
    frozenset({"version"}),
)
CONTRIBUTION_UNREAD_AGAIN = Kind(
    "contribution.unread_again",
    _("What a moderator decided about no. %(number)s after it was published was undone: it waits to be read again."),
)
CONTRIBUTION_REFUSED = Kind(
    "contribution.refused",
    _("No. %(number)s was not published (%(reason)s)."),
    frozenset({"version", "reason"}),
    can_be_undone=True,
)
# Why a text stands somewhere else now: the reason that moderators have for most moves, and that of taking a move back.
ELSEWHERE, TAKEN_BACK = "off_topic", "undone"
# `replies` followed, `stayed` did not and are roots now. It stands under `root`, which is its own number unless a move
# was taken back: then what stood under it before has `rejoined` it.
CONTRIBUTION_MOVED = Kind(
    "contribution.moved",
    _("No. %(number)s was moved from “%(from)s” to “%(to)s” (%(reason)s)."),
    frozenset({"from", "to", "reason", "replies", "stayed", "root", "rejoined"}),
    can_be_undone=True,
)
# A move to another consultation is told in both. `stayed` did not follow and are roots now. `root` and `in_reply_to`
# are numbers of the new place, and `fingerprint` is that of the last version, `former` that of the fingerprints of
# those before it, one a line.
CONTRIBUTION_MOVED_OUT = Kind(
    "contribution.moved_out",
    _("No. %(number)s was moved to “%(to)s”, where it is no. %(to_number)s (%(reason)s)."),
    frozenset({"to", "to_number", "reason", "stayed"}),
    can_be_undone=True,
)
CONTRIBUTION_MOVED_IN = Kind(
    "contribution.moved_in",
    _("No. %(number)s was moved here from “%(from)s”, where it was no. %(from_number)s."),
    frozenset(
        {
            "from",
            "from_number",
            "kind",
            "status",
            "root",
            "in_reply_to",
            "received_at",
            "version",
            "former",
            "fingerprint",
            "unread_since",
            "late",
        }
    ),
    can_be_undone=True,
)
# A move that was taken back: the number has its text again, and what stood under it `rejoined` it.
CONTRIBUTION_MOVED_BACK = Kind(
    "contribution.moved_back",
    _("No. %(number)s is here again: that it was moved to “%(from)s”, no. %(from_number)s, was taken back."),
    CONTRIBUTION_MOVED_IN.facts | {"rejoined"},
    can_be_undone=True,
)
CONTRIBUTION_RETURNED = Kind(
    "contribution.returned",
    _("The author of no. %(number)s was asked to change it (%(reason)s)."),
    frozenset({"version", "reason"}),
    can_be_undone=True,
)
CONTRIBUTION_REOPENED = Kind(
    "contribution.reopened", _("No. %(number)s waits for a decision again."), frozenset({"version"})
)
CONTRIBUTION_HIDDEN = Kind(
    "contribution.hidden",
    _("No. %(number)s is no longer shown (%(reason)s)."),
    frozenset({"reason"}),
    can_be_undone=True,
)
CONTRIBUTION_REDACTED = Kind(
    "contribution.redacted",
    _("A passage of no. %(number)s was redacted (%(reason)s)."),
    frozenset({"version", "fingerprint", "reason"}),
    can_be_undone=True,
)
CONTRIBUTION_UNREDACTED = Kind(
    "contribution.unredacted",
    _("A passage that was redacted (%(reason)s) was put back into no. %(number)s."),
    frozenset({"version", "fingerprint", "reason"}),
    can_be_undone=True,
)
CONTRIBUTION_RESTORED = Kind(
    "contribution.restored",
    _("No. %(number)s is shown after all. Before, it was not (%(reason)s)."),
    frozenset({"version", "fingerprint", "reason"}),
    can_be_undone=True,
)
CONTRIBUTION_WITHDRAWN = Kind("contribution.withdrawn", _("The author withdrew no. %(number)s."), frozenset())
ANSWER_PUBLISHED = Kind(
    "answer.published",
    _("The municipality answered no. %(in_reply_to)s with no. %(number)s."),
    frozenset({"in_reply_to", "fingerprint"}),
)
# One answer to several contributions is a root of its own; a correction stands where the answer does that it corrects.
ANSWER_BUNDLED = Kind(
    "answer.bundled",
    _("The municipality answered several contributions with no. %(number)s: nos. %(numbers)s."),
    frozenset({"numbers", "fingerprint"}),
)
ANSWER_CORRECTED = Kind(
    "answer.corrected",
    _("The municipality corrected its answer no. %(corrects)s with no. %(number)s."),
    frozenset({"corrects", "in_reply_to", "fingerprint"}),
)
# Entries by which an answer of the municipality is received and published in one.
ANSWERED = (ANSWER_PUBLISHED, ANSWER_BUNDLED, ANSWER_CORRECTED)
CONTRIBUTION_ERASED = Kind(
    "contribution.erased", _("The text of no. %(number)s was erased (%(ground)s)."), frozenset({"ground"})
)
CONTRIBUTION_CLEARED = Kind(
    "contribution.cleared",
    _("The text of no. %(number)s, which was not published, was cleared away: the time to appeal is over."),
)
# All files that stand beside the text from then on, as fingerprints, and those of them that are held back.
CONTRIBUTION_FILES = Kind(
    "contribution.files_noted",
    _("Files beside no. %(number)s: %(files)s. Held back: %(held)s."),
    frozenset({"files", "held"}),
)
CONTRIBUTION_FILE_HELD = Kind(
    "contribution.file_held",
    _("A file beside no. %(number)s was held back (%(reason)s)."),
    frozenset({"file", "reason"}),
    can_be_undone=True,
)
CONTRIBUTION_FILE_RELEASED = Kind(
    "contribution.file_released",
    _("A file beside no. %(number)s that was held back is shown again."),
    frozenset({"file"}),
    can_be_undone=True,
)
CLUSTER_CONFIRMED = Kind(
    "cluster.confirmed", _("Nos. %(numbers)s were found to be one and the same letter."), frozenset({"numbers"})
)
CLUSTER_JOINED = Kind(
    "cluster.joined",
    _("Found to be the same letter as no. %(shown)s: nos. %(numbers)s."),
    frozenset({"numbers", "shown"}),
)
CLUSTER_DIVIDED = Kind(
    "cluster.divided", _("Found to be letters of their own after all: nos. %(numbers)s."), frozenset({"numbers"})
)
ERASURE_PROPOSED = Kind("erasure.proposed", _("Somebody proposed to erase a text (%(ground)s)."), frozenset({"ground"}))
ERASURE_DECLINED = Kind("erasure.declined", _("A proposal to erase a text was declined."))
# Neither says who, nor about which text: everyone can read who wrote that.
PERSON_PAUSED = Kind(
    "person.paused",
    _("Somebody's writing was paused (%(reason)s). Days: %(days)s."),
    frozenset({"days", "reason"}),
)
PAUSE_LIFTED = Kind("person.pause_lifted", _("A pause in somebody's writing was ended before its time."))
AUTHOR_NAME_HIDDEN = Kind(
    "author.name_hidden",
    _("A name that is protected was taken from contributions: %(count)s."),
    frozenset({"count"}),
)
AUTHOR_FORGOTTEN = Kind(
    "author.forgotten",
    _("A name was taken from contributions because the account was deleted: %(count)s."),
    frozenset({"count"}),
)
SUGGESTION_STATUS_SET = Kind(
    "suggestion.status_set",
    _("The municipality said what becomes of suggestion no. %(number)s: %(status)s."),
    frozenset({"status", "fingerprint"}),
)
PROPOSAL_OFFERED = Kind(
    "suggestion.proposal_offered",
    _(
        "No. %(number)s was offered as a citizen proposal. Supporters needed: %(threshold)s. Days: %(days)s. "
        "Least age: %(minimum_age)s."
    ),
    frozenset({"threshold", "days", "minimum_age"}),
)
PROPOSAL_EXTENDED = Kind(
    "suggestion.proposal_extended",
    _("The time to support citizen proposal no. %(number)s stood still while it was not shown. Days more: %(days)s."),
    frozenset({"days"}),
)
THRESHOLD_REACHED = Kind(
    "suggestion.threshold_reached",
    _("Citizen proposal no. %(number)s has enough support: %(count)s."),
    frozenset({"count"}),
)
PROPOSAL_LAPSED = Kind(
    "suggestion.proposal_lapsed",
    _("The time to support citizen proposal no. %(number)s is over. Supporters: %(count)s."),
    frozenset({"count"}),
)
AGREEMENT_COUNTED = Kind(
    "agreement.counted", _("No. %(number)s: %(count)s verified residents agree with it."), frozenset({"count"})
)
# What came in another way than on the site: how, and on which day it came to the municipality.
CONTRIBUTION_ENTERED = Kind(
    "contribution.entered",
    _("No. %(number)s came in another way than on the site (%(channel)s, %(came_on)s). An official typed it in."),
    frozenset({"channel", "came_on"}),
)
CONTRIBUTION_CORRECTED = Kind(
    "contribution.corrected",
    _("An official corrected how no. %(number)s was typed in, while it waited (version %(version)s)."),
    frozenset({"version", "fingerprint", "channel", "came_on", "late"}),
)
RECEIPT_POSTED = Kind("receipt.posted", _("The receipt of no. %(number)s was sent by post."))
SENDERS_TAKEN_OUT = Kind(
    "senders.taken_out",
    _("Names and postal addresses of senders were taken out for letters: %(count)s."),
    frozenset({"count"}),
)
SENDER_FORGOTTEN = Kind("sender.forgotten", _("The name and the postal address of a sender were erased."))
