"""Every environment variable is declared once and stands in the operator's manual."""

import ast

from civic_forum.environment import VARIABLES
from tests.architecture.source import ROOT, Module, dotted, modules, refuse

DECLARED_IN = "civic_forum/environment.py"
MANUAL = ROOT / "docs" / "operators-manual.md"


def test_the_environment_is_read_in_one_place() -> None:
    offenders = (
        f"{module.at(node)}: {dotted(node)}"
        for module in modules()
        if module.place != DECLARED_IN
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and dotted(node) in {"os.environ", "os.getenv"}
        if not _sets_only(module, node)
    )

    refuse(offenders, "declare the variable in civic_forum/environment.py and read it through settings")


def test_every_variable_stands_in_the_manual() -> None:
    rows = [f"| `{name}` | {_shown(name)} | {variable.meaning} |" for name, variable in VARIABLES.items()]
    manual = MANUAL.read_text(encoding="utf-8")

    refuse((row for row in rows if row not in manual), "copy these rows into the table of docs/operators-manual.md")


def test_the_manual_names_no_variable_that_is_gone() -> None:
    names = {line.split("`")[1] for line in MANUAL.read_text(encoding="utf-8").splitlines() if line.startswith("| `")}
    names = {name for name in names if name.isupper()}

    refuse(names - set(VARIABLES), "remove the row from docs/operators-manual.md")


def _shown(name: str) -> str:
    default = VARIABLES[name].default
    return f"`{default}`" if default else "empty"


def _sets_only(module: Module, node: ast.Attribute) -> bool:
    """Tell whether os.environ is written here, not read: `setdefault(...)`, `[...] =`, or a child's copy."""
    for parent in ast.walk(module.tree):
        if isinstance(parent, ast.Attribute) and parent.value is node:
            return parent.attr in {"setdefault", "pop", "copy"}
        if isinstance(parent, ast.Subscript) and parent.value is node:
            return isinstance(parent.ctx, ast.Store | ast.Del)
    return False
