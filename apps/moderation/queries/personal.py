"""What is stored about a person here, for their own copy of it."""

from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.discussions.models import Contribution, WritingPause
from apps.moderation.models import Appeal, Case, Decision, Deputy, Look, PauseAppeal, Report, SecondReading
from apps.moderation.queries.cases import appeals_by, reports_by
from apps.moderation.queries.pauses import pause_appeals_by
from apps.moderation.queries.statements import statements_told


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:
    """Return what the person decided as a moderator, the cases they hold, and the reasons they were given as author.

    Left out are the texts that were decided about and the facts for moderators: they are about other people.
    """
    decisions = Decision.objects.filter(decided_by=person).select_related("case__contribution__consultation")
    cases = Case.objects.filter(claimed_by=person).select_related("contribution__consultation")
    named = Case.objects.filter(about_staff=person).select_related("contribution__consultation")
    return {
        "reports": [_report_told(row) for row in reports_by(person)],
        "appeals": [_appeal_told(row) for row in appeals_by(person)],
        **_pauses_told(person),
        "named_in": [_place_told(case.contribution) for case in named.order_by("pk")],
        "deputy": list(Deputy.objects.filter(person=person).order_by("pk").values("named_at", "ended_at")),
        "decisions": [
            {
                "consultation": row.case.contribution.consultation.title,
                "number": row.case.contribution.number,
                "outcome": row.get_outcome_display(),
                "sentence": row.sentence,
                "decided_at": row.decided_at,
                "undone_at": row.undone_at,
            }
            for row in decisions.order_by("pk")
        ],
        "statements": statements_told(person, at=at),
        "claims": [_place_told(case.contribution) | {"claimed_at": case.claimed_at} for case in cases.order_by("pk")],
        "looks": [
            _place_told(look.contribution) | {"looked_at": look.looked_at}
            for look in Look.objects.filter(person=person).select_related("contribution__consultation")
        ],
        "second_readings": [
            {"verdict": row.get_verdict_display(), "read_at": row.read_at}
            for row in SecondReading.objects.filter(reader=person).order_by("pk")
        ],
    }


def _pauses_told(person: User) -> dict[str, Any]:
    decided = WritingPause.objects.filter(paused_by=person).order_by("pk")
    return {
        "pause_appeals": [_place_told(row.pause.contribution) | _ruling_told(row) for row in pause_appeals_by(person)],
        "pauses_decided": list(decided.values("days", "begins_at", "ends_at")),
    }


def _place_told(contribution: Contribution) -> dict[str, Any]:
    return {"consultation": contribution.consultation.title, "number": contribution.number}


def _report_told(row: Report) -> dict[str, Any]:
    return _place_told(row.case.contribution) | {
        "reason": row.reason.title,
        "legal_ground": row.legal_ground,
        "text": row.explanation,
        "received_at": row.received_at,
        "outcome": row.case.get_outcome_display(),
        "sentence": row.case.sentence,
        "decided_at": row.case.settled_at,
    }


def _appeal_told(row: Appeal) -> dict[str, Any]:
    return _place_told(row.contribution) | _ruling_told(row)


def _ruling_told(row: Appeal | PauseAppeal) -> dict[str, Any]:
    return {
        "text": row.text,
        "received_at": row.received_at,
        "outcome": row.get_outcome_display(),
        "sentence": row.sentence,
        "decided_at": row.decided_at,
    }
