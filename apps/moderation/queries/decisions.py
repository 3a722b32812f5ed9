"""What was decided: on a text, about an author, in the last minute, by everybody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from apps.consultations.enums import NamePolicy
from apps.discussions.enums import (
    CONTRIBUTION_MOVED_BACK,
    CONTRIBUTION_MOVED_IN,
    CONTRIBUTION_MOVED_OUT,
    CONTRIBUTION_PUBLISHED,
    CONTRIBUTION_REOPENED,
    CONTRIBUTION_RESTORED,
    CONTRIBUTION_UNREDACTED,
    ContributionKind,
)
from apps.discussions.models import Contribution
from apps.discussions.queries import redaction_stands
from apps.ledger.enums import KINDS, ActorRole
from apps.ledger.models import Entry
from apps.moderation.enums import Outcome
from apps.moderation.models import UNDO_LASTS, Decision
from apps.moderation.queries.queue import PAGE

LOG_PAGE = 50
EARLIER = 5
# What the name of a member of staff is made of.
_NAMING = ("display_name", "job_title", "name_protected_at", "erased_at")
_EARLIER = (
    "outcome", "sentence", "decided_at", "reason__code", "reason__title_da", "reason__title_en",
    "case__contribution__number", "case__contribution__consultation__title",
)  # fmt: skip
_MOVED = ("moved_to__consultation", "left__consultation")
_ACROSS = frozenset(kind.name for kind in (CONTRIBUTION_MOVED_OUT, CONTRIBUTION_MOVED_IN, CONTRIBUTION_MOVED_BACK))
_SHOWN_AGAIN = frozenset(kind.name for kind in (CONTRIBUTION_PUBLISHED, CONTRIBUTION_RESTORED, CONTRIBUTION_UNREDACTED))
_UNDOABLE = ("outcome", "decided_at", "decided_by", "case__contribution__number")


def decisions_on(contribution: Contribution) -> list[Decision]:
    """Return what was decided so far, latest first."""
    found = Decision.objects.filter(case__contribution=contribution)
    return list(found.select_related("decided_by", "reason", "file", *_MOVED).order_by("-id"))


def decisions_about(author_id: int | None, *, but: Contribution) -> list[Decision]:
    """Return what was decided about somebody's other texts, latest first, without the facts for moderators."""
    if author_id is None:
        return []
    found = Decision.objects.filter(case__contribution__author=author_id, undone_at=None)
    found = found.exclude(case__contribution=but).select_related("reason", "case__contribution__consultation")
    return list(found.only(*_EARLIER).order_by("-id")[:EARLIER])


def standing_redaction(contribution: Contribution) -> Decision | None:
    """Return the latest decision that took a passage out of the text which is missing still, or None."""
    found = Decision.objects.filter(case__contribution=contribution, outcome=Outcome.REDACT, undone_at=None)
    latest_first = found.select_related("reason").order_by("-pk")
    return next((row for row in latest_first if redaction_stands(contribution, row.version)), None)


def decision_by_id(pk: int) -> Decision | None:
    """Return a decision with its case, or None."""
    return (
        Decision.objects.select_related("case__contribution__topic", "case__contribution__consultation")
        .filter(pk=pk)
        .first()
    )


def undoable_by(viewer: Any, *, at: datetime) -> list[Decision]:
    """Return what the viewer decided in the last minute and can still take back, latest first."""
    mine = Decision.objects.filter(decided_by=viewer, decided_at__gt=at - UNDO_LASTS, undone_at=None)
    mine = mine.filter(is_of_appeal=False)
    has_lost_names = Q(case__contribution__consultation__name_policy=NamePolicy.FIRST_NAME, left__isnull=False)
    mine = mine.exclude(has_lost_names & ~Q(left__consultation__name_policy=NamePolicy.FIRST_NAME))
    moved_out_since = Decision.objects.filter(case=OuterRef("case"), left__isnull=False, pk__gt=OuterRef("pk"))
    mine = mine.exclude(Exists(moved_out_since))
    return list(mine.select_related("case__contribution").only(*_UNDOABLE).order_by("-decided_at", "-pk")[:PAGE])


def undone_among(entries: Sequence[Entry]) -> set[int]:
    """Return the ids of those entries that tell of a decision which was undone, or of its undoing: they are no news."""
    told = [entry for entry in entries if entry.subject == "contribution" and _may_be_part_of_undoing(entry)]
    if not told:
        return set()
    undone = Decision.objects.filter(
        undone_at__isnull=False, case__contribution__in={entry.subject_id for entry in told}
    ).values_list("case__contribution", "decided_at", "undone_at")
    moments = {(pk, moment) for pk, *both in undone for moment in both}
    return {entry.pk for entry in told if (entry.subject_id, entry.at) in moments} | _with_undone_moves(told)


def _with_undone_moves(told: Sequence[Entry]) -> set[int]:
    """Return the ids of entries about what followed a text to another consultation, where that move was undone."""
    moves = [entry for entry in told if entry.kind in _ACROSS]
    if not moves:
        return set()
    undone = Decision.objects.filter(outcome=Outcome.MOVE, undone_at__isnull=False)
    at = {entry.at for entry in moves}
    undone = undone.filter(Q(decided_at__in=at) | Q(undone_at__in=at))
    moments = {moment for both in undone.values_list("decided_at", "undone_at") for moment in both}
    return {entry.pk for entry in moves if entry.at in moments}


def told_by_appeals_among(entries: Sequence[Entry]) -> set[int]:
    """Return the ids of those entries that tell how an appeal was put right: its author has a mail about the appeal.

    The mail about a citizen proposal says more: until when people can support it.
    """
    shown = {entry.subject_id for entry in entries if entry.kind in _SHOWN_AGAIN}
    if not shown:
        return set()
    found = Decision.objects.filter(is_of_appeal=True, case__contribution__in=shown)
    found = found.exclude(case__contribution__kind=ContributionKind.PROPOSAL)
    moments = set(found.values_list("case__contribution", "decided_at"))
    return {entry.pk for entry in entries if entry.kind in _SHOWN_AGAIN and (entry.subject_id, entry.at) in moments}


def _may_be_part_of_undoing(entry: Entry) -> bool:
    kind = KINDS.get(entry.kind)
    undoes = entry.kind == CONTRIBUTION_REOPENED.name or bool(kind and kind.can_be_undone)
    return undoes and entry.actor_role == ActorRole.MODERATOR


def decision_page(*, before: int | None = None) -> tuple[list[Decision], int | None]:
    """Return decisions of all moderators, latest first, and the id to go on before when there are more.

    Neither the texts decided on nor the internal facts are read.
    """
    rows = (
        Decision.objects.select_related(
            "decided_by", "reason", *_MOVED, "case__contribution__consultation", "case__contribution__topic"
        )
        .only(
            "outcome", "version", "sentence", "decided_at", "undone_at",
            "moved_to__title", "moved_to__consultation__title", "left__number", "left__consultation__title",
            *(f"decided_by__{name}" for name in _NAMING),
            "reason__code", "reason__title_da", "reason__title_en", "case__id", "case__contribution__number",
            "case__contribution__author_name", "case__contribution__topic__title",
            "case__contribution__consultation__title",
        )
        .order_by("-id")
    )  # fmt: skip
    found = list((rows.filter(pk__lt=before) if before else rows)[: LOG_PAGE + 1])
    return found[:LOG_PAGE], (found[LOG_PAGE - 1].pk if len(found) > LOG_PAGE else None)
