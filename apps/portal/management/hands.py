"""The queue's worker and its timetable as threads of this process, for the demo."""

import threading
from typing import Any

from celery import Celery, current_app
from celery.beat import Scheduler, Service
from celery.worker import WorkController
from celery.worker import state as worker_state
from django.db import connections

TICK_SECONDS = 1
LAST_TASK_SECONDS = 2


class Hands:
    """One worker thread and one beat thread. Both are daemons: a process that ends does not wait for them."""

    def __init__(self) -> None:
        self._app: Celery = current_app._get_current_object()  # noqa: SLF001 - the app itself, for other threads
        self._beat = Service(self._app, max_interval=TICK_SECONDS, scheduler_cls=Scheduler, remote_control=False)
        self._threads = [
            threading.Thread(target=self._work, name="worker", daemon=True),
            threading.Thread(target=self._beat.start, name="beat", daemon=True),
        ]

    def start(self) -> None:
        """Begin to work, first at whatever was left undone when the process last ended."""
        for thread in self._threads:
            thread.start()
        self.nudge_all()

    def stop(self) -> None:
        """Let the worker end its task, but not for long: what it leaves undone is done at the next start."""
        self._beat.stop()
        worker_state.should_stop = 0
        self.nudge_all()  # an idle worker looks up only when something comes
        self._threads[0].join(LAST_TASK_SECONDS)

    def nudge_all(self) -> None:
        """Ask for every sweep of the timetable once."""
        for name in sorted({entry["task"] for entry in self._app.conf.beat_schedule.values()}):
            self._app.send_task(name, ignore_result=True)

    def _work(self) -> None:
        worker: Any = WorkController(
            app=self._app,
            pool="solo",
            concurrency=1,
            hostname="demo@localhost",
            without_heartbeat=True,
            without_mingle=True,
            without_gossip=True,
        )
        try:
            worker.start()
        finally:
            connections.close_all()
