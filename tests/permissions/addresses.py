"""Every address of the house, found by walking the resolver, with examples in the town for its parts."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.town import Town

# What stands in an address for each of its parts; an address that means another thing by it says so in ITS_OWN.
EXAMPLES: dict[str, Callable[[Town], object]] = {
    "slug": lambda town: town.consultations["open"].slug,
    "topic": lambda town: town.topic("open").slug,
    "number": lambda town: town.contributions["waiting"].number,
    "contribution_id": lambda town: town.contributions["waiting"].pk,
    "residency_id": lambda town: town.more["residencies"]["proposed"].pk,
    "letter_id": lambda town: town.more["letters"]["requested"].pk,
    "batch_id": lambda town: town.more["batches"]["open"].pk,
    "sha256": lambda _town: "0" * 64,
    "draft_id": lambda town: town.more["answers"]["written"].pk,
    "block_id": lambda town: town.more["blocks"]["kept"].pk,
    "export_id": lambda town: town.more["exports"]["ready"].pk,
    "code": lambda _town: "spam",
    "decision_id": lambda town: town.more["moments"]["just"].pk,
    "erasure_id": lambda town: town.more["erasures"]["proposed"].pk,
    "employee_id": lambda town: town.more["employees"]["protected"].pk,
    "notice_id": lambda town: town.more["notices"]["mail"].pk,
    "file_id": lambda town: town.more["files"]["published"].pk,
    "word_id": lambda town: town.more["words"]["listed"].pk,
    "case_id": lambda town: town.more["cases"]["open"].pk,
    "appeal_id": lambda town: town.more["appeals"]["of_milo"].pk,
    "pause_id": lambda town: town.more["pauses"]["own_of_milo"].pk,
    "meeting": lambda town: town.more["meetings"]["coming"].number,
    "member_id": lambda town: town.more["team"]["open"].pk,
    "party_id": lambda town: town.more["parties"]["open"].pk,
    "statement_id": lambda _town: 1,
    "case_file_id": lambda _town: 1,
    "position": lambda _town: 1,
    "version": lambda _town: 1,
    "label": lambda _town: "1.1",
    "mail_id": lambda _town: 1,
    "key": lambda _town: "wrong",
    "uidb36": lambda _town: "1",
    "pk": lambda _town: 1,
    "app_label": lambda _town: "accounts",
    "object_id": lambda _town: 1,
    "url": lambda _town: "nothing",
}
ITS_OWN: dict[str, dict[str, Callable[[Town], object]]] = {
    "accounts:organisation-decide": {"pk": lambda town: town.more["organisations"]["requested"].pk},
    "accounts:role-end": {"pk": lambda town: town.more["roles"]["planned"].pk},
    "portal:hold-lift": {"pk": lambda town: town.more["holds"]["standing"].pk},
}


def named() -> dict[str, set[str]]:
    """Return every named address with the names of its parts."""
    return {name: parts for name, parts, _view in walk() if name}


def address_of(name: str, parts: set[str], town: Town) -> str:
    """Return the address for this town."""
    examples = EXAMPLES | ITS_OWN.get(name, {})
    return reverse(name, kwargs={part: examples[part](town) for part in parts})


def walk() -> list[tuple[str, set[str], Any]]:
    """Return name, parts and view of every address, named or not."""
    return list(_walk(get_resolver(), "", frozenset()))


def _walk(resolver: URLResolver, prefix: str, outer: frozenset[str]) -> Iterator[tuple[str, set[str], Any]]:
    for entry in resolver.url_patterns:
        parts = outer | frozenset(entry.pattern.converters) | frozenset(entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, f"{prefix}{entry.namespace}:" if entry.namespace else prefix, parts)
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.name}" if entry.name else "", set(parts), entry.callback
