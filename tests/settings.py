"""Settings of the test suite: the same house, with quick passwords, and a folder and secrets of its own.

Outside the settings' package, which reads the environment as soon as it is imported.
"""

import os
import tempfile

os.environ.setdefault("CIVIC_DATA", tempfile.mkdtemp(prefix="civic-test-"))
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("PERSON_KEY", "only-for-tests-" + "y" * 40)

from civic_forum.environment import BASE_DIR
from civic_forum.settings import *  # noqa: F403 - after the environment is set

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "papers": PAPERS,  # noqa: F405 - from the star above
    "staticfiles": {"BACKEND": "tests.storage.KnownAddresses"},
}
# whitenoise warns about a folder that is not there.
STATIC_ROOT = DATA_DIR / "static"  # noqa: F405 - from the star above
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# allauth's limits count attempts per address; tests sign in hundreds of times from one.
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
# The demo's addresses, invented.
ADDRESS_REGISTER = BASE_DIR / "apps" / "portal" / "demo" / "content" / "addresses.csv"
# Looks a file up when it is asked for: every test client would go through all of them first.
WHITENOISE_AUTOREFRESH = True
# Mail and doorbells leave at once; tests of the delay set it.
UNDO_SECONDS = 0
