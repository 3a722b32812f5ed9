"""Apps know only what lies below them, and of that only its surface."""

import grimp
import pytest
from importlinter.application import output
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from tests.architecture.source import ROOT, app_names, contracts, refuse

SURFACE = {"models", "enums", "errors", "rules", "queries", "actions"}


def test_import_contracts_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    with output.console.capture() as report:
        status = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)

    assert status == EXIT_STATUS_SUCCESS, report.get()


def test_every_app_is_under_the_contract_of_rooms() -> None:
    watched = {container.removeprefix("apps.") for container in contracts()["rooms"]["containers"]}

    refuse(set(app_names()) - watched - {"common"}, "add it to the containers of `rooms` in pyproject.toml")


def test_apps_show_each_other_their_surface_only() -> None:
    graph = grimp.build_graph("apps", cache_dir=None)

    offenders = [
        f"{importer} imports {imported}"
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if not _may_import(importer, imported)
    ]

    refuse(offenders, f"use {', '.join(sorted(SURFACE))} of the other app, anything in common, or ledger.signals")


def _may_import(importer: str, imported: str) -> bool:
    here, there = importer.split("."), imported.split(".")
    if len(there) < 2 or there[1] == "common" or here[1:2] == there[1:2]:
        return True
    return there[1:3] == ["ledger", "signals"] or (len(there) > 2 and there[2] in SURFACE)
