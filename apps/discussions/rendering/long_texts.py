"""A long response as a file that everyone can open, and the words that stand in the thread for it."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.pdf import pdf_of
from apps.consultations.models import Topic
from apps.discussions.engine.long_texts import opening_of

STYLES = "css/response.css"


def response_as_pdf(text: str, *, topic: Topic) -> bytes:
    """Return the text as a PDF with a title, without a name: who wrote it stands beside the contribution.

    Its frame is in the municipality's language, as it is kept beside a text that everyone reads.
    """
    with override(settings.LANGUAGE_CODE):
        page = render_to_string("discussions/print/response.html", {"text": text, "topic": topic})
    return pdf_of(page, stylesheet=STYLES)


def name_of_response() -> str:
    """Return what the file is called, in the municipality's language."""
    with override(settings.LANGUAGE_CODE):
        return _("The whole response")


def about_response(text: str) -> str:
    """Return what the file holds, in words."""
    with override(settings.LANGUAGE_CODE):
        return _("The whole text, %(count)s characters.") % {"count": number_format(len(text), force_grouping=True)}


def words_for_thread(text: str) -> str:
    """Return what can stand in the thread for a long text: that all of it is in a file, and how it begins."""
    with override(settings.LANGUAGE_CODE):
        told = _("The whole response is in the attached file “%(name)s”.") % {"name": _("The whole response")}
    return f"{told}\n\n{opening_of(text)}"
