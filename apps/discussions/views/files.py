"""Files beside contributions, handed out to those who may read the text."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from apps.common.downloads import handed_out
from apps.common.slugs import danish_slug
from apps.discussions.models import Attachment
from apps.discussions.queries import attachment_at


@require_safe
def contribution_file(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """Hand out a file beside a text, always as a download; 404 for what may not be seen and for what is gone alike."""
    return _handed_out(attachment_at(request.user, slug, number, position))


@require_safe
def contribution_image(request: HttpRequest, slug: str, number: int, position: int) -> HttpResponseBase:
    """Show a picture beside a text inside a page; of any other file there is no such address."""
    found = attachment_at(request.user, slug, number, position)
    return _handed_out(found if found and found.is_image else None, as_attachment=False)


def _handed_out(found: Attachment | None, *, as_attachment: bool = True) -> FileResponse:
    if found is None:
        raise Http404
    return handed_out(found.file, kind=found.kind, name=danish_slug(found.name), as_attachment=as_attachment)
