"""Keys of mails that tell somebody of a decision: the entry that they were begun with, and the notice."""

from apps.publications.enums import NOTICES_BEGUN


def notice_key(entry_id: int, notice_id: int) -> str:
    """Return the key of the mail that a notice goes by."""
    return f"{NOTICES_BEGUN.name}:{entry_id}:{notice_id}"


def notice_in(key: str) -> int | None:
    """Return the notice that a mail with this key is, or None for any other mail."""
    kind, _colon, rest = key.partition(":")
    return int(rest.rpartition(":")[2]) if kind == NOTICES_BEGUN.name else None
