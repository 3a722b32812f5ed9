"""How a text came that staff typed in, as counsel needs it. For moderators only."""

from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile

from apps.common.uploads import FileKind
from apps.discussions.models import Contribution, OutsideVoice
from apps.discussions.queries import voice_of
from apps.moderation.models import Appeal, AppealLetter
from apps.municipality.queries import name_in_office


def coming_in_evidence(contribution: Contribution) -> dict[str, Any] | None:
    """Return how and when a text came that staff typed in, by whom it was typed in, and its scan; None for any other.

    The address of whoever sent it does not come with it; that is for the court to ask for.
    """
    voice = voice_of(contribution)
    if voice is None:
        return None
    return {
        "channel": str(voice.get_channel_display()),
        "came_on": voice.came_on,
        "typed_in_by": name_in_office(voice.typed_by) if voice.typed_by else None,
        "receipt_posted_at": voice.receipt_posted_at,
        "scan": _scan(voice, _name_of(voice)) if voice.scan else None,
    }


def appeal_in_evidence(appeal: Appeal) -> dict[str, Any] | None:
    """Return when an appeal came by letter, by whom it was typed in, when it was answered, and its scan; else None."""
    letter: AppealLetter | None = getattr(appeal, "letter", None)
    if letter is None:
        return None
    return {
        "came_on": letter.came_on,
        "typed_in_by": name_in_office(letter.typed_by) if letter.typed_by else None,
        "outcome_posted_at": letter.outcome_posted_at,
        "scan": _scan(letter, _name_of_appeal(letter)) if letter.scan else None,
    }


def scan_in_evidence(contribution: Contribution) -> Iterator[tuple[str, FieldFile]]:
    """Yield the scans of a text that staff typed in and of appeals on paper, each with its name in the package."""
    voice = voice_of(contribution)
    if voice is None:
        return
    if voice.scan:
        yield _name_of(voice), voice.scan
    for letter in AppealLetter.objects.filter(appeal__contribution=contribution).exclude(scan="").order_by("pk"):
        yield _name_of_appeal(letter), letter.scan


def _scan(row: OutsideVoice | AppealLetter, name: str) -> dict[str, Any]:
    return {"file": name, "kind": FileKind(row.kind).label, "size": row.size, "sha256": row.sha256}


def _name_of(voice: OutsideVoice) -> str:
    return f"scan.{FileKind(voice.kind).endings[0]}"


def _name_of_appeal(letter: AppealLetter) -> str:
    return f"appeal-{letter.appeal_id}.{FileKind(letter.kind).endings[0]}"
