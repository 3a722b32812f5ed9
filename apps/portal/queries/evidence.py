"""Everything that is known about one contribution, as counsel needs it. For moderators only."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models.fields.files import FieldFile

from apps.accounts.enums import HeldSubject
from apps.accounts.models import Hold
from apps.accounts.queries import held_ids
from apps.common.uploads import FileKind
from apps.discussions.models import Attachment, Contribution
from apps.discussions.queries import every_file_of, place_of
from apps.ledger.actions import fingerprint
from apps.moderation.queries import decisions_on
from apps.municipality.queries import name_in_office
from apps.portal.queries.evidence_around import what_happened_around
from apps.portal.queries.evidence_entries import entries_in_evidence
from apps.portal.queries.evidence_outside import appeal_in_evidence, coming_in_evidence, scan_in_evidence


def evidence_about(contribution: Contribution, *, at: datetime) -> dict[str, Any]:
    """Return the text with its place and versions, its way through moderation, the holds on it and its ledger entries.

    With it stand what was reported about it, the letter that it belongs to and the pauses that came of it.

    The salts come with it: with them anybody can work out the fingerprints that the public ledger holds. The author's
    address does not, nor what people wrote who reported it; that is for the court to ask for.
    """
    return {
        "put_together_at": at,
        "contribution": _contribution(contribution),
        "came": coming_in_evidence(contribution),
        "place": _place(contribution),
        "versions": _versions(contribution),
        "files": [_file(row) for row in every_file_of(contribution)],
        "decisions": _decisions(contribution),
        "appeals": _appeals(contribution),
        **what_happened_around(contribution),
        "holds": [
            {
                "reason": hold.reason,
                "placed_at": hold.placed_at,
                "review_on": hold.review_on,
                "lifted_at": hold.lifted_at,
            }
            for hold in Hold.objects.filter(held=HeldSubject.CONTRIBUTION, held_id=contribution.pk).order_by("pk")
        ],
        "entries": entries_in_evidence(contribution),
    }


def _decisions(contribution: Contribution) -> list[dict[str, Any]]:
    return [
        {
            "outcome": str(row.get_outcome_display()),
            "version": row.version,
            "reason": row.reason.title if row.reason else None,
            "house_rule": row.reason.rule_number if row.reason else None,
            "sentence": row.sentence,
            "internal_facts": row.internal_facts,
            "decided_by": name_in_office(row.decided_by),
            "decided_at": row.decided_at,
            "undone_at": row.undone_at,
        }
        for row in reversed(decisions_on(contribution))
    ]


def _appeals(contribution: Contribution) -> list[dict[str, Any]]:
    return [
        {
            "by": "reporter" if row.report_id else "author",
            "text": "" if row.report_id else row.text,
            "received_at": row.received_at,
            "came": appeal_in_evidence(row),
            "outcome": str(row.get_outcome_display()),
            "sentence": row.sentence,
            "decided_by": name_in_office(row.decided_by) if row.decided_by else None,
            "decided_at": row.decided_at,
        }
        for row in contribution.appeals.select_related("decided_by", "letter__typed_by").order_by("pk")
    ]


def is_held(contribution: Contribution) -> bool:
    """Tell whether a legal hold lies on the text."""
    return bool(held_ids(HeldSubject.CONTRIBUTION, [contribution.pk]))


def _contribution(row: Contribution) -> dict[str, Any]:
    return {
        "consultation": row.consultation.title,
        "topic": row.topic.title,
        "question": row.topic.question,
        "number": row.number,
        "in_reply_to": row.in_reply_to_number,
        "kind": str(row.get_kind_display()),
        "status": str(row.get_status_display()),
        "shown_as": row.author_name,
        "verified_resident": row.author_is_resident,
        "received_at": row.received_at,
        "on_time": not row.came_late,
        "decided_at": row.decided_at,
        "text_erased_at": row.text_erased_at,
    }


def _place(contribution: Contribution) -> dict[str, Any] | None:
    """Return the place on the map that the text is about, also one that nobody sees while a redaction stands."""
    row = place_of(contribution)
    if row is None:
        return None
    return {
        "latitude": row.latitude,
        "longitude": row.longitude,
        "near": row.near,
        "metres_from_it": row.metres,
        "shown_with_the_text": row.is_shown,
    }


def _versions(row: Contribution) -> list[dict[str, Any]]:
    former = sorted(row.past_texts.all(), key=lambda past: past.version)
    texts = [
        *((past.version, past.body, past.salt, past.replaced_at) for past in former),
        (row.version, row.body, row.salt, None),
    ]
    return [
        {
            "version": version,
            "text": body,
            "salt": bytes(salt).hex(),
            "fingerprint": fingerprint(bytes(salt), body) if salt else None,
            "replaced_at": replaced_at,
        }
        for version, body, salt, replaced_at in texts
    ]


def files_in_evidence(contribution: Contribution) -> Iterator[tuple[str, FieldFile]]:
    """Yield the files that ever stood beside the text and still are there, and its scan, each with its name."""
    for row in every_file_of(contribution):
        yield _name_of(row), row.file
    yield from scan_in_evidence(contribution)


def _name_of(row: Attachment) -> str:
    return f"files/{row.position}.{FileKind(row.kind).endings[0]}"


def _file(row: Attachment) -> dict[str, Any]:
    return {
        "file": _name_of(row),
        "name": row.name,
        "description": row.description,
        "kind": FileKind(row.kind).label,
        "size": row.size,
        "sha256": row.sha256,
        "salt": bytes(row.salt).hex(),
        "fingerprint": row.fingerprint,
        "version": row.version,
        "added_at": row.added_at,
        "status": str(row.get_status_display()),
        "held_because": row.held_reason.title if row.held_reason else None,
    }
