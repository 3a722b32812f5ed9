"""Log lines: one line each on standard error, without personal data."""

from civic_forum.environment import read

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "civic_forum.logs.OneLine", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": read("LOG_LEVEL")},
    "loggers": {"django": {"handlers": [], "level": read("LOG_LEVEL"), "propagate": True}},
}
