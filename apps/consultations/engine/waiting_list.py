"""Who gets a place when some become free. Nobody is put before others."""

from collections.abc import Sequence


def moving_up(waiting: Sequence[tuple[int, int]], *, places: int | None, taken: int) -> list[int]:
    """Return the ids of those who get a place, from a waiting list of (id, people) in the order of signing up.

    Whoever is first waits until all of their people fit, and everyone behind waits with them: a smaller party does not
    pass a larger one. Only a party for which the whole meeting has become too small is passed by.
    """
    got = []
    for pk, people in waiting:
        if places is not None and people > places:
            continue
        if places is not None and taken + people > places:
            break
        got.append(pk)
        taken += people
    return got
