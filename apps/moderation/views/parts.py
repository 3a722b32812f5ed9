"""Pages of which the script asks for a part alone, as a page is asked for."""

from django.http import HttpRequest

PARTS = {"rows": "moderation/_rows.html", "holder": "moderation/_item_holder.html"}


def part_of(request: HttpRequest, template: str) -> str:
    """Return the template of a page, or of the part of it that its script asks for."""
    return PARTS.get(request.headers.get("X-Fragment", ""), template)
