"""What changes a consultation's summary and the texts for questions that return."""

from apps.publications.actions.answer_reading import publish_draft, send_back_answer, send_to_reader, take_back_answer
from apps.publications.actions.answers import (
    answer_at_once,
    begin_answer,
    begin_correction,
    discard_answer,
    leave_out_of_answer,
    pick_for_answer,
    save_answer,
)
from apps.publications.actions.assigning import assign_answer, end_assignment
from apps.publications.actions.summaries import draft_summary, publish_summary
from apps.publications.actions.text_blocks import add_text_block, change_text_block, offer_text_block
from apps.publications.engine.statements import StatementText

__all__ = [
    "StatementText",
    "add_text_block",
    "answer_at_once",
    "assign_answer",
    "begin_answer",
    "begin_correction",
    "change_text_block",
    "discard_answer",
    "draft_summary",
    "end_assignment",
    "leave_out_of_answer",
    "offer_text_block",
    "pick_for_answer",
    "publish_draft",
    "publish_summary",
    "save_answer",
    "send_back_answer",
    "send_to_reader",
    "take_back_answer",
]
