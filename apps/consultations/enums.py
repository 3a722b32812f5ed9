"""States and kinds of consultations, and the kinds of entries about them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from apps.ledger.enums import Kind

MOST_COMPANIONS = 4


class ConsultationKind(models.TextChoices):
    """What sort of conversation it is."""

    HEARING = "hearing", _("Hearing")
    SUGGESTIONS = "suggestions", _("Suggestion box")
    NEWS = "news", _("News")


class ConsultationStatus(models.TextChoices):
    """What people decided about it. Opening and closing come with the clock and stand in no row."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Being reviewed")
    PUBLISHED = "published", _("Published")
    CONSIDERED = "considered", _("Being considered")
    DECIDED = "decided", _("Decided")
    FOLLOWED_UP = "followed_up", _("Followed up")
    ARCHIVED = "archived", _("Laid away")
    CANCELLED = "cancelled", _("Called off")


# Nobody comes to these without a sentence that everyone reads.
NEEDS_SENTENCE = frozenset(
    {ConsultationStatus.DECIDED.value, ConsultationStatus.FOLLOWED_UP.value, ConsultationStatus.CANCELLED.value}
)


class ReviewStatus(models.TextChoices):
    """What a colleague said of a draft."""

    ASKED = "asked", _("Asked for")
    APPROVED = "approved", _("Approved")
    SENT_BACK = "sent_back", _("Sent back")


class PhaseMoment(models.TextChoices):
    """What the clock does to a phase."""

    OPENED = "opened", _("Begun")
    CLOSED = "closed", _("Ended")


class WriteAccess(models.TextChoices):
    """Who may write. Statutory hearings are open to anyone with a confirmed account."""

    CONFIRMED = "confirmed", _("Anyone with a confirmed account")
    RESIDENTS = "residents", _("Verified residents only")


class NamePolicy(models.TextChoices):
    """What stands beside what people write. Name protection and organisations come before it."""

    FULL_NAME = "full_name", _("Full name")
    FIRST_NAME = "first_name", _("First name and district")


class ModerationMode(models.TextChoices):
    """When a moderator reads what people write: before others do, or after. What a flag holds back waits either way."""

    BEFORE = "before", _("Before it is published")
    AFTER = "after", _("After it is published")


class PostPause(models.IntegerChoices):
    """Minutes that have to pass between two contributions of the same person in one topic."""

    NONE = 0, _("None")
    ONE = 1, _("1 minute")
    FIVE = 5, _("5 minutes")
    FIFTEEN = 15, _("15 minutes")
    HOUR = 60, _("1 hour")


class PhaseState(models.TextChoices):
    """Where a phase lies in time."""

    DONE = "done", _("Finished")
    NOW = "now", _("Under way")
    NEXT = "next", _("To come")


class ConsultationState(models.TextChoices):
    """Where a consultation stands: what people decided, and while it is published what the clock says."""

    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("Being reviewed")
    PLANNED = "planned", _("Opens later")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")
    CONSIDERED = "considered", _("Being considered")
    DECIDED = "decided", _("Decided")
    FOLLOWED_UP = "followed_up", _("Followed up")
    ARCHIVED = "archived", _("Laid away")
    CANCELLED = "cancelled", _("Called off")


class TopicIcon(models.TextChoices):
    """The sign beside a topic."""

    CHAT = "chat", _("Speech bubble")
    SOUND = "sound", _("Sound")
    LEAF = "leaf", _("Leaf")
    VIEW = "view", _("Landscape")
    HOME = "home", _("House")
    COIN = "coin", _("Coin")
    ROAD = "road", _("Road")


class MapKind(models.TextChoices):
    """What a feature of the map is."""

    AREA = "area", _("Area")
    LINE = "line", _("Line")
    TURBINE = "turbine", _("Wind turbine")
    POINT = "point", _("Other point")


class TeamRole(models.TextChoices):
    """What somebody may do with a consultation."""

    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    ANSWERER = "answerer", _("Answers")


class PartyKind(models.TextChoices):
    """What a hearing party is. Private persons are none: they are invited as a group."""

    AUTHORITY = "authority", _("Authority")
    ORGANISATION = "organisation", _("Organisation")
    GROUP = "group", _("Group, as neighbours")


class InvitationWay(models.TextChoices):
    """How a hearing party was invited. The site writes the first; of the others it keeps that they were."""

    SITE = "site", _("By mail from the site")
    EMAIL = "email", _("E-mail from the office")
    DIGITAL_POST = "digital_post", _("Digital Post")
    LETTER = "letter", _("Letter")
    MEETING = "meeting", _("At a meeting")


class MeetingStatus(models.TextChoices):
    """Whether a meeting is going to be held. One that is over is still an announced one."""

    ANNOUNCED = "announced", _("Announced")
    CALLED_OFF = "called_off", _("Called off")


class SignUpStatus(models.TextChoices):
    """Whether who signed up has a place, or waits for one in the order of signing up."""

    PLACED = "placed", _("Has a place")
    WAITING = "waiting", _("On the waiting list")


class DeskTaskKind(models.TextChoices):
    """What a hearing asks of somebody in its team, in the words of what to do."""

    REVIEW = "review", _("Look at a colleague's draft")
    COMMENTS = "comments", _("Deal with the comments on the draft")
    PUBLISH = "publish", _("Publish the approved draft")
    OPENS = "opens", _("Get the draft ready before its first phase begins")
    MINUTES = "minutes", _("Write the minutes of the meeting")
    CLOSED = "closed", _("Say how the case goes on")
    CONSIDERED = "considered", _("Tell what was decided")
    DEADLINE = "deadline", _("Answer before the deadline")
    MEETING = "meeting", _("Get ready for the meeting")


class CalendarKind(models.TextChoices):
    """What happens on a day of the officials' calendar."""

    OPENS = "opens", _("Begins")
    CLOSES = "closes", _("Last day")
    MEETING = "meeting", _("Meeting")
    REVIEW = "review", _("Review asked for")
    LAWFUL = "lawful", _("First day on which the law lets it end")


CONSULTATION_DRAFTED = Kind("consultation.drafted", _("A consultation was drafted."))
CONSULTATION_COPIED = Kind(
    "consultation.copied",
    _("The consultation was begun as a copy of consultation %(source)s."),
    frozenset({"source"}),
)
CONSULTATION_REVISED = Kind("consultation.revised", _("The consultation's texts, dates or settings were changed."))
CONSULTATION_PUBLISHED = Kind("consultation.published", _("The consultation was published."))
MODERATION_SET = Kind(
    "consultation.moderation_set",
    _("It was decided when a moderator reads what people write: %(mode)s."),
    frozenset({"mode"}),
)
PROPOSAL_PUBLISHED = Kind(
    "proposal.published", _("Version %(version)s of the proposal was published."), frozenset({"version", "fingerprint"})
)
CONSULTATION_TRANSLATED = Kind(
    "consultation.translated",
    _("The English version was saved: it has %(texts)s texts."),
    frozenset({"texts", "version"}),
)
TOPIC_ADDED = Kind("topic.added", _("The topic “%(slug)s” was added."), frozenset({"slug"}))
TOPIC_MERGED = Kind(
    "topic.merged",
    _("The topic “%(from)s” was merged into “%(to)s”, with all that stood in it."),
    frozenset({"from", "to"}),
)
TOPIC_REMOVED = Kind(
    "topic.removed", _("The topic “%(slug)s”, in which nobody had written, was deleted."), frozenset({"slug"})
)
TOPIC_REVISED = Kind("topic.revised", _("The topic “%(slug)s” was changed."), frozenset({"slug"}))
PHASE_SET = Kind("phase.set", _("The phases were set: %(phases)s in all."), frozenset({"phases"}))
DOCUMENT_ADDED = Kind("document.added", _("A document was added."), frozenset({"sha256"}))
# Of people who sign up the ledger tells that somebody did, so that anyone can check that nobody was put before others:
# `moved_up` are the ids of those who got a place from the waiting list.
MEETING_ANNOUNCED = Kind("meeting.announced", _("Meeting %(meeting)s was announced."), frozenset({"meeting"}))
MEETING_REVISED = Kind(
    "meeting.revised",
    _("Meeting %(meeting)s was changed."),
    frozenset({"meeting", "changed", "moved_up"}),
)
MEETING_CALLED_OFF = Kind("meeting.called_off", _("Meeting %(meeting)s was called off."), frozenset({"meeting"}))
MEETING_SIGNED_UP = Kind(
    "meeting.signed_up", _("Somebody signed up for meeting %(meeting)s."), frozenset({"meeting", "is_waiting"})
)
MEETING_SIGNED_OFF = Kind(
    "meeting.signed_off", _("Somebody signed off from meeting %(meeting)s."), frozenset({"meeting", "moved_up"})
)
MINUTES_PUBLISHED = Kind(
    "meeting.minutes_published",
    _("The minutes of meeting %(meeting)s were published."),
    frozenset({"meeting", "topics"}),
)
DOCUMENT_REPLACED = Kind(
    "document.replaced", _("A document was replaced: it has version %(version)s."), frozenset({"sha256", "version"})
)
DOCUMENT_HELD = Kind("document.held", _("Version %(version)s of a document was held back."), frozenset({"version"}))
DOCUMENT_RELEASED = Kind(
    "document.released", _("Version %(version)s of a document can be read again."), frozenset({"version"})
)
MAP_SET = Kind(
    "map.set",
    _("The map was set: %(features)s features with %(points)s points in all."),
    frozenset({"features", "points", "sha256"}),
)
TEAM_MEMBER_ADDED = Kind(
    "team.member_added", _("Somebody was given a place in the team: %(role)s."), frozenset({"role"})
)
TEAM_ROLE_CHANGED = Kind(
    "team.role_changed", _("Somebody in the team was given another role: %(role)s."), frozenset({"role"})
)
TEAM_MEMBER_REMOVED = Kind("team.member_removed", _("Somebody was taken from the team: %(role)s."), frozenset({"role"}))
REVIEW_ASKED = Kind("review.asked", _("A colleague was asked to look at the draft."))
REVIEW_APPROVED = Kind("review.approved", _("A colleague approved the draft."))
REVIEW_SENT_BACK = Kind("review.sent_back", _("A colleague sent the draft back."))
DRAFT_COMMENTED = Kind("review.commented", _("A colleague commented on the draft."))
DRAFT_COMMENT_SETTLED = Kind("review.comment_settled", _("A comment on the draft was dealt with."))
STAGE_REACHED = Kind(
    "consultation.stage_reached", _("The hearing went on to the step “%(stage)s”."), frozenset({"stage"})
)
CONSULTATION_CANCELLED = Kind("consultation.cancelled", _("The hearing was cancelled; the reason is on its page."))
PHASE_OPENED = Kind("phase.opened", _("Phase %(phase)s began at %(moment)s."), frozenset({"phase", "moment"}))
PHASE_CLOSED = Kind("phase.closed", _("Phase %(phase)s ended at %(moment)s."), frozenset({"phase", "moment"}))
WRITING_STOPPED = Kind("writing.stopped", _("Writing was stopped for a while."))
WRITING_RESUMED = Kind("writing.resumed", _("Writing was opened again."))
DEADLINE_EXTENDED = Kind(
    "deadline.extended", _("The deadline was moved from %(old)s to %(new)s."), frozenset({"old", "new", "change"})
)
LEGAL_TERMS_SET = Kind(
    "consultation.legal_terms_set",
    _("The hearing's legal basis was set (%(basis)s), and whether late contributions are taken: %(late)s."),
    frozenset({"basis", "late"}),
)
PERIOD_SHORTENED = Kind(
    "consultation.period_shortened",
    _("The hearing lasts %(days)s days, where the law asks for %(minimum)s; the reason is on its page."),
    frozenset({"days", "minimum"}),
)
PARTY_ADDED = Kind("party.added", _("A hearing party was listed: %(kind)s."), frozenset({"kind"}))
PARTY_REVISED = Kind("party.revised", _("A hearing party's name or address was changed."), frozenset({"kind"}))
PARTY_REMOVED = Kind("party.removed", _("A hearing party that nobody had invited was taken from the list."))
PARTY_INVITED = Kind(
    "party.invited",
    _("A hearing party was invited on %(day)s: %(way)s."),
    frozenset({"way", "day", "invitation"}),
)
PARTY_ANSWERED = Kind(
    "party.answered", _("It was noted whether a hearing party has answered: %(answered)s."), frozenset({"answered"})
)
