"""The Celery app. Tasks are found in each app's `tasks.py`."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic_forum.settings")

app = Celery("civic_forum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

WORKERS_PATIENCE = 5


@worker_init.connect
def wait_longer_for_redis(sender: Any, **_: Any) -> None:
    """Give a worker, which waits for work, more time than the settings give to requests, which must not wait."""
    options = dict(sender.app.conf.broker_transport_options)
    if options.pop("max_retries", None) is not None:
        sender.app.conf.broker_transport_options = {**options, "socket_timeout": WORKERS_PATIENCE}
