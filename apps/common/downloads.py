"""Handing out files that somebody uploaded: for reading on one's own machine, and able to do nothing in a browser."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from apps.common.slugs import danish_slug
from apps.common.uploads import FileKind

# Even a browser that shows such a file here lets it do nothing.
SANDBOX = "sandbox; default-src 'none'"


def handed_out(file: FieldFile, *, kind: str, name: str, as_attachment: bool = True) -> FileResponse:
    """Return the file under a name made from `name` and what the file is. Raises Http404 for what is gone."""
    try:
        content = file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    told = FileKind(kind)
    shown = f"{danish_slug(name) or 'document'}.{told.endings[0]}"
    response = FileResponse(content, as_attachment=as_attachment, filename=shown, content_type=told.media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
