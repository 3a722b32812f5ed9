"""Finding what the house can say, so that nothing is forgotten: addresses, commands, mails, lines of the log."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve, reverse

from apps.moderation.models import Appeal
from tests.leaks.outputs import OUTPUTS, SecretTown
from tests.permissions.addresses import named

LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
SUBJECT = "_subject.txt"

# What stands in an address for its parts, where a line of OUTPUTS does not visit it. Parts of hidden texts are in _of.
PARTS: dict[str, object] = {
    "code": "spam",
    "position": 1,
    "meeting": 1,
    "version": 1,
    "key": "wrong",
    "uidb36": "1",
    "pk": 1,
    "app_label": "accounts",
    "object_id": 1,
    "url": "nothing",
    "consultation_id": 1,
    "residency_id": 1,
    "letter_id": 1,
    "batch_id": 1,
    "export_id": 1,
    "case_file_id": 1,
    "employee_id": 1,
    "file_id": 1,
    "word_id": 1,
    "mail_id": 1,
    "decision_id": 1,
    "member_id": 1,
    "statement_id": 1,
    "notice_id": 1,
    "block_id": 1,
    "draft_id": 1,
    "party_id": 1,
    "sha256": "0" * 64,
}


class Walker(Client):
    """A browser that opens nothing and remembers where it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: set[str] = set()

    def request(self, **request: Any) -> Any:
        """Remember the name of the address, and answer with an empty page."""
        self.visited.add(resolve(request["PATH_INFO"]).view_name)
        return HttpResponse()


_visited: set[str] = set()


def visited_by_lines(town: SecretTown) -> set[str]:
    """Return the names of the addresses that the lines of OUTPUTS visit; found once for all tests."""
    if not _visited:
        for output in OUTPUTS.values():
            walker = Walker()
            output(walker, town)
            _visited.update(walker.visited)
    return _visited


def other_addresses(town: SecretTown) -> dict[str, list[str]]:
    """Return all addresses that no line visits, by name, with each hidden text where one stands in them.

    Raises KeyError for a part that nothing is known of: PARTS says what stands there.
    """
    names = visited_by_lines(town)
    return {name: list(_filled(name, parts, town)) for name, parts in sorted(named().items()) if name not in names}


def _filled(name: str, parts: set[str], town: SecretTown) -> Iterator[str]:
    in_order = sorted(parts)
    for values in product(*(_of(part, town) for part in in_order)):
        yield reverse(name, kwargs=dict(zip(in_order, values, strict=True)))


def _of(part: str, town: SecretTown) -> list[object]:
    of_town: dict[str, list[object]] = {
        "slug": [town.hearing.slug],
        "topic": [town.topic.slug],
        "topic_id": [town.topic.pk],
        "number": [row.number for row in town.hidden.values()],
        "contribution_id": [row.pk for row in town.hidden.values()],
        "appeal_id": list(Appeal.objects.filter(contribution__consultation=town.hearing).values_list("pk", flat=True)),
    }
    return of_town.get(part) or [PARTS[part]]


def own_commands() -> set[str]:
    """Return the names of the house's own commands."""
    return {name for name, app in get_commands().items() if str(app).startswith("apps.")}


def mail_kinds() -> set[str]:
    """Return the kinds of mails that the outbox is filled with, by their templates."""
    folder = settings.BASE_DIR / "templates" / "notifications" / "mail"
    return {path.name.removesuffix(SUBJECT) for path in folder.glob(f"*{SUBJECT}")}


@cache
def log_calls() -> set[tuple[str, str]]:
    """Return every line that the house may write to a log: module, and the sentence."""
    return {
        (str(path.relative_to(settings.BASE_DIR)), ast.unparse(call.args[0]))
        for folder in ("apps", "civic_forum")
        for path in sorted(Path(settings.BASE_DIR / folder).rglob("*.py"))
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and _logs(call.func)
    }


def _logs(called: ast.expr) -> bool:
    if not isinstance(called, ast.Attribute) or called.attr not in LEVELS:
        return False
    owner = ast.unparse(called.value).lower()
    return owner.split(".")[-1] in {"logger", "log", "logging"} or "getlogger(" in owner
