"""Everything in one process: pages, sockets, worker and timetable, with a made-up municipality in it."""

import fcntl
import os
import signal
import socket
import sys
import time
import warnings
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import suppress
from errno import EADDRNOTAVAIL, EAFNOSUPPORT
from pathlib import Path
from types import FrameType
from typing import Any

import uvicorn
from channels.routing import get_default_application
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.db import connections

from apps.common.clock import now
from apps.common.slugs import danish_slug
from apps.consultations.models import Consultation
from apps.portal.demo import content
from apps.portal.demo.seed import seed
from apps.portal.management.hands import Hands
from apps.portal.management.mitid import Beside
from apps.portal.management.tour import welcome

# Invented, like everything in the demo; its districts are the demo's.
ADDRESSES = Path(content.__file__).parent / "addresses.csv"
LOOPBACK = ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1"))
# A machine without IPv6.
NO_SUCH_ADDRESS = {EADDRNOTAVAIL, EAFNOSUPPORT}
# By which file of a folder its format is known.
FORMATS = {"contributions.csv": "csv", "comments.csv": "polis"}
# A frame of ours is 4 KiB at most; uvicorn would take 16 MiB.
SOCKET_FRAME_BYTES = 65_536


class Command(BaseCommand):
    """`python manage.py demo`."""

    help = "Run everything in one process, with a made-up municipality. Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port on this machine (8000)")
        parser.add_argument("--data", metavar="DIR", help="folder of the database, media, keys and mail (.demo)")
        parser.add_argument(
            "--import",
            dest="folders",
            metavar="PATH",
            type=Path,
            nargs="+",
            action="extend",
            default=[],
            help="a published consultation to add, once; may be repeated",
        )

        parser.add_argument("--no-mitid", action="store_true", help="do not offer MitID (demo), which needs Node")

    def handle(self, *_: Any, **options: Any) -> None:
        """Serve until a signal comes; the exit code is 0 then, and 1 when it could not begin."""
        port: int = options["port"]
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with suppress(KeyboardInterrupt):
            listeners = self._or_one_line(lambda: listen(port))
            lock = self._or_one_line(lambda: hold(settings.DATA_DIR))
            settings.DEMO, settings.DEBUG = True, False
            settings.SITE_URL = f"http://localhost:{port}"
            settings.ADDRESS_REGISTER = settings.ADDRESS_REGISTER or ADDRESSES
            self._or_one_line(lambda: self._prepare(options["folders"]))
            self._say(welcome(settings.SITE_URL))
            beside = None if options["no_mitid"] else Beside(settings.DATA_DIR / "mitid", port=port, say=self._say)
            self._serve(listeners, beside)
            lock.close()
        self._say("Stopped.")

    def _prepare(self, folders: list[Path]) -> None:
        """Bring the database up to date and fill it, each once; what was cut off last time is begun anew."""
        imports = [(folder, format_of(folder)) for folder in folders]
        call_command("migrate", verbosity=0, interactive=False)
        if not Consultation.objects.exists():
            self._say("Making the municipality ...")
            seed(at=now())
        for folder, form in imports:
            slug = danish_slug(folder.resolve().name)
            if not Consultation.objects.filter(slug=slug).exists():
                self._say(f"Importing {folder} ...")
                call_command("import_consultation", str(folder), format=form, slug=slug, stdout=self.stdout)
        connections.close_all()

    def _serve(self, listeners: list[socket.socket], beside: Beside | None) -> None:
        # Style and script files come from the source, not collected; they are read in threads, as pages are made.
        warnings.filterwarnings(
            "ignore", message="No directory at"
        )  # nothing was collected: files come from the source
        warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
        config = uvicorn.Config(
            get_default_application(),
            ws_max_size=SOCKET_FRAME_BYTES,
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        server = Server(config, lambda: self._ready(beside))
        hands = Hands()
        # uvicorn passes a signal on when it has stopped; by then all is done.
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, server.end)
        hands.start()
        server.run(sockets=listeners)
        if beside:
            beside.stop()
        hands.stop()

    def _ready(self, beside: Beside | None) -> None:
        self._say(f"Ready in {age_of_process():.1f} s")
        if beside:
            beside.start()

    def _or_one_line(self, work: Callable[[], Any]) -> Any:
        try:
            return work()
        except CommandError as problem:
            self.stderr.write(str(problem))
            sys.exit(1)

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


class Server(uvicorn.Server):
    """The server, which says when it is ready."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self._announce()

    def end(self, _signal: int, _frame: FrameType | None) -> None:
        """Stop, before or after the start."""
        self.should_exit = True


def listen(port: int) -> list[socket.socket]:
    """Return sockets that listen on this machine only, so that nobody else can take the port meanwhile.

    Raises CommandError when somebody has it.
    """
    opened: list[socket.socket] = []
    for family, address in LOOPBACK:
        try:
            opened.append(_listener(family, address, port))
        except (OSError, OverflowError) as problem:
            if family == socket.AF_INET6 and getattr(problem, "errno", None) in NO_SUCH_ADDRESS:
                continue
            for listener in opened:
                listener.close()
            message = f"Port {port} cannot be used ({problem}). Try another one, for example --port 8123."
            raise CommandError(message) from problem
    return opened


def _listener(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
    except (OSError, OverflowError):
        listener.close()
        raise
    return listener


def hold(folder: Path) -> Any:
    """Return the lock on the data folder, which ends with the process. Raises CommandError when another demo has it."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "demo.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as problem:
        lock.close()
        message = f"Another demo runs on {folder}. Stop it, or choose another folder with --data."
        raise CommandError(message) from problem
    return lock


def format_of(folder: Path) -> str:
    """Return the format of a published consultation. Raises CommandError when the folder is none."""
    for name, form in FORMATS.items():
        if (folder / name).is_file():
            return form
    message = f"{folder} holds no published consultation: a folder with {' or '.join(FORMATS)} is needed."
    raise CommandError(message)


def age_of_process() -> float:
    """Return how many seconds ago this process began, its imports included."""
    begun_ticks = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(begun_ticks) / os.sysconf("SC_CLK_TCK")
