"""The wiring of the site: settings, addresses, servers. Imported by nobody in `apps`."""

from civic_forum.celery import app as celery_app

__all__ = ["celery_app"]
