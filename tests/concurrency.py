"""Two at once: threads with connections of their own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

Work = Callable[[], None]


@contextmanager
def shared_database(folder: Path) -> Iterator[None]:
    """Let threads share the database of the test.

    SQLite's test database lies in the memory of one connection; threads need it on disk, as a real one does, so for the
    time of the test a copy in `folder` takes its place. PostgreSQL is shared as it is.
    """
    is_in_memory = getattr(connection.creation, "is_in_memory_db", None)  # asked of SQLite alone
    if not is_in_memory or not is_in_memory(connection.settings_dict["NAME"]):
        yield
        return
    file, in_memory = folder / "shared.sqlite3", connection.connection
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])
    name = settings.DATABASES["default"]["NAME"]
    connection.connection = None
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = str(file)
    # The first to open the file turns it to WAL; two who do so at once do not wait for each other.
    connection.ensure_connection()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
        connection.connection = in_memory


def at_once(*works: Work) -> list[BaseException]:
    """Run all at the same instant and return what they raised."""
    start, raised = threading.Barrier(len(works)), list[BaseException]()

    def run(work: Work) -> None:
        try:
            start.wait(timeout=60)
            work()
        except BaseException as problem:  # noqa: BLE001 - handed to the test
            raised.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads), "A thread hangs"
    return raised
