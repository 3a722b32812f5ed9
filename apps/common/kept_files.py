"""What lies in the folders of kept files and belongs to no row: what was being sent when something broke off."""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.apps import apps
from django.core.files.storage import storages

from apps.common.uploads import KeptFile

# What is being sent when the sweep comes has a file, and its row in a moment.
IN_THE_MAKING = timedelta(hours=1)


def stray_files(*, at: datetime) -> Iterator[str]:
    """Yield the names of files that no row names, and that are older than any that is being sent.

    The files of a folder are listed before the rows are asked for, and those by one query: whatever is listed then has
    its row, or had an hour to get it.
    """
    papers = storages["papers"]
    for folder, fields in _folders().items():
        listed = papers.listdir(folder)[1] if papers.exists(folder) else []
        if not listed:
            continue
        named = _named_by(fields)
        for path in (f"{folder}{name}" for name in listed):
            if path not in named and papers.get_modified_time(path) <= at - IN_THE_MAKING:
                yield path


def _folders() -> dict[str, list[KeptFile]]:
    """Return the fields that keep files, by the folder in which they keep them."""
    found: dict[str, list[KeptFile]] = {}
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, KeptFile):
                found.setdefault(str(field.upload_to), []).append(field)
    return found


def _named_by(fields: Collection[KeptFile]) -> set[str]:
    names: set[str] = set()
    for field in fields:
        rows = field.model._base_manager.exclude(**{field.name: ""})  # noqa: SLF001 - of all rows
        names.update(rows.values_list(field.name, flat=True).iterator())
    return names
