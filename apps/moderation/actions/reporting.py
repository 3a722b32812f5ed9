"""Reports: what people tell the moderators about a text. However many there are, they hide nothing by themselves."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from apps.accounts.models import User
from apps.accounts.rules import as_citizen, as_moderator
from apps.common.permissions import require
from apps.discussions.actions import review_contribution
from apps.discussions.models import Contribution
from apps.ledger.actions import record
from apps.ledger.enums import ActorRole
from apps.ledger.models import Actor
from apps.moderation.actions.claiming import hold_for, let_go
from apps.moderation.enums import REPORT_RECEIVED, REPORT_SETTLED, ReportOutcome
from apps.moderation.errors import AlreadySettled, UnfitWords
from apps.moderation.models import Report, ReportCase
from apps.moderation.queries import report_made_before, reports_to_forget
from apps.moderation.rules import REPORTS_DUE_HOURS, why_not_kept, why_not_public
from apps.municipality.models import RefusalReason
from apps.municipality.queries import due_after

KEY_BYTES = 24
_NO_SENTENCE = _("Write one sentence to who reported it: why the text stays.")


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What somebody says about a text. `submission_key` is the form's, so that a double click is one report."""

    reason: RefusalReason
    submission_key: UUID
    legal_ground: str = ""
    explanation: str = ""
    email: str = ""
    language: str = "da"


@transaction.atomic
def submit_report(*, contribution: Contribution, notice: Notice, by: User | None, at: datetime) -> Report:
    """Take in a report; it opens a case, or joins the one that is open. The text stays as it is.

    Sent twice, or by somebody who reported it before, it is the report that there is already. Raises NotAllowed,
    UnfitWords.
    """
    before = report_made_before(contribution, by=by, submission_key=notice.submission_key)
    if before is not None:
        return before
    require("moderation.submit_report", by, contribution)
    unfit = why_not_kept(f"{notice.legal_ground}\n{notice.explanation}")
    if unfit is not None:
        raise UnfitWords(unfit)
    case = _open_case(contribution, at)
    try:
        with transaction.atomic():
            report = _made(case, notice, by, at)
    except IntegrityError:  # the same click came through at the same time
        found = report_made_before(contribution, by=by, submission_key=notice.submission_key)
        if found is None:
            raise
        return found
    record(REPORT_RECEIVED, subject=report, by=as_citizen(by) if by else Actor(ActorRole.CITIZEN), at=at)
    return report


def _open_case(contribution: Contribution, at: datetime) -> ReportCase:
    """Return the open case, locked: who settles it waits, or was first and another one is opened.

    What nobody has read yet is due when it was before: in the queue it stands as its reports from now on.
    """
    due_at = due_after(at, hours=REPORTS_DUE_HOURS)
    if contribution.is_unread and contribution.due_at is not None:
        due_at = min(due_at, contribution.due_at)
    opening = {"opened_at": at, "due_at": due_at}
    cases = ReportCase.objects.select_for_update()
    case, _made_now = cases.get_or_create(contribution=contribution, settled_at=None, defaults=opening)
    return case


def _made(case: ReportCase, notice: Notice, by: User | None, at: datetime) -> Report:
    return Report.objects.create(
        case=case,
        key=secrets.token_urlsafe(KEY_BYTES),
        submission_key=notice.submission_key,
        reporter=by,
        email="" if by else notice.email.lower(),
        language=by.language if by else notice.language,
        reason=notice.reason,
        legal_ground=notice.legal_ground.strip(),
        explanation=notice.explanation.strip(),
        received_at=at,
    )


@transaction.atomic
def settle_reports(*, case: ReportCase, sentence: str, by: User, at: datetime) -> ReportCase:
    """Leave the text as it is, and tell everyone who reported it why; what is gone meanwhile needs no words.

    To hide the text, decide on it: that settles its reports too. Raises NotAllowed, ClaimedByAnother, UnfitWords,
    AlreadySettled.
    """
    require("moderation.settle_reports", by, case)
    contribution = case.contribution
    if case.is_open:
        hold_for(contribution=contribution, by=by, at=at)
    stays = case.contribution.is_published
    if stays and not sentence.strip():
        raise UnfitWords(_NO_SENTENCE)
    unfit = why_not_public(sentence)
    if unfit is not None:
        raise UnfitWords(unfit)
    if case.contribution.is_unread:  # who looks into a report has read the text
        text = case.contribution
        review_contribution(contribution=text, version=text.version, by=as_moderator(by), at=at)
    outcome = ReportOutcome.LEFT if stays else ReportOutcome.GONE
    settled = _settle(case, outcome, sentence.strip(), by, at)
    if not contribution.is_waiting:
        let_go(contribution=contribution)
    return settled


@transaction.atomic
def settle_as_acted(*, contribution: Contribution, by: User, at: datetime) -> ReportCase | None:
    """Settle what is open about a text that a moderator has just hidden; None when nothing is."""
    case = ReportCase.objects.filter(contribution=contribution, settled_at=None).first()
    return _settle(case, ReportOutcome.ACTED, "", by, at) if case else None


def _settle(case: ReportCase, outcome: ReportOutcome, sentence: str, by: User, at: datetime) -> ReportCase:
    still_open = ReportCase.objects.filter(pk=case.pk, settled_at=None)
    if not still_open.update(outcome=outcome, sentence=sentence, settled_by=by, settled_at=at):
        raise AlreadySettled
    case.refresh_from_db()
    record(REPORT_SETTLED, subject=case, by=as_moderator(by), at=at, facts={"outcome": outcome.value})
    return case


def open_again(*, contribution: Contribution, settled_at: datetime) -> int:
    """Open what a hiding settled that is undone: nobody was told yet. Return how many cases, one at most."""
    settled = ReportCase.objects.filter(contribution=contribution, outcome=ReportOutcome.ACTED, settled_at=settled_at)
    return settled.update(outcome="", sentence="", settled_by=None, settled_at=None)


@transaction.atomic
def forget_reports_of(*, person: User) -> int:
    """Keep no longer who reported what, and what they wrote about it; that it was reported stays. Return how many."""
    return empty_reports(list(reports_to_forget(person).values_list("pk", flat=True)))


def empty_reports(pks: list[int]) -> int:
    """Empty what reports tell of people. Return how many."""
    nothing = {"reporter": None, "email": "", "legal_ground": "", "explanation": ""}
    return Report.objects.filter(pk__in=pks).update(**nothing)
