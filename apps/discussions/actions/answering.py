"""The municipality's answers: to one contribution, to several of a topic together, and in place of an answer."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from apps.accounts.models import User
from apps.accounts.rules import as_official
from apps.common.permissions import require
from apps.consultations.actions import adjust_counts
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Topic
from apps.discussions.actions import drafting
from apps.discussions.actions.agreeing import told_sum
from apps.discussions.actions.drafting import Writing, fit_text
from apps.discussions.actions.receiving import once, receive, standing_to_answer
from apps.discussions.enums import ContributionKind, ContributionStatus, LinkKind
from apps.discussions.errors import (
    CannotAnswer,
    CannotReply,
    CorrectedAlready,
    NotOneTopic,
    TooManyAnswered,
)
from apps.discussions.models import AnswerLink, Contribution
from apps.discussions.queries.answers import correction_of
from apps.discussions.queries.authors import answering_author
from apps.ledger.actions import Draft, record_many

MOST_ANSWERED = 200


def publish_answer(  # noqa: PLR0913 - what an answer is made of
    *,
    to: Contribution,
    body: str,
    source: str = "",
    submission_key: UUID,
    written_by: User | None = None,
    by: User,
    at: datetime,
) -> Contribution:
    """Publish the municipality's answer under what it answers, with a number like all.

    The first answer marks the contribution as answered. It stands in the name of who wrote it, whoever publishes it.
    Raises NotAllowed, UnfitText.
    """
    require("discussions.answer_contribution", by, to)
    writing = _writing(to.topic, body, source, written_by or by)
    return once(written_by or by, submission_key, body, lambda key: _answer(to, _with(writing, key), by, at))


def publish_joint_answer(  # noqa: PLR0913 - what an answer is made of
    *,
    to: Sequence[Contribution],
    body: str,
    source: str = "",
    submission_key: UUID,
    written_by: User | None = None,
    by: User,
    at: datetime,
) -> Contribution:
    """Publish one answer to several contributions of a topic: a root with a number of its own, to which each leads.

    Each that had no answer counts as answered from then on. Raises NotAllowed, UnfitText, and, where it names the
    numbers, TooManyAnswered, CannotAnswer for what is not shown any more, NotOneTopic.
    """
    for row in to:
        require("discussions.answer_contribution", by, row)
    if len(to) > MOST_ANSWERED:
        raise TooManyAnswered(MOST_ANSWERED)
    writing = _writing(to[0].topic, body, source, written_by or by)
    return once(written_by or by, submission_key, body, lambda key: _answer_all(to, _with(writing, key), by, at))


def correct_answer(  # noqa: PLR0913 - what an answer is made of
    *,
    answer: Contribution,
    body: str,
    source: str = "",
    submission_key: UUID,
    written_by: User | None = None,
    by: User,
    at: datetime,
) -> Contribution:
    """Publish an answer in place of another, which stays where it is and leads to this one: a number like all.

    It answers what the other answers, also where that is not shown any more. Raises NotAllowed, UnfitText,
    CorrectedAlready, and CannotReply where the other was erased.
    """
    require("discussions.correct_answer", by, answer)
    writing = _writing(answer.topic, body, source, written_by or by)
    return once(written_by or by, submission_key, body, lambda key: _correct(answer, _with(writing, key), by, at))


def _writing(topic: Topic, body: str, source: str, author: User) -> Writing:
    return Writing(
        topic=topic,
        author=answering_author(author),
        kind=ContributionKind.ANSWER,
        body=fit_text(body),
        source=source and fit_text(source),
    )


def _with(writing: Writing, key: UUID) -> Writing:
    return replace(writing, submission_key=key)


def _answer(to: Contribution, writing: Writing, by: User, at: datetime) -> Contribution:
    answered = standing_to_answer(to)
    # Its topic may have been merged into another since the page was asked for: the answer stands where it does.
    answer = _receive(replace(writing, in_reply_to=answered, topic=answered.topic), at)
    _mark_answered([answered], answer)
    record_many([drafting.answered(answer, by=as_official(by)), *_told_sums([answered], by, at)])
    return answer


def _answer_all(to: Sequence[Contribution], writing: Writing, by: User, at: datetime) -> Contribution:
    answered = _all_standing(to)
    answer = _receive(replace(writing, topic=answered[0].topic), at)
    _link(answer, answered)
    _mark_answered(answered, answer)
    numbers = [row.number for row in answered]
    told = drafting.bundled(answer, numbers=numbers, by=as_official(by))
    record_many([told, *_told_sums(answered, by, at)])
    return answer


def _all_standing(to: Sequence[Contribution]) -> list[Contribution]:
    """Return what is answered as it stands now, by number; none of it is moved or hidden before we end."""
    locked = Contribution.stored.select_for_update(of=("self",)).select_related("topic", "consultation")
    rows = sorted(locked.filter(pk__in=[row.pk for row in to]).order_by("pk"), key=lambda row: row.number)
    gone = [row.number for row in rows if not row.is_published]
    if gone:
        raise CannotAnswer(_said(gone))
    usual = Counter(row.topic_id for row in rows).most_common(1)[0][0]
    elsewhere = [row.number for row in rows if row.topic_id != usual]
    if elsewhere:
        raise NotOneTopic(_said(elsewhere))
    return rows


def _said(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def _correct(answer: Contribution, writing: Writing, by: User, at: datetime) -> Contribution:
    ids = [answer.pk, answer.root_id, answer.in_reply_to_id]
    locked = Contribution.stored.select_for_update(of=("self",)).filter(pk__in=[pk for pk in ids if pk])
    rows = {row.pk: row for row in locked.select_related("topic", "root").order_by("pk")}
    old = rows[answer.pk]
    if not old.is_published:
        raise CannotReply
    before = correction_of(old)
    if before is not None:
        raise CorrectedAlready(before.number)
    new = _receive(replace(writing, topic=old.topic, in_reply_to=rows.get(old.in_reply_to_id or 0)), at)
    AnswerLink.objects.create(answer=new, contribution=old, kind=LinkKind.CORRECTS)
    together = Contribution.stored.filter(links_in__answer=old, links_in__kind=LinkKind.ANSWERS)
    _link(new, list(together.order_by("pk")))
    record_many([drafting.corrected(new, corrects=old.number, by=as_official(by))])
    return new


def _receive(writing: Writing, at: datetime) -> Contribution:
    answer = receive(writing, at, ContributionStatus.PUBLISHED)
    adjust_counts(answer.topic_id, consultation_id=answer.consultation_id, answered=1, active_at=answer.received_at)
    return answer


def _link(answer: Contribution, answered: Sequence[Contribution]) -> None:
    links = [AnswerLink(answer=answer, contribution=row, kind=LinkKind.ANSWERS) for row in answered]
    AnswerLink.objects.bulk_create(links)


def _mark_answered(answered: Sequence[Contribution], answer: Contribution) -> None:
    rows = Contribution.stored.filter(pk__in=[row.pk for row in answered], answered_at=None)
    rows.update(answered_at=answer.received_at)


def _told_sums(answered: Sequence[Contribution], by: User, at: datetime) -> list[Draft]:
    """Return the entries of how many agree with suggestions, which anybody may know once they are answered."""
    if answered[0].consultation.kind != ConsultationKind.SUGGESTIONS:
        return []
    return [told_sum(contribution=row, by=as_official(by), at=at) for row in answered if not row.is_answer]
