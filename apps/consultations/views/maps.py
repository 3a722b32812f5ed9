"""The map of a consultation: at the desk brought as a file or typed, for everyone as a file."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apps.accounts.models import User
from apps.common.access import signed_in
from apps.common.clock import now
from apps.common.errors import DomainError
from apps.common.forms import MOST_ROWS, with_more_rows
from apps.common.uploads import FileKind
from apps.consultations import actions, queries
from apps.consultations.engine.fingerprints import sending
from apps.consultations.engine.map_shapes import MapPlan, MapShape
from apps.consultations.errors import ChangedMeanwhile
from apps.consultations.forms import DrawnForm, MapFileForm, MapTextForm, PointRows, point_as_typed
from apps.consultations.models import Consultation, MapFeature
from apps.consultations.views.loading import the_consultation
from apps.consultations.views.meanwhile import SEEN, both_rows, both_texts, clash, seen_by, seen_in

UNFIT = 422
MORE = "more"
UPLOAD = "upload"
_NOT_SAID = frozenset({"csrfmiddlewaretoken", SEEN, "key"})


@signed_in
def map_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring a map as a file, or type its points; what it shows in words and further distances stand beside both."""
    official, consultation = the_consultation(request, slug)
    if request.method == "POST" and UPLOAD in request.POST:
        return _uploaded(request, official, consultation)
    if request.method == "POST" and _is_set(request, consultation):
        return redirect("consultations:map-edit", slug=slug)
    points, others = _parted(consultation)
    if request.method != "POST":
        return _page(request, consultation, points=points, others=others)
    if MORE in request.POST:
        drawn = DrawnForm(request.POST)
        text = MapTextForm(initial=_typed(request), others=others)
        rows = with_more_rows(PointRows, request.POST, prefix="points")
        return _page(request, consultation, others=others, text=text, drawn=drawn, rows=rows)
    return _saved(request, official, consultation, points, others)


def _saved(
    request: HttpRequest,
    official: User,
    consultation: Consultation,
    points: Sequence[MapFeature],
    others: list[MapFeature],
) -> HttpResponse:
    """Save what was typed and drawn; a refusal keeps it in the form."""
    drawn = DrawnForm(request.POST)
    text = MapTextForm(request.POST, others=others)
    if len(points) > MOST_ROWS:
        typed, rows = [queries.shape_of(point) for point in points], PointRows(prefix="points")
    else:
        rows = PointRows(request.POST, prefix="points")
        typed = [row["shape"] for row in rows.written()] if rows.is_valid() else []
    typed_in: dict[str, Any] = {"text": text, "drawn": drawn, "rows": rows, "status": UNFIT}
    if not (text.is_valid() and drawn.is_valid()) or rows.total_error_count():
        return _page(request, consultation, others=others, points=points, **typed_in)
    removed = text.cleaned_data.get("removed", [])
    kept = [queries.shape_of(other) for other in others if other.position not in removed]
    shapes = [*kept, *drawn.cleaned_data["drawn"], *typed]
    try:
        refusal = _set(request, official, consultation, shapes, text.cleaned_data)
    except ChangedMeanwhile as changed:
        return _both(request, consultation, text, drawn, rows, changed)
    if refusal:
        return _page(request, consultation, others=others, points=points, refusal=refusal, **typed_in)
    return redirect("consultations:map-edit", slug=consultation.slug)


def _uploaded(request: HttpRequest, official: User, consultation: Consultation) -> HttpResponse:
    """Take a file in the place of all that stands on the map; words and distances stay."""
    upload = MapFileForm(request.POST, request.FILES)
    more: dict[str, Any] = {"status": UNFIT}
    if upload.is_valid():
        try:
            refusal = _set(request, official, consultation, upload.cleaned_data["file"], _words_of(consultation))
        except ChangedMeanwhile as changed:
            more = _clash(changed, consultation)
            refusal = _("Choose the file again to put it in the place of that map.")
        if not refusal:
            return redirect("consultations:map-edit", slug=consultation.slug)
        upload.add_error("file", refusal)
    points, others = _parted(consultation)
    return _page(request, consultation, points=points, others=others, upload=upload, **more)


def _both(  # noqa: PLR0913, PLR0917 - what was typed, and what came between
    request: HttpRequest,
    consultation: Consultation,
    text: MapTextForm,
    drawn: DrawnForm,
    rows: PointRows,
    changed: ChangedMeanwhile,
) -> HttpResponse:
    """Show the map that a colleague saved meanwhile above what was typed; what is to leave it is ticked anew."""
    points, others = _parted(consultation)
    both = both_texts(text, _words_as_typed(consultation))
    if rows.is_bound:
        both += both_rows(_("Points"), rows, [point_as_typed(point) for point in points])
    typed = MapTextForm(_typed(request) | {"removed": []}, others=others)
    more = _clash(changed, consultation) | {"both": both}
    return _page(request, consultation, others=others, points=points, text=typed, drawn=drawn, rows=rows, **more)


def _clash(changed: ChangedMeanwhile, consultation: Consultation) -> dict[str, Any]:
    return clash(changed, _stored(consultation), [])


def _is_set(request: HttpRequest, consultation: Consultation) -> bool:
    """Tell whether the map is the one that this very form set, as with a second click: what it drew stands there."""
    found, sent = queries.map_of(consultation), _sent(request)
    return bool(sent and found and found.form_key == sent)


def _sent(request: HttpRequest) -> UUID | None:
    """Return the sign of what was sent under the form's key; nothing for a file, which changes nothing twice."""
    try:
        key = UUID(request.POST.get("key", ""))
    except ValueError:
        return None
    said = sorted((name, values) for name, values in request.POST.lists() if name not in _NOT_SAID)
    return sending(key, said)


def _stored(consultation: Consultation) -> str:
    found = queries.map_of(consultation)
    return found.sha256 if found else ""


def _set(
    request: HttpRequest,
    official: User,
    consultation: Consultation,
    shapes: Sequence[MapShape],
    words: dict[str, Any],
) -> str:
    """Set the map; return the sentence of a refusal, or nothing. Raises ChangedMeanwhile."""
    plan = MapPlan(shapes=shapes, description=words["description"], rings=words["rings"])
    try:
        changed = actions.save_over(
            consultation=consultation,
            seen=seen_by(request),
            stored=lambda: _stored(consultation),
            save=lambda: actions.set_map(
                consultation=consultation, plan=plan, form_key=_sent(request), by=official, at=now()
            ),
        )
    except ChangedMeanwhile:
        raise
    except DomainError as refused:
        return str(refused)
    changed = changed or _is_set(request, consultation)
    messages.success(request, _("The map is saved.") if changed else _("Nothing was changed: the map was so before."))
    return ""


def _words_of(consultation: Consultation) -> dict[str, Any]:
    found = queries.map_of(consultation)
    return {"description": found.description if found else "", "rings": tuple(found.rings) if found else ()}


def _words_as_typed(consultation: Consultation) -> dict[str, Any]:
    words = _words_of(consultation)
    return {"description": words["description"], "rings": ", ".join(str(ring) for ring in words["rings"])}


def _typed(request: HttpRequest) -> dict[str, Any]:
    return {
        "description": request.POST.get("description", ""),
        "rings": request.POST.get("rings", ""),
        "removed": request.POST.getlist("removed"),
    }


def _parted(consultation: Consultation) -> tuple[list[MapFeature], list[MapFeature]]:
    """Return the single points, which can be typed, and all else, which comes from a file."""
    features = list(queries.features_of(consultation))
    points = [feature for feature in features if feature.geometry["type"] == "Point"]
    return points, [feature for feature in features if feature.geometry["type"] != "Point"]


def _page(request: HttpRequest, consultation: Consultation, **context: Any) -> HttpResponse:
    status = context.pop("status", 200)
    points, others = context.pop("points", []), context.pop("others")
    shown = queries.shown_map_of(consultation)
    usual = {
        "upload": MapFileForm(),
        "drawn": DrawnForm(),
        "text": MapTextForm(
            initial=_words_as_typed(consultation),
            others=others,
        ),
        "rows": PointRows(prefix="points", initial=[point_as_typed(point) for point in points])
        if len(points) <= MOST_ROWS
        else None,
        "too_many": len(points) > MOST_ROWS,
        "consultation": consultation,
        "seen": seen_in(request, _stored(consultation)),
        "map": queries.map_view_of(shown) if shown else None,
    }
    return render(request, "consultations/map_edit.html", usual | context, status=status)


@require_safe
def map_download(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out the map as GeoJSON: the bytes of which the ledger holds the checksum."""
    consultation = queries.consultation_by_slug(request.user, slug)
    found = queries.shown_map_of(consultation) if consultation else None
    if found is None:
        raise Http404
    response = HttpResponse(queries.map_file_of(found), content_type=FileKind.GEOJSON.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.geojson"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
