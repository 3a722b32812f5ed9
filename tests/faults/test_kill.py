"""Killed in the middle of the work: what was acknowledged is there, once, with all that follows from it."""

import re
import signal
import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path
from shutil import copy
from threading import Lock
from uuid import UUID, uuid4

import pytest

from tests.faults.processes import PATIENCE, Demo, Person, a_demo, migrated, run
from tests.personas import PASSWORD

__all__ = ["migrated"]

pytestmark = [pytest.mark.journey, pytest.mark.embedded, pytest.mark.django_db]

CLIENTS, POSTS = 4, 200
KILLED_AFTER = 60
RECEIPT = re.compile(r"/c/(\d+)/receipt/")

A_HEARING_AND_PEOPLE = f"""
import django
django.setup()
from apps.common.clock import now
from tests import factories, personas
at = now()
hearing = factories.a_hearing(at=at, title="Kill me")
for number in range({CLIENTS}):
    personas.resident(at=at, email=f"r{{number}}@example.org", display_name=f"Rita {{number}}")
print(hearing.slug, factories.the_topic(hearing).slug)
"""


class Writer:
    """One of the clients: sends its texts one after the other, and writes down what it was told."""

    def __init__(self, demo: Demo, number: int, address: str) -> None:
        self.number, self.address = number, address
        self.keys = [uuid4() for _post in range(POSTS // CLIENTS)]
        self.acknowledged: dict[UUID, int] = {}
        self.person = Person(demo.site)
        self.person.log_in(f"r{number}@example.org", PASSWORD)

    def send(self, key: UUID) -> int:
        led = self.person.post(self.address, kind="view", body=f"Text {key}", key=str(key), action="send", asked="once")
        receipt = RECEIPT.search(led)
        assert receipt, led
        return int(receipt[1])

    def write(self, tally: "Tally") -> None:
        for key in self.keys:
            try:
                number = self.send(key)
            except (OSError, HTTPException):  # the demo is gone
                return
            self.acknowledged[key] = number
            tally.add()


class Tally:
    """Counts what was acknowledged, and kills the demo in the middle of what follows."""

    def __init__(self, demo: Demo) -> None:
        self._demo, self._lock, self._count = demo, Lock(), 0

    def add(self) -> None:
        with self._lock:
            self._count += 1
            if self._count == KILLED_AFTER:
                self._demo.process.send_signal(signal.SIGKILL)


def test_what_was_acknowledged_before_a_kill_is_there_once_with_its_entry_and_its_mail(
    tmp_path: Path, migrated: Path
) -> None:
    copy(migrated, tmp_path)
    prepared = run(tmp_path, "-c", A_HEARING_AND_PEOPLE)
    assert prepared.returncode == 0, prepared.stderr
    slug, topic = prepared.stdout.split()[-2:]
    address = f"/en/consultations/{slug}/topics/{topic}/write/"

    with a_demo(tmp_path) as demo:
        demo.until_ready()
        writers = [Writer(demo, number, address) for number in range(CLIENTS)]
        tally = Tally(demo)
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda writer: writer.write(tally), writers))
        assert demo.process.wait(PATIENCE) == -signal.SIGKILL
    acknowledged = {str(key): number for writer in writers for key, number in writer.acknowledged.items()}
    assert KILLED_AFTER <= len(acknowledged) < POSTS

    with a_demo(tmp_path, port=demo.port) as again:
        again.until_ready()
        stored = stored_numbers(tmp_path)
        assert {key: stored.get(key) for key in acknowledged} == acknowledged
        with ThreadPoolExecutor(CLIENTS) as pool:
            sent_again = dict(pair for pairs in pool.map(send_all_again, writers) for pair in pairs)
        wait_for_mail(tmp_path, POSTS)
        assert again.stop() == 0

    assert {key: sent_again[key] for key in acknowledged} == acknowledged
    assert {key: sent_again[key] for key in stored} == stored
    assert stored_numbers(tmp_path) == sent_again
    assert sorted(sent_again.values()) == list(range(1, POSTS + 1))
    assert received_entries(tmp_path) == Counter(range(1, POSTS + 1))
    checked = run(tmp_path, "manage.py", "verify_ledger")
    assert checked.returncode == 0, checked.stderr


def send_all_again(writer: Writer) -> list[tuple[str, int]]:
    return [(str(key), writer.send(key)) for key in writer.keys]


def rows(folder: Path, query: str) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(folder / "civic.sqlite3", timeout=20)) as database:
        return database.execute(query).fetchall()


def stored_numbers(folder: Path) -> dict[str, int]:
    found = rows(folder, "SELECT submission_key, number FROM discussions_contribution")
    assert len({key for key, _number in found}) == len(found)
    return {str(UUID(key)): number for key, number in found}


def received_entries(folder: Path) -> Counter[int]:
    found = rows(folder, "SELECT kind, number FROM ledger_entry WHERE kind = 'contribution.received'")
    return Counter(number for _kind, number in found)


def wait_for_mail(folder: Path, count: int) -> None:
    """Each received entry has its one receipt mail, soon after the start."""
    of_entries = """
        SELECT mail.key, count(*) FROM notifications_outgoingmail AS mail JOIN ledger_entry AS entry
        ON mail.key = 'contribution.received:' || entry.id GROUP BY mail.key
    """
    until = time.monotonic() + PATIENCE
    while len(found := rows(folder, of_entries)) < count and time.monotonic() < until:
        time.sleep(0.05)
    assert [times for _key, times in found] == [1] * count
