"""Names that are only text: permissions, tasks, kinds of entries, addresses."""

import ast
import importlib
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from apps.common.permissions import registered
from apps.ledger.enums import KINDS
from tests.architecture.source import APPS, Module, app_names, calls, dotted, modules, refuse, templates, text_of

ASKING = {"may", "require", "why_not"}
IN_TEMPLATE = re.compile(r"\bmay\w*[\s:]+[\"']([^\"']+)[\"']")
VERB_NOUN = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)+")
KEBAB = re.compile(r"[a-z]+(-[a-z0-9]+)*")
ALLAUTHS = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
# A fact in the past tense; these verbs do not end in -ed.
PAST = re.compile(
    r"[a-z]+(_[a-z]+)*\."
    r"([a-z]+_)*([a-z]+ed|withdrawn|sent|given|taken|hidden|forgotten|held|upheld|made|set|drawn|chosen|unread|begun|left)(_up|_off|_out|_back|_in|_again)?"
)


@pytest.fixture(scope="module")
def permissions() -> frozenset[str]:
    """The registered permissions, once every app's rules are loaded."""
    for path in APPS.glob("*/rules*"):
        importlib.import_module(f"apps.{path.parent.name}.{path.stem}")
    return registered()


def test_every_permission_asked_for_exists(permissions: frozenset[str]) -> None:
    offenders = (f"{place} asks for {name}" for place, name in _permissions_asked() if name not in permissions)

    refuse(offenders, "register the rule with @permission in the app's rules.py, or mend the name")


def test_permissions_are_named_after_their_app_verb_and_noun() -> None:
    offenders = (
        f"{module.at(call)}: {name}"
        for module in modules()
        for call in calls(module.tree)
        if dotted(call.func).split(".")[-1] == "permission" and module.app != "common"
        for name in [text_of(call.args[0])]
        if not name or not VERB_NOUN.fullmatch(name) or name.split(".")[0] != module.app or module.room != "rules"
    )

    refuse(offenders, "a rule stands in its app's rules.py and is named <app>.<verb>_<noun>")


def test_tasks_are_named_after_their_app_verb_and_noun() -> None:
    offenders = (
        f"{module.at(function)}: {function.name} is the task {name}"
        for module, function, name in _tasks()
        if not name or not VERB_NOUN.fullmatch(name) or name.split(".")[0] != module.app or module.room != "tasks"
    )

    refuse(offenders, 'a task stands in its app\'s tasks.py: @shared_task(name="<app>.<verb_noun>")')


def test_beat_starts_tasks_that_exist() -> None:
    existing = {name for _module, _function, name in _tasks()}
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    refuse(asked - existing, "mend the name in civic_forum/settings/queue.py")


def test_every_sweep_is_also_run_by_beat() -> None:
    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    existing = {name or "" for _module, _function, name in _tasks()}

    refuse(existing - asked, "a nudge may be lost: schedule the sweep in civic_forum/settings/queue.py")


def test_kinds_of_entries_are_facts_in_the_past_tense() -> None:
    for app in app_names():
        if (APPS / app / "enums.py").exists():
            importlib.import_module(f"apps.{app}.enums")

    assert KINDS
    refuse((name for name in KINDS if not PAST.fullmatch(name)), "name it <noun>.<past tense>: contribution.hidden")


def test_addresses_are_named_with_dashes() -> None:
    names = (name.split(":") for name in _address_names(get_resolver(), ""))
    offenders = (":".join(name) for name in names if name[0] in app_names() and not KEBAB.fullmatch(name[1]))

    refuse(offenders, "name it <app>:<noun-verb>, lower case with dashes")


def test_addresses_stand_in_the_namespace_of_an_app() -> None:
    resolver = get_resolver()
    roots = {name for name in _address_names(resolver, "") if ":" not in name and not name.startswith(ALLAUTHS)}

    refuse(roots - {"javascript-catalog", "set_language"}, 'set app_name = "<app>" in the app\'s urls.py')


def _permissions_asked() -> Iterator[tuple[str, str]]:
    for module in modules():
        for call in calls(module.tree):
            name = text_of(call.args[0]) if call.args else None
            if name and dotted(call.func).split(".")[-1] in ASKING and "." in name:
                yield module.at(call), name
    for template, text in templates().items():
        yield from ((f"templates/{template}", match[1]) for match in IN_TEMPLATE.finditer(text))


def _tasks() -> Iterator[tuple[Module, ast.FunctionDef, str | None]]:
    for module in modules():
        for function in ast.walk(module.tree):
            if isinstance(function, ast.FunctionDef):
                for decorator in function.decorator_list:
                    if dotted(decorator).split(".")[-1] in {"shared_task", "task"}:
                        yield module, function, _name_given(decorator)


def _name_given(decorator: ast.expr) -> str | None:
    keywords = decorator.keywords if isinstance(decorator, ast.Call) else []
    return next((text_of(keyword.value) for keyword in keywords if keyword.arg == "name"), None)


def _address_names(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield f"{prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _address_names(pattern, inner)
