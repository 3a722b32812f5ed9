"""Small files, small functions. What grows past its budget is split by noun."""

import ast
from collections.abc import Iterator
from statistics import median

from tests.architecture.source import ROOT, Module, modules, refuse

FILE, EDGE_OR_ACTION, FUNCTION, MEDIAN_FILE = 400, 250, 40, 80
TEST_FILE = 400


def test_no_module_is_longer_than_its_budget() -> None:
    offenders = (
        f"{module.place} has {lines} lines, its budget is {budget}"
        for module in modules()
        for lines, budget in [(len(module.text.splitlines()), _budget(module))]
        if lines > budget
    )

    refuse(offenders, "split the module by noun: actions.py becomes actions/<noun>.py")


def test_no_test_module_is_longer_than_its_budget() -> None:
    offenders = (
        f"{path.relative_to(ROOT)} has {lines} lines"
        for path in (ROOT / "tests").rglob("*.py")
        for lines in [len(path.read_text(encoding="utf-8").splitlines())]
        if lines > TEST_FILE
    )

    refuse(offenders, f"split it by what is tested; the budget is {TEST_FILE}")


def test_no_function_is_longer_than_its_budget() -> None:
    offenders = (
        f"{module.at(function)} {function.name} has {lines} lines"
        for module in modules()
        for function in _functions(module)
        for lines in [(function.end_lineno or 0) - function.lineno + 1]
        if lines > FUNCTION
    )

    refuse(offenders, f"name a step of it and make that a function; the budget is {FUNCTION}")


def test_the_usual_file_is_short() -> None:
    lengths = [len(module.text.splitlines()) for module in modules() if module.text.strip()]

    assert median(lengths) < MEDIAN_FILE


def _budget(module: Module) -> int:
    return EDGE_OR_ACTION if module.room in {"views", "actions"} else FILE


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
