"""What changes answers, a consultation's summary and white paper, and the texts for questions that return."""

from apps.publications.actions.answer_reading import publish_draft, send_back_answer, send_to_reader, take_back_answer
from apps.publications.actions.answers import (
    answer_at_once,
    begin_answer,
    begin_answer_correction,
    discard_answer,
    leave_out_of_answer,
    pick_for_answer,
    save_answer,
)
from apps.publications.actions.assigning import assign_answer, end_assignment
from apps.publications.actions.case_meetings import (
    add_case_meeting,
    publish_case_meeting,
    remove_case_meeting,
    save_case_meeting,
)
from apps.publications.actions.paper_statements import (
    MOST_STATEMENTS,
    add_statement,
    move_statement,
    remove_statement,
    save_statement,
)
from apps.publications.actions.points import MOST_AT_ONCE, mark_points, mark_whole, move_point, unmark_point
from apps.publications.actions.publishing import publish_white_paper
from apps.publications.actions.recommendations import draft_recommendation, publish_recommendation
from apps.publications.actions.summaries import draft_summary, publish_summary
from apps.publications.actions.text_blocks import add_text_block, change_text_block, offer_text_block
from apps.publications.actions.weighing import leave_out, note_contributions, unweigh
from apps.publications.actions.whitepapers import (
    ask_for_review,
    begin_correction,
    begin_white_paper,
    save_intro,
    send_back,
    take_back,
)
from apps.publications.engine.decisions import CaseMeetingText
from apps.publications.engine.statements import StatementText
from apps.publications.engine.whitepapers import StatementWords

__all__ = [
    "MOST_AT_ONCE",
    "MOST_STATEMENTS",
    "CaseMeetingText",
    "StatementText",
    "StatementWords",
    "add_case_meeting",
    "add_statement",
    "add_text_block",
    "answer_at_once",
    "ask_for_review",
    "assign_answer",
    "begin_answer",
    "begin_answer_correction",
    "begin_correction",
    "begin_white_paper",
    "change_text_block",
    "discard_answer",
    "draft_recommendation",
    "draft_summary",
    "end_assignment",
    "leave_out",
    "leave_out_of_answer",
    "mark_points",
    "mark_whole",
    "move_point",
    "move_statement",
    "note_contributions",
    "offer_text_block",
    "pick_for_answer",
    "publish_case_meeting",
    "publish_draft",
    "publish_recommendation",
    "publish_summary",
    "publish_white_paper",
    "remove_case_meeting",
    "remove_statement",
    "save_answer",
    "save_case_meeting",
    "save_intro",
    "save_statement",
    "send_back",
    "send_back_answer",
    "send_to_reader",
    "take_back",
    "take_back_answer",
    "unmark_point",
    "unweigh",
]
