"""Writing answers before they are published: drafts, and what they answer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.common.richtext import clean, one_line
from apps.discussions.actions import MOST_ANSWERED
from apps.discussions.actions import publish_answer as publish
from apps.discussions.models import Contribution
from apps.discussions.queries import answered_by, correction_of, published_by_numbers
from apps.ledger.actions import Draft, Fact, record_many
from apps.ledger.enums import Kind
from apps.publications.enums import ANSWER_DISCARDED, ANSWER_DRAFTED, DraftStatus
from apps.publications.errors import CannotPick, DraftChangedMeanwhile, DraftGone, UnfitAnswer
from apps.publications.models import AnswerDraft
from apps.publications.queries import answered_in_draft, open_correction_of
from apps.screening.rules import why_not_publishable


def answer_at_once(  # noqa: PLR0913 - what an answer is made of
    *, to: Contribution, body: str, source: str = "", submission_key: UUID, by: User, at: datetime
) -> Contribution:
    """Publish an answer without a second reader. Raises NotAllowed, UnfitText as `discussions.publish_answer` does."""
    require("publications.answer_at_once", by, to)
    return publish(to=to, body=body, source=source, submission_key=submission_key, by=by, at=at)


def begin_answer(  # noqa: PLR0913 - what an answer is made of
    *, to: Contribution, body: str = "", source: str = "", submission_key: UUID, by: User, at: datetime
) -> AnswerDraft:
    """Keep an answer to a contribution for going on later; the same key gives the draft that it gave before.

    Raises NotAllowed, UnfitAnswer.
    """
    require("discussions.answer_contribution", by, to)
    made = AnswerDraft.objects.filter(submission_key=submission_key, author=by).first()
    if made is not None:
        return made
    try:
        return _begin([to], None, fit_words(body, source), submission_key, by, at)
    except IntegrityError:
        # The other request of a double click was first.
        return AnswerDraft.objects.get(submission_key=submission_key, author=by)


def begin_answer_correction(*, answer: Contribution, by: User, at: datetime) -> AnswerDraft:
    """Keep a correction of an answer for going on with, in the answer's words; return the one that was begun before.

    Raises NotAllowed, also for what was corrected already.
    """
    require("discussions.correct_answer", by, answer)
    before = correction_of(answer)
    if before is not None:
        raise CannotPick(
            _("No. %(number)s corrects this answer already. Correct that one, if it is wrong as well.")
            % {"number": before.number}
        )
    begun = open_correction_of(answer)
    if begun is not None:
        return begun
    try:
        return _begin(answered_by(answer), answer, (answer.body, answer.source), uuid4(), by, at)
    except IntegrityError:
        # A second click, or a colleague, was first.
        return AnswerDraft.objects.exclude(status=DraftStatus.PUBLISHED).get(corrects=answer)


@transaction.atomic
def _begin(  # noqa: PLR0913, PLR0917 - what a draft is made of
    to: Sequence[Contribution],
    corrects: Contribution | None,
    words: tuple[str, str],
    key: UUID,
    by: User,
    at: datetime,
) -> AnswerDraft:
    about = corrects or to[0]
    draft = AnswerDraft.objects.create(
        consultation=about.consultation,
        corrects=corrects,
        body=words[0],
        source=words[1],
        author=by,
        changed_by=by,
        changed_at=at,
        submission_key=key,
    )
    draft.contributions.set(to)
    _tell_drafted(draft, by, at)
    return draft


@transaction.atomic
def save_answer(  # noqa: PLR0913 - what an official saves
    *, draft: AnswerDraft, body: str, source: str, seen: int, by: User, at: datetime
) -> bool:
    """Put a draft in other words; answer False when nothing differs. `seen` is the revision that `by` had before them.

    Raises NotAllowed, UnfitAnswer, DraftGone, and DraftChangedMeanwhile when there is a later one.
    """
    body, source = fit_words(body, source)
    standing = writable(draft, by=by, seen=seen)
    if (standing.body, standing.source) == (body, source):
        return False
    standing.body, standing.source = body, source
    _advance(standing, by, at)
    return True


def fit_words(body: str, source: str) -> tuple[str, str]:
    """Return the words of a draft as they are stored. Raises UnfitAnswer for what no page may show."""
    body, source = clean(body).strip(), one_line(source)
    sentence = why_not_publishable(f"{body}\n{source}")
    if sentence is not None:
        raise UnfitAnswer(sentence)
    return body, source


@transaction.atomic
def pick_for_answer(*, draft: AnswerDraft, numbers: Collection[int], by: User, at: datetime) -> int:
    """Let a draft answer these numbers of its topic as well; return how many came to it.

    Raises NotAllowed, DraftGone, and CannotPick for what is not public, an answer, of another topic, or too much.
    """
    standing = writable(draft, by=by)
    _require_free_choice(standing)
    there = answered_in_draft(standing)
    found = published_by_numbers(standing.consultation_id, sorted(numbers)[: MOST_ANSWERED + 1])
    unfit = set(numbers) - {row.number for row in found if not row.is_answer and _is_beside(row, there)}
    if unfit:
        raise CannotPick(
            _("No contribution that everyone can read in the same topic has these numbers: %(numbers)s.")
            % {"numbers": ", ".join(map(str, sorted(unfit)[:20]))}
        )
    come = {row.pk for row in found} - {row.pk for row in there}
    if len(there) + len(come) > MOST_ANSWERED:
        raise CannotPick(
            _("One answer goes to at most %(most)s contributions. Divide them between several answers.")
            % {"most": MOST_ANSWERED}
        )
    if come:
        standing.contributions.add(*come)
        _advance(standing, by, at)
    return len(come)


def _is_beside(row: Contribution, there: Sequence[Contribution]) -> bool:
    return not there or row.topic_id in {one.topic_id for one in there}


@transaction.atomic
def leave_out_of_answer(*, draft: AnswerDraft, contribution_id: int, by: User, at: datetime) -> bool:
    """Let a draft answer this contribution no longer; answer False when it did not. Raises NotAllowed, DraftGone."""
    standing = writable(draft, by=by)
    _require_free_choice(standing)
    if contribution_id not in standing.contributions.values_list("pk", flat=True):
        return False
    standing.contributions.remove(contribution_id)
    _advance(standing, by, at)
    return True


def _require_free_choice(draft: AnswerDraft) -> None:
    if draft.corrects_id is not None:
        raise CannotPick(_("A correction answers what the answer does that it corrects. Answer anything else anew."))


@transaction.atomic
def discard_answer(*, draft: AnswerDraft, by: User, at: datetime) -> bool:
    """Throw an unpublished answer away; answer False when it is gone. Raises NotAllowed."""
    try:
        standing = writable(draft, by=by)
    except DraftGone:
        return False
    record_many([told(standing, ANSWER_DISCARDED, by, at)])
    standing.delete()
    return True


def writable(draft: AnswerDraft, *, by: User, seen: int | None = None) -> AnswerDraft:
    """Return the draft locked, as it stands, for who may change it.

    Raises NotAllowed, DraftGone, DraftChangedMeanwhile.
    """
    standing = locked(draft)
    require("publications.write_answer_draft", by, standing)
    if seen is not None and standing.revision != seen:
        raise DraftChangedMeanwhile
    return standing


def locked(draft: AnswerDraft) -> AnswerDraft:
    """Return the draft as it stands; nobody else changes it before the transaction ends. Raises DraftGone."""
    rows = AnswerDraft.objects.select_for_update(of=("self",)).select_related("consultation", "author", "corrects")
    standing = rows.filter(pk=draft.pk).first()
    if standing is None:
        raise DraftGone
    return standing


def _advance(draft: AnswerDraft, by: User, at: datetime) -> None:
    """Save a change of what the draft says: whoever was to read it has not read this."""
    draft.revision, draft.changed_by, draft.changed_at = draft.revision + 1, by, at
    draft.reader = None if draft.reader_id == by.pk else draft.reader
    draft.save()
    _tell_drafted(draft, by, at)


def _tell_drafted(draft: AnswerDraft, by: User, at: datetime) -> None:
    numbers = sorted(draft.contributions.values_list("number", flat=True))
    record_many([told(draft, ANSWER_DRAFTED, by, at, revision=draft.revision, numbers=numbers)])


def told(draft: AnswerDraft, kind: Kind, by: User, at: datetime, /, **facts: Fact) -> Draft:
    """Return an entry about a draft, by its number: its words are for colleagues until it is published."""
    return Draft(
        kind=kind,
        subject=draft,
        by=as_official(by),
        at=at,
        consultation_id=draft.consultation_id,
        facts={"draft": draft.pk, **facts},
    )
