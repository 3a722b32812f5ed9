"""The Celery app. Tasks are found in each app's `tasks.py`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic_forum.settings")

app = Celery("civic_forum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
