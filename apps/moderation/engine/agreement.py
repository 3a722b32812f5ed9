"""How far two readers of the same texts agree, and how numbers are spread. Plain arithmetic."""

from collections import Counter
from collections.abc import Sequence
from math import ceil


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of what first and second readers said of the same texts, or None where it says nothing.

    1 is agreement on everything, 0 is as much as chance alone would give, below 0 is less. Without texts there is none,
    nor where both readers only ever said one and the same thing (Cohen 1960).
    """
    if not pairs:
        return None
    size = len(pairs)
    first, second = Counter(one for one, _other in pairs), Counter(other for _one, other in pairs)
    by_chance = sum(first[word] * second[word] for word in first) / size**2
    if by_chance == 1:
        return None
    agreed = sum(one == other for one, other in pairs) / size
    return (agreed - by_chance) / (1 - by_chance)


def percentile(values: Sequence[float], share: float) -> float | None:
    """Return the least of the values that at least this share of them does not exceed (nearest rank), None for none."""
    if not values:
        return None
    return sorted(values)[max(ceil(share * len(values)), 1) - 1]
