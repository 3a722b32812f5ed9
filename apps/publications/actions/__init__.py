"""What changes a consultation's summary and the texts for questions that return."""

from apps.publications.actions.summaries import draft_summary, publish_summary
from apps.publications.actions.text_blocks import add_text_block, change_text_block, offer_text_block
from apps.publications.engine.statements import StatementText

__all__ = [
    "StatementText",
    "add_text_block",
    "change_text_block",
    "draft_summary",
    "offer_text_block",
    "publish_summary",
]
