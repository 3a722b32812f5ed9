"""What is known about the sockets of this process, and who stands behind one."""

from collections.abc import Sequence
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from apps.accounts.rules import as_known_to
from apps.common.permissions import may
from apps.consultations.models import Consultation, Topic
from apps.consultations.queries import visible_consultations
from apps.discussions.enums import CONTRIBUTION_MOVED, CONTRIBUTION_MOVED_IN
from apps.discussions.queries import published_by_numbers
from apps.ledger.models import Entry
from apps.ledger.queries import facts_of
from apps.live.engine.registry import EVERY_REGISTRY


def open_sockets() -> int:
    """Return how many sockets this process holds."""
    return sum(len(registry) for registry in EVERY_REGISTRY)


def viewer_of(session_key: str | None) -> Any:
    """Return who a session belongs to at this moment, read anew: an anonymous user once it has ended.

    Staff without a second step in it have no roles, as on pages.
    """
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    return as_known_to(session, get_user(SimpleNamespace(session=session)))  # type: ignore[arg-type]


def is_visible_topic(viewer: Any, topic_id: int | None) -> bool:
    """Tell whether the viewer may see the consultation that the topic belongs to."""
    return Topic.objects.filter(pk=topic_id or 0, consultation__in=visible_consultations(viewer)).exists()


def is_coded_by(viewer: Any, consultation_id: int | None) -> bool:
    """Tell whether the viewer writes the white paper of a consultation."""
    consultation = Consultation.objects.filter(pk=consultation_id or 0).first()
    return consultation is not None and may("publications.write_white_paper", viewer, consultation)


def shown_by(entry: Entry) -> int:
    """Return how many articles an entry brought to its topic: what was moved may wait, and may have brought replies."""
    if entry.kind not in {CONTRIBUTION_MOVED.name, CONTRIBUTION_MOVED_IN.name}:
        return 1
    numbers: Sequence[int] = [entry.number or 0, *facts_of(entry).get("replies", ())]
    return len(published_by_numbers(entry.consultation_id or 0, numbers))
