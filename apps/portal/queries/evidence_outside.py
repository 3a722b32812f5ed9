"""How a text came that staff typed in, as counsel needs it. For moderators only."""

from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile

from apps.common.uploads import FileKind
from apps.discussions.models import Contribution, OutsideVoice
from apps.discussions.queries import voice_of
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
        "scan": _scan(voice) if voice.scan else None,
    }


def scan_in_evidence(contribution: Contribution) -> Iterator[tuple[str, FieldFile]]:
    """Yield the scan of a text that staff typed in, with its name in the package; nothing where there is none."""
    voice = voice_of(contribution)
    if voice is not None and voice.scan:
        yield _name_of(voice), voice.scan


def _scan(voice: OutsideVoice) -> dict[str, Any]:
    kind = FileKind(voice.kind).label
    return {"file": _name_of(voice), "kind": kind, "size": voice.size, "sha256": voice.sha256}


def _name_of(voice: OutsideVoice) -> str:
    return f"scan.{FileKind(voice.kind).endings[0]}"
