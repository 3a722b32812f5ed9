"""Who may what: rule, list, page and post say the same to every persona, in every state, and as the tables say."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import PERSON_LOOKED_UP
from apps.common import permissions
from apps.ledger.models import Entry, EntryActor, Unplaced
from tests.architecture.source import refuse
from tests.permissions.building import build
from tests.permissions.matrix import GROUPS, TABLES
from tests.permissions.people import HEADS, browser, sessions_of
from tests.permissions.rows import digests, written_tables
from tests.permissions.table import Table, word_of
from tests.permissions.town import AT, Town

LEDGER = {model._meta.db_table for model in (Entry, EntryActor, Unplaced)}
LOOKED_UP = PERSON_LOOKED_UP.name


def test_every_permission_has_a_table() -> None:
    told = {table.rule for table in TABLES}

    refuse(permissions.registered() - told, "write a table for the permission, beside its kin in tests/permissions/")


def test_every_table_is_about_a_permission_that_exists() -> None:
    refuse({table.rule for table in TABLES if table.rule} - permissions.registered(), "mend the name of the rule")


@pytest.mark.django_db
@pytest.mark.parametrize("group", GROUPS)
def test_rule_list_page_and_post_agree(group: str) -> None:
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        before = digests()
        offenders = [line for table in GROUPS[group] for line in _disagreements(table, town, keys, before)]

    refuse(offenders, "mend the rule, the list or the view; or the table, if what is right has changed")


def _disagreements(table: Table, town: Town, keys: dict[str, str], before: dict[str, str]) -> Iterator[str]:
    """Return where a door says something else than the table; each check is taken back."""
    for state, cells in table.rows.items():
        for name in HEADS:
            with transaction.atomic():
                found = list(_found(table, town, state, name, keys[name]))
                if table.post is not None:  # last: it changes what the others see
                    client = browser(name, town.people[name], keys[name])
                    found.append(("the post", posted(client, *table.post(town, state), before)))
                transaction.set_rollback(True)
            for what, word in found:
                if not _fits(what, word, cells[name]):
                    yield f"{table.name}, {state}, {name}: {what} says {word}, the table {cells[name]}"


def _fits(what: str, found: str, told: str) -> bool:
    """A rule or a list only tells yes from no."""
    if told == "done":
        told = "no" if what == "the post" else "yes"
    return found == told or (found == "not" and told != "yes")


def _found(table: Table, town: Town, state: str, name: str, key: str) -> Iterator[tuple[str, str]]:
    """Return what each door says, with its name."""
    viewer = town.people[name]
    if table.rule:
        moment = table.moment(town, state, viewer)
        sentence = permissions.why_not(table.rule, viewer, *table.about(town, state), **moment)
        yield "the rule", "yes" if sentence is None else "not"
        if sentence is not None and not str(sentence).strip():
            yield "the sentence of the rule", "nothing"
    if table.visible is not None:
        [thing] = table.about(town, state)
        yield "the list", "yes" if table.visible(viewer).filter(pk=thing.pk).exists() else "not"
    if table.shows is not None:
        text = table.shows(town, state).encode()
        told = (_got(name, viewer, key, place) for place in table.places(town, state))
        yield "what is shown", "yes" if any(text in page.content for page in told) else "not"
    if table.page is not None:
        yield "the page", word_of(_got(name, viewer, key, table.page(town, state)))


def _got(name: str, viewer: Any, key: str, address: str) -> Any:
    response = browser(name, viewer, key).get(address)
    if response.streaming:
        b"".join(response)  # read to its end, a file is closed; closing it by hand would close the database too
    return response


def posted(client: Client, address: str, words: Any, before: dict[str, str]) -> str:
    """Return the word for a post: carried out only if rows changed, refused only if none did."""
    last = Entry.objects.latest("pk").pk
    with CaptureQueriesContext(connection) as queries:
        response: Any = client.post(address, words)
        if response.streaming:
            b"".join(response)
    written = written_tables(queries)
    now = digests(written)
    changed = {table for table in written if now[table] != before[table]}
    if changed <= LEDGER and not Entry.objects.filter(pk__gt=last).exclude(kind=LOOKED_UP).exists():
        changed = set()  # a look-up is told to the person, whatever came of it
    word = word_of(response)
    if changed and (
        response.status_code == HTTPStatus.FOUND or "attachment" in response.get("Content-Disposition", "")
    ):
        return "yes"
    if changed:
        return f"{response.status_code}, but rows changed in {', '.join(sorted(changed))}"
    if b"/accounts/login/?next=" in response.content and "_auth_user_id" not in client.session:
        return "login"  # with what was typed
    return "no" if word.startswith("on to") else "nothing" if word == "yes" else word
