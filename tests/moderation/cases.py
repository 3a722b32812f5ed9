"""Reports and appeals for tests, made through the house's own actions."""

from datetime import datetime
from itertools import count
from uuid import UUID

from apps.accounts.models import User
from apps.consultations.models import Topic
from apps.discussions.models import Contribution
from apps.moderation.actions import (
    AppealRuling,
    Notice,
    decide_contribution,
    settle_reports,
    submit_appeal,
    submit_report,
    submit_report_appeal,
)
from apps.moderation.enums import AppealOutcome
from apps.moderation.models import Appeal, Report
from apps.moderation.queries import decisions_against
from tests import factories, personas
from tests.moderation.desk import a_reason, refuse

EXPLAINED, APPEALED = "planted-explanation of a reporter", "planted-words of an appeal"
STAYS, REASONS = "The text keeps the house rules.", "The words are about the matter, not about a person."

_serial = count(1)


def a_notice(**changes: object) -> Notice:
    """Return what somebody says about a text."""
    facts = {"reason": a_reason(), "submission_key": UUID(int=next(_serial)), "explanation": EXPLAINED} | changes
    return Notice(**facts)  # type: ignore[arg-type]


def a_neighbour(at: datetime, name: str = "nora") -> User:
    """Return somebody who reads, made at first use."""
    email = f"{name}@example.org"
    known = User.objects.filter(email=email).first()
    return known or personas.unverified(at=at, email=email, display_name=f"{name.capitalize()} Neighbour")


def a_report(contribution: Contribution, *, at: datetime, by: User | None = None, email: str = "") -> Report:
    """Return a report, by somebody signed in, or from an address, or from nobody known."""
    return submit_report(contribution=contribution, notice=a_notice(email=email), by=by, at=at)


def left(report: Report, *, at: datetime, by: User | None = None) -> Report:
    """Return the report after a moderator left the text as it is."""
    settle_reports(case=report.case, sentence=STAYS, by=by or factories.a_moderator(at), at=at)
    return report


def refused_by_moderator(topic: Topic, *, at: datetime, body: str = "") -> Contribution:
    """Return a contribution that the first moderator refused at the queue."""
    made = factories.a_contribution(topic, at=at, body=body)
    decide_contribution(contribution=made, ruling=refuse(), by=factories.a_moderator(at), at=at)
    return made


def an_appeal(contribution: Contribution, *, at: datetime) -> Appeal:
    """Return its author's appeal."""
    decision = decisions_against(contribution)[0]
    assert contribution.author is not None
    return submit_appeal(decision=decision, text=APPEALED, by=contribution.author, at=at)


def a_report_appeal(report: Report, *, at: datetime) -> Appeal:
    """Return the reporter's appeal."""
    return submit_report_appeal(report=report, text=APPEALED, by=report.reporter, at=at)


def uphold() -> AppealRuling:
    """Return the ruling that lets the decision stand."""
    return AppealRuling(outcome=AppealOutcome.UPHELD, sentence=REASONS)


def reverse(reason: str = "") -> AppealRuling:
    """Return the ruling that reverses it, for a text that is to be hidden with its reason."""
    found = a_reason(reason) if reason else None
    return AppealRuling(outcome=AppealOutcome.REVERSED, sentence=REASONS, reason=found)
