"""The reasons for a decision, and what came of an appeal, as a letter on paper, in both languages."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from apps.common.pdf import pdf_of
from apps.common.permissions import Sentence
from apps.discussions.models import SenderAddress
from apps.moderation.models import Appeal, StatementOfReasons
from apps.municipality.models import Municipality

TEMPLATE, STYLES = "moderation/print/statement.html", "css/letter.css"
NO_PDF = gettext_lazy(
    "This machine cannot make PDF files. Ask who runs it to install the libraries that the manual names."
)


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


def outcome_as_pdf(appeal: Appeal, sender: SenderAddress, *, municipality: Municipality) -> bytes:
    """Return the letter that tells an author without an account what came of their appeal, with the reasons."""
    words = {
        "letter": sender,
        "municipality": municipality,
        "appeal": appeal,
        "contribution": appeal.contribution,
    }
    return pdf_of(render_to_string("moderation/print/outcome.html", words), stylesheet=STYLES)
