"""Files that belong to no row are found in every folder in which files are kept, by one query a table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from apps.common.kept_files import IN_THE_MAKING, stray_files
from tests import factories
from tests.discussions.outside import a_scan, entered

pytestmark = pytest.mark.django_db
FOLDERS = ("attachments", "voices", "documents")
A_MOMENT = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _a_disk_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(storages["papers"]), "location", str(tmp_path))


def put(*paths: str) -> datetime:
    """Lay down files that no row knows; return when that was."""
    for path in paths:
        storages["papers"].save(path, ContentFile(b"%PDF-1.7"))
    return storages["papers"].get_modified_time(paths[0]) + A_MOMENT


def test_strays_are_found_in_every_folder_once_they_are_old(at: datetime) -> None:
    topic = factories.the_topic(factories.a_hearing(at=at))
    factories.a_contribution(topic, at=at, files=[factories.a_file()])
    entered(topic, at=at, scan=a_scan())
    strays = [f"{folder}/stray.pdf" for folder in FOLDERS]

    made = put(*strays)

    assert list(stray_files(at=made)) == []
    assert sorted(stray_files(at=made + IN_THE_MAKING)) == sorted(strays)


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_file_and_for_three(
    count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    made = put(*(f"{folder}/{number}.pdf" for folder in FOLDERS for number in range(count)))

    with django_assert_num_queries(len(FOLDERS)):
        assert len(list(stray_files(at=made + IN_THE_MAKING))) == count * len(FOLDERS)


def test_where_nothing_was_ever_kept_nothing_is_found(at: datetime) -> None:
    assert list(stray_files(at=at)) == []
