"""The statements of reasons that everyone can read and take away."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.common.clock import now
from apps.moderation.enums import DECIDED_AS, Outcome
from apps.moderation.forms import PeriodForm
from apps.moderation.queries import statement_counts, statements_to_publish
from apps.moderation.rendering import FIELDS, statements_as_csv, statements_as_json
from apps.municipality.queries import reasons_by_code

UNFIT = 422


@require_safe
def transparency(request: HttpRequest) -> HttpResponse:
    """Show how many decisions were made against texts and authors, by reason and outcome, and where to get them all."""
    form = PeriodForm(request.GET)
    counts = statement_counts(at=now(), **form.cleaned_data) if form.is_valid() else []
    reasons = reasons_by_code()
    context = {
        "form": form,
        "query": request.GET.urlencode() if form.is_valid() else "",
        "rows": [
            {"reason": reasons[row["reason"]], "outcome": _outcome(row["decision__outcome"]), "number": row["number"]}
            for row in counts
        ],
        "total": sum(row["number"] for row in counts),
        "fields": FIELDS,
    }
    return render(request, "moderation/transparency.html", context, status=200 if form.is_valid() else UNFIT)


def _outcome(decided: str | None) -> object:
    """Return what was decided in words; a statement without a decision on a text is that of a pause."""
    return DECIDED_AS[Outcome(decided)] if decided else _("Pause in somebody's writing")


@require_safe
def statements_csv(request: HttpRequest) -> HttpResponseBase:
    """Answer with the statements of a period as a table; a period that is none is answered by the page."""
    return _download(request, "csv")


@require_safe
def statements_json(request: HttpRequest) -> HttpResponseBase:
    """Answer with the statements of a period as JSON; a period that is none is answered by the page."""
    return _download(request, "json")


def _download(request: HttpRequest, kind: str) -> HttpResponseBase:
    form = PeriodForm(request.GET)
    if not form.is_valid():
        return transparency(request)
    statements = statements_to_publish(at=now(), **form.cleaned_data)
    lines = statements_as_csv(statements) if kind == "csv" else statements_as_json(statements)
    content_type = "text/csv; charset=utf-8" if kind == "csv" else "application/json"
    response = StreamingHttpResponse(lines, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="statements.{kind}"'
    return response
