"""What happened around a contribution, as counsel needs it: reports, its letter, pauses in its author's writing."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch

from apps.discussions.models import Contribution, WritingPause
from apps.discussions.queries import members_of_letter
from apps.moderation.models import Report, ReportCase
from apps.municipality.queries import name_in_office


def what_happened_around(contribution: Contribution) -> dict[str, Any]:
    """Return the parts of the evidence that are about more than the text and the decisions on it."""
    return {
        "reports": _reports(contribution),
        "letter": _letter(contribution),
        "pauses": _pauses(contribution),
    }


def _reports(contribution: Contribution) -> list[dict[str, Any]]:
    """Return the cases of reports on the text: how many, for which reasons, and what came of them.

    Who reported it, from which address and in which words is left out: it tells of people who are no party to the case.
    Where a court asks for it, it is found in the installation for as long as it is kept.
    """
    cases = ReportCase.objects.filter(contribution=contribution).select_related("settled_by").order_by("pk")
    return [
        {
            "opened_at": case.opened_at,
            "reports": [
                {"reason": report.reason.title, "received_at": report.received_at} for report in case.reports.all()
            ],
            "outcome": str(case.get_outcome_display()) if case.outcome else None,
            "sentence": case.sentence,
            "settled_by": name_in_office(case.settled_by) if case.settled_by else None,
            "settled_at": case.settled_at,
        }
        for case in cases.prefetch_related(Prefetch("reports", Report.objects.select_related("reason").order_by("pk")))
    ]


def _letter(contribution: Contribution) -> dict[str, Any] | None:
    """Return the numbers of the texts that count as one letter with this one, or None where it stands by itself."""
    cluster = contribution.cluster
    if cluster is None:
        return None
    members: Sequence[Contribution] = members_of_letter(cluster.pk, limit=None)
    return {
        "numbers": [member.number for member in members],
        "texts": [
            {"number": member.number, "status": str(member.get_status_display()), "received_at": member.received_at}
            for member in members
        ],
    }


def _pauses(contribution: Contribution) -> list[dict[str, Any]]:
    """Return the pauses in its author's writing that were decided with the text in hand, and the appeals against them.

    Those about other texts are left out: they are no part of this matter.
    """
    rows = WritingPause.objects.filter(contribution=contribution).order_by("pk")
    related = ("consultation", "paused_by", "lifted_by", "appeal__decided_by")
    return [
        {
            "days": pause.days,
            "where": pause.consultation.title if pause.consultation else None,
            "begins_at": pause.begins_at,
            "ends_at": pause.ends_at,
            "legal_ground": pause.legal_ground,
            "sentence": pause.sentence,
            "internal_facts": pause.internal_facts,
            "decided_by": name_in_office(pause.paused_by),
            "lifted_at": pause.lifted_at,
            "lifted_by": name_in_office(pause.lifted_by) if pause.lifted_by else None,
            "appeal": _appeal(pause),
        }
        for pause in rows.select_related(*related)
    ]


def _appeal(pause: WritingPause) -> dict[str, Any] | None:
    appeal = getattr(pause, "appeal", None)
    if appeal is None:
        return None
    return {
        "text": appeal.text,
        "received_at": appeal.received_at,
        "outcome": str(appeal.get_outcome_display()) if appeal.outcome else None,
        "sentence": appeal.sentence,
        "decided_by": name_in_office(appeal.decided_by) if appeal.decided_by else None,
        "decided_at": appeal.decided_at,
    }
