"""Pages and sockets by an ASGI server."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic_forum.settings")

application = get_asgi_application()
