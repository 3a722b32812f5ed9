"""An action names everything it needs, tells who acts and when, and is whole or not at all."""

import ast
from collections.abc import Iterator

from tests.architecture.source import Module, calls, dotted, modules, refuse

RECORDING = {"record", "record_many"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_actions_with_somebody_acting_take_keywords_only() -> None:
    offenders = (
        f"{module.at(action)} {action.name}({', '.join(argument.arg for argument in action.args.args)})"
        for module, action in _actions()
        if (action.args.args or action.args.posonlyargs) and (_records(action) or "by" in _keywords(action))
    )

    refuse(offenders, "put * before the first argument")


def test_actions_that_record_say_who_and_when() -> None:
    offenders = (
        f"{module.at(action)} {action.name} lacks {', '.join(sorted(missing))}"
        for module, action in _actions()
        if _records(action)
        for missing in [_needed(action) - _keywords(action)]
        if missing
    )

    refuse(offenders, "the acting person is `by`, the moment is `at` (in bulk every row has a moment of its own)")


def test_actions_that_record_are_atomic() -> None:
    offenders = (
        f"{module.at(action)} {action.name}"
        for module, action in _actions()
        if _records(action) and not _is_atomic(action)
    )

    refuse(offenders, "decorate it with @transaction.atomic, or open `with transaction.atomic()` in it")


def test_public_functions_of_the_domain_say_what_they_are_for() -> None:
    offenders = (
        f"{module.at(function)} {function.name}"
        for module in modules()
        if module.room in {"actions", "queries", "rules"}
        for function in module.tree.body
        if isinstance(function, Function) and not function.name.startswith("_") and not ast.get_docstring(function)
    )

    refuse(offenders, "one sentence: what is true afterwards, what comes back, or what question it answers")


def _actions() -> Iterator[tuple[Module, Function]]:
    """Return the public functions of the actions modules that change something.

    Those that return a draft of an entry change nothing yet; the ledger is the notary the others come to.
    """
    for module in modules():
        if module.room == "actions" and module.app != "ledger":
            functions = (node for node in module.tree.body if isinstance(node, Function))
            yield from ((module, node) for node in functions if not node.name.startswith("_") and not _is_draft(node))


def _needed(action: Function) -> set[str]:
    return {"by"} if action.name.endswith("_many") else {"by", "at"}


def _is_draft(function: Function) -> bool:
    return bool(function.returns) and "Draft" in ast.unparse(function.returns)


def _keywords(action: Function) -> set[str]:
    return {argument.arg for argument in action.args.kwonlyargs}


def _records(action: Function) -> bool:
    return any(dotted(call.func).split(".")[-1] in RECORDING for call in calls(action))


def _is_atomic(action: Function) -> bool:
    inside = (item.context_expr for node in ast.walk(action) if isinstance(node, ast.With) for item in node.items)
    return any(dotted(node).split(".")[-1] == "atomic" for node in (*action.decorator_list, *inside))
