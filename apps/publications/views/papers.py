"""Reading a published white paper: all of it, each statement, versions before, and the annex of all voices."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.common.pagination import whole_number
from apps.common.permissions import may
from apps.consultations.enums import ConsultationKind
from apps.consultations.models import Consultation
from apps.consultations.queries import consultation_by_slug, with_english
from apps.publications.engine.paging import marks_behind
from apps.publications.models import PaperVersion
from apps.publications.queries import (
    marks_in,
    paper_version,
    published_paper,
    quotes_of,
    supplement_due,
    versions_of_paper,
)
from apps.publications.queries.paper_files import pdf_of_version
from apps.publications.queries.paper_pages import annex_page, process_of
from apps.publications.rendering.papers import (
    changes_of,
    channels_of,
    chapters_of,
    districts_of,
    frozen_statement,
    shown_argument,
)

QUOTES = 50


@require_safe
def white_paper(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest version; before there is one, say of a hearing that it is to come."""
    consultation = _consultation(request, slug)
    version = published_paper(consultation)
    is_team = may("publications.answer_objections", request.user, consultation)
    if version is None:
        if consultation.kind != ConsultationKind.HEARING and not is_team:
            raise Http404
        with_english(consultation)
        return render(request, "publications/white_paper_none.html", {"consultation": consultation, "is_team": is_team})
    context = {
        **_whole(version),
        "is_team": is_team,
        "pdf": pdf_of_version(version),
        "due": supplement_due(version.paper),
        "others": [row for row in versions_of_paper(consultation).defer("content") if row.pk != version.pk],
    }
    with_english(consultation, context["process"].phases, context["process"].meetings)
    return render(request, "publications/white_paper.html", context)


@require_safe
def white_paper_version(request: HttpRequest, slug: str, version: int) -> HttpResponse:
    """Show a version as it was published, and that a newer one has replaced it."""
    consultation = _consultation(request, slug)
    found = paper_version(consultation, version)
    if found is None:
        raise Http404
    context = {**_whole(found), "newest": published_paper(consultation)}
    with_english(consultation, context["process"].phases, context["process"].meetings)
    return render(request, "publications/white_paper_version.html", context)


@require_safe
def white_paper_statement(request: HttpRequest, slug: str, label: str) -> HttpResponse:
    """Show one statement with the passages that it rests on, as far as everyone may read them now."""
    version = _version(request, slug)
    statement, before, behind = frozen_statement(version, label)
    if statement is None:
        raise Http404
    after = whole_number(request.GET.get("after")) or 0
    marks, next_after = marks_behind(marks_in(statement["points"]), after, size=QUOTES)
    consultation = version.paper.consultation
    with_english(consultation)
    here = reverse("publications:white-paper-statement", args=[slug, label])
    context = {
        "consultation": consultation,
        "version": version,
        "row": shown_argument(statement),
        "chapter": next(chapter for chapter in version.content["chapters"] if statement in chapter["statements"]),
        "quotes": quotes_of(consultation, marks),
        "newer": here if after else "",
        "older": f"{here}?after={next_after}" if next_after else "",
        "before": before,
        "behind": behind,
    }
    return render(request, "publications/white_paper_statement.html", context)


@require_safe
def white_paper_annex(request: HttpRequest, slug: str) -> HttpResponse:
    """List all contributions in received order, each with the statements that treat it."""
    version = _version(request, slug)
    after = whole_number(request.GET.get("after")) or 0
    page = annex_page(version, after=after)
    here = reverse("publications:white-paper-annex", args=[slug])
    context = {
        "consultation": version.paper.consultation,
        "version": version,
        "page": page,
        "newer": here if after else "",
        "older": f"{here}?after={page.next_after}" if page.next_after else "",
    }
    with_english(version.paper.consultation, [row.contribution.topic for row in page.rows])
    return render(request, "publications/white_paper_annex.html", context)


def _consultation(request: HttpRequest, slug: str) -> Consultation:
    consultation = consultation_by_slug(request.user, slug)
    if consultation is None:
        raise Http404
    return consultation


def _version(request: HttpRequest, slug: str) -> PaperVersion:
    version = published_paper(_consultation(request, slug))
    if version is None:
        raise Http404
    return version


def _whole(version: PaperVersion) -> dict[str, Any]:
    chapters, process = chapters_of(version), process_of(version)
    return {
        "consultation": version.paper.consultation,
        "version": version,
        "content": version.content,
        "chapters": chapters,
        "changes": list(changes_of(chapters)),
        "process": process,
        "channels": channels_of(process),
        "districts": districts_of(process),
    }
