"""What is kept about a person."""

from datetime import datetime
from typing import Any

from django.db.models import F

from apps.accounts.models import User
from apps.consultations.models import (
    Consultation,
    DocumentVersion,
    DraftComment,
    ProposalVersion,
    Review,
    TeamMember,
)
from apps.consultations.queries.meetings import SIGN_UPS_KEPT, sign_ups_of


def personal_data_of(person: User, *, at: datetime) -> dict[str, Any]:  # noqa: ARG001 - as the other apps' are
    """Return the consultations that the person set up, what they added, and the meetings they signed up for."""
    made = Consultation.objects.filter(created_by=person).order_by("pk")
    files = DocumentVersion.objects.filter(added_by=person).order_by("pk")
    proposals = ProposalVersion.objects.filter(made_by=person).order_by("pk")
    comments = DraftComment.objects.filter(author=person).order_by("pk")
    asked = Review.objects.filter(asked_by=person).order_by("pk")
    teams = TeamMember.objects.filter(person=person).select_related("consultation").order_by("pk")
    return {
        "teams": [
            {"consultation": row.consultation.title, "role": row.get_role_display(), "since": row.added_at}
            for row in teams
        ],
        "comments": list(comments.values("body", "written_at")),
        "reviews": list(asked.values("asked_at", title=F("consultation__title"))),
        "consultations": list(made.values("title", "slug", "created_at", "published_at")),
        "documents": list(files.values("title", "version", "added_at")),
        "proposals": list(proposals.values("title", "version", "made_at")),
        "meetings": [
            {
                "title": row.meeting.title,
                "consultation": row.meeting.consultation.title,
                "starts_at": row.meeting.starts_at,
                "place": row.meeting.place,
                "companions": row.companions,
                "status": row.get_status_display(),
                "signed_up_at": row.signed_up_at,
                "reminded_of": row.reminded_of,
                "kept_until": row.meeting.ends_at + SIGN_UPS_KEPT,
            }
            for row in sign_ups_of(person).order_by("pk")
        ],
    }
