"""Notices of a decision as letters on paper, in both languages."""

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from apps.common.pdf import pdf_of
from apps.consultations.queries import DANISH
from apps.discussions.models import SenderAddress
from apps.municipality.queries import the_municipality
from apps.publications.models.notices import DecisionNotice

LETTERS, STYLES = "publications/print/notices.html", "css/notice.css"
LANGUAGES = ("da", "en")


def title_of_notice(notice: DecisionNotice) -> str:
    """Return what the letter is about, in Danish: the language in which the municipality writes."""
    with override(DANISH):
        return _("Decision in the case “%(title)s”") % {"title": notice.version.meeting.consultation.title}


def notices_as_pdf(letters: Sequence[tuple[DecisionNotice, SenderAddress]]) -> bytes:
    """Return the letters to these people in one file, each beginning on a page of its own."""
    shown = [
        {
            "notice": notice,
            "letter": sender,
            "meeting": notice.version,
            "consultation": notice.version.meeting.consultation,
            "addresses": {language: _page_of(notice, language) for language in LANGUAGES},
        }
        for notice, sender in letters
    ]
    words = {"letters": shown, "municipality": the_municipality()}
    return pdf_of(render_to_string(LETTERS, words), stylesheet=STYLES)


def _page_of(notice: DecisionNotice, language: str) -> str:
    with override(language):
        slug = notice.version.meeting.consultation.slug
        return f"{settings.SITE_URL}{reverse('publications:decision', args=[slug])}"
