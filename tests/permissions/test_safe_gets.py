"""Looking changes nothing: no GET of any address, by anybody, leaves a row other than it was.

A session may be opened. That staff looked at a person is written for that person to read: LOOK_UPS says where.
"""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.accounts.enums import PERSON_LOOKED_UP
from apps.ledger.models import Entry
from tests.architecture.source import refuse
from tests.permissions.addresses import address_of, named
from tests.permissions.building import build
from tests.permissions.people import HEADS, browser, sessions_of
from tests.permissions.rows import digests, written_tables
from tests.permissions.town import AT, Town

# Pages on which staff see a person, who can read that they did.
LOOK_UPS = {"accounts:organisation-decide": "off"}
LEDGER = {"ledger_entry", "ledger_entryactor", "ledger_unplaced"}
HALVES = {"people": ("anon", "new", "own", "org", "prot", "res"), "staff": ("mod", "off", "adm", "sup", "half")}


def test_everybody_looks() -> None:
    assert sorted(name for half in HALVES.values() for name in half) == sorted(HEADS)


@pytest.mark.django_db
@pytest.mark.parametrize("half", HALVES)
def test_no_get_changes_a_row(half: str) -> None:
    with time_machine.travel(AT, tick=False):
        town = build()
        keys = sessions_of(town.people)
        before, entries = digests(), Entry.objects.count()
        offenders = [line for name in HALVES[half] for line in _writes(name, keys[name], town)]
        after = digests()

    changed = {table for table, digest in after.items() if digest != before[table]}
    new = Entry.objects.order_by("pk")[entries:]
    looked_up = [entry for entry in new if entry.kind == PERSON_LOOKED_UP.name]
    refuse(offenders, "let only a POST change rows")
    refuse((entry.kind for entry in new if entry not in looked_up), "an entry that a GET recorded")
    refuse(changed - (LEDGER if looked_up else set()), "a table that a GET changed")


def _writes(name: str, key: str, town: Town) -> list[str]:
    """Return the addresses whose GET writes to a table, with the tables."""
    offenders = []
    for address, parts in named().items():
        client = browser(name, town.people[name], key)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address_of(address, parts, town))
            if response.streaming:
                b"".join(response)  # read to its end, a file is closed; closing it by hand would close the database too
        written = written_tables(queries) - (LEDGER if LOOK_UPS.get(address) == name else set())
        if written:
            offenders.append(f"{address}, {name}: {', '.join(sorted(written))}")
        if response.status_code >= 500:
            offenders.append(f"{address} answers {name} with {response.status_code}")
    return offenders
