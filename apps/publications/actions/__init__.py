"""What changes a consultation's summary and the texts for questions that return."""

from apps.publications.actions.case_meetings import (
    add_case_meeting,
    publish_case_meeting,
    remove_case_meeting,
    save_case_meeting,
)
from apps.publications.actions.recommendations import draft_recommendation, publish_recommendation
from apps.publications.actions.summaries import draft_summary, publish_summary
from apps.publications.actions.text_blocks import add_text_block, change_text_block, offer_text_block
from apps.publications.engine.decisions import CaseMeetingText
from apps.publications.engine.statements import StatementText

__all__ = [
    "CaseMeetingText",
    "StatementText",
    "add_case_meeting",
    "add_text_block",
    "change_text_block",
    "draft_recommendation",
    "draft_summary",
    "offer_text_block",
    "publish_case_meeting",
    "publish_recommendation",
    "publish_summary",
    "remove_case_meeting",
    "save_case_meeting",
]
