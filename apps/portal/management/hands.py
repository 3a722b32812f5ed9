"""The queue's worker and its timetable as threads of this process, for the demo."""

import threading
from typing import Any

from celery import current_app
from celery.beat import EmbeddedService, Scheduler
from celery.worker import WorkController
from celery.worker import state as worker_state
from django.db import connections

LAST_TASK_SECONDS = 2


class Hands:
    """One worker thread and one beat thread. Both are daemons: a process that ends does not wait for them."""

    def __init__(self) -> None:
        # The app itself: `current_app` stands for another one in each thread.
        proxy: Any = current_app
        self._app = proxy._get_current_object()  # noqa: SLF001 - celery's own way
        # Without a file: the timetable is in the settings, and every sweep is due at the start.
        self._beat: Any = EmbeddedService(self._app, thread=True, scheduler_cls=Scheduler)
        self._worker = threading.Thread(target=self._work, name="worker", daemon=True)

    def start(self) -> None:
        """Begin to work, first at whatever was left undone when the process last ended."""
        self._worker.start()
        self._beat.start()
        self.nudge_all()

    def stop(self) -> None:
        """Let the worker end its task, but not for long: what it leaves undone is done at the next start."""
        self._beat.service.stop()
        state: Any = worker_state
        state.should_stop = 0
        self.nudge_all()  # an idle worker looks up only when something comes
        self._worker.join(LAST_TASK_SECONDS)

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
