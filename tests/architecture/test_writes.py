"""Rows are written by the actions of their own app, and by nothing else."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, calls, dotted, modules, refuse

ALWAYS = {"create", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ALWAYS |= {f"a{name}" for name in ALWAYS}
# dict.update(x), cache.delete(key) and file.save(name, content) take positional arguments; rows do not.
WITHOUT_POSITIONAL = {"save", "asave", "update", "aupdate", "delete", "adelete"}
# Not rows of ours.
RECEIVERS = ("session", "cache", "po", "image", "workbook", "document")
# "apps/<app>/<file>.py: <receiver>.<verb>" -> why it may.
EXCEPTIONS: dict[str, str] = {
    "apps/accounts/models.py: user.save": "Django's createsuperuser asks the manager to make the row",
}


def test_rows_are_written_in_actions_only() -> None:
    offenders = (
        f"{module.at(call)}: {dotted(call.func)}()"
        for module in modules()
        if module.app and module.room != "actions"
        for call in _writes(module.tree)
        if f"{module.place}: {dotted(call.func)}" not in EXCEPTIONS
    )

    refuse(offenders, "move the write into a function in the app's actions.py; for a dict use |=")


def test_actions_write_rows_of_their_own_app_only() -> None:
    offenders = (
        f"{module.at(call)}: {dotted(call.func)}() writes rows of another app"
        for module in modules()
        if module.app and module.room == "actions"
        for call in _foreign_writes(module)
    )

    refuse(offenders, "call the other app's action")


def test_actions_make_no_objects_of_other_apps() -> None:
    offenders = (
        f"{module.at(call)}: {dotted(call.func)}(...)"
        for module in modules()
        if module.app and module.room == "actions"
        for call in calls(module.tree)
        if isinstance(call.func, ast.Name) and call.func.id in _foreign_tables(module)
    )

    refuse(offenders, "call the other app's action, which makes and stores the object")


def _writes(tree: ast.AST) -> Iterator[ast.Call]:
    for call in calls(tree):
        if isinstance(call.func, ast.Attribute) and _is_write(call, call.func):
            yield call


def _is_write(call: ast.Call, verb: ast.Attribute) -> bool:
    receiver = dotted(verb.value).split(".")[-1]
    if receiver.endswith(RECEIVERS):
        return False
    return verb.attr in ALWAYS or (verb.attr in WITHOUT_POSITIONAL and not call.args)


def _foreign_writes(module: Module) -> Iterator[ast.Call]:
    tables = _foreign_tables(module)
    for function in ast.walk(module.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            foreign = tables | set(_foreign_variables(function, tables))
            yield from (call for call in _writes(function) if dotted(call.func).split(".")[0] in foreign)


def _foreign_tables(module: Module) -> set[str]:
    """Return the names under which a module knows the tables of other apps."""
    own = f"apps.{module.app}."
    return {
        name.asname or name.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("apps.")
        for name in node.names
        if not node.module.startswith(own) and (".models" in node.module or name.name == "models")
        if name.name[0].isupper() or name.name == "models"
    } - NOT_TABLES


# Plain values that stand in a models module.
NOT_TABLES = {"Actor"}


def _foreign_variables(function: ast.FunctionDef | ast.AsyncFunctionDef, tables: set[str]) -> Iterator[str]:
    """Return the arguments and variables of a function that hold a row, or rows, of another app."""
    for argument in (*function.args.args, *function.args.kwonlyargs):
        if argument.annotation and tables & {dotted(node) for node in ast.walk(argument.annotation)}:
            yield argument.arg
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and dotted(node.value).split(".")[0] in tables:
            yield from (dotted(target) for target in node.targets)
