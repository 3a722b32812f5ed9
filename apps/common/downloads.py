"""Handing out files that somebody uploaded: for reading on one's own machine, and able to do nothing in a browser."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from apps.common.uploads import FileKind

# Even a browser that shows such a file here lets it do nothing.
SANDBOX = "sandbox; default-src 'none'"


def handed_out(file: FieldFile, *, kind: str, name: str, as_attachment: bool = True) -> FileResponse:
    """Return the file under `name`, as addresses are written, with the ending of what it is. Raises Http404."""
    try:
        content = file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    told = FileKind(kind)
    shown = f"{name or 'document'}.{told.endings[0]}"
    response = FileResponse(content, as_attachment=as_attachment, filename=shown, content_type=told.media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
