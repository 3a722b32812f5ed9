"""Maps: the country in which everything on them has to lie, and what lies beneath."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from civic_forum.environment import read

COUNTRY_BOUNDS = read("COUNTRY_BOUNDS")

# Without tiles the background is plain, and a page with a map asks no other server for anything.
TILES_URL = read("TILES_URL")
TILES_ATTRIBUTION = read("TILES_ATTRIBUTION").strip()
if TILES_URL and not TILES_ATTRIBUTION:
    message = "Set TILES_ATTRIBUTION: whoever lends the tiles of TILES_URL is named on every map."
    raise ImproperlyConfigured(message)
_tiles = urlsplit(TILES_URL)
# `{s}` stands for one of several servers of the same domain.
TILES_ORIGIN = f"{_tiles.scheme}://{_tiles.netloc.replace('{s}', '*')}" if TILES_URL else ""
