"""Finding and reading a source on disk."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from apps.common.calendar import zone
from apps.exchange.engine.common_table import CONTRIBUTIONS
from apps.exchange.engine.folders import read_common, read_polis
from apps.exchange.engine.polis import COMMENTS
from apps.exchange.engine.rows import SourceConsultation
from apps.exchange.enums import SourceFormat
from apps.exchange.errors import NoSource

_FILES = {SourceFormat.POLIS: COMMENTS, SourceFormat.CSV: CONTRIBUTIONS}
# Published sets keep the layout of their source in a folder of this name.
_BESIDE = "original"


def format_of(path: Path) -> SourceFormat:
    """Return the format that lies at a place; raises NoSource where there is none that we read."""
    found = next((known for known in (SourceFormat.CSV, SourceFormat.POLIS) if _folder(path, known)), None)
    if found is None:
        raise NoSource(_("There is no %(files)s in %(path)s.") % {"files": " / ".join(_FILES.values()), "path": path})
    return found


def read_source(path: Path, source_format: str) -> SourceConsultation:
    """Return what a folder, or the table itself, holds; raises NoSource where there is no such file or format."""
    if source_format not in set(SourceFormat):
        known = ", ".join(SourceFormat)
        raise NoSource(
            _("%(format)s is no format we read. Choose one of: %(known)s.") % {"format": source_format, "known": known}
        )
    wanted = SourceFormat(source_format)
    folder = _folder(path, wanted)
    if folder is None:
        raise NoSource(_("There is no %(files)s in %(path)s.") % {"files": _FILES[wanted], "path": path})
    return read_polis(folder) if wanted == SourceFormat.POLIS else read_common(folder, zone())


def _folder(path: Path, wanted: SourceFormat) -> Path | None:
    name = _FILES[wanted]
    if path.name == name and path.is_file():
        return path.parent
    return next((folder for folder in (path, path / _BESIDE) if (folder / name).is_file()), None)
