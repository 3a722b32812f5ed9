"""What several apps know together: about one person, about what has been kept too long, and for machines that watch."""

from apps.portal.queries.exports import exports_of, folder_of_exports, open_export, path_of, ready_export
from apps.portal.queries.leaving import Leaving, leaving_of
from apps.portal.queries.machines import gauges
from apps.portal.queries.stored import collected, stored_about

__all__ = [
    "Leaving",
    "collected",
    "exports_of",
    "folder_of_exports",
    "gauges",
    "leaving_of",
    "open_export",
    "path_of",
    "ready_export",
    "stored_about",
]
