"""Migrations are complete, have names of their own and stand apart from living code."""

import ast
import re

import pytest
from django.core.management import call_command

from tests.architecture.source import dotted, imported_names, migrations, refuse


@pytest.mark.django_db
def test_no_migration_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True)
    except SystemExit:
        pytest.fail("The tables and the migrations differ:\n" + capsys.readouterr().out)


def test_migrations_have_names_that_say_what_they_do() -> None:
    nameless = (module.place for module in migrations() if re.search(r"_auto_|\d{8}_\d{4}|_more$", module.path.stem))

    refuse(nameless, "rename it: 0004_seal_originals.py")


def test_migrations_import_no_living_code() -> None:
    offenders = (
        f"{module.at(node)} imports {name}"
        for module in migrations()
        for node, name in imported_names(module.tree)
        if name.split(".")[0] in {"apps", "civic_forum"}
    )

    refuse(offenders, "copy what the migration needs into it: the code it was written for will change")


def test_data_migrations_can_be_turned_back() -> None:
    offenders = (
        module.at(node)
        for module in migrations()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"RunPython", "RunSQL"}
        if len(node.args) < 2 and not any(keyword.arg in {"reverse_code", "reverse_sql"} for keyword in node.keywords)
    )

    refuse(offenders, "give the step its way back, or RunPython.noop")
