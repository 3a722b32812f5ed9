"""What moderators redacted in a text, as its former versions tell it."""

from collections.abc import Collection
from itertools import takewhile

from apps.discussions.models import Contribution, PastText
from apps.discussions.rules import GONE


def versions_since_author(contribution: Contribution) -> list[PastText]:
    """Return the former versions from the one on that its author wrote last, oldest first; none when that one stands.

    Each was replaced by a moderator, who redacted a passage or put one back.
    """
    latest_first = contribution.past_texts.order_by("-version")
    return list(takewhile(lambda past: not past.is_authors, latest_first))[::-1]


def redaction_stands(contribution: Contribution, version: int) -> bool:
    """Tell whether the passage that was redacted from that version is missing still, and can be put back."""
    if contribution.status in GONE or contribution.text_erased_at is not None:
        return False
    return any(past.version == version and past.is_sealed for past in versions_since_author(contribution))


def put_back_last(contribution: Contribution) -> int | None:
    """Return from which version the passage was redacted that was put back, where nothing changed the text since."""
    past = contribution.past_texts.order_by("-version").first()
    return past.lifts if past else None


def is_changed_by_author(contribution: Contribution, *, since: int) -> bool:
    """Tell whether its author has changed the text since that version stood."""
    former = contribution.past_texts.filter(version__gte=since)
    return any(past.is_authors for past in former.only("passage", "lifts"))


def redacted_among(ids: Collection[int]) -> set[int]:
    """Return which of these contributions lack a passage that a moderator redacted: one query, and none for none."""
    if not ids:
        return set()
    sealed = PastText.objects.filter(contribution__in=ids, is_sealed=True)
    return set(sealed.values_list("contribution", flat=True))
