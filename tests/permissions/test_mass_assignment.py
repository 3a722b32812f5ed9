"""What nobody asks for has no effect: fields that a form does not have, sent with every post that people can make.

Each post is made twice as it is and once with more. What differs between the first two is chance (salts, keys); in all
the rest the third must be equal, and none of the words that came with it may stand anywhere.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from apps.accounts.models import User
from tests.leaks.rows import where_in_database
from tests.permissions.building import build
from tests.permissions.matrix import TABLES
from tests.permissions.people import browser, sessions_of
from tests.permissions.rows import columns
from tests.permissions.town import AT, Town
from tests.personas import PASSWORD

CITIZENS = ("own", "new", "res")
WORD, DIGITS, DAY = "smuggled-7731", "77317731", "2077-07-31T07:31:00Z"
NUMBERS = ("pk", "id", "version", "number", "session_stamp", "tries", "key_version", "attempts", "root_number")
FLAGS = (
    "is_staff",
    "is_superuser",
    "is_active",
    "is_resident",
    "author_is_resident",
    "verified",
    "primary",
    "confirmed",
)
WORDS = (
    *("role", "roles", "groups", "user_permissions", "assignments", "status", "person_key", "key_issuer", "code_hash"),
    *("author_name", "author_title", "author_district", "author_organisation", "body_html", "salt", "note", "source"),
    *("department", "job_title", "method", "municipality_code", "assurance_level", "age_band", "end_reason", "file"),
    *(
        "address_key",
        "name_address_key",
        "batch",
        "decided_by",
        "granted_by",
        "verified_by",
        "confirmed_by",
        "by",
        "at",
    ),
)
DAYS = (
    *("verified_at", "expires_at", "ended_at", "posted_at", "decided_at", "received_at", "published_at", "created_at"),
    *("name_protected_at", "erased_at", "confirmed_at", "requested_at", "starts_at", "ends_at", "last_login"),
)
# These change a cookie, or send a mail.
SILENT = {"change the theme", "reset the password"}
PEOPLE = ("author", "author_id", "person", "person_id", "user", "user_id", "account", "account_id", "consultation")


def smuggled(town: Town) -> dict[str, str]:
    """Return the fields that nobody asks for, by their names in rows and as forms would number them."""
    other = str(town.person("off").pk)
    fields = dict.fromkeys(NUMBERS, DIGITS) | dict.fromkeys(FLAGS, "on") | dict.fromkeys(WORDS, WORD)
    fields |= dict.fromkeys(DAYS, DAY) | dict.fromkeys(PEOPLE, other)
    fields |= {"role": "administrator", "status": "published", "method": "mitid", "status__in": "active"}
    return fields


def posts(town: Town) -> dict[str, tuple[str, str, Mapping[str, Any]]]:
    """Return every post that people can make, by name: who makes it, where, with which words."""
    found: dict[str, tuple[str, str, Mapping[str, Any]]] = {}
    for table in TABLES:
        for state, cells in table.rows.items() if table.post else ():
            who = next((name for name in CITIZENS if cells[name] == "yes"), None)
            if who and table.post:
                found[f"{table.name}, {state}"] = (who, *table.post(town, state))
    sign_up = {"email": "nina@example.org", "display_name": "Nina Ny", "password1": "Et langt kodeord 1"}
    login = {"login": town.person("new").email, "password": PASSWORD}
    return found | {
        "sign up": ("anon", "/en/accounts/signup/", sign_up),
        "log in": ("anon", "/en/accounts/login/", login),
        "reset the password": ("anon", "/en/accounts/password/reset/", {"email": town.person("new").email}),
        "change the name": ("new", "/en/me/settings/", {"display_name": "Una Under"}),
        "change the language": ("new", "/en/me/settings/", {"language": "en"}),
        "change the theme": ("new", "/en/preferences/theme/", {"theme": "dark"}),
        "add an address": ("new", "/en/accounts/email/", {"email": "una2@example.org", "action_add": ""}),
    }


@pytest.mark.django_db
def test_fields_that_no_form_has_change_nothing() -> None:
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        offenders, untouched = [], columns()
        for name, (who, address, words) in posts(town).items():
            make = _maker(who, town, keys)
            more = {field: value for field, value in smuggled(town).items() if field not in words}
            one, again = (_after(make, address, words) for _ in range(2))
            third = _after(make, address, {**more, **words})
            if one == untouched and name not in SILENT:
                offenders.append(f"{name}: the post changed nothing, so it shows nothing")
            by_chance = {column for column in one if one[column] != again[column]}
            changed = {column for column in third if third[column] != one.get(column)} - by_chance
            offenders += [f"{name}: {column}" for column in sorted(changed)]

    assert not offenders, "\n".join(offenders)
    assert len(posts(town)) >= 12


def test_what_is_smuggled_names_every_column_that_gives_a_right() -> None:
    """A new column of a person that says what they may do belongs to the smuggled ones."""
    told = {*NUMBERS, *FLAGS, *WORDS, *DAYS, *PEOPLE, "email", "password", "display_name", "language"}
    fields = {field.name for field in User._meta.get_fields() if field.concrete}

    assert fields <= told, fields - told


def _maker(who: str, town: Town, keys: Mapping[str, str]) -> Callable[[], Client]:
    return lambda: browser(who, town.people[who], keys[who])


def _after(make: Callable[[], Client], address: str, words: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return all columns as they stand after the post, and take it back."""
    with transaction.atomic():
        response = make().post(address, words)
        assert response.status_code in {200, 302}, (address, response.status_code)
        found = columns()
        leaks = where_in_database([WORD])
        transaction.set_rollback(True)
    assert not leaks, leaks
    return found
