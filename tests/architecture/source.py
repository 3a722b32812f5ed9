"""Reading the house's own source: modules, templates, floors. Nothing here imports what it reads."""

import ast
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ROOT / "apps"
TEMPLATES = ROOT / "templates"


@dataclass(frozen=True)
class Module:
    """One source file: `apps/live/engine/streams.py` is the room `engine` of the app `live`."""

    path: Path

    @property
    def place(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def app(self) -> str | None:
        parts = self.path.relative_to(ROOT).parts
        return parts[1] if parts[0] == "apps" and len(parts) > 2 else None

    @property
    def room(self) -> str | None:
        return self.path.relative_to(APPS).parts[1].removesuffix(".py") if self.app else None

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, filename=self.place)

    def at(self, node: ast.AST) -> str:
        return f"{self.place}:{getattr(node, 'lineno', 1)}"


@cache
def modules() -> tuple[Module, ...]:
    """Return the source modules without migrations and tests, by path."""
    paths = [ROOT / "manage.py", *(ROOT / "civic_forum").rglob("*.py"), *APPS.rglob("*.py")]
    return tuple(Module(path) for path in sorted(paths) if "migrations" not in path.parts)


def migrations() -> list[Module]:
    """Return the migrations of our apps, by path."""
    return [Module(path) for path in sorted(APPS.glob("*/migrations/*.py")) if path.name != "__init__.py"]


def app_names() -> list[str]:
    """Return the names of the apps that exist."""
    return sorted(folder.name for folder in APPS.iterdir() if (folder / "__init__.py").exists())


@cache
def templates() -> dict[str, str]:
    """Return the text of every template by its name."""
    return {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in _template_paths()}


def _template_paths() -> list[Path]:
    return [path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in {".html", ".txt", ".svg", ".xml"}]


@cache
def contracts() -> dict[str, dict[str, list[str]]]:
    """Return the import contracts of pyproject.toml by id."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


@cache
def floors() -> dict[str, int]:
    """Return the floor of every app; 0 is the cellar."""
    lines = reversed(contracts()["floors"]["layers"])
    return {name.strip(" ()"): floor for floor, line in enumerate(lines) for name in line.split("|")}


def may_use(user: str, used: str) -> bool:
    """Tell whether an app may know another one."""
    return user == used or floors()[used] < floors()[user]


def dotted(node: ast.AST) -> str:
    """Return `a.b.c` for a name or a chain of attributes and calls, calls shown as nothing."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Call):
        return dotted(node.func)
    if isinstance(node, ast.Subscript):
        return dotted(node.value)
    return ""


def calls(tree: ast.AST) -> Iterator[ast.Call]:
    """Return the calls in a tree."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def text_of(node: ast.AST | None) -> str | None:
    """Return the literal text of a node, or None."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def imported_names(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Return every imported dotted name with its statement: `from a import b` is `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node, f"{node.module}.{name.name}") for name in node.names)


def refuse(offenders: Iterable[str], remedy: str) -> None:
    """Fail with every offender on a line of its own, and what to do."""
    found = sorted(set(offenders))
    assert not found, "\n  " + "\n  ".join(found) + f"\nRemedy: {remedy}"
