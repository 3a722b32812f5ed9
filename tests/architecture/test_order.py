"""Received order: nothing is sorted by what was counted, voted or drawn."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Module, calls, dotted, modules, refuse, text_of

SORTERS = {"order_by", "latest", "earliest", "alatest", "aearliest", "distinct"}
META_ORDERS = {"ordering", "order_with_respect_to", "get_latest_by"}
RANKING = re.compile(
    r"(^|[_\W])"
    r"(counts?|votes?|scores?|sums?|agree\w*|supports?|likes?|popular\w*|random|reactions?|replies|heat|hot|trend\w*)"
    r"($|[_\W])",
    re.IGNORECASE,
)


def test_no_query_sorts_by_a_count_a_vote_or_chance() -> None:
    offenders = (
        f"{module.at(call)}: {dotted(call.func).split('.')[-1]}({word!r})"
        for module in modules()
        for call in calls(module.tree)
        if isinstance(call.func, ast.Attribute) and call.func.attr in SORTERS
        for word in _words(call)
        if word == "?" or RANKING.search(word)
    )

    refuse(offenders, "order by the receipt number, a time or a name, and at last by something unique")


def test_no_list_of_contributions_is_sorted_by_a_count_in_python() -> None:
    offenders = (
        f"{module.at(call)}: sorts by {name}"
        for module in modules()
        if module.app in {"discussions", "live", "moderation", "portal"}
        for call in calls(module.tree)
        if dotted(call.func).split(".")[-1] in {"sorted", "sort", "nlargest", "shuffle", "sample"}
        for name in _sorting_names(call)
        if RANKING.search(name)
    )

    refuse(offenders, "order by the receipt number")


def test_no_table_has_an_order_of_its_own() -> None:
    offenders = (
        f"{module.at(node)}: {table.name}.Meta.ordering"
        for module, table in _meta_classes()
        for node in table.body
        if isinstance(node, ast.Assign) and dotted(node.targets[0]) in META_ORDERS
    )

    refuse(offenders, "let each query name its order")


def _words(call: ast.Call) -> Iterator[str]:
    """Return every text and field name in the arguments, also inside F("...").desc()."""
    for argument in (*call.args, *(keyword.value for keyword in call.keywords)):
        for node in ast.walk(argument):
            if text := text_of(node):
                yield text.lstrip("-")
            elif isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in {"Random", "Count"}:
                yield "random"


def _sorting_names(call: ast.Call) -> Iterator[str]:
    for keyword in call.keywords:
        if keyword.arg == "key":
            yield from (node.attr for node in ast.walk(keyword.value) if isinstance(node, ast.Attribute))
            yield from (text for node in ast.walk(keyword.value) if (text := text_of(node)))


def _meta_classes() -> Iterator[tuple[Module, ast.ClassDef]]:
    for module in modules():
        if module.room == "models":
            classes = (node for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef))
            yield from ((module, node) for node in classes if node.name == "Meta")
