"""A response that is too long for the thread, made into a file beside it. What is asked of texts is asked of it."""

from io import BytesIO

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from apps.common.pdf import can_make_pdf
from apps.common.uploads import FileKind, UnfitFile, fit_file
from apps.consultations.models import Topic
from apps.discussions.actions.attaching import Enclosure
from apps.discussions.actions.drafting import fit_words
from apps.discussions.engine.long_texts import LONGEST_LONG_TEXT
from apps.discussions.rendering.long_texts import about_response, name_of_response, response_as_pdf


def fit_long_text(text: str) -> str:
    """Return a long text as it is put into a file, in one form of signs and line ends.

    Raises UnfitText when it is empty or too long for that as well, holds a national identity number, or what looks like
    the bar of a redaction: what may not stand in a text may not stand in its file.
    """
    return fit_words(text, most=LONGEST_LONG_TEXT, too_long=_too_long)


def _too_long(count: int) -> str:
    return _(
        "The text has %(count)s characters. Here a file is made of at most %(most)s: save all of it as a PDF, "
        "attach that below, and say here in a few words what it is about."
    ) % {
        "count": number_format(count, force_grouping=True),
        "most": number_format(LONGEST_LONG_TEXT, force_grouping=True),
    }


def response_file(text: str, *, topic: Topic) -> Enclosure:
    """Return the file made of a text that `fit_long_text` passed. It takes seconds: make it before anything is locked.

    Raises UnfitFile where this machine makes no PDF files.
    """
    if not can_make_pdf():
        raise UnfitFile(_("No file can be made of the text here. Save it as a PDF and attach that."))
    made = BytesIO(response_as_pdf(text, topic=topic))
    file = fit_file(name="response.pdf", size=len(made.getvalue()), content=made, allowed={FileKind.PDF})
    return Enclosure(name=name_of_response(), file=file, description=about_response(text))
