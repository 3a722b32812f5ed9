"""Where rows, files and the cache live: SQLite in the data folder, or what the environment names."""

from pathlib import Path
from typing import Any

import dj_database_url

from civic_forum.environment import BASE_DIR, data_folder, read

DATA_DIR = data_folder()
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Papers of cases. They are handed out by pages that ask who may read them; no web server may serve this folder.
PAPERS = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": DATA_DIR / "papers", "file_permissions_mode": 0o640},
}
_register = read("ADDRESS_REGISTER")
_post = read("DIGITAL_POST_FOLDER")
DIGITAL_POST_FOLDER = BASE_DIR / Path(_post).expanduser() if _post else None
ADDRESS_REGISTER = BASE_DIR / Path(_register).expanduser() if _register else None

if read("DATABASE_URL"):
    DATABASES: dict[str, Any] = {
        "default": {
            **dj_database_url.parse(read("DATABASE_URL"), conn_max_age=0, conn_health_checks=True),
            # Pages join many small tables: compiling such a query takes longer than running it.
            "OPTIONS": {"options": "-c statement_timeout=30000 -c lock_timeout=5000 -c jit=off"},
        }
    }
else:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / "civic.sqlite3",
            # Deferred transactions that read and then write fail at once when two meet; immediate ones wait their turn.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-32000;",
            },
        }
    }

if read("REDIS_URL"):
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": read("REDIS_URL"),
            "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
