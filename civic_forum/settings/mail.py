"""Mail is a row first: Django's mail goes to the outbox, and a sweep hands it to the transport."""

from urllib.parse import parse_qs, unquote, urlsplit

from civic_forum.environment import read

EMAIL_BACKEND = "apps.notifications.adapters.OutboxBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("MAIL_FROM")

_server = urlsplit(read("MAIL_URL"))
_options = parse_qs(_server.query)
MAIL_TRANSPORT = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _server.hostname
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST = _server.hostname or "localhost"
EMAIL_PORT = _server.port or 25
EMAIL_HOST_USER = unquote(_server.username or "")
EMAIL_HOST_PASSWORD = unquote(_server.password or "")
EMAIL_USE_TLS = _options.get("tls") == ["1"]
EMAIL_USE_SSL = _options.get("ssl") == ["1"]
EMAIL_TIMEOUT = 20
