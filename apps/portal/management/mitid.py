"""The test provider of MitID as a process beside the demo or a test run: put in place once, then started.

It is the certified OpenID provider of npm with made-up people (apps/portal/demo/mitid); nothing of it is used in
production.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from django.conf import settings

SOURCE = Path(__file__).resolve().parent.parent / "demo" / "mitid"
PACKAGES = ("package.json", "package-lock.json")
INSTALL_SECONDS = 120
STOP_SECONDS = 2
CALLBACK = "/accounts/mitid/callback/"
HOSTS = ("localhost", "127.0.0.1", "[::1]")
ASIDE = 20_000


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
    lacking = why_not_here()
    if lacking:
        raise NotInPlace(lacking)
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
    # When the demo ends meanwhile, npm is left to itself; the next start begins anew.
    npm = subprocess.Popen(  # noqa: S603 - a fixed command
        command,
        cwd=place,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _said, problems = npm.communicate(timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired as problem:
        os.killpg(npm.pid, signal.SIGKILL)
        npm.communicate()
        raise NotInPlace("its packages could not be fetched in time") from problem
    if npm.returncode:
        first = next((line for line in problems.splitlines() if "error" in line.lower()), "npm failed")
        raise NotInPlace(f"its packages could not be fetched: {first}")


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
            env=os.environ.copy() | {"NODE_NO_WARNINGS": "1"},
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


class Beside:
    """The provider beside the demo. It comes in the background, and MitID is offered when it is there."""

    def __init__(self, folder: Path, *, port: int, say: Callable[[str], None]) -> None:
        """`port` is the demo's own; the provider's stays the same from start to start, for it is part of its name."""
        self._folder, self._say = folder, say
        self._sites = [f"http://{host}:{port}" for host in HOSTS]
        self._port = next((near for near in (port + ASIDE, port - ASIDE) if _is_free(near)), 0)
        self._provider: Provider | None = None
        self._is_over = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to put it in place; what goes wrong is one line."""
        threading.Thread(target=self._offer, name="mitid", daemon=True).start()

    def stop(self) -> None:
        """End it, or let it not begin."""
        settings.MITID = None
        self._is_over = True
        # One that is just starting ends with this process.
        if self._lock.acquire(timeout=STOP_SECONDS):
            if self._provider is not None:
                self._provider.stop()
            self._lock.release()

    def _offer(self) -> None:
        try:
            place = put_in_place(self._folder)
            with self._lock:
                if self._is_over:
                    return
                provider = self._provider = Provider(place, sites=self._sites, port=self._port)
        except (NotInPlace, OSError) as problem:
            self._say(f"MitID (demo) is not offered: {problem}")
            return
        settings.MITID = replace(settings.MITID_OF_DEMO, issuer=provider.issuer)
        self._say(f"MitID (demo): opdigtede testpersoner / made-up test identities, {self._sites[0]}/accounts/login/")


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        try:
            listener.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
