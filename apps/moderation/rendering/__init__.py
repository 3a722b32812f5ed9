"""What the pages of moderators show."""

from apps.moderation.rendering.items import Hold, Item, hold_on, item_of, sealed_originals
from apps.moderation.rendering.letters import LetterToRead, letter_to_read
from apps.moderation.rendering.queue import LINES, PLACES, QueueRow, TextToRead, queue_rows, read_in_full, url_of
from apps.moderation.rendering.statements import FIELDS, statements_as_csv, statements_as_json
from apps.moderation.rendering.texts import shown_text

__all__ = [
    "FIELDS",
    "LINES",
    "PLACES",
    "Hold",
    "Item",
    "LetterToRead",
    "QueueRow",
    "TextToRead",
    "hold_on",
    "item_of",
    "letter_to_read",
    "queue_rows",
    "read_in_full",
    "sealed_originals",
    "shown_text",
    "statements_as_csv",
    "statements_as_json",
    "url_of",
]
