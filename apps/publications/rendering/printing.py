"""A white paper as it is printed: in the municipality's language, with a template of its own."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from apps.municipality.queries import the_municipality
from apps.publications.queries.paper_pages import WholePaper
from apps.publications.rendering.papers import changes_of, channels_of, chapters_of, districts_of

LANGUAGE, STYLES = settings.LANGUAGE_CODE, "css/white-paper-print.css"


def printed_paper(paper: WholePaper) -> str:
    """Return the page that the PDF is made of, in the language in force."""
    version = paper.version
    consultation = version.paper.consultation
    chapters = chapters_of(version)
    context = {
        "version": version,
        "content": version.content,
        "consultation": consultation,
        "municipality": the_municipality(),
        "chapters": chapters,
        "changes": list(changes_of(chapters)),
        "process": paper.process,
        "channels": channels_of(paper.process),
        "districts": districts_of(paper.process),
        "annex": paper.annex,
        "page_url": f"{settings.SITE_URL}{reverse('publications:white-paper', args=[consultation.slug])}",
        "site_url": settings.SITE_URL,
    }
    return render_to_string("publications/print/white_paper.html", context)
