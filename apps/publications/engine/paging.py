"""Pages of what a statement rests on: by number, so that a page is the same whoever asks and whenever."""

from collections.abc import Sequence

from apps.publications.engine.accounts import Mark


def marks_behind(marks: Sequence[Mark], after: int, *, size: int) -> tuple[list[Mark], int | None]:
    """Return marks behind a number, `size` of them and all others of the last number, and the number to go on from."""
    rest = [mark for mark in marks if mark.number > after]
    if len(rest) <= size:
        return rest, None
    last = rest[size - 1].number
    shown = [mark for mark in rest if mark.number <= last]
    return shown, last if len(shown) < len(rest) else None
