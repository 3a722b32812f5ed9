"""What became of suggestions, as lists and threads show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from apps.common.richtext import plain
from apps.common.templatetags.civic import badge
from apps.discussions.enums import SuggestionStatus
from apps.discussions.models import Contribution, SuggestionStep
from apps.discussions.rendering.articles import ShownStep
from apps.discussions.rendering.proposals import ShownProgress, shown_progress
from apps.discussions.rendering.words import link_to, moment_html, sum_words

EXCERPT = 320


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownSuggestion:
    """A suggestion in a list: the beginning of its text, where it stands, and what was said last about it."""

    contribution: Contribution
    excerpt: str
    link: str
    badge: SafeString
    last: ShownStep | None
    sum: str
    progress: ShownProgress | None


def shown_steps(steps: Sequence[SuggestionStep], at: datetime) -> list[ShownStep]:
    """Return what was said to become of a suggestion, last word first."""
    return [
        ShownStep(badge(step.status, step.get_status_display()), step.sentence, moment_html(step.set_at, at))
        for step in reversed(steps)
    ]


def suggestion_rows(rows: Iterable[Contribution], at: datetime) -> list[ShownSuggestion]:
    """Return suggestions, fetched with their steps, as a list shows them."""
    return [_row(row, shown_steps(list(row.steps.all()), at), at) for row in rows]


def _row(row: Contribution, steps: Sequence[ShownStep], at: datetime) -> ShownSuggestion:
    progress = shown_progress(getattr(row, "citizen_proposal", None), vars(row)["supporters"] or 0, at)
    return ShownSuggestion(
        contribution=row,
        excerpt=plain(row.body, EXCERPT),
        link=link_to(row),
        badge=steps[0].badge if steps else badge(SuggestionStatus.RECEIVED),
        last=steps[0] if steps else None,
        sum="" if progress else sum_words(vars(row)["agreed"]),
        progress=progress,
    )
