"""The case file of a large hearing: its memory does not grow with the hearing, and it is done while one waits."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.architecture.source import ROOT
from tests.exchange.cases import documents, opened, wrong_checksums

pytestmark = pytest.mark.benchmark

MEGABYTES = 1024


class Used(NamedTuple):
    """What a command took: seconds of the processor, megabytes at most."""

    seconds: float
    megabytes: float


def run(data: Path, *words: str) -> Used:
    """Run a command of the house in a process of its own, and return what it took."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    environment |= {"CIVIC_DATA": str(data), "DJANGO_SETTINGS_MODULE": "civic_forum.settings"}
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return Used(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTES)


def test_two_thousand_contributions_take_no_more_memory_than_two_hundred(tmp_path: Path) -> None:
    run(tmp_path, "migrate")
    used: dict[int, Used] = {}
    for count in (200, 2_000):
        run(tmp_path, "seed_load", "--contributions", str(count), "--topics", "5", "--consultation", f"load-{count}")
        used[count] = run(tmp_path, "export_case", f"load-{count}", "--to", str(tmp_path / f"{count}.zip"))

    files = opened((tmp_path / "2000.zip").read_bytes())

    assert used[2_000].megabytes < used[200].megabytes + 60
    assert used[2_000].megabytes < 300
    assert used[2_000].seconds < 120
    assert len([name for name in files if name.endswith("00.pdf")]) == 20
    assert len([number for number in documents(files) if number.startswith("B")]) == 2_000
    assert wrong_checksums(files) == []
