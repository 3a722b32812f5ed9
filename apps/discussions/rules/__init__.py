"""Who may read, write, change and answer contributions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from apps.accounts.rules import is_moderator, is_person
from apps.common.permissions import Sentence, permission
from apps.common.uploads import LARGEST
from apps.common.wording import moment, size_beyond
from apps.consultations.enums import ConsultationKind, ConsultationState, WriteAccess
from apps.consultations.models import Consultation, Phase, Topic
from apps.consultations.queries import deadline_of, standing_of
from apps.consultations.rules import (
    why_not_keep_box,
    why_not_of_those_who_write,
    why_not_open,
    why_not_receive,
)
from apps.discussions.engine.letters import Difference, difference
from apps.discussions.enums import ContributionKind, ContributionStatus
from apps.discussions.models import (
    LONGEST_PAUSE_DAYS,
    Attachment,
    CitizenProposal,
    Contribution,
    TextErasure,
    WritingPause,
)
from apps.discussions.rules.answers import why_not_answer as why_not_answer
from apps.discussions.rules.answers import why_not_correct as why_not_correct
from apps.discussions.rules.proposals import why_over
from apps.screening.rules import why_not_publishable

BEFORE_THE_END = (ConsultationState.PLANNED, ConsultationState.OPEN)
TextDifference: TypeAlias = Difference
LONGEST_TEXT = 10_000
LONGEST_ERASURE_SENTENCE = 500
MOST_FILES = 5
LONGEST_DESCRIPTION = 500
# With those that were left out again.
MOST_FILES_EVER = 20
MOST_BYTES_A_DAY = 4 * LARGEST
# Half a year to appeal, and time for the appeal (DSA article 20).
REFUSED_TEXTS_KEPT = timedelta(days=400)
# As long as a refused text: half a year to appeal, and time for the appeal.
PAUSES_KEPT = timedelta(days=400)
# How long an edit that a moderator asked for may be handed in, also after the deadline.
EDIT_TAKEN = timedelta(days=7)
# For how many days somebody's writing can be paused. The database refuses more than the last.
PAUSE_DAYS = (1, 3, 7, 14, LONGEST_PAUSE_DAYS)
A_MINUTE = timedelta(minutes=1)
# States in which nobody but the author reads what there still is of the text.
GONE = (ContributionStatus.WITHDRAWN, ContributionStatus.ERASED, ContributionStatus.MOVED)


@permission("discussions.read_contribution")
def why_not_read(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Read the text: everyone when published, else its author, and moderators unless it was taken back or erased.

    Pair: `queries.visible_contributions`.
    """
    if contribution.is_published or (is_moderator(viewer) and contribution.status not in GONE):
        return None
    if is_person(viewer) and contribution.author_id == viewer.pk:
        return None
    return _("This text is not public.")


@permission("discussions.open_file")
def why_not_open_file(viewer: Any, attachment: Attachment) -> Sentence | None:
    """Open a file: whoever may read its text, and its author and moderators alone while it is held back or left out.

    Pair: `queries.readable_attachments`.
    """
    refused = why_not_read(viewer, attachment.contribution)
    if refused is not None:
        return refused
    if attachment.is_removed:
        return _("This file was removed.")
    is_author = is_person(viewer) and attachment.contribution.author_id == viewer.pk
    if attachment.is_shown or is_moderator(viewer) or is_author:
        return None
    return _("This file is not public.")


def why_not_these_files(sizes: Sequence[int], *, stands: Sequence[int] = ()) -> Sentence | None:
    """Return why files of these sizes cannot come with one text, beside which others of such sizes stand, or None."""
    together = sum(sizes) + sum(stands)
    if len(sizes) + len(stands) > MOST_FILES:
        return _("A contribution carries at most %(most)s files. Leave some out, or put them together in one PDF.") % {
            "most": MOST_FILES
        }
    if together > LARGEST:
        return _(
            "Together the files are %(size)s. At most %(largest)s can be sent with a contribution: leave one out, or "
            "make them smaller."
        ) % {"size": size_beyond(together, LARGEST), "largest": filesizeformat(LARGEST)}
    return None


def why_not_so_much_today(size: int) -> Sentence | None:
    """Return why somebody cannot send so many bytes of files within a day, or None."""
    if size <= MOST_BYTES_A_DAY:
        return None
    return _("At most %(most)s of files can be sent within a day. Send the rest tomorrow, or by post or e-mail.") % {
        "most": filesizeformat(MOST_BYTES_A_DAY)
    }


def why_not_words_of_file(name: str, description: str) -> Sentence | None:
    """Return why a file cannot be shown under that name with that description, or None."""
    if why_not_publishable(name):
        return _(
            "The name of the file looks as if it holds a national identity number (CPR). Give the file another name, "
            "see that the number does not stand in the file itself, and choose it again."
        )
    return why_not_publishable(description)


@permission("discussions.submit_contribution")
def why_not_submit(  # noqa: PLR0913 - what it depends on
    viewer: Any,
    consultation: Consultation,
    *,
    phases: Sequence[Phase],
    is_resident: bool,
    pause: WritingPause | None,
    wrote_at: datetime | None = None,
    at: datetime,
    topic: Topic | None = None,
) -> Sentence | None:
    """Write: the consultation and the topic take texts, on time or late, and the viewer belongs to those who write.

    `pause` is what a moderator decided about the viewer's writing there, `wrote_at` when they last wrote in the topic.
    """
    return (
        why_not_receive(consultation, phases, at=at, topic=topic)
        or why_not_of_those_who_write(viewer, consultation, is_resident=is_resident)
        or why_paused(pause, at=at)
        or why_too_soon(consultation, wrote_at, phases=phases, at=at)
    )


def why_paused(pause: WritingPause | None, *, at: datetime) -> Sentence | None:
    """Return why somebody whose writing a moderator paused cannot write at that moment, or None.

    It says what is left to them: to appeal, and to be heard in another way (planloven section 24, forvaltningsloven
    section 19).
    """
    if pause is None or not pause.stands(at):
        return None
    return _(
        "A moderator has paused your writing here until %(until)s. Your text is kept. On My page you can read why, "
        "and appeal. Until then you can write to the municipality by letter or e-mail."
    ) % {"until": moment(pause.ends_at, at)}


def why_no_pause(contribution: Contribution, *, days: int) -> Sentence | None:
    """Return why the writing of whoever wrote a text cannot be paused for so long, whoever asks, or None."""
    author = contribution.author
    if contribution.is_answer or author is None or not author.is_active:
        return _("Nobody with an account here wrote this for themselves, so there is no writing to pause.")
    if days not in PAUSE_DAYS:
        return _("Choose one of the lengths in the list. A pause is never longer than a month.")
    return None


def why_too_soon(
    consultation: Consultation, wrote_at: datetime | None, *, phases: Sequence[Phase], at: datetime
) -> Sentence | None:
    """Return how long somebody who wrote in a topic at that moment waits before they write there again, or None.

    Nobody waits beyond the deadline: what they have to say would not be heard.
    """
    if not consultation.post_pause or wrote_at is None:
        return None
    left = wrote_at + timedelta(minutes=consultation.post_pause) - at
    closes_at = deadline_of(phases, at)
    if left <= timedelta() or (closes_at and at + left >= closes_at):
        return None
    # Begun minutes count as whole ones; no clock that was set back makes anybody wait longer than the pause.
    minutes = min(-(-left // A_MINUTE), consultation.post_pause)
    return ngettext(
        "You can write here again in %(minutes)s minute.", "You can write here again in %(minutes)s minutes.", minutes
    ) % {"minutes": minutes}


@permission("discussions.withdraw_contribution")
def why_not_withdraw(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Withdraw: the author, while it waits or is published. An answer is the municipality's, and is not taken back."""
    refused = _why_not_author(viewer, contribution)
    if refused is not None:
        return refused
    if contribution.is_answer:
        return _("An answer is the municipality's and stands. Publish another one that puts it right.")
    if not (contribution.is_waiting or contribution.is_returned or contribution.is_published):
        return _("This contribution is shown to nobody, so there is nothing to withdraw. You can write a new one.")
    return None


def _why_not_author(viewer: Any, contribution: Contribution) -> Sentence | None:
    if not is_person(viewer) or contribution.author_id != viewer.pk:
        return _("Only its author can change a contribution.")
    return None


@permission("discussions.revise_contribution")
def why_not_revise(
    viewer: Any, contribution: Contribution, *, phases: Sequence[Phase], pause: WritingPause | None, at: datetime
) -> Sentence | None:
    """Change the text: the author, while it waits and writing is open.

    An edit that a moderator asked for may be handed in for a week, also after the deadline, as on time goes by the
    receipt, and while the person's writing is paused: a moderator asked for it, and reads it before others do.
    """
    refused = _why_not_author(viewer, contribution)
    if refused is not None:
        return refused
    until = edit_until(contribution)
    if until is not None:
        return None if at < until else _("The week to change it is over. A moderator decides on the text as it stands.")
    if not contribution.is_waiting:
        return _("A moderator has decided, so the contribution can no longer be changed here. You can write a new one.")
    # What came on time is not changed after the deadline: it would be on time no longer.
    closed = why_not_receive if contribution.came_late else why_not_open
    return why_paused(pause, at=at) or closed(contribution.consultation, phases, at=at, topic=contribution.topic)


def how_it_differs(letter: Contribution, other: Contribution) -> TextDifference:
    """Return how another text differs from a letter, for whoever may read both."""
    return difference(letter.body, other.body)


def why_not_the_same_letter(letter: Contribution, other: Contribution) -> Sentence | None:
    """Count as one letter: texts of one topic by people, word for word the same but for a small part.

    The small part is said in `engine.letters`; whoever adds more of their own is read and answered for it.
    """
    if letter.is_answer or other.is_answer or letter.topic_id != other.topic_id:
        return _("Only what people wrote in one topic can be the same letter.")
    if not difference(letter.body, other.body).is_nearly_none:
        return _(
            "Each of these texts has to say the same, but for a small part. Leave out what says something of its own."
        )
    return None


def edit_until(contribution: Contribution) -> datetime | None:
    """Return until when an edit that a moderator asked for is taken; None where none is asked for."""
    if not contribution.is_returned or contribution.decided_at is None:
        return None
    return contribution.decided_at + EDIT_TAKEN


@permission("discussions.agree_contribution")
def why_not_agree(  # noqa: PLR0913 - what it depends on
    viewer: Any,
    contribution: Contribution,
    *,
    phases: Sequence[Phase],
    is_resident: bool,
    proposal: CitizenProposal | None = None,
    at: datetime,
) -> Sentence | None:
    """Agree, and take it back: verified residents, with what somebody else wrote, as long as people can write there.

    A citizen proposal until its last day is over.
    """
    consultation = contribution.consultation
    if consultation.kind == ConsultationKind.NEWS:
        return _("Nobody agrees below news. Write what you think.")
    if not contribution.is_published or contribution.is_answer:
        return _("There is nothing to agree with at this number.")
    if not is_person(viewer):
        return _("Log in to agree.")
    if contribution.author_id == viewer.pk:
        return _("You wrote this yourself.")
    if not is_resident:
        return _("Only verified residents can agree. Show first that you live here.")
    return why_over(proposal, at=at) or why_not_open(consultation, phases, at=at, topic=contribution.topic)


def are_sums_told(consultation: Consultation, phases: Sequence[Phase], *, at: datetime) -> bool:
    """Tell whether anybody may know how many agree: of hearings that are over, of suggestions once answered.

    Before that nobody, officials included: what many want must not weigh before it was thought about.
    """
    if consultation.kind == ConsultationKind.HEARING:
        return consultation.is_published and standing_of(consultation, phases, at).state not in BEFORE_THE_END
    return consultation.kind == ConsultationKind.SUGGESTIONS


def usual_kind(consultation: Consultation) -> ContributionKind:
    """Return as what a new text is most often meant there, which its form begins with; a reply is a view."""
    in_box = consultation.kind == ConsultationKind.SUGGESTIONS
    return ContributionKind.PROPOSAL if in_box else ContributionKind.VIEW


@permission("discussions.set_suggestion_status")
def why_not_set_status(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Say what becomes of a suggestion: who keeps the box, of what everyone can read there."""
    refused = why_not_keep_box(viewer)
    if refused is not None:
        return refused
    is_suggestion = contribution.root_id is None and not contribution.is_answer
    if contribution.consultation.kind != ConsultationKind.SUGGESTIONS or not is_suggestion:
        return _("Only suggestions in the suggestion box have a status.")
    if not contribution.is_published:
        return _("Nobody can read this suggestion, so it has no status.")
    return None


def why_not_move_to(contribution: Contribution, to: Topic, *, phases: Sequence[Phase], at: datetime) -> Sentence | None:
    """Move to a topic of another consultation: where people can write, what its author could have written there.

    Who its author was goes by the receipt, as everything else about it. Pair: `queries.topics_to_move_to`.
    """
    if contribution.is_answer:
        return _("This is the municipality's own answer. It goes along with what it answers.")
    if contribution.offsite_author_id is not None:
        return _("It was written elsewhere and brought in from there, so it belongs to this hearing only.")
    closed = why_not_open(to.consultation, phases, at=at, topic=to)
    if closed is not None:
        return _("Nothing can be moved there: %(why)s") % {"why": closed}
    if to.consultation.write_access == WriteAccess.RESIDENTS and not contribution.author_is_resident:
        return _(
            "Only verified residents can write there, and the author of no. %(number)s was none when it was received. "
            "Choose another topic."
        ) % {"number": contribution.number}
    return None


@permission("discussions.propose_erasure")
def why_not_propose_erasure(viewer: Any, contribution: Contribution) -> Sentence | None:
    """Propose that a text be erased: moderators, once it is decided on, and never their own."""
    if not is_moderator(viewer):
        return _("Only moderators can propose that a text is erased.")
    if contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to propose it.")
    if contribution.is_waiting or contribution.is_returned:
        return _("It still waits. Refuse it first: then nobody else sees it, and its text can be erased.")
    if contribution.text_erased_at is not None:
        return _("The text is erased already.")
    if contribution.is_moved_away:
        return _("The text was moved to another hearing. Propose it there.")
    return None


@permission("discussions.decide_erasure")
def why_not_decide_erasure(viewer: Any, erasure: TextErasure) -> Sentence | None:
    """Confirm or decline an erasure: another moderator than who proposed it, and not on their own text."""
    if not is_moderator(viewer):
        return _("Only moderators can decide whether a text is erased.")
    if erasure.asked_by_id == viewer.pk:
        return _("You proposed this yourself. A text is erased by two people: a colleague has to confirm it.")
    if erasure.contribution.author_id == viewer.pk:
        return _("You wrote this yourself. A colleague has to decide.")
    return None
