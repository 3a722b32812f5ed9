"""What is stored about a person here, for their own copy of it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch, QuerySet

from apps.accounts.models import User
from apps.common.uploads import FileKind
from apps.discussions.enums import FileStatus
from apps.discussions.models import Attachment, Contribution
from apps.ledger.actions import fingerprint
from apps.screening.enums import Flag
from apps.screening.queries import flags_of

_READ = ("topic", "consultation", "refusal_reason", "cluster", "place", "citizen_proposal")


def personal_data_of(person: User, *, at: datetime) -> list[dict[str, Any]]:
    """Return all that the person wrote, in the order of receipt, as plain values that JSON can hold.

    Texts come with their former versions, names and districts as they are frozen, and the fingerprints under which
    the ledger knows each version, and with what a program noticed. What was moved to another consultation comes once,
    with the numbers it had before. `file` is where the bytes of a file stand in the copy. Six queries.
    """
    rows = Contribution.stored.filter(author=person, received_at__lte=at, moved_to=None).select_related(*_READ)
    before = Prefetch("numbers_before", Contribution.stored.select_related("consultation").order_by("pk"))
    files = Prefetch("attachments", files_of(person), to_attr="files")
    found = list(rows.prefetch_related("past_texts", before, files).order_by("received_at", "pk"))
    noticed = flags_of([row.pk for row in found])
    return [_of(row, noticed.get(row.pk, ())) for row in found]


def _of(row: Contribution, noticed: Sequence[Flag]) -> dict[str, Any]:
    is_there = row.text_erased_at is None
    return {
        "number": row.number,
        "consultation": row.consultation.title,
        "numbers_before": _numbers_before(row),
        "topic": row.topic.title,
        "kind": str(row.get_kind_display()),
        "status": str(row.get_status_display()),
        "in_reply_to": row.in_reply_to_number,
        "same_letter_as": row.same_as,
        "received_at": row.received_at.isoformat(),
        "on_time": not row.came_late,
        "decided_at": _moment(row.decided_at),
        "answered_at": _moment(row.answered_at),
        "unread_since": _moment(row.unread_since),
        "noticed_by_program": ", ".join(str(flag.label) for flag in noticed) or None,
        "shown_as": _shown_as(row),
        "text": row.body,
        "place": _place(row),
        "citizen_proposal": _proposal(row),
        "source": row.source,
        "version": row.version,
        "fingerprint": fingerprint(bytes(row.salt), row.body) if is_there else None,
        "former_texts": [
            {
                "version": past.version,
                "text": past.body,
                "redacted_by_moderator": past.is_sealed,
                "replaced_at": past.replaced_at.isoformat(),
                "fingerprint": fingerprint(bytes(past.salt), past.body) if is_there else None,
            }
            for past in sorted(row.past_texts.all(), key=lambda past: past.version)
        ],
        "files": [_file(file) for file in row.files],  # type: ignore[attr-defined]
        "refused_because": row.refusal_reason.title if row.refusal_reason else None,
        "refusal_sentence": row.refusal_sentence or None,
        "text_erased_at": _moment(row.text_erased_at),
        "erased_because": str(row.get_erasure_ground_display()) or None,
    }


def files_of(person: User) -> QuerySet[Attachment]:
    """Return the files that somebody sent and that still are there, in a fixed order."""
    rows = Attachment.objects.filter(contribution__author=person).exclude(status=FileStatus.REMOVED)
    return rows.select_related("held_reason").order_by("contribution", "position")


def name_in_copy(row: Attachment) -> str:
    """Return where the bytes of a file stand in its author's copy of their data."""
    return f"files/{row.pk}.{FileKind(row.kind).endings[0]}"


def _file(row: Attachment) -> dict[str, Any]:
    return {
        "file": name_in_copy(row),
        "file_name": row.name,
        "what_it_shows": row.description,
        "size": row.size,
        "version": row.version,
        "added_at": row.added_at.isoformat(),
        "file_status": str(row.get_status_display()),
        "held_because": row.held_reason.title if row.held_reason else None,
        "fingerprint": row.fingerprint,
    }


def _numbers_before(row: Contribution) -> list[dict[str, Any]]:
    """Return the numbers that a text had before it was moved to another consultation, in their order."""
    return [
        {"number": mark.number, "consultation": mark.consultation.title, "moved_at": _moment(mark.decided_at)}
        for mark in row.numbers_before.all()
    ]


def _place(row: Contribution) -> dict[str, Any] | None:
    place = getattr(row, "place", None)
    if place is None:
        return None
    return {"latitude": place.latitude, "longitude": place.longitude, "near": place.near, "metres": place.metres}


def _proposal(row: Contribution) -> dict[str, Any] | None:
    """Return on what terms it was offered as a citizen proposal, and how that ended. Who supports it is not theirs."""
    proposal = getattr(row, "citizen_proposal", None)
    if proposal is None:
        return None
    return {
        "supporters_needed": proposal.threshold,
        "days_to_support": proposal.days,
        "least_age": proposal.minimum_age,
        "starts_at": _moment(proposal.starts_at),
        "ends_at": _moment(proposal.ends_at),
        "outcome": str(proposal.get_outcome_display()) or None,
    }


def _shown_as(row: Contribution) -> dict[str, Any]:
    return {
        "name": row.author_name,
        "title": row.author_title,
        "district": row.author_district,
        "verified_resident": row.author_is_resident,
        "organisation": row.author_is_organisation,
        "name_hidden": row.author_name_hidden,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
