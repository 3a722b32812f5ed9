"""Maps that can be moved, on top of those that the server draws."""

from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import gettext as _

from apps.consultations.engine.map_drawing import MOST_RINGED, MOST_SIGNS
from apps.consultations.engine.map_shapes import TIMES_THE_HEIGHT
from apps.consultations.enums import MapKind
from apps.consultations.queries import DANISH

register = template.Library()


@register.inclusion_tag("consultations/_map_scripts.html", takes_context=True)
def map_scripts(context: Any, *, edits: bool = False) -> dict[str, Any]:
    """Bring the scripts of a map into the page, once, and let the page show its tiles.

    The content policy is widened for this answer alone: `civic_forum.middleware` reads the mark.
    """
    context.request.shows_map = True
    return {"told": _told(), "edits": edits}


def _told() -> dict[str, Any]:
    """Return what the scripts need to know of the house."""
    west, south, east, north = settings.COUNTRY_BOUNDS
    credit, _blank, link = settings.TILES_ATTRIBUTION.rpartition(" ")
    is_linked = link.startswith("https://")
    return {
        "leaflet": static("js_lib_leaflet/leaflet.js"),
        "styles": [static("js_lib_leaflet/leaflet.css"), static("css/map-live.css")],
        "tiles": settings.TILES_URL,
        "credit": credit if is_linked else settings.TILES_ATTRIBUTION,
        "creditLink": link if is_linked else "",
        "country": [[south, west], [north, east]],
        "timesTheHeight": TIMES_THE_HEIGHT,
        "mostSigns": MOST_SIGNS,
        "mostRinged": MOST_RINGED,
        "language": DANISH,
        "kinds": {kind.value: str(kind.label) for kind in MapKind},
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "height": _("Total height: {metres} m"),
        "rotor": _("Rotor: {metres} m"),
        "number": _("No. {number} on the map"),
        "closer": _("Closer"),
        "further": _("Further away"),
        "close": _("Close"),
        "put": _("The place is {latitude}, {longitude}."),
        "none": _("No place is chosen."),
        "corner": _("Corner {count}: {latitude}, {longitude}."),
        "undone": _("The last corner is gone; {count} left."),
        "cleared": _("The corners are gone."),
        "few": _("An area needs at least three corners."),
        "area": _("Area"),
        "drawn": _("{name} is drawn. It is kept when you save the map."),
        "remove": _("Remove {name}"),
        "removed": _("{name} is removed."),
        "row": _("Point {row} is {latitude}, {longitude}. Its name and height are typed below."),
        "full": _("All rows for points are used. Ask for more points below, and go on."),
    }
