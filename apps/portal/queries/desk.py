"""What the desk tells an official to do next, put together from several apps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.common.permissions import may
from apps.consultations.enums import DeskTaskKind
from apps.consultations.queries import DeskTask, desk_tasks
from apps.discussions.models import CitizenProposal
from apps.discussions.queries import Unanswered, proposals_for_council, unanswered_suggestions
from apps.publications.queries import published_versions

ABOUT_DRAFTS = frozenset({DeskTaskKind.REVIEW, DeskTaskKind.COMMENTS, DeskTaskKind.PUBLISH, DeskTaskKind.OPENS})
HEARD = frozenset({DeskTaskKind.CLOSED, DeskTaskKind.CONSIDERED})


@dataclass(frozen=True, kw_only=True)
class BoxWork:
    """What the suggestion box asks of who keeps it: proposals for the council, and suggestions that nobody answered."""

    for_council: Sequence[CitizenProposal]
    unanswered: Unanswered

    @property
    def count(self) -> int:
        """How many of both wait."""
        return len(self.for_council) + self.unanswered.count


@dataclass(frozen=True, kw_only=True)
class DeskWork:
    """What waits, the longest due first: drafts apart from what is public. `unsummed` have no published summary."""

    drafts: Sequence[DeskTask]
    steps: Sequence[DeskTask]
    unsummed: frozenset[int]
    box: BoxWork | None


def box_work(viewer: Any) -> BoxWork | None:
    """Return what waits in the suggestion box, in two queries; None for who does not keep it."""
    if not may("consultations.keep_box", viewer):
        return None
    return BoxWork(for_council=proposals_for_council(), unanswered=unanswered_suggestions())


def desk_work(viewer: Any, *, at: datetime) -> DeskWork:
    """Return what the viewer has to do in the hearings of their teams; nothing for who is no official."""
    tasks = desk_tasks(viewer, at=at)
    heard = {task.consultation.pk for task in tasks if task.kind in HEARD}
    return DeskWork(
        drafts=[task for task in tasks if task.kind in ABOUT_DRAFTS],
        steps=[task for task in tasks if task.kind not in ABOUT_DRAFTS],
        unsummed=frozenset(heard - published_versions(heard).keys()) if heard else frozenset(),
        box=box_work(viewer),
    )
