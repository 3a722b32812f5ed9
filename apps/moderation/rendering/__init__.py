"""What the pages of moderators show."""

from apps.moderation.rendering.items import Item, item_of
from apps.moderation.rendering.queue import LINES, QueueRow, TextToRead, queue_rows, read_in_full
from apps.moderation.rendering.statements import FIELDS, statements_as_csv, statements_as_json
from apps.moderation.rendering.texts import shown_text

__all__ = [
    "FIELDS",
    "LINES",
    "Item",
    "QueueRow",
    "TextToRead",
    "item_of",
    "queue_rows",
    "read_in_full",
    "shown_text",
    "statements_as_csv",
    "statements_as_json",
]
