"""The addresses of sockets: there is one."""

from typing import Any

from apps.live.consumers import Receive, Send, doorbells, nothing_here

ADDRESS = "/ws/"


async def sockets(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Serve a socket at its address, and refuse one at any other."""
    serve = doorbells if scope["path"] == ADDRESS else nothing_here
    await serve(scope, receive, send)
