"""What is stored about an official in this app, for their copy of their data."""

from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.publications.models import AnswerDraft, Assignment
from apps.publications.queries.summaries import summaries_by


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return the summaries and unpublished answers that the person wrote in office, and what they were given to answer.

    Oldest first, without what others wrote. A published answer is among their contributions.
    """
    given = Assignment.objects.filter(official=person).select_related("consultation", "contribution").order_by("pk")
    drafts = AnswerDraft.objects.filter(author=person).select_related("consultation", "answer").order_by("pk")
    return {
        "summaries": summaries_by(person),
        "to_answer": [
            {
                "consultation": row.consultation.title,
                "number": row.contribution.number,
                "given_at": row.assigned_at,
            }
            for row in given
        ],
        "answer_drafts": [
            {
                "consultation": row.consultation.title,
                "status": row.get_status_display(),
                "text": row.body,
                "source": row.source,
                "version": row.revision,
                "number": row.answer.number if row.answer else None,
            }
            for row in drafts
        ],
    }
