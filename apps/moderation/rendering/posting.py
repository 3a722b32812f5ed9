"""The reasons for a decision as a letter on paper, in both languages."""

from django.template.loader import render_to_string

from apps.common.pdf import pdf_of
from apps.common.permissions import Sentence
from apps.discussions.models import SenderAddress
from apps.moderation.models import StatementOfReasons
from apps.municipality.models import Municipality

TEMPLATE, STYLES = "moderation/print/statement.html", "css/letter.css"


def statement_as_pdf(
    statement: StatementOfReasons,
    sender: SenderAddress,
    *,
    facts: tuple[Sentence, Sentence],
    municipality: Municipality,
) -> bytes:
    """Return the letter that tells an author without an account why a text is not shown as they wrote it.

    `facts` are what was decided, and how the text stands otherwise, for both languages.
    """
    words = {
        "letter": sender,
        "municipality": municipality,
        "statement": statement,
        "contribution": statement.contribution,
        "facts": facts[0],
        "otherwise": facts[1],
    }
    return pdf_of(render_to_string(TEMPLATE, words), stylesheet=STYLES)
