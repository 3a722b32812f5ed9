"""Static files: served by whitenoise, hashed and compressed when they have been collected."""

from civic_forum.environment import BASE_DIR, read
from civic_forum.settings.storage import PAPERS

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "papers": PAPERS,
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if read("DEBUG")
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
