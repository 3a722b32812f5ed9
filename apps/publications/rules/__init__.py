"""Who answers people, and who writes what the municipality publishes."""

from apps.publications.rules.answers import (
    why_not_answer_at_once,
    why_not_assign,
    why_not_publish_answer_draft,
    why_not_read_answer_draft,
    why_not_see_answer_draft,
    why_not_take_back,
    why_not_write_answer,
    why_not_write_answer_draft,
    why_reader_needed,
)
from apps.publications.rules.objections import why_not_answer_objections, why_not_object, why_not_see_objection
from apps.publications.rules.paper_desk import why_not_open_paper_desk
from apps.publications.rules.summaries import why_not_view_summary, why_not_write_summary
from apps.publications.rules.text_blocks import why_not_edit_text_blocks
from apps.publications.rules.whitepapers import (
    is_counted,
    scope_of,
    why_not_change,
    why_not_rest_on,
    why_not_review_white_paper,
    why_not_view_white_paper,
    why_not_write_white_paper,
)

__all__ = [
    "is_counted",
    "scope_of",
    "why_not_answer_at_once",
    "why_not_answer_objections",
    "why_not_assign",
    "why_not_change",
    "why_not_edit_text_blocks",
    "why_not_object",
    "why_not_open_paper_desk",
    "why_not_publish_answer_draft",
    "why_not_read_answer_draft",
    "why_not_rest_on",
    "why_not_review_white_paper",
    "why_not_see_answer_draft",
    "why_not_see_objection",
    "why_not_take_back",
    "why_not_view_summary",
    "why_not_view_white_paper",
    "why_not_write_answer",
    "why_not_write_answer_draft",
    "why_not_write_summary",
    "why_not_write_white_paper",
    "why_reader_needed",
]
