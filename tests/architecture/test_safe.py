"""Dangerous things are done in one place each."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import Module, calls, dotted, imported_names, modules, refuse, templates, text_of

RICH_TEXT = "apps/common/richtext"
CLOCK = "apps/common/clock.py"
UNESCAPED = {"mark_safe", "SafeData", "html_safe", "__html__"}
SANITISERS = ("bleach", "nh3", "markdown_it")
CLOCKS = {
    "timezone.now", "timezone.localdate", "timezone.localtime", "datetime.now", "datetime.utcnow", "datetime.today",
    "date.today", "time.time", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today",
    "functions.Now", "Now",
}  # fmt: skip
# "<file>: <call>" -> why it may.
CLOCK_EXCEPTIONS = {"apps/accounts/models.py: Now": "a role past its last moment is not in force, whoever asks"}
# Rooms that are handed the moment as `at`.
TIMELESS = {"models", "enums", "errors", "rules", "queries", "actions", "forms", "engine"}
# Where a database may be asked what it is.
VENDOR = re.compile(r"^(civic_forum/settings/|apps/\w+/(queries/|engine/)?search)")

# The technical window, which shows no text and changes nothing; and who needs a second step, which opens nothing.
KNOW_SUPERUSERS = {"apps/common/admin.py", "apps/accounts/queries.py"}


def test_html_is_declared_safe_in_rich_text_only() -> None:
    offenders = (
        f"{module.at(node)}: {name}"
        for module in _outside(RICH_TEXT)
        for node in ast.walk(module.tree)
        for name in [_name_of(node)]
        if name in UNESCAPED or (name in {"SafeString", "SafeText"} and isinstance(node, ast.Call) and node.args)
    )

    refuse(offenders, "use format_html with arguments, or apps.common.richtext")


def test_format_html_is_given_a_literal_pattern() -> None:
    offenders = (
        module.at(call)
        for module in modules()
        for call in calls(module.tree)
        if dotted(call.func).split(".")[-1] in {"format_html", "format_html_join"}
        if not all(text_of(argument) is not None for argument in call.args[: 1 + dotted(call.func).endswith("join")])
    )

    refuse(offenders, "write the pattern as a literal and pass every value as an argument")


def test_templates_escape_everything() -> None:
    unescaped = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off")
    offenders = (f"templates/{name}" for name, text in templates().items() if unescaped.search(text))

    refuse(offenders, "print the value through a filter of apps.common.richtext")


def test_sanitisers_are_called_in_rich_text_only() -> None:
    offenders = (
        f"{module.at(node)}: {name}"
        for module in _outside(RICH_TEXT)
        for node, name in imported_names(module.tree)
        if name.split(".")[0] in SANITISERS
    )

    refuse(offenders, "use apps.common.richtext.to_html")


def test_the_clock_is_read_in_one_place() -> None:
    offenders = (
        f"{module.at(call)}: {dotted(call.func)}()"
        for module in _outside(CLOCK)
        for call in calls(module.tree)
        if dotted(call.func) in CLOCKS and not (call.args and "local" in dotted(call.func))
        if f"{module.place}: {dotted(call.func)}" not in CLOCK_EXCEPTIONS
    )

    refuse(offenders, "take `at`; at an edge call apps.common.clock.now()")


def test_only_edges_ask_what_time_it_is() -> None:
    offenders = (
        module.at(node)
        for module in modules()
        if module.app and module.app != "common" and module.room in TIMELESS
        for node, name in imported_names(module.tree)
        if name.startswith("apps.common.clock")
    )

    refuse(offenders, "take `at` as an argument from the view, task or command")


def test_databases_are_told_apart_in_settings_and_search_only() -> None:
    offenders = (
        f"{module.at(node)}: {dotted(node)}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"vendor", "display_name"} and "connection" in dotted(node)
        if not VENDOR.match(module.place)
    )

    refuse(offenders, "write what holds on both databases; migrations ask schema_editor.connection")


def test_one_signal_in_the_house() -> None:
    offenders = (
        f"{module.at(node)}: {name}"
        for module in modules()
        if module.app and module.place != "apps/ledger/signals.py"
        for node, name in imported_names(module.tree)
        if (".signals" in name or name.startswith("django.dispatch")) and not name.startswith("apps.ledger.signals")
    )

    refuse(offenders, "call an action, or follow the ledger in handlers.py")


def test_no_rule_honours_the_superuser_flag() -> None:
    offenders = (
        f"{module.at(node)}: {dotted(node)}"
        for module in modules()
        if module.place not in KNOW_SUPERUSERS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"is_superuser", "has_perm", "has_perms"}
    )

    refuse(offenders, "ask apps.common.permissions")


def _outside(place: str) -> Iterator[Module]:
    return (module for module in modules() if not module.place.startswith(place))


def _name_of(node: ast.AST) -> str:
    if isinstance(node, ast.Call):
        return dotted(node.func).split(".")[-1]
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.FunctionDef | ast.alias):
        return node.name
    return node.id if isinstance(node, ast.Name) else ""
