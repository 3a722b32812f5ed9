"""Figures are measured on a database that lies on a disk, as everywhere but in other tests: there a commit costs."""

from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    if isinstance(connection.settings_dict["NAME"], Path):
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "benchmarks.sqlite3")
