"""Secrets, cookies and headers."""

from civic_forum.environment import read, secret

DEBUG = read("DEBUG")
SECRET_KEY = secret("SECRET_KEY")
# Secrets of the keys that stand for persons, by version; the newest is used for new ones.
PERSON_KEYS = {read("PERSON_KEY_VERSION"): secret("PERSON_KEY")}
if read("PERSON_KEY_BEFORE"):
    PERSON_KEYS[read("PERSON_KEY_VERSION") - 1] = read("PERSON_KEY_BEFORE")
# One key for all methods; the number becomes it in memory and is kept nowhere.
DESK_ASKS_IDENTITY_NUMBER = read("DESK_ASKS_IDENTITY_NUMBER")
ALLOWED_HOSTS = read("ALLOWED_HOSTS")
SITE_URL = read("SITE_URL").rstrip("/")
METRICS_TOKEN = read("METRICS_TOKEN")
DEMO = False

_served_by_tls = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if _served_by_tls else []
CSRF_FAILURE_VIEW = "apps.portal.views.errors.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _served_by_tls
SESSION_COOKIE_NAME = "__Host-session" if _served_by_tls else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _served_by_tls else "csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = _served_by_tls
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 31_536_000 if _served_by_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _served_by_tls
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if read("TRUSTED_PROXIES") else None
X_FRAME_OPTIONS = "DENY"

# Longest text is 10,000 characters; urlencoded Danish takes up to six bytes a letter.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "apps.common.uploads.CappedUpload",
]
# What a request may hold in all: one file of the largest size that is taken, and enough beyond to refuse a larger one
# with a sentence in its form. More is refused before it is read.
LARGEST_REQUEST = 64 * 1024 * 1024

SECURE_CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
