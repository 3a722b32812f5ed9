"""Celery and the live layer. Tasks are sweeps that may be lost, doubled or late; beat runs them anyway."""

from celery.schedules import crontab

from civic_forum.environment import read

_redis = read("REDIS_URL")

CELERY_BROKER_URL = _redis or "memory://localhost"
CELERY_TASK_IGNORE_RESULT = True
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# Short, because requests publish: a Redis that hangs costs them one such wait. Workers are more patient (celery.py).
REDIS_TRANSPORT = {
    "socket_timeout": 0.2,
    "socket_connect_timeout": 0.2,
    "max_retries": 0,  # of connecting; kombu would try for six seconds
    "visibility_timeout": 3600,
}
CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_TRANSPORT if _redis else {"polling_interval": 0.05}
CELERY_BEAT_SCHEDULE = {
    "sequence the ledger": {"task": "ledger.sequence_entries", "schedule": 10},
    "turn staff roles": {"task": "accounts.turn_roles", "schedule": 60},
    "tell how many agree": {"task": "discussions.count_agreements", "schedule": 60},
    "settle citizen proposals": {"task": "discussions.settle_proposals", "schedule": 60},
    "hide protected names": {"task": "discussions.hide_protected_names", "schedule": 60},
    "screen what waits": {"task": "discussions.screen_what_waits", "schedule": 60},
    "remember signatures of texts": {"task": "discussions.remember_signatures", "schedule": 60},
    "take up what nobody changed": {"task": "discussions.reopen_lapsed", "schedule": 300},
    "clear away files of nothing": {"task": "discussions.clear_stray_files", "schedule": crontab(hour=2, minute=50)},
    "note what the clock did": {"task": "consultations.note_phases", "schedule": 60},
    "ring the doorbells": {"task": "live.ring_doorbells", "schedule": 10},
    "hand notices over": {"task": "publications.hand_over_notices", "schedule": 60},
    "write mail": {"task": "notifications.write_mail", "schedule": 15},
    "tell what is overdue": {"task": "notifications.tell_overdue", "schedule": 300},
    "tell followers": {"task": "notifications.tell_followers", "schedule": 60},
    "remind of meetings": {"task": "notifications.remind_of_meetings", "schedule": 300},
    "send mail": {"task": "notifications.send_mail", "schedule": 15},
    "make white papers": {"task": "publications.make_papers", "schedule": 60},
    "build copies of people's data": {"task": "portal.build_exports", "schedule": 60},
    "build case files": {"task": "exchange.build_case_files", "schedule": 60},
    "clear away": {"task": "portal.clear_away", "schedule": crontab(hour=2, minute=20)},
}

# How long a moderator can take a decision back. Mail and doorbells about it leave when that time is over.
UNDO_SECONDS = read("UNDO_SECONDS")

CHANNEL_LAYERS = {
    "default": (
        {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [_redis]}}
        if _redis
        else {"BACKEND": "civic_forum.layers.OneProcessLayer"}
    )
}

# How many sockets one process holds, and how many of them one person may open.
LIVE_SOCKETS = 8000
LIVE_SOCKETS_OF_A_PERSON = 30
