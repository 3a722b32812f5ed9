"""Log lines: one line each on standard error, without personal data."""

from civic_forum.environment import read

# These tell what stands on pages and in rows when they are asked to tell all; so they are not, whatever the level.
TELLTALES = ("django.template", "django.db.backends")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "civic_forum.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": read("LOG_LEVEL")},
    "loggers": {
        "django": {"handlers": [], "level": read("LOG_LEVEL"), "propagate": True},
        **{name: {"level": "WARNING"} for name in TELLTALES},
    },
}
