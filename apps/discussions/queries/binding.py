"""What holds a contribution to its number: told by whoever cites it, as apps above this one do."""

from collections.abc import Callable, Collection

from apps.discussions.models import Contribution

Binding = Callable[[Collection[int]], Collection[int]]
"""Returns those of these contributions' ids that something published rests on."""

_BINDINGS: list[Binding] = []


def bind(binding: Binding) -> None:
    """Let that be asked before a contribution leaves its consultation. Apps say so once, when they are ready."""
    if binding not in _BINDINGS:
        _BINDINGS.append(binding)


def bound_among(rows: Collection[Contribution]) -> list[int]:
    """Return the numbers of those that something published rests on, in order."""
    ids = [row.pk for row in rows]
    bound = {pk for binding in _BINDINGS for pk in binding(ids)}
    return sorted(row.number for row in rows if row.pk in bound)
