"""The test provider of MitID as a process beside the demo or a test run: put in place once, then started.

It is the certified OpenID provider of npm with made-up people (apps/portal/demo/mitid); nothing of it is used in
production.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

SOURCE = Path(__file__).resolve().parent.parent / "demo" / "mitid"
PACKAGES = ("package.json", "package-lock.json")
CLIENT, SECRET = "civic-forum", "only-for-the-demo"
INSTALL_SECONDS = 120
STOP_SECONDS = 2
CALLBACK = "/accounts/mitid/callback/"


class NotInPlace(Exception):
    """The provider cannot be started here; the sentence says why."""


def why_not_here() -> str:
    """Return what this machine lacks, or nothing."""
    lacking = [name for name in ("node", "npm") if not shutil.which(name)]
    return f"{' and '.join(lacking)} cannot be found (apt-get install nodejs npm)" if lacking else ""


def put_in_place(folder: Path) -> Path:
    """Return the folder with the provider, below `folder`; its packages are fetched at most once.

    Several processes may ask at the same time. Raises NotInPlace when they cannot be had.
    """
    packages = folder / f"mitid-{_fingerprint(PACKAGES)}"
    place = packages / _fingerprint(sorted(path.name for path in SOURCE.glob("*.mjs")))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "mitid.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (packages / "ready").exists():
            shutil.rmtree(packages, ignore_errors=True)
            packages.mkdir()
            for name in PACKAGES:
                shutil.copy(SOURCE / name, packages)
            _fetch_packages(packages)
            (packages / "ready").touch()
        # Node finds the packages in the folder above.
        shutil.copytree(SOURCE, place, ignore=shutil.ignore_patterns("*.json", "node_modules"), dirs_exist_ok=True)
    return place


def _fetch_packages(place: Path) -> None:
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        run = subprocess.run(  # noqa: S603 - a fixed command
            command, cwd=place, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotInPlace(f"its packages could not be fetched: {type(problem).__name__}") from problem
    if run.returncode:
        last = [line for line in run.stderr.splitlines() if "error" in line.lower()][:1]
        raise NotInPlace(f"its packages could not be fetched: {' '.join(last) or 'npm failed'}")


def _fingerprint(names: Sequence[str]) -> str:
    """Return what changes when one of these files of the provider does."""
    return hashlib.sha256(b"".join((SOURCE / name).read_bytes() for name in names)).hexdigest()[:16]


def free_port() -> int:
    """Return a port of this machine that nobody has at the moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Provider:
    """A running provider. It ends with `stop`, and by itself with the process that started it."""

    def __init__(self, place: Path, *, sites: Sequence[str], port: int = 0, faults: bool = False) -> None:
        """Start it for these sites (`http://localhost:8000`). Raises NotInPlace when it does not come up."""
        self.port = port or free_port()
        self.issuer = f"http://localhost:{self.port}"
        redirects = [part for site in sites for part in ("--redirect", site + CALLBACK)]
        command = ["node", "server.mjs", "--port", str(self.port), *redirects, *(["--faults"] if faults else [])]
        self._process = subprocess.Popen(  # noqa: S603 - a fixed command
            command,
            cwd=place,
            env=os.environ.copy() | {"MITID_CLIENT_SECRET": SECRET, "NODE_NO_WARNINGS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # A Ctrl-C in the terminal is for whoever started it, who stops it in turn.
            start_new_session=True,
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        if not self._process.stdout.readline().startswith("ready"):
            self.stop()
            raise NotInPlace("it did not start")

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def __enter__(self) -> "Provider":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
