"""Pages and sockets by an ASGI server."""

import logging
import os
import re
from typing import Any
from urllib.parse import urlsplit

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civic_forum.settings")

pages = get_asgi_application()

# The apps are ready only now.
from channels.auth import AuthMiddlewareStack  # noqa: E402
from channels.routing import ProtocolTypeRouter  # noqa: E402
from django.conf import settings  # noqa: E402

from apps.live.routing import sockets  # noqa: E402

logger = logging.getLogger(__name__)

LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")


def within_bounds(app: Any) -> Any:
    """Stop reading a request that grows beyond what may be received, whatever length it gave or did not give.

    Django puts the whole of a body on the disk before anything of ours is asked. Under gunicorn, which reads only as
    much as the length says, `civic_forum.middleware` refuses what is too large with a sentence.
    """

    async def bounded(scope: dict[str, Any], receive: Any, send: Any) -> Any:
        received = 0

        async def counted() -> Any:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > settings.LARGEST_REQUEST:
                logger.warning("A request was larger than may be received")
                return {"type": "http.disconnect"}
            return message

        return await app(scope, counted, send)

    return bounded


def from_our_pages(app: Any) -> Any:
    """Let only sockets through that a page of this site opened: scheme, host and port of its origin are ours.

    A browser sends the cookies of whoever is signed in along with a handshake from any site, so this is the guard
    against other sites. Host names alone do not do: another port of the same machine is another site.
    """

    async def guard(scope: dict[str, Any], receive: Any, send: Any) -> Any:
        origins = _headers(scope, b"origin")
        if len(origins) == 1 and origins[0] in our_origins(scope):
            return await app(scope, receive, send)
        logger.warning("A socket from %s was refused", ascii(origins)[:200])
        await receive()
        await send({"type": "websocket.close"})
        return None

    return guard


def our_origins(scope: dict[str, Any]) -> set[str]:
    """Return the origins of our pages; while developing and in the demo also this machine at the port asked."""
    site = urlsplit(settings.SITE_URL.lower())
    origins = {f"{site.scheme}://{site.netloc}"}
    hosts = _headers(scope, b"host")
    if (settings.DEBUG or settings.DEMO) and len(hosts) == 1 and LOCAL.fullmatch(hosts[0]):
        origins.add(f"http://{hosts[0]}")
    return origins


def _headers(scope: dict[str, Any], name: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for key, value in scope["headers"] if key == name]


application = ProtocolTypeRouter(
    {"http": within_bounds(pages), "websocket": from_our_pages(AuthMiddlewareStack(sockets))}
)
