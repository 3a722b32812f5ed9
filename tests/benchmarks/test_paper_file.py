"""A white paper of 2,000 contributions as PDF: under a minute, and within a gigabyte, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.benchmark

MOST_SECONDS, MOST_MEGABYTES = 60, 1024
HERE = Path(__file__).parent


def test_two_thousand_contributions_are_a_pdf_within_a_minute_and_a_gigabyte() -> None:
    done = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, str(HERE / "paper_file.py"), "2000"], capture_output=True, text=True, check=True
    )

    told = json.loads(done.stdout.splitlines()[-1])

    assert told["seconds"] < MOST_SECONDS, told
    assert told["megabytes"] < MOST_MEGABYTES, told
    assert told["steps"] == sorted(told["steps"])
    assert len(told["steps"]) > 5
    assert told["pages"] > 300
