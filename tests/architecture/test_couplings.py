"""Couplings written as text, which no import contract sees, keep to the same floors."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.source import (
    APPS,
    Module,
    calls,
    dotted,
    floors,
    may_use,
    migrations,
    modules,
    refuse,
    templates,
    text_of,
)

# Frames and small parts belong to no app, and every page may stand in them.
NOBODYS = {"components", "account", "allauth", "django", "mfa", "socialaccount", "usersessions", "admin", "errors"}
REVERSERS = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
TAG = re.compile(r"{%\s*(url|include|extends)\s+[\"']([^\"']+)[\"']")
LOAD = re.compile(r"{%\s*load\s+([\w ]+?)(?:\s+from\s+(\w+))?\s*%}")


def test_addresses_point_downwards_or_to_the_composed_pages() -> None:
    in_templates = ((owner, place, name) for owner, place, tag, name in _tags() if tag == "url")
    offenders = (
        f"{place} leads to {name}"
        for owner, place, name in (*in_templates, *_reversed_names())
        if ":" in name and not _may_lead_to(owner, name.partition(":")[0])
    )

    refuse(offenders, "link to a lower app or to a page of portal, or let portal compose the page")


def test_templates_use_templates_of_their_own_and_lower_apps() -> None:
    offenders = (
        f"{place}: {tag} {name}"
        for owner, place, tag, name in _tags()
        if tag != "url" and (used := _owner_of(name)) and not may_use(owner, used)
    )

    refuse(offenders, "include parts of lower apps, or let portal put the two together")


def test_small_parts_and_frames_include_no_app() -> None:
    offenders = (
        f"{name} includes {match[2]}"
        for name, text in templates().items()
        if _owner_of(name) is None
        for match in TAG.finditer(text)
        if match[1] != "url" and _owner_of(match[2])
    )

    refuse(offenders, "hand the small part what it shows")


def test_templates_load_tags_of_their_own_and_lower_apps() -> None:
    libraries = {path.stem: path.parts[-3] for path in APPS.glob("*/templatetags/*.py") if path.stem != "__init__"}
    offenders = (
        f"{name} loads {library}"
        for name, text in templates().items()
        for match in LOAD.finditer(text)
        for library in ([match[2]] if match[2] else match[1].split())
        if library in libraries and not may_use(_owner_of(name) or "common", libraries[library])
    )

    refuse(offenders, "move the tag to a lower app or to common, or compute in the view")


def test_tables_refer_to_tables_of_lower_apps() -> None:
    offenders = (
        f"{module.at(node)} refers to {name}"
        for module in modules()
        if module.app
        for node in calls(module.tree)
        if dotted(node.func).split(".")[-1] in RELATIONS
        for name in [text_of((node.args or [None])[0])]
        if name and "." in name
        for used in [name.partition(".")[0]]
        if used in floors() and not may_use(module.app, used)
    )

    refuse(offenders, "turn the reference round: the higher app refers to the lower one")


def test_migrations_depend_on_migrations_of_lower_apps() -> None:
    offenders = (
        f"{module.place} depends on {app}"
        for module in migrations()
        for app in _migrated_first(module)
        if app in floors() and not may_use(module.app or "", app)
    )

    refuse(offenders, "the table of the higher app refers to the lower one, never the other way")


def test_contributions_are_found_through_the_queries_of_discussions() -> None:
    direct = re.compile(r"\bContribution\.(objects|stored|_default_manager|_base_manager)\b")
    related = re.compile(r"\.(contributions|contribution_set)\.(all|filter|exclude|get|order_by|values|count|exists)\b")
    offenders = (
        f"{module.at(node)} uses {chain}"
        for module in modules()
        if module.app != "discussions"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        for chain in [dotted(node)]
        if direct.search(chain) or related.search(chain)
    )

    refuse(offenders, "use or add a function in apps/discussions/queries: it knows who may see what")


def _owner_of(template: str) -> str | None:
    """Return the app that a template belongs to; None for frames and small parts."""
    folder = template.partition("/")[0]
    if "/" not in template or folder in NOBODYS:
        return None
    assert folder in floors(), f"templates/{template} is of no app: use templates/<app>/ or templates/components/"
    return folder


def _tags() -> Iterator[tuple[str, str, str, str]]:
    """Return (owner, place, tag, name) of what the templates of apps point to."""
    for name, text in templates().items():
        owner = _owner_of(name)
        if owner:
            yield from ((owner, f"templates/{name}", match[1], match[2]) for match in TAG.finditer(text))


def _reversed_names() -> Iterator[tuple[str, str, str]]:
    for module in modules():
        for node in calls(module.tree):
            name = text_of(node.args[0]) if node.args else None
            if module.app and name and dotted(node.func).split(".")[-1] in REVERSERS:
                yield module.app, module.at(node), name


def _may_lead_to(owner: str, namespace: str) -> bool:
    """An address is public. Those of portal's composed pages may be named anywhere; the rest keep to the floors."""
    return namespace not in floors() or namespace == "portal" or may_use(owner, namespace)


def _migrated_first(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Assign) and dotted(node.targets[0]) == "dependencies":
            pairs = (item for item in ast.walk(node.value) if isinstance(item, ast.Tuple))
            yield from (app for pair in pairs if (app := text_of(pair.elts[0])))
