"""A national identity number that somebody types into any text, in public or at the desk, is stored nowhere."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from tests.leaks.rows import where_in_database
from tests.permissions.building import build
from tests.permissions.matrix import TABLES
from tests.permissions.people import browser, sessions_of
from tests.permissions.town import AT, Town

NUMBER = "240688-3391"
WRITERS = ("new", "res", "own", "mod", "off", "adm")
TEXTS = {
    *("name", "speaker", "sentence", "reason", "body", "title", "department", "display_name", "lede", "question"),
    *("statements-0-title", "statements-0-body", "facts-0-label", "facts-0-value", "facts_source", "phases-0-title"),
    *("place", "note", "source", "contact", "decision_note", "internal_facts"),
}
Typed = tuple[str, str, str, Mapping[str, Any]]


@pytest.mark.django_db
def test_no_text_that_anybody_types_keeps_an_identity_number(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        tried, kept = 0, []
        for name, who, address, words in _typed(town):
            for field in sorted(TEXTS & set(words)):
                with transaction.atomic():
                    typed = dict(words) | {field: f"{words[field]} {NUMBER}".strip()}
                    browser(who, town.people[who], keys[who]).post(address, typed)
                    kept += [f"{name}: {place}" for place in where_in_database([NUMBER, NUMBER.replace("-", "")])]
                    transaction.set_rollback(True)
                tried += 1

    assert not kept, "\n".join(kept)
    assert tried > 40, tried


def _typed(town: Town) -> Iterator[Typed]:
    """Return every post with a text in it, and who can make it."""
    for table in TABLES:
        for state, cells in table.rows.items() if table.post else ():
            who = next((name for name in WRITERS if cells[name] == "yes"), None)
            if who and table.post:
                yield f"{table.name}, {state}", who, *table.post(town, state)
    sign_up = {"email": "nina@example.org", "display_name": "Nina Ny", "password1": "Et langt kodeord 1"}
    role = {"email": town.more["accounts"]["free"].email, "grant": "1", "role": "official", "title": "Planner"}
    thread = {"slug": town.consultations["open"].slug, "topic": town.topic("open").slug}
    edited = {"title": "T", "write_access": "confirmed", "name_policy": "full_name", "lede": "L", "body": "B"}
    yield "sign up", "anon", reverse("account_signup"), sign_up
    yield "change the name", "new", reverse("portal:my-settings"), {"display_name": "Una"}
    yield "give a role", "adm", reverse("accounts:role-grant"), role | {"first_day": f"{AT:%Y-%m-%d}", "department": ""}
    yield (
        "write before logging in",
        "anon",
        reverse("discussions:contribution-submit", kwargs=thread),
        {"body": "A view."},
    )
    yield (
        "edit all texts",
        "off",
        reverse("consultations:consultation-edit", kwargs={"slug": thread["slug"]}),
        edited | {"decision_note": "D", "contact": "C"},
    )
