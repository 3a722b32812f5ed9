"""What officials type: an answer, and the statements of a summary."""

from apps.publications.forms.answers import (
    AnswerForm,
    AssignForm,
    CommentForm,
    DraftForm,
    PickForm,
    ReaderForm,
    with_block,
)
from apps.publications.forms.objections import ObjectionForm, ObjectionReplyForm
from apps.publications.forms.summaries import (
    MOST_STATEMENTS,
    PREFIX,
    StatementForm,
    SummaryForms,
    forms_of,
    retyped_forms,
    typed_forms,
)
from apps.publications.forms.text_blocks import TextBlockForm
from apps.publications.forms.texts import LongText

__all__ = [
    "MOST_STATEMENTS",
    "PREFIX",
    "AnswerForm",
    "AssignForm",
    "CommentForm",
    "DraftForm",
    "LongText",
    "ObjectionForm",
    "ObjectionReplyForm",
    "PickForm",
    "ReaderForm",
    "StatementForm",
    "SummaryForms",
    "TextBlockForm",
    "forms_of",
    "retyped_forms",
    "typed_forms",
    "with_block",
]
